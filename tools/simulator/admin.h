// The admin endpoints under /_admin: state, faults, and hands behind the
// back of the API. They need no credential and are not in the journal.
#ifndef TOOLS_SIMULATOR_ADMIN_H_
#define TOOLS_SIMULATOR_ADMIN_H_

#include <cstdint>
#include <functional>

#include "tools/simulator/http_message.h"
#include "tools/simulator/world.h"

namespace qantara::simulator {

// Thread-safe.
class Admin {
 public:
  // `world` must outlive it. `refuse_connections` is called with the
  // milliseconds for which connecting shall fail.
  Admin(World* world, std::function<void(int64_t)> refuse_connections)
      : world_(*world), refuse_connections_(std::move(refuse_connections)) {}

  // Answers a request whose path starts with "/_admin". What is wrong with it
  // is said in 400 {"error":...}; 404 for unknown paths, companies and rows.
  HttpReply Answer(const HttpRequest& request);

 private:
  HttpReply Faults(const HttpRequest& request);
  HttpReply HoldRequests(const HttpRequest& request);
  HttpReply Wait(const HttpRequest& request);
  HttpReply Reset(const HttpRequest& request);
  HttpReply Keys(const HttpRequest& request, bool revoke);
  HttpReply Refuse(const HttpRequest& request);

  World& world_;
  const std::function<void(int64_t)> refuse_connections_;
};

}  // namespace qantara::simulator

#endif  // TOOLS_SIMULATOR_ADMIN_H_
