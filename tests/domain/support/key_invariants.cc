#include "tests/domain/support/key_invariants.h"

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"

namespace qantara::domain {
namespace {

using tables::v1::ProductPointer;
using tables::v1::ProductRow;
using Pointers = std::map<std::string, ProductPointer>;

template <typename List, typename Value>
bool Contains(const List& list, const Value& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

std::string NameOf(const ProductRow& product) {
  return absl::StrCat("product ", product.product_id());
}

// SKUs that pending updates want to take.
std::set<std::string> WantedSkus(const LoadedTables& t,
                                 const ProductRow& product) {
  std::set<std::string> wanted;
  for (const uint64_t update : product.pending_updates()) {
    const auto row = t.updates.find(update);
    if (row != t.updates.end() && row->second.fields().has_sku()) {
      wanted.insert(row->second.fields().sku());
    }
  }
  return wanted;
}

bool Leads(const Pointers& pointers, const std::string& key,
           const ProductRow& product) {
  const auto pointer = pointers.find(key);
  return pointer != pointers.end() &&
         pointer->second.product_id() == product.product_id();
}

void CheckKeysOf(const LoadedTables& t, const ProductRow& product,
                 std::vector<std::string>* broken) {
  if (!product.sku().empty() && (!Leads(t.skus, product.sku(), product) ||
                                 t.skus.at(product.sku()).former())) {
    broken->push_back(NameOf(product) + " is not found by its SKU");
  }
  for (const std::string& sku : product.former_skus()) {
    if (!Leads(t.skus, sku, product)) {
      broken->push_back(NameOf(product) + " is not found as " + sku);
    }
  }
  for (const std::string& sku : WantedSkus(t, product)) {
    if (!Leads(t.skus, sku, product)) {
      broken->push_back(NameOf(product) + " has not reserved " + sku);
    }
  }
  if (!product.external_id().empty() &&
      !Leads(t.external_ids, product.external_id(), product)) {
    broken->push_back(NameOf(product) + " is not found by its external id");
  }
  const bool mapped = product.state() == v1::MAPPING_STATE_MAPPED;
  if (mapped == product.remote_id().empty()) {
    broken->push_back(NameOf(product) + " has a remote id unless mapped");
  }
  if (mapped && (!Leads(t.remote_ids, product.remote_id(), product) ||
                 t.remote_ids.at(product.remote_id()).former())) {
    broken->push_back(NameOf(product) + " is not found by its remote id");
  }
  if (mapped && Contains(product.former_remote_ids(), product.remote_id())) {
    broken->push_back(NameOf(product) + " has its remote id as a former one");
  }
  if (product.product_id() >= t.connection.next_product_id()) {
    broken->push_back(NameOf(product) + " has a number that comes again");
  }
}

void CheckPointers(const LoadedTables& t, std::vector<std::string>* broken) {
  for (const auto& [sku, pointer] : t.skus) {
    const auto product = t.products.find(pointer.product_id());
    if (product == t.products.end()) {
      broken->push_back("SKU " + sku + " leads nowhere");
      continue;
    }
    const ProductRow& row = product->second;
    const bool former = Contains(row.former_skus(), sku);
    const bool wanted = WantedSkus(t, row).contains(sku);
    if (row.sku() != sku && !former && !wanted) {
      broken->push_back(NameOf(row) + " does not know SKU " + sku);
    }
    // One that a pending update wants back may be either.
    if (!wanted && row.sku() != sku && pointer.former() != former) {
      broken->push_back("SKU " + sku + " is a former one, or is not");
    }
  }
  for (const auto& [id, pointer] : t.external_ids) {
    const auto product = t.products.find(pointer.product_id());
    if (product == t.products.end() || product->second.external_id() != id) {
      broken->push_back("external id " + id + " leads astray");
    }
  }
  for (const auto& [id, pointer] : t.remote_ids) {
    const auto product = t.products.find(pointer.product_id());
    const bool leads =
        product != t.products.end() &&
        (pointer.former() ? Contains(product->second.former_remote_ids(), id)
                          : product->second.remote_id() == id);
    if (!leads) broken->push_back("remote id " + id + " leads astray");
  }
}

void CheckRequests(const LoadedTables& t, std::vector<std::string>* broken) {
  for (const auto& [id, request] : t.requests) {
    if (request.repair() != 0) continue;  // It leads to an event.
    const auto update = t.updates.find(request.update());
    const bool leads =
        request.update() == 0
            ? t.imports.contains("~" + id)
            : update != t.updates.end() && update->second.request_id() == id;
    if (!leads) broken->push_back("request " + id + " leads nowhere");
  }
}

bool IsPending(v1::UpdateState state) {
  return state == v1::UPDATE_STATE_RECORDED || state == v1::UPDATE_STATE_SENT ||
         state == v1::UPDATE_STATE_UNKNOWN;
}

void CheckUpdatesOf(const LoadedTables& t, const ProductRow& product,
                    std::vector<std::string>* broken) {
  const auto& pending = product.pending_updates();
  if (!std::is_sorted(pending.begin(), pending.end())) {
    broken->push_back(NameOf(product) + " has updates out of order");
  }
  const auto intent = t.intents.find(product.intent());
  for (const uint64_t position : pending) {
    const auto update = t.updates.find(position);
    if (update == t.updates.end() || !IsPending(update->second.state()) ||
        update->second.product_id() != product.product_id()) {
      broken->push_back(absl::StrCat(NameOf(product), " waits for ", position));
      continue;
    }
    const bool sent = intent != t.intents.end() &&
                      Contains(intent->second.update().updates(), position);
    if (sent == (update->second.state() == v1::UPDATE_STATE_RECORDED)) {
      broken->push_back(absl::StrCat("update ", position, " sent or not"));
    }
  }
  if (!pending.empty() && product.state() != v1::MAPPING_STATE_MAPPED) {
    broken->push_back(NameOf(product) + " can never be updated");
  }
  const bool ready = !pending.empty() && product.intent() == 0;
  size_t queued = 0;
  for (const auto& [position, row] : t.update_queue) {
    if (row.product_id() != product.product_id()) continue;
    ++queued;
    if (!ready || position != pending[0]) {
      broken->push_back(absl::StrCat("queue ", position, " is not ready"));
    }
  }
  if (queued != (ready ? 1 : 0)) {
    broken->push_back(NameOf(product) + " stands in the queue or not");
  }
}

}  // namespace

void CheckKeys(const LoadedTables& t, std::vector<std::string>* broken) {
  for (const auto& [id, product] : t.products) {
    CheckKeysOf(t, product, broken);
  }
  CheckPointers(t, broken);
  CheckRequests(t, broken);
}

void CheckUpdates(const LoadedTables& t, std::vector<std::string>* broken) {
  for (const auto& [id, product] : t.products) {
    CheckUpdatesOf(t, product, broken);
  }
  for (const auto& [position, update] : t.updates) {
    const auto product = t.products.find(update.product_id());
    const bool pending = product != t.products.end() &&
                         Contains(product->second.pending_updates(), position);
    if (pending != IsPending(update.state())) {
      broken->push_back(absl::StrCat("update ", position, " pending or not"));
    }
  }
}

}  // namespace qantara::domain
