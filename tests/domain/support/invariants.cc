#include "tests/domain/support/invariants.h"

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "domain/item_state.h"
#include "tests/domain/support/key_invariants.h"
#include "tests/domain/support/loaded_tables.h"
#include "tests/domain/support/stock_invariants.h"

namespace qantara::domain {
namespace {

using events::v1::ItemRef;
using tables::v1::IntentRow;
using tables::v1::ItemRow;

// Whether the item is part of a request.
bool IsClaimed(const ItemRow& item) {
  return item.state() == v1::ITEM_STATE_IN_FLIGHT ||
         item.state() == v1::ITEM_STATE_UNKNOWN;
}

std::string NameOf(const ItemName& name) {
  return absl::StrCat("item ", name.first, "/", name.second);
}

template <typename Refs>
bool Holds(const Refs& refs, const ItemName& name) {
  return std::any_of(refs.begin(), refs.end(), [&](const ItemRef& ref) {
    return ref.import_id() == name.first && ref.line() == name.second;
  });
}

void CheckImports(const LoadedTables& t, std::vector<std::string>* broken) {
  std::map<std::string, std::map<int, uint32_t>> states;
  for (const auto& [name, item] : t.items) {
    ++states[name.first][static_cast<int>(item.state())];
    const auto import = t.imports.find(name.first);
    if (import == t.imports.end()) {
      broken->push_back(NameOf(name) + " has no import");
    } else if (name.second < 1 ||
               name.second > import->second.received_lines()) {
      broken->push_back(NameOf(name) + " is outside its import");
    }
  }
  for (const auto& [id, import] : t.imports) {
    if (BalanceOf(import) != 0) broken->push_back("import " + id + " balance");
    uint32_t items = 0;
    for (int state = 1; state <= v1::ItemState_MAX; ++state) {
      const uint32_t count = states[id][state];
      items += count;
      if (CountOf(import, static_cast<v1::ItemState>(state)) != count) {
        broken->push_back(
            absl::StrCat("import ", id, " counts of state ", state));
      }
    }
    if (items != import.received_lines()) {
      broken->push_back("import " + id + " lacks items");
    }
    const auto listed = t.imports_by_time.find(import.open_position());
    const bool is_listed =
        listed != t.imports_by_time.end() && listed->second == id;
    if (is_listed != (import.kind() == events::v1::IMPORT_KIND_CATALOG)) {
      broken->push_back("import " + id + " in the list by time");
    }
  }
}

void CheckOutbox(const LoadedTables& t, std::vector<std::string>* broken) {
  std::map<uint64_t, uint32_t> waiting;
  for (const auto& [name, item] : t.items) {
    if (!IsWaiting(item.state())) continue;
    ++waiting[item.accepted_position()];
    const auto row = t.outbox.find(item.accepted_position());
    if (row == t.outbox.end() || row->second.import_id() != name.first ||
        row->second.first_line() != item.accepted_first_line()) {
      broken->push_back(NameOf(name) + " waits outside the outbox");
    }
  }
  for (const auto& [position, row] : t.outbox) {
    if (row.waiting() == 0 || row.waiting() != waiting[position]) {
      broken->push_back(absl::StrCat("outbox ", position, " counts ",
                                     row.waiting(), " of ", waiting[position]));
    }
    const auto import = t.imports.find(row.import_id());
    if (import == t.imports.end() ||
        row.single() !=
            (import->second.kind() == events::v1::IMPORT_KIND_SINGLE)) {
      broken->push_back(absl::StrCat("outbox ", position, " single"));
    }
  }
}

void CheckOpenItem(const LoadedTables& t, const ItemName& name,
                   const ItemRow& item, std::vector<std::string>* broken) {
  if (!IsClaimed(item)) {
    if (item.intent() != 0) broken->push_back(NameOf(name) + " has an intent");
    return;
  }
  const auto intent = t.intents.find(item.intent());
  if (intent == t.intents.end()) {
    broken->push_back(NameOf(name) + " has no open intent");
    return;
  }
  const IntentRow& row = intent->second;
  const bool listed = row.has_create() ? Holds(row.create().items(), name)
                                       : Holds(row.update().items(), name);
  if (!listed) broken->push_back(NameOf(name) + " is not in its intent");
  const bool answered = row.answer() != events::v1::ANSWER_UNSPECIFIED;
  if (answered != (item.state() == v1::ITEM_STATE_UNKNOWN)) {
    broken->push_back(NameOf(name) + " does not stand as its intent");
  }
  const auto product = t.products.find(item.product_id());
  if (product == t.products.end() ||
      product->second.intent() != item.intent()) {
    broken->push_back(NameOf(name) + " has an intent, its product another");
  }
}

void CheckIntents(const LoadedTables& t, std::vector<std::string>* broken) {
  std::map<uint64_t, uint32_t> open;
  std::map<uint64_t, uint32_t> of_product;
  std::map<uint64_t, std::multiset<uint64_t>> turns;
  for (const auto& [name, item] : t.items) {
    CheckOpenItem(t, name, item, broken);
    if (IsClaimed(item)) ++open[item.intent()];
    if (!IsOpen(item.state())) continue;
    ++of_product[item.product_id()];
    if (item.state() == v1::ITEM_STATE_BLOCKED) continue;
    turns[item.product_id()].insert(item.accepted_position());
  }
  for (const auto& [position, row] : t.intents) {
    if (row.has_create() &&
        (row.open_items() == 0 || row.open_items() != open[position])) {
      broken->push_back(absl::StrCat("intent ", position, " counts ",
                                     row.open_items(), " of ", open[position]));
    }
    if (!row.has_update()) continue;
    const auto product = t.products.find(row.update().product_id());
    if (product == t.products.end() || product->second.intent() != position) {
      broken->push_back(absl::StrCat("intent ", position, " has no product"));
    }
  }
  for (const auto& [id, product] : t.products) {
    if (product.open_items() != of_product[id] ||
        !std::equal(turns[id].begin(), turns[id].end(),
                    product.item_turns().begin(), product.item_turns().end())) {
      broken->push_back(absl::StrCat("product ", id, " counts its items"));
    }
    if (product.intent() == 0) continue;
    const auto intent = t.intents.find(product.intent());
    if (intent == t.intents.end() ||
        (intent->second.has_create() && open[product.intent()] == 0)) {
      broken->push_back(absl::StrCat("product ", id, " is closed for nothing"));
    }
  }
}

void CheckSuspects(const LoadedTables& t, std::vector<std::string>* broken) {
  std::map<ItemName, uint64_t> groups;
  for (const auto& [group, row] : t.suspects) {
    if (row.items_size() == 0) {
      broken->push_back(absl::StrCat("group ", group, " is empty"));
    }
    for (const auto* refs : {&row.items(), &row.pooled()}) {
      for (const ItemRef& ref : *refs) {
        const ItemName name(ref.import_id(), ref.line());
        if (!groups.emplace(name, group).second) {
          broken->push_back(NameOf(name) + " is suspected twice");
        }
      }
    }
  }
  for (const auto& [name, item] : t.items) {
    const auto group = groups.find(name);
    const uint64_t listed = group == groups.end() ? 0 : group->second;
    if (item.suspect_group() != listed) {
      broken->push_back(absl::StrCat(NameOf(name), " is of group ",
                                     item.suspect_group(), ", listed in ",
                                     listed));
    }
    if (listed != 0 && item.state() != v1::ITEM_STATE_QUEUED &&
        !IsClaimed(item)) {
      broken->push_back(NameOf(name) + " is at rest and suspected");
    }
  }
}

void CheckParked(const LoadedTables& t, std::vector<std::string>* broken) {
  size_t items = 0;
  for (const auto& [name, item] : t.items) {
    if (item.state() != v1::ITEM_STATE_PARKED) continue;
    ++items;
    const auto row = t.parked_items.find(name);
    if (row == t.parked_items.end() || row->second.reason() != item.reason()) {
      broken->push_back(NameOf(name) + " is parked and not listed");
    }
  }
  size_t updates = 0;
  for (const auto& [position, update] : t.updates) {
    if (update.state() != v1::UPDATE_STATE_PARKED) continue;
    ++updates;
    const auto row = t.parked_updates.find(position);
    if (row == t.parked_updates.end() ||
        row->second.reason() != update.reason()) {
      broken->push_back(absl::StrCat("update ", position, " is not listed"));
    }
  }
  if (t.parked_items.size() != items || t.parked_updates.size() != updates) {
    broken->push_back("something is listed that is not parked");
  }
}

}  // namespace

std::vector<std::string> BrokenRules(const MemoryTables& tables,
                                     const std::string& connection) {
  const LoadedTables loaded = LoadTables(tables, connection);
  std::vector<std::string> broken;
  CheckImports(loaded, &broken);
  CheckOutbox(loaded, &broken);
  CheckIntents(loaded, &broken);
  CheckSuspects(loaded, &broken);
  CheckParked(loaded, &broken);
  CheckKeys(loaded, &broken);
  CheckUpdates(loaded, &broken);
  CheckStock(loaded, &broken);
  CheckLocations(loaded, &broken);
  CheckDrift(loaded, &broken);
  return broken;
}

}  // namespace qantara::domain
