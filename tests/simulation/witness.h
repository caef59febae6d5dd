// Watches every request that leaves, from outside the server: it knows what
// really becomes of each.
#ifndef QANTARA_TESTS_SIMULATION_WITNESS_H_
#define QANTARA_TESTS_SIMULATION_WITNESS_H_

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "domain/ports/product_gateway.h"
#include "qantara/events/v1/event.pb.h"
#include "tests/simulation/fake_qoyod.h"
#include "tests/simulation/report.h"
#include "tests/simulation/versioned_tables.h"
#include "tests/simulation/virtual_clock.h"

namespace qantara::simulation {

// The rules of DESIGN.md part 4 that a single request can break:
//
// - its intent was durable before, names this request, and is sent once;
// - it leaves within its window;
// - no earlier write for its products or SKUs is under way, or can still land;
// - what is unknown is sent again only after the wait-out and two readings, the
//   second a read lag after the first; what was refused, after a read lag and
//   one reading; an update, after the wait-out and reading the record;
// - nothing is written to a product that is a duplicate.
class Witness {
 public:
  struct Bounds {
    int64_t request_timeout = 0;
    int64_t max_processing = 0;
    int64_t max_read_lag = 0;
  };

  // References must outlive the witness.
  Witness(Bounds bounds, const VirtualClock& clock, const FakeQoyod& world,
          const VersionedTables& tables, Report& report)
      : bounds_(bounds),
        clock_(clock),
        world_(world),
        tables_(tables),
        report_(report) {}

  // One item of a write.
  struct Part {
    uint64_t product_id = 0;
    std::string sku;
    bool named = false;  // An answer named it.
  };

  // One write that left.
  struct Write {
    uint64_t intent = 0;
    bool creates = false;
    std::string remote_id;  // Of an update.
    std::vector<Part> parts;
    int process = 0;
    WorldMillis sent_at = 0;
    // The wait-out of DESIGN.md part 4, known to this boot only.
    WorldMillis wait_end = 0;
    std::string boot_id;
    WorldMillis lands_before = 0;
    uint64_t highest_id = 0;
    // When it takes effect; nothing: never.
    std::optional<WorldMillis> lands_at;
    // When the process that sent it got its answer, and which.
    std::optional<WorldMillis> answered_at;
    domain::Effect effect = domain::Effect::kUnknown;
  };

  // An event is durable.
  void OnAppended(const events::v1::EventRecord& record);

  // A write leaves; returns it, to be told what becomes of it.
  Write& OnCreate(const std::string& fingerprint,
                  const std::vector<v1::Product>& products,
                  const domain::WriteWindow& window, int process);
  Write& OnUpdate(const std::string& fingerprint, const std::string& remote_id,
                  const domain::WriteWindow& window, int process);

  // Reading requests that were answered; `began` is when they left.
  void OnListed(const domain::ListQuery& query,
                const domain::PageAnswer& answer, WorldMillis began);
  void OnGot(const std::string& remote_id, WorldMillis began);

  // A write that leaves now lands before this time, or never.
  WorldMillis LandsBefore() const {
    return clock_.now() + bounds_.request_timeout + bounds_.max_processing;
  }

  const std::map<uint64_t, Write>& writes() const { return writes_; }

 private:
  // A durable intent.
  struct Intent {
    uint64_t position = 0;
    std::vector<uint64_t> products;
    events::v1::SendWindow window;
    bool sent = false;
  };
  struct Reading {
    domain::ListQuery query;
    WorldMillis began = 0;
    // Of a reading by id: the id from which on it says everything. Those up to
    // the one asked for were mapped, so that nothing else can have them.
    uint64_t tells_above = 0;
  };

  Write& Begin(const std::string& fingerprint,
               const domain::WriteWindow& window, int process);
  WorldMillis WaitEnd(const Write& write) const;
  void CheckNothingOpen(const Write& write);
  void CheckProven(const Write& write, const Part& part);
  void CheckCreateProven(const Write& earlier, const Write& write,
                         const Part& part);
  void CheckUpdateProven(const Write& earlier, const Write& write);
  void CheckNoDuplicate(const Write& write);
  uint64_t TellsAbove(const domain::ListQuery& query) const;
  std::vector<WorldMillis> ReadingsOf(const Write& earlier,
                                      const std::string& sku,
                                      WorldMillis from) const;

  const Bounds bounds_;
  const VirtualClock& clock_;
  const FakeQoyod& world_;
  const VersionedTables& tables_;
  Report& report_;
  std::map<std::string, Intent> intents_;  // By fingerprint.
  std::map<uint64_t, Write> writes_;       // By intent.
  std::vector<Reading> readings_;
  std::multimap<std::string, WorldMillis> gets_;
};

}  // namespace qantara::simulation

#endif  // QANTARA_TESTS_SIMULATION_WITNESS_H_
