#include "tests/simulation/final_checks.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "domain/fold/fold.h"
#include "domain/item_state.h"
#include "domain/line.h"
#include "domain/product_fields.h"
#include "domain/rows.h"
#include "domain/table_keys.h"
#include "domain/text_checks.h"
#include "qantara/tables/v1/rows.pb.h"
#include "server/delivery/remote_index.h"
#include "tests/domain/support/invariants.h"
#include "tests/domain/support/memory_tables.h"
#include "tests/simulation/connection.h"

namespace qantara::simulation {
namespace {

using domain::Table;
using tables::v1::ItemRow;
using tables::v1::ProductRow;
using tables::v1::UpdateRow;

// One accepted line with what became of it.
struct Line {
  std::string import_id;
  uint32_t number = 0;
  v1::Product product;
  v1::ExistingPolicy policy = v1::EXISTING_POLICY_LINK;
  ItemRow row;

  std::string Name() const {
    return absl::StrCat("line ", import_id, "/", number, " (", row.sku(), ", ",
                        v1::ItemState_Name(row.state()), ")");
  }
};

// One accepted update with what became of it.
struct Update {
  uint64_t product_id = 0;
  v1::Product fields;
  UpdateRow row;
};

class EndChecker {
 public:
  explicit EndChecker(Stage& stage)
      : stage_(stage), tables_(stage.tables), report_(stage.report) {}

  void Check() {
    CheckImports();
    ReadLog();
    for (const Line& line : lines_) CheckLine(line);
    for (const Update& update : updates_) CheckUpdate(update);
    CheckWorld();
    CheckMappings();
    CheckFold();
  }

 private:
  template <typename Row>
  Row Get(Table table, const std::string& key) {
    auto row = domain::FindRow<Row>(tables_, table, key);
    if (row.ok() && row->has_value()) return **row;
    report_.Violate("a row of table ", static_cast<int>(table), " is missing");
    return Row();
  }

  ProductRow ProductOf(uint64_t id) {
    return Get<ProductRow>(Table::kProducts,
                           domain::NumberKey(kConnection, id));
  }

  void CheckImports();
  void ReadLog();
  void CheckLine(const Line& line);
  void CheckParked(const Line& line);
  void CheckRejected(const Line& line);
  bool HasRelative(const std::string& sku) const;
  bool EverGone(uint64_t product_id) const;
  void CheckUpdate(const Update& update);
  void CheckWorld();
  void CheckSameSku(const std::string& sku,
                    const std::vector<const FakeRecord*>& records);
  void CheckMappings();
  void CheckValues(const ProductRow& product, const FakeRecord& record);
  void CheckFold();

