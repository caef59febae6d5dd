// Given commands and events, when a command, then events and rows: the domain
// without a disk, with every rule of support/invariants.h checked after every
// event.
#ifndef QANTARA_TESTS_DOMAIN_SUPPORT_SCENARIO_H_
#define QANTARA_TESTS_DOMAIN_SUPPORT_SCENARIO_H_

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "domain/decide/decider.h"
#include "qantara/events/v1/event.pb.h"
#include "qantara/tables/v1/rows.pb.h"
#include "tests/domain/support/memory_tables.h"

namespace qantara::domain {

// The connection that everything in a scenario belongs to.
inline constexpr char kConnection[] = "riyadh";

// A log and the tables folded from it. One command is decided at a time; its
// events get the next positions and are folded at once. A broken rule, or a
// fold that fails, fails the test.
class Scenario {
 public:
  // Decides the command and commits its events, or returns why not.
  template <typename Command>
  auto Do(const Command& command) {
    const DecisionContext context{Now(), head() + 1};
    auto decided = Decide(command, tables_, context);
    using Reply = decltype(decided->reply);
    if (!decided.ok()) return absl::StatusOr<Reply>(decided.status());
    Commit(decided->events);
    return absl::StatusOr<Reply>(std::move(decided->reply));
  }

  // Appends and folds the events. `last()` is these from then on.
  void Commit(const Events& events);

  // Checks that the log, folded again from nothing, gives the same bytes, also
  // where every event that may be cut is cut, and that the life of every
  // product can be read. Returns what is wrong.
  std::vector<std::string> CheckLog() const;

  // Leaves out the checks after every event, for long schedules that check
  // now and then with CheckRules.
  void set_checks_every_event(bool on) { checks_every_event_ = on; }
  // Adds a failure for every broken rule; returns whether there was none.
  bool CheckRules() const;

  const MemoryTables& tables() const { return tables_; }
  const std::vector<events::v1::EventRecord>& log() const { return log_; }
  // Events of the last command that had any effect or none.
  const Events& last() const { return last_; }
  Position head() const { return log_.size(); }
  // A second passes with every event.
  absl::Time Now() const {
    return absl::FromUnixSeconds(1'790'000'000 + static_cast<int64_t>(head()));
  }

  // Rows; empty where there are none.
  tables::v1::ImportRow Import(const std::string& import_id) const;
  tables::v1::ItemRow Item(const std::string& import_id, uint32_t line) const;
  tables::v1::ProductRow Product(uint64_t product_id) const;
  tables::v1::UpdateRow Update(uint64_t position) const;
  // By its request id.
  tables::v1::UpdateRow UpdateOf(const std::string& request_id) const;
  tables::v1::IntentRow Intent(uint64_t position) const;
  tables::v1::StockRow Stock(const std::string& remote_id) const;
  tables::v1::LocationRow Location(const std::string& location_id) const;
  tables::v1::ConnectionRow Connection() const;
  // The product that the SKU leads to; 0: none.
  uint64_t ProductOfSku(const std::string& sku) const;
  // States of the import's items in line order, such as `CREATED QUEUED`.
  std::string States(const std::string& import_id) const;

 private:
  MemoryTables tables_;
  std::vector<events::v1::EventRecord> log_;
  std::map<std::string, Revision> revisions_;
  Events last_;
  bool checks_every_event_ = true;
};

}  // namespace qantara::domain

#endif  // QANTARA_TESTS_DOMAIN_SUPPORT_SCENARIO_H_
