#include "server/grpc/service_methods.h"

#include <cstdlib>
#include <string>

#include "absl/strings/str_cat.h"
#include "server/logging/log.h"

namespace qantara::server {
namespace {

[[noreturn]] void Die(absl::string_view what) {
  LogError("bad_method", {{"name", std::string(what)}});
  std::abort();
}

}  // namespace

ServiceMethods::ServiceMethods(MethodRouter& router, absl::string_view service,
                               Executor& executor)
    : router_(router),
      service_(
          google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(
              std::string(service))),
      executor_(executor) {
  if (service_ == nullptr) Die(service);
}

void ServiceMethods::AddMethod(absl::string_view name,
                               const google::protobuf::Descriptor& request,
                               const google::protobuf::Descriptor& response,
                               const MethodRouter::Open& open) {
  const auto* method = service_->FindMethodByName(std::string(name));
  if (method == nullptr || method->input_type() != &request ||
      method->output_type() != &response) {
    Die(absl::StrCat(service_->full_name(), ".", name));
  }
  router_.Add(*method, open);
}

}  // namespace qantara::server
