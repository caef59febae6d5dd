#include <map>
#include <set>

#include "absl/strings/str_cat.h"
#include "tests/domain/support/invariants.h"
#include "tests/domain/support/loaded_tables.h"

namespace qantara::domain {
namespace {

using events::v1::Event;
using events::v1::EventRecord;

// Product and the position of its previous event, for each that changed.
using Changes = std::map<uint64_t, uint64_t>;

template <typename Refs>
void AddRefs(const Refs& refs, Changes* changes) {
  for (const events::v1::ItemRef& ref : refs) {
    (*changes)[ref.product_id()] = ref.previous_position();
  }
}

template <typename Outcomes>
void AddOutcomes(const Outcomes& outcomes, Changes* changes) {
  for (const events::v1::ItemOutcome& outcome : outcomes) {
    (*changes)[outcome.item().product_id()] =
        outcome.item().previous_position();
  }
}

template <typename OfProduct>
void AddProduct(const OfProduct& event, Changes* changes) {
  (*changes)[event.product_id()] = event.previous_position();
}

template <typename Repair>
void AddRepair(const Repair& event, Changes* changes) {
  if (event.update() != 0) AddProduct(event, changes);
  if (event.item().product_id() != 0) {
    (*changes)[event.item().product_id()] = event.item().previous_position();
  }
}

Changes ChangesOf(const Event& event) {
  Changes changes;
  // A line that changes nothing leaves its product as it is.
  for (const auto& line : event.import_lines_accepted().lines()) {
    if (line.state() != v1::ITEM_STATE_QUEUED) continue;
    changes[line.product_id()] = line.previous_position();
  }
  AddRefs(event.create_intended().items(), &changes);
  AddOutcomes(event.create_answered().items(), &changes);
  AddOutcomes(event.items_settled().items(), &changes);
  if (event.has_product_update_recorded()) {
    AddProduct(event.product_update_recorded(), &changes);
  }
  for (const auto& product : event.products_drifted().products()) {
    AddProduct(product, &changes);
  }
  if (event.has_update_intended()) {
    AddProduct(event.update_intended(), &changes);
  }
  if (event.has_update_answered()) {
    AddProduct(event.update_answered(), &changes);
  }
  if (event.has_parked_retried()) {
    AddRepair(event.parked_retried(), &changes);
    const auto& line = event.parked_retried().line();
    if (line.state() == v1::ITEM_STATE_QUEUED) {
      changes[line.product_id()] = line.previous_position();
    }
  }
  if (event.has_parked_discarded()) {
    AddRepair(event.parked_discarded(), &changes);
  }
  return changes;
}

}  // namespace

std::vector<std::string> BrokenChains(const MemoryTables& tables,
                                      const std::string& connection,
                                      absl::Span<const EventRecord> log) {
  std::map<uint64_t, Changes> by_position;
  std::map<uint64_t, std::set<uint64_t>> missing;  // By product.
  for (const EventRecord& record : log) {
    Changes changes = ChangesOf(record.event());
    for (const auto& [product, previous] : changes) {
      missing[product].insert(record.position());
    }
    by_position.emplace(record.position(), std::move(changes));
  }
  std::vector<std::string> broken;
  for (const auto& [id, product] : LoadTables(tables, connection).products) {
    uint64_t position = product.last_position();
    while (position != 0) {
      const auto changes = by_position.find(position);
      if (changes == by_position.end() || !changes->second.contains(id) ||
          missing[id].erase(position) == 0) {
        broken.push_back(
            absl::StrCat("life of product ", id, " at ", position));
        break;
      }
      position = changes->second[id];
    }
    for (const uint64_t event : missing[id]) {
      broken.push_back(
          absl::StrCat("life of product ", id, " without ", event));
    }
  }
  return broken;
}

std::vector<std::string> WritesWhilePaused(const std::string& connection,
                                           absl::Span<const EventRecord> log) {
  std::vector<std::string> broken;
  bool paused = false;
  for (const EventRecord& record : log) {
    const Event& event = record.event();
    if (event.connection_paused().connection() == connection) paused = true;
    if (event.connection_resumed().connection() == connection) paused = false;
    const bool intent = event.create_intended().connection() == connection ||
                        event.update_intended().connection() == connection;
    if (paused && intent) {
      broken.push_back(
          absl::StrCat("an intent at ", record.position(), " while paused"));
    }
  }
  return broken;
}

}  // namespace qantara::domain
