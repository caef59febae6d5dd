// The admin endpoints under /_admin: state, faults, and hands behind the
// back of the API. They need no credential and are not in the journal.
#ifndef TOOLS_SIMULATOR_ADMIN_H_
#define TOOLS_SIMULATOR_ADMIN_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "tools/simulator/http_message.h"
#include "tools/simulator/json.h"
#include "tools/simulator/world.h"

namespace qantara::simulator {

// Hands on the records of one provider. Locks companies itself. Thread-safe.
class ProviderRecords {
 public:
  virtual ~ProviderRecords() = default;

  // Answers the endpoints that only this provider has; nothing for others.
  virtual std::optional<HttpReply> Answer(const HttpRequest& request,
                                          const World& world) const = 0;
  // The company's part of GET /_admin/state.
  virtual Json State(Company& company) const = 0;
  virtual void Forget(bool products, bool reference,
                      Company& company) const = 0;
  // Adds a product for every line of JSON in `lines`, and before them, with
  // `examples`, those of the specification. Errors: kInvalidArgument with the
  // number of the line; the lines before are added.
  virtual absl::Status Load(bool examples, const std::string& lines,
                            Company& company) const = 0;
};

// Thread-safe.
class Admin {
 public:
  // Both must outlive it. `refuse_connections` is called with the milliseconds
  // for which connecting shall fail.
  Admin(World* world, const ProviderRecords* records,
        std::function<void(int64_t)> refuse_connections)
      : world_(*world),
        records_(*records),
        refuse_connections_(std::move(refuse_connections)) {}

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
  const ProviderRecords& records_;
  const std::function<void(int64_t)> refuse_connections_;
};

}  // namespace qantara::simulator

#endif  // TOOLS_SIMULATOR_ADMIN_H_
