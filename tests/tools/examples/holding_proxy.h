// A way to the server that stops in the middle of what a client sends.
#ifndef TESTS_TOOLS_EXAMPLES_HOLDING_PROXY_H_
#define TESTS_TOOLS_EXAMPLES_HOLDING_PROXY_H_

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace qantara::examples {

// Passes on the connections that it accepts, each to a new one of the server.
// Of the first connection only `hold_after` bytes of the client go through; the
// rest waits until the connection ends. The other way is always free. When one
// side ends, so does the other.
class HoldingProxy {
 public:
  // `server` is HOST:PORT with an IPv4 address. Ends the program when it cannot
  // listen.
  HoldingProxy(const std::string& server, int64_t hold_after);
  // Ends all connections.
  ~HoldingProxy();
  HoldingProxy(const HoldingProxy&) = delete;
  HoldingProxy& operator=(const HoldingProxy&) = delete;

  const std::string& address() const { return address_; }

 private:
  struct Pipe {
    int client = -1;
    int server = -1;
    // What the client may still send; negative: everything. Of one thread.
    int64_t allowance = -1;
    bool over = false;  // Guarded by mutex_.
  };

  void Accept();
  void ClientToServer(Pipe* pipe);
  void ServerToClient(Pipe* pipe);
  void End(Pipe* pipe);

  const uint16_t server_port_;
  const int64_t hold_after_;
  int listener_ = -1;
  std::string address_;
  std::mutex mutex_;
  std::condition_variable ended_;
  // The acceptor's, and after its end the destructor's.
  std::vector<std::unique_ptr<Pipe>> pipes_;
  std::vector<std::thread> pumps_;
  std::thread acceptor_;
};

}  // namespace qantara::examples

#endif  // TESTS_TOOLS_EXAMPLES_HOLDING_PROXY_H_
