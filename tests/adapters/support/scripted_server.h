// A TCP server that reads HTTP requests and answers with the bytes that a test
// gives it, or misbehaves.
#ifndef QANTARA_TESTS_ADAPTERS_SUPPORT_SCRIPTED_SERVER_H_
#define QANTARA_TESTS_ADAPTERS_SUPPORT_SCRIPTED_SERVER_H_

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/string_view.h"

namespace qantara::adapters {

// One request as it arrived.
struct ReceivedRequest {
  // Number of the connection, from 0.
  int connection = 0;
  // Request line without the line break.
  std::string line;
  // Header lines, each with its line break.
  std::string head;
  std::string body;
};

// What the server does about a request.
struct ScriptedReply {
  std::string bytes;
  enum class Then {
    kKeep,   // Wait for the next request on the connection.
    kClose,  // Close it.
    kReset,  // Reset it (RST).
    kStall,  // Leave it open and silent until the server ends.
  } then = Then::kKeep;
};

// Listens on a free port of 127.0.0.1 from construction to destruction.
class ScriptedServer {
 public:
  using Script = std::function<ScriptedReply(const ReceivedRequest&)>;

  // `script` runs on the threads of the connections, one at a time. `greeting`
  // is sent on each new connection, which is no HTTP.
  explicit ScriptedServer(Script script, std::string greeting = "");
  ~ScriptedServer();

  int port() const { return port_; }
  // `http://127.0.0.1:PORT` and `path`.
  std::string Url(absl::string_view path) const;

  // All complete requests so far.
  std::vector<ReceivedRequest> requests();
  // Connections accepted so far.
  int connections();
  // Waits until `count` connections were accepted.
  void WaitForConnections(int count);

 private:
  void Accept();
  void Serve(int socket, int connection);

  const Script script_;
  const std::string greeting_;
  int listener_ = -1;
  int port_ = 0;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;
  std::vector<ReceivedRequest> requests_;
  std::vector<int> sockets_;
  std::vector<std::thread> threads_;
  std::thread acceptor_;
};

// An answer with a body and its length.
std::string Answer(int status, absl::string_view body,
                   absl::string_view extra_headers = "");

// A port of 127.0.0.1 where nobody listens.
int ClosedPort();

}  // namespace qantara::adapters

#endif  // QANTARA_TESTS_ADAPTERS_SUPPORT_SCRIPTED_SERVER_H_
