// The verifiers of all connections, and what a request asks of them.
#ifndef QANTARA_SERVER_VERIFY_VERIFIERS_H_
#define QANTARA_SERVER_VERIFY_VERIFIERS_H_

#include <memory>
#include <mutex>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "qantara/v1/catalog_service.pb.h"
#include "server/core/connections.h"
#include "server/verify/catalog_verifier.h"
#include "server/verify/verify_call.h"

namespace qantara::server {

// Thread-safe.
class Verifiers {
 public:
  static constexpr uint32_t kDefaultSample = 100;
  static constexpr uint32_t kMaxSample = 10'000;

  // `connections` must outlive it.
  explicit Verifiers(const Connections& connections)
      : connections_(connections) {}

  // `verifier` serves the connection from now on; it must outlive every call.
  void Add(const std::string& connection, CatalogVerifier& verifier);

  // Begins the verification, which tells `call` and ends it. Where it cannot
  // begin the call is ended at once: kNotFound or kInvalidArgument for the
  // connection, kInvalidArgument (FIELD_INVALID) for the sample,
  // kUnavailable (PROVIDER_UNAVAILABLE) while nothing is delivered.
  void Begin(const v1::VerifyImportRequest& request,
             const std::shared_ptr<VerifyCall>& call);

 private:
  absl::StatusOr<CatalogVerifier*> Find(const std::string& connection);

  const Connections& connections_;
  std::mutex mutex_;
  absl::flat_hash_map<std::string, CatalogVerifier*> verifiers_;  // By mutex_.
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_VERIFY_VERIFIERS_H_