  Stage& stage_;
  const domain::TableStore& tables_;
  Report& report_;
  std::vector<Line> lines_;
  std::vector<Update> updates_;
  // What each product should hold, in the order of acceptance.
  std::map<uint64_t, v1::Product> expected_;
  // Products that were linked to a record of somebody else.
  std::set<uint64_t> linked_;
};

void EndChecker::CheckImports() {
  for (const ImportPlan& plan : stage_.plan.imports) {
    const auto row = Get<tables::v1::ImportRow>(
        Table::kImports, domain::TextKey(kConnection, plan.id));
    size_t lines = 0;
    for (const auto& batch : plan.batches) lines += batch.size();
    if (row.received_lines() != lines || domain::BalanceOf(row) != 0 ||
        !domain::IsFinished(row)) {
      report_.Violate("import ", plan.id,
                      " does not balance: ", row.ShortDebugString());
    }
  }
}

// Follows the log in the order of acceptance.
void EndChecker::ReadLog() {
  std::map<std::string, v1::ExistingPolicy> policies;
  for (const domain::EventRecordPtr& record : stage_.log.records()) {
    const events::v1::Event& event = record->event();
    if (event.has_import_opened()) {
      policies[event.import_opened().import_id()] =
          event.import_opened().existing_policy();
    } else if (event.has_import_lines_accepted()) {
      const auto& accepted = event.import_lines_accepted();
      for (int i = 0; i < accepted.lines_size(); ++i) {
        Line line;
        line.import_id = accepted.import_id();
        line.number = accepted.first_line() + static_cast<uint32_t>(i);
        line.product = domain::LineOf(accepted.lines(i).payload()).product();
        line.policy = policies[line.import_id];
        line.row = Get<ItemRow>(
            Table::kItems,
            domain::ItemKey(kConnection, line.import_id, line.number));
        lines_.push_back(std::move(line));
        const Line& last = lines_.back();
        v1::Product& expected = expected_[last.row.product_id()];
        v1::Product fields = last.product;
        fields.clear_type();
        switch (last.row.state()) {
          case v1::ITEM_STATE_CREATED:
            expected = fields;
            break;
          case v1::ITEM_STATE_LINKED:
            expected.Clear();
            linked_.insert(last.row.product_id());
            break;
          case v1::ITEM_STATE_UPDATED:
          case v1::ITEM_STATE_UNCHANGED:
            // A line under a former SKU does not take the new one back.
            if (expected.has_sku()) fields.clear_sku();
            domain::MergeFields(fields, &expected);
            break;
          default:
            break;
        }
      }
    } else if (event.has_product_update_recorded()) {
      const auto& recorded = event.product_update_recorded();
      Update update{
          recorded.product_id(), recorded.fields(),
          Get<UpdateRow>(Table::kUpdates,
                         domain::NumberKey(kConnection, record->position()))};
      if (update.row.state() == v1::UPDATE_STATE_APPLIED ||
          update.row.state() == v1::UPDATE_STATE_UNCHANGED) {
        domain::MergeFields(update.fields, &expected_[update.product_id]);
      }
      updates_.push_back(std::move(update));
    }
  }
}

bool EndChecker::EverGone(uint64_t product_id) const {
  for (const FakeRecord& record : stage_.world.records()) {
    if (!record.exists()) return true;
  }
  (void)product_id;
  return false;
}

// Whether a record has a SKU that is equal only after normalisation.
bool EndChecker::HasRelative(const std::string& sku) const {
  for (const FakeRecord& record : stage_.world.records()) {
    for (const FakeRecord::Shown& shown : record.shown) {
      if (shown.record.has_value() && shown.record->sku() != sku &&
          domain::NormalizedSku(shown.record->sku()) ==
              domain::NormalizedSku(sku)) {
        return true;
      }
    }
  }
  return false;
}

void EndChecker::CheckParked(const Line& line) {
  bool legitimate = false;
  const std::string& sku = line.row.sku();
  switch (line.row.reason()) {
    case v1::ERROR_REASON_SKU_DUPLICATE:
      legitimate = stage_.world.EverHad(sku) > 1 || HasRelative(sku);
      break;
    case v1::ERROR_REASON_SKU_ALTERED:
      legitimate = HasRelative(sku);
      break;
    case v1::ERROR_REASON_EXISTS_REMOTELY:
      legitimate = line.policy == v1::EXISTING_POLICY_PARK &&
                   stage_.world.EverHad(sku) > 0;
      break;
    case v1::ERROR_REASON_OUTCOME_UNKNOWN:
      legitimate = sku.empty();
      break;
    case v1::ERROR_REASON_PROVIDER_FAILS:
      legitimate = stage_.plan.faults.at_most >= 10;
      break;
    case v1::ERROR_REASON_SKU_REPEATED:
    case v1::ERROR_REASON_EXTERNAL_ID_IN_USE:
    case v1::ERROR_REASON_SKU_IN_USE:
      legitimate = true;
      break;
    default:
      break;
  }
  if (legitimate) return;
  report_.Violate(line.Name(),
                  " is parked for no reason: ", line.row.ShortDebugString());
}

void EndChecker::CheckRejected(const Line& line) {
  const bool exists = line.policy == v1::EXISTING_POLICY_FAIL &&
                      line.row.reason() == v1::ERROR_REASON_EXISTS_REMOTELY &&
                      stage_.world.EverHad(line.row.sku()) > 0;
  const bool taken = stage_.plan.habits.refuses_taken_sku &&
                     stage_.world.EverHad(line.row.sku()) > 0;
  if (exists || taken || line.product.description() == kRefusedText) return;
  report_.Violate(line.Name(),
                  " is rejected for no reason: ", line.row.ShortDebugString());
}

void EndChecker::CheckLine(const Line& line) {
  switch (line.row.state()) {
    case v1::ITEM_STATE_CREATED:
    case v1::ITEM_STATE_LINKED:
    case v1::ITEM_STATE_UPDATED:
      if (stage_.world.Find(line.row.remote_id()) == nullptr) {
        report_.Violate(line.Name(), " has no record");
      }
      return;
    case v1::ITEM_STATE_UNCHANGED:
    case v1::ITEM_STATE_INVALID:
      return;
    case v1::ITEM_STATE_BLOCKED:
      if (stage_.plan.category_from.has_value()) {
        report_.Violate(line.Name(), " is blocked though the category exists");
      }
      return;
    case v1::ITEM_STATE_PARKED:
      return CheckParked(line);
    case v1::ITEM_STATE_REJECTED:
      return CheckRejected(line);
    default:
      report_.Violate(line.Name(), " is not at rest");
  }
}

void EndChecker::CheckUpdate(const Update& update) {
  switch (update.row.state()) {
    case v1::UPDATE_STATE_APPLIED:
    case v1::UPDATE_STATE_UNCHANGED:
      return;
    case v1::UPDATE_STATE_REJECTED: {
      const bool gone = update.row.reason() == v1::ERROR_REASON_MAPPING_STALE &&
                        EverGone(update.product_id);
      const bool taken = stage_.plan.habits.refuses_taken_sku &&
                         stage_.world.EverHad(update.fields.sku()) > 0;
      if (gone || taken || update.fields.description() == kRefusedText) return;
      break;
    }
    default:
      break;
  }
  report_.Violate("update of product ", update.product_id, " {",
                  update.fields.ShortDebugString(), "} ended as ",
                  update.row.ShortDebugString());
}

void EndChecker::CheckSameSku(const std::string& sku,
                              const std::vector<const FakeRecord*>& records) {
  if (stage_.plan.habits.raises_case) return;
  // A look is at most kLookMillis old when a request leaves, which it does at
  // most this long before it takes effect.
  const int64_t unseen =
      server::kLookMillis + absl::ToInt64Milliseconds(server::kSendWithin) +
      absl::ToInt64Milliseconds(stage_.plan.bounds.request_timeout +
                                stage_.plan.bounds.max_processing);
  for (const FakeRecord* ours : records) {
    if (ours->origin != Origin::kOurs || ours->created_sku != sku) continue;
    for (const FakeRecord* other : records) {
      if (other == ours || other->created_sku != sku) continue;
      const bool hidden = other->origin == Origin::kByHand &&
                          other->shown.front().from > ours->created_at - unseen;
      if (hidden) continue;
      report_.Violate("SKU ", sku, " was created as ", ours->id,
                      " though it exists as ", other->id);
    }
  }
}

void EndChecker::CheckWorld() {
  std::map<std::string, std::vector<const FakeRecord*>> by_sku;
  std::map<uint64_t, std::vector<std::string>> by_product;
  for (const FakeRecord& record : stage_.world.records()) {
    if (!record.exists()) continue;
    if (!record.now.sku().empty()) by_sku[record.now.sku()].push_back(&record);
    if (record.product_id == 0) continue;
    by_product[record.product_id].push_back(record.now.id());
  }
  for (const auto& [product, ids] : by_product) {
    if (ids.size() < 2) continue;
    report_.Violate("product ", product,
                    " was created more than once: ", absl::StrJoin(ids, ", "));
  }
  for (const auto& [sku, records] : by_sku) {
    if (records.size() > 1) CheckSameSku(sku, records);
  }
}

void EndChecker::CheckValues(const ProductRow& product,
                             const FakeRecord& record) {
  v1::Product expected = expected_[product.product_id()];
  if (stage_.plan.habits.raises_case) expected.clear_sku();
  const auto& reported = product.differing_fields();
  for (const v1::FieldDifference& difference :
       domain::CompareWithRemote(expected, record.now)) {
    // A record of somebody else stays as it was, and what differs is told.
    if ((linked_.contains(product.product_id()) ||
         record.origin != Origin::kOurs) &&
        std::find(reported.begin(), reported.end(), difference.field()) !=
            reported.end()) {
      continue;
    }
    report_.Violate("record ", record.id, " of product ", product.product_id(),
                    " holds ", difference.field(), " ", difference.held(),
                    ", accepted was ", difference.sent());
  }
}

void EndChecker::CheckMappings() {
  stage_.tables.ForEach(Table::kProducts, [&](const std::string&,
                                              const std::string& value) {
    ProductRow product;
    if (!product.ParseFromString(value)) return;
    if (product.state() != v1::MAPPING_STATE_MAPPED) return;
    const FakeRecord* record = stage_.world.Find(product.remote_id());
    if (record == nullptr) {
      return report_.Violate("product ", product.product_id(),
                             " is mapped to a record that never was");
    }
    if (!record->exists() || product.former_remote_ids_size() > 0) return;
    if (record->now.sku() != product.sku() && !stage_.plan.habits.raises_case) {
      report_.Violate("product ", product.product_id(), " has SKU ",
                      product.sku(), ", its record ", record->id, " has ",
                      record->now.sku());
    }
    if (record->product_id != 0 && record->product_id != product.product_id()) {
      report_.Violate("product ", product.product_id(),
                      " has the record of product ", record->product_id);
    }
    CheckValues(product, *record);
  });
}

void EndChecker::CheckFold() {
  domain::MemoryTables again;
  if (stage_.plan.chunk_size != 0) {
    tables::v1::ConnectionRow row;
    row.set_chunk_size(stage_.plan.chunk_size);
    domain::PutRow(again, Table::kConnections, domain::TextKey(kConnection),
                   row);
  }
  std::vector<events::v1::EventRecord> log;
  for (const domain::EventRecordPtr& record : stage_.log.records()) {
    if (!domain::Fold(*record, again).ok()) {
      return report_.Violate("the log cannot be folded again");
    }
    log.push_back(*record);
  }
  for (const Table table : domain::kAllTables) {
    domain::MemoryTables::Rows rows;
    stage_.tables.ForEach(
        table, [&](const std::string& key, const std::string& value) {
          rows.emplace(key, value);
        });
    if (rows != again.Scan(table)) {
      report_.Violate("folded again, table ", static_cast<int>(table),
                      " differs");
    }
  }
  for (const std::string& broken : domain::BrokenRules(again, kConnection)) {
    report_.Violate("rule: ", broken);
  }
  for (const std::string& broken :
       domain::BrokenChains(again, kConnection, log)) {
    report_.Violate("chain: ", broken);
  }
}

}  // namespace

void CheckEnd(Stage& stage) { EndChecker(stage).Check(); }

}  // namespace qantara::simulation
