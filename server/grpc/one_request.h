// A call that takes one request.
#ifndef QANTARA_SERVER_GRPC_ONE_REQUEST_H_
#define QANTARA_SERVER_GRPC_ONE_REQUEST_H_

#include <grpcpp/support/byte_buffer.h>

#include <atomic>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "domain/error.h"
#include "server/grpc/grpc_status.h"
#include "server/grpc/message_bytes.h"
#include "server/grpc/method_router.h"

namespace qantara::server {

// Reads the request and begins with it; one that is missing or malformed ends
// the call with INVALID_ARGUMENT. Deletes itself when the call is done.
template <typename Request>
class OneRequest : public CallReactor {
 public:
  OneRequest() { StartRead(&bytes_); }

  void OnReadDone(bool ok) final {
    Request request;
    const bool parsed = ok && ParseBytes(bytes_, &request);
    bytes_.Clear();  // A call that goes on for long holds no bytes.
    if (!parsed) {
      return End(domain::MakeError(
          absl::StatusCode::kInvalidArgument,
          v1::ERROR_REASON_MESSAGE_MALFORMED,
          absl::StrCat("not a ", Request::descriptor()->name())));
    }
    Begin(request);
    const int early = reached_.fetch_or(kBegun);
    if ((early & kWritten) != 0) Written((early & kFailed) == 0);
    if ((early & kCancelled) != 0) Cancelled();
  }
  void OnWriteDone(bool ok) final {
    if (!IsEarly(ok ? kWritten : kWritten | kFailed)) Written(ok);
  }
  void OnCancel() final {
    if (!IsEarly(kCancelled)) Cancelled();
  }
  void OnDone() final { delete this; }

 protected:
  // May answer, write and end from inside, or later on any thread.
  virtual void Begin(const Request& request) = 0;

  // These follow Begin, even where they happened while it ran. What was written
  // last left, or never will; the client went away.
  virtual void Written(bool /*ok*/) {}
  virtual void Cancelled() {}

  void End(const absl::Status& status) { Finish(ToGrpcStatus(status)); }

 private:
  static constexpr int kBegun = 1;
  static constexpr int kCancelled = 2;
  static constexpr int kWritten = 4;
  static constexpr int kFailed = 8;

  // Whether the end of Begin tells of it. It writes one message at most.
  bool IsEarly(int what) { return (reached_.fetch_or(what) & kBegun) == 0; }

  grpc::ByteBuffer bytes_;
  std::atomic<int> reached_{0};
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_GRPC_ONE_REQUEST_H_
