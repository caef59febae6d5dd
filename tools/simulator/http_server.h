// A small HTTP/1.1 server, one thread per connection, whose handler has full
// control of the socket: it can refuse, withhold, stall, cut and reset.
#ifndef TOOLS_SIMULATOR_HTTP_SERVER_H_
#define TOOLS_SIMULATOR_HTTP_SERVER_H_

#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "tools/simulator/http_message.h"
#include "tools/simulator/socket.h"
#include "tools/simulator/waiter.h"

namespace qantara::simulator {

// Called from the threads of all connections at once.
class HttpHandler {
 public:
  virtual ~HttpHandler() = default;
  // False: the connection is reset before its first byte is read.
  virtual bool Accepts() = 0;
  // `head` has no body yet. False: the connection is closed with the body
  // unread and Handle() is not called.
  virtual bool Reads(const HttpRequest& head) = 0;
  virtual HttpReply Handle(const HttpRequest& request) = 0;
  // Says what becomes of the reply that carried this number; may be called
  // again when it turned out otherwise.
  virtual void Answered(int64_t journal_number, Fate fate) = 0;
};

class HttpServer {
 public:
  // `handler` must outlive the server.
  explicit HttpServer(HttpHandler* handler);
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  // Listens on the IPv4 address `host`; port 0 picks a free one. Returns the
  // port. Errors: kInvalidArgument for a bad address, kUnavailable when the
  // system refuses. Called once.
  absl::StatusOr<int> Start(const std::string& host, int port);

  // Ends every connection at once and waits for the threads. Replies that
  // have not left are lost. May be called twice.
  void Stop();

  // Stops listening on the port for `ms` milliseconds, so that connecting is
  // refused; connections that exist go on. Returns at once.
  void RefuseConnections(int64_t ms);

  // More connections than this are closed as soon as they are accepted.
  static constexpr size_t kConnectionsMax = 2000;

 private:
  absl::StatusOr<int> Listen();
  void AcceptLoop();
  void AcceptOne();
  void Serve(const std::shared_ptr<Socket>& socket, int64_t connection);
  // Reads and answers one request. False ends the connection.
  bool ServeOne(Socket& socket, int64_t connection, int64_t served_before);
  void RefuseBadRequest(Socket& socket);
  void Wake();

  HttpHandler* const handler_;
  Waiter waiter_;
  std::string host_;
  int port_ = 0;
  int listen_fd_ = -1;  // Of the accept thread while it runs.
  int wake_fd_ = -1;
  std::thread acceptor_;

  std::mutex mutex_;
  std::condition_variable idle_;
  bool stopping_ = false;
  int64_t refuse_ms_ = 0;
  int64_t next_connection_ = 1;
  std::map<int64_t, std::shared_ptr<Socket>> open_;
};

}  // namespace qantara::simulator

#endif  // TOOLS_SIMULATOR_HTTP_SERVER_H_
