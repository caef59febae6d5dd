// Reads the catalog of a connection back and compares it with an import.
#ifndef QANTARA_SERVER_VERIFY_CATALOG_VERIFIER_H_
#define QANTARA_SERVER_VERIFY_CATALOG_VERIFIER_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "domain/ports/clock.h"
#include "domain/ports/product_gateway.h"
#include "server/core/command_bus.h"
#include "server/core/connection_status.h"
#include "server/core/fresh_tables.h"
#include "server/delivery/actor.h"
#include "server/delivery/outbound_gate.h"
#include "server/verify/verification.h"
#include "server/verify/verify_call.h"

namespace qantara::server {

// References must outlive the verifier.
struct VerifierContext {
  CommandBus& bus;
  const domain::EventLog& log;
  const domain::TableStore& tables;
  const domain::Clock& clock;
  domain::ProductGateway& gateway;
  OutboundGate& gate;
  const ConnectionStatus& status;
  // Without any answer for so long the provider counts as unreadable.
  int64_t patience_millis = 120'000;
};

// One verification at a time. Its requests pass the gate in the lane of
// polling. A request that fails is tried again, a page or a product at most
// CatalogWalk::kMaxFailures times; it gives up when the connection is paused or
// needs an operator, or when its patience is over.
class CatalogVerifier {
 public:
  explicit CatalogVerifier(const VerifierContext& context);
  ~CatalogVerifier();
  CatalogVerifier(const CatalogVerifier&) = delete;
  CatalogVerifier& operator=(const CatalogVerifier&) = delete;

  void Start() { actor_.Start(); }
  // Ends the present call. Idempotent.
  void Stop();

  // Verifies, telling `call`, and ends the call: OK once the receipt is on disk
  // and told. Thread-safe. `call` is ended with kResourceExhausted (OVERLOADED)
  // when another verification is under way.
  void Verify(VerifyOptions options, std::shared_ptr<VerifyCall> call);

 private:
  enum class Stage { kLoad, kRead, kSettle, kRecord };

  // One verification under way; touched on the actor's thread.
  struct Run {
    Run(const VerifyOptions& options, std::shared_ptr<VerifyCall> to)
        : call(std::move(to)), verification(options, *call) {}

    const std::shared_ptr<VerifyCall> call;
    Verification verification;
    Stage stage = Stage::kLoad;
    std::optional<Verification::Doubt> doubt;
    bool waiting = false;
    int failures = 0;
    int64_t give_up_at = 0;
  };

  int64_t Step();
  int64_t Work();
  void Load();
  int64_t ReadPage();
  int64_t Settle();
  int64_t AskForRecord();
  int64_t AskForLookUp();
  void Record();
  // Asks the gate; when it grants, the request counts as waiting.
  domain::RequestBudget::Grant Enter();
  // Runs `take` on the actor's thread with the answer, unless the run is over.
  template <typename Answer>
  std::function<void(Answer)> Answered(std::function<void(const Answer&)> take);
  // Whether the answer can be used; else it is asked for again, or the run is
  // given up.
  bool IsUsable(const domain::CallReport& report);
  // Ends the run where the status is an error.
  bool Check(const absl::Status& status);
  void GiveUp(const domain::CallReport& report);
  void End(const absl::Status& status);

  const VerifierContext context_;
  const FreshTables fresh_;
  // A verification was asked for and has not ended.
  std::atomic<bool> busy_{false};
  Actor actor_;
  std::shared_ptr<Run> run_;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_VERIFY_CATALOG_VERIFIER_H_
