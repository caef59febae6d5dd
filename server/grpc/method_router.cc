#include "server/grpc/method_router.h"

#include "absl/strings/str_cat.h"

namespace qantara::server {
namespace {

class UnknownMethod final : public CallReactor {
 public:
  explicit UnknownMethod(const std::string& path) {
    Finish(grpc::Status(grpc::StatusCode::UNIMPLEMENTED,
                        absl::StrCat("there is no method ", path)));
  }
  void OnDone() override { delete this; }
};

}  // namespace

void MethodRouter::Add(const google::protobuf::MethodDescriptor& method,
                       const Open& open) {
  methods_.emplace(
      absl::StrCat("/", method.service()->full_name(), "/", method.name()),
      open);
}

CallReactor* MethodRouter::CreateReactor(
    grpc::GenericCallbackServerContext* context) {
  const auto found = methods_.find(context->method());
  if (found == methods_.end()) return new UnknownMethod(context->method());
  return found->second(*context);
}

}  // namespace qantara::server
