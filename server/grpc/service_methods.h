// Adds the methods of one service to the router.
#ifndef QANTARA_SERVER_GRPC_SERVICE_METHODS_H_
#define QANTARA_SERVER_GRPC_SERVICE_METHODS_H_

#include <google/protobuf/descriptor.h>

#include <functional>
#include <memory>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "server/core/executor.h"
#include "server/grpc/many_answers.h"
#include "server/grpc/method_router.h"
#include "server/grpc/one_answer.h"

namespace qantara::server {

// A name that the protos do not know, or messages that are not those of the
// method, end the process: they are errors of who wrote the call.
class ServiceMethods {
 public:
  // `service` as the protos name it. The references must outlive the router.
  ServiceMethods(MethodRouter& router, absl::string_view service,
                 Executor& executor);

  // Calls `(owner.*handle)(request)` on the executor and answers its result.
  template <typename Owner, typename Class, typename Request, typename Response>
  void Run(absl::string_view name, const Owner& owner,
           absl::StatusOr<Response> (Class::*handle)(const Request&) const) {
    RunWith<Request, Response>(name, [&owner, handle](const Request& request) {
      return (owner.*handle)(request);
    });
  }
  template <typename Owner, typename Class, typename Request, typename Response>
  void Run(absl::string_view name, Owner& owner,
           absl::StatusOr<Response> (Class::*handle)(const Request&)) {
    RunWith<Request, Response>(name, [&owner, handle](const Request& request) {
      return (owner.*handle)(request);
    });
  }

  // Calls `handle`, which must not block and answers once, on any thread.
  template <typename Request, typename Response>
  void Wait(absl::string_view name,
            typename WaitCall<Request, Response>::Handle handle) {
    Add<Request, Response>(
        name,
        [handle = std::move(handle)](
            const grpc::CallbackServerContext& context) -> CallReactor* {
          return new WaitCall<Request, Response>(context, handle);
        });
  }

  // Calls `start`, which must not block, for a watch that writes the answers.
  template <typename Request, typename Response, typename Watch>
  void Stream(absl::string_view name,
              typename ManyAnswers<Request, Response, Watch>::Start start) {
    Add<Request, Response>(
        name,
        [start = std::move(start)](
            const grpc::CallbackServerContext&) -> CallReactor* {
          return new ManyAnswers<Request, Response, Watch>(start);
        });
  }

  // Has calls answered by what `open` returns.
  template <typename Request, typename Response>
  void Add(absl::string_view name, const MethodRouter::Open& open) {
    AddMethod(name, *Request::descriptor(), *Response::descriptor(), open);
  }

 private:
  template <typename Request, typename Response>
  void RunWith(absl::string_view name,
               typename RunCall<Request, Response>::Handle handle) {
    Add<Request, Response>(
        name,
        [&executor = executor_, handle = std::move(handle)](
            const grpc::CallbackServerContext&) -> CallReactor* {
          return new RunCall<Request, Response>(executor, handle);
        });
  }
  void AddMethod(absl::string_view name,
                 const google::protobuf::Descriptor& request,
                 const google::protobuf::Descriptor& response,
                 const MethodRouter::Open& open);

  MethodRouter& router_;
  const google::protobuf::ServiceDescriptor* const service_;
  Executor& executor_;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_GRPC_SERVICE_METHODS_H_
