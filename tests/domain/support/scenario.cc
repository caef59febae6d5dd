#include "tests/domain/support/scenario.h"

#include <gtest/gtest.h>

#include "absl/strings/match.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "domain/fold/fold.h"
#include "domain/rows.h"
#include "domain/table_keys.h"
#include "domain/timestamps.h"
#include "tests/domain/support/invariants.h"

namespace qantara::domain {
namespace {

using events::v1::EventRecord;

std::string EventId(Position position) {
  std::string id = NumberKey("", position);
  id.resize(16);
  return id;
}

template <typename Row>
Row RowOrEmpty(const MemoryTables& tables, Table table,
               const std::string& key) {
  const auto row = FindRow<Row>(tables, table, key);
  return row.ok() && row->has_value() ? **row : Row();
}

// What a retention worker may leave of the event.
void Cut(EventRecord* record) {
  const events::v1::Event& event = record->event();
  if (!event.has_stock_observed() && !event.has_stock_snapshot_taken()) return;
  record->mutable_event()->mutable_event_cut()->set_value_digest("digest");
}

// Whether the log gives these rows, its stock events up to `cut` being gone.
bool IsFoldedFrom(const std::vector<EventRecord>& log, Position cut,
                  const MemoryTables& tables) {
  MemoryTables again;
  for (const EventRecord& record : log) {
    // What is read back from a disk, not what was put there.
    EventRecord read;
    read.ParseFromString(record.SerializeAsString());
    if (record.position() <= cut) Cut(&read);
    if (!Fold(read, again).ok()) return false;
  }
  return again.SameAs(tables);
}

}  // namespace

void Scenario::Commit(const Events& events) {
  for (const PendingEvent& event : events) {
    Revision& revision = revisions_[event.stream];
    EXPECT_TRUE(event.expected.Matches(revision)) << event.stream;
    EventRecord record;
    record.set_position(head() + 1);
    record.set_stream(event.stream);
    record.set_revision(++revision);
    record.set_event_id(EventId(head() + 1));
    *record.mutable_time() = ToTimestamp(Now());
    record.set_causation(event.causation);
    *record.mutable_event() = event.event;
    const absl::Status folded = Fold(record, tables_);
    EXPECT_TRUE(folded.ok()) << folded << "\n" << record.DebugString();
    log_.push_back(std::move(record));
    if (checks_every_event_) CheckRules();
  }
  last_ = events;
}

bool Scenario::CheckRules() const {
  const std::vector<std::string> broken = BrokenRules(tables_, kConnection);
  EXPECT_TRUE(broken.empty())
      << absl::StrJoin(broken, "\n") << "\nafter "
      << (log_.empty() ? std::string() : log_.back().DebugString());
  return broken.empty();
}

std::vector<std::string> Scenario::CheckLog() const {
  std::vector<std::string> broken = BrokenChains(tables_, kConnection, log_);
  const Position cut = Connection().stock_cut_position();
  if (!IsFoldedFrom(log_, 0, tables_)) {
    broken.push_back("folded again it differs");
  }
  if (cut > 0 && !IsFoldedFrom(log_, cut, tables_)) {
    broken.push_back("folded again behind a cut it differs");
  }
  for (const std::string& fault : WritesWhilePaused(kConnection, log_)) {
    broken.push_back(fault);
  }
  return broken;
}

tables::v1::ImportRow Scenario::Import(const std::string& import_id) const {
  return RowOrEmpty<tables::v1::ImportRow>(tables_, Table::kImports,
                                           TextKey(kConnection, import_id));
}

tables::v1::ItemRow Scenario::Item(const std::string& import_id,
                                   uint32_t line) const {
  return RowOrEmpty<tables::v1::ItemRow>(tables_, Table::kItems,
                                         ItemKey(kConnection, import_id, line));
}

tables::v1::ProductRow Scenario::Product(uint64_t product_id) const {
  return RowOrEmpty<tables::v1::ProductRow>(tables_, Table::kProducts,
                                            NumberKey(kConnection, product_id));
}

tables::v1::UpdateRow Scenario::Update(uint64_t position) const {
  return RowOrEmpty<tables::v1::UpdateRow>(tables_, Table::kUpdates,
                                           NumberKey(kConnection, position));
}

tables::v1::UpdateRow Scenario::UpdateOf(const std::string& request_id) const {
  return Update(RowOrEmpty<tables::v1::RequestRow>(
                    tables_, Table::kRequests, TextKey(kConnection, request_id))
                    .update());
}

tables::v1::IntentRow Scenario::Intent(uint64_t position) const {
  return RowOrEmpty<tables::v1::IntentRow>(tables_, Table::kIntents,
                                           NumberKey(kConnection, position));
}

tables::v1::StockRow Scenario::Stock(const std::string& remote_id) const {
  return RowOrEmpty<tables::v1::StockRow>(tables_, Table::kStock,
                                          TextKey(kConnection, remote_id));
}

tables::v1::LocationRow Scenario::Location(
    const std::string& location_id) const {
  return RowOrEmpty<tables::v1::LocationRow>(tables_, Table::kLocations,
                                             TextKey(kConnection, location_id));
}

tables::v1::ConnectionRow Scenario::Connection() const {
  return RowOrEmpty<tables::v1::ConnectionRow>(tables_, Table::kConnections,
                                               TextKey(kConnection));
}

uint64_t Scenario::ProductOfSku(const std::string& sku) const {
  return RowOrEmpty<tables::v1::ProductPointer>(tables_, Table::kSkus,
                                                TextKey(kConnection, sku))
      .product_id();
}

std::string Scenario::States(const std::string& import_id) const {
  std::vector<std::string> states;
  for (uint32_t line = 1; line <= Import(import_id).received_lines(); ++line) {
    states.emplace_back(absl::StripPrefix(
        v1::ItemState_Name(Item(import_id, line).state()), "ITEM_STATE_"));
  }
  return absl::StrJoin(states, " ");
}

}  // namespace qantara::domain
