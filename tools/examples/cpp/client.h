// What the three programs share: the channel, texts of errors, patience.
#ifndef TOOLS_EXAMPLES_CPP_CLIENT_H_
#define TOOLS_EXAMPLES_CPP_CLIENT_H_

#include <grpcpp/grpcpp.h>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace qantara::examples {

// A stream is opened anew after so long, so that none hangs for ever. It costs
// nothing: an import goes on with its next line, a watch behind its token.
inline constexpr std::chrono::seconds kStreamTime(600);
// A call that is answered once.
inline constexpr std::chrono::seconds kCallTime(30);
// Gives up when the server did not say anything for so long.
inline constexpr std::chrono::seconds kLostTime(120);
inline constexpr std::chrono::milliseconds kFirstWait(200);
inline constexpr std::chrono::milliseconds kLongestWait(5000);

std::shared_ptr<grpc::Channel> OpenChannel(const std::string& server);

inline void SetDeadline(grpc::ClientContext& context,
                        std::chrono::seconds time) {
  context.set_deadline(std::chrono::system_clock::now() + time);
}

// Code, reason (a value of qantara.v1.ErrorReason), message and wrong fields.
std::string ErrorText(const grpc::Status& status);

// Waits between attempts: longer and longer, until something comes again, and
// never less than the server asks for. One thread.
class Patience {
 public:
  // The server said something.
  void Progress();

  // Returns whether to try again, when it is time for that. False: it never is.
  bool After(const grpc::Status& status);

 private:
  std::chrono::milliseconds wait_ = kFirstWait;
  std::optional<std::chrono::steady_clock::time_point> failing_since_;
};

// Makes a call that may be repeated until it is answered, and returns how it
// ended.
grpc::Status Ask(const std::function<grpc::Status(grpc::ClientContext*)>& call);

}  // namespace qantara::examples

#endif  // TOOLS_EXAMPLES_CPP_CLIENT_H_
