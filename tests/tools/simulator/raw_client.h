// One HTTP connection written on bare sockets, so that a test sees exactly
// what arrived: nothing is retried, decoded or hidden.
#ifndef TESTS_TOOLS_SIMULATOR_RAW_CLIENT_H_
#define TESTS_TOOLS_SIMULATOR_RAW_CLIENT_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

namespace qantara::simulator {

enum class Ending {
  kComplete,  // A whole answer by its length or chunks.
  kClosed,    // FIN before that.
  kReset,     // RST before that.
  kRefused,   // No connection.
};

struct RawAnswer {
  Ending ending = Ending::kRefused;
  int status = 0;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;  // What arrived of it, chunks joined.

  // Value of a header by its exact name; empty when there is none.
  std::string Header(absl::string_view name) const;
};

class RawClient {
 public:
  explicit RawClient(int port);
  ~RawClient();
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  // Sends a request with the header `credential` ("API-KEY: key") and waits
  // for the answer or the end of the connection.
  RawAnswer Send(absl::string_view method, absl::string_view target,
                 absl::string_view body = "",
                 absl::string_view credential = kTestKey);

  // Sends without waiting.
  void Start(absl::string_view method, absl::string_view target,
             absl::string_view body = "",
             absl::string_view credential = kTestKey);
  RawAnswer Finish();

  static constexpr char kTestKey[] = "API-KEY: qyd_test_key";

 private:
  // False at the end of the connection.
  bool Fill();
  bool ReadUntil(absl::string_view mark, std::string* text);
  bool ReadBytes(size_t size, std::string* text);
  bool ReadChunks(std::string* body);

  int fd_ = -1;
  bool reset_ = false;
  std::string buffer_;
};

}  // namespace qantara::simulator

#endif  // TESTS_TOOLS_SIMULATOR_RAW_CLIENT_H_
