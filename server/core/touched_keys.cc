#include "server/core/touched_keys.h"

#include <map>
#include <utility>

#include "domain/item_state.h"
#include "domain/streams.h"

namespace qantara::server {
namespace {

using events::v1::Event;

// Collects keys, each once, in a stable order.
class Collection {
 public:
  explicit Collection(absl::string_view connection) : connection_(connection) {}

  void Import(absl::string_view import_id) {
    touched_[ImportFollowKey(connection_, import_id)];
  }
  void Line(absl::string_view import_id, uint32_t line) {
    touched_[ImportFollowKey(connection_, import_id)].push_back(line);
  }
  void Product(uint64_t product_id) {
    if (product_id != 0) touched_[ProductFollowKey(connection_, product_id)];
  }
  void Stock() { touched_[StockFollowKey(connection_)]; }

  void Outcomes(
      const google::protobuf::RepeatedPtrField<events::v1::ItemOutcome>&
          items) {
    for (const events::v1::ItemOutcome& outcome : items) {
      const events::v1::ItemRef& item = outcome.item();
      if (domain::IsAtRest(outcome.state())) {
        Line(item.import_id(), item.line());
      } else {
        Import(item.import_id());
      }
      Product(item.product_id());
    }
  }

  std::vector<Touched> Take() {
    std::vector<Touched> all;
    for (auto& [key, lines] : touched_) all.push_back({key, std::move(lines)});
    return all;
  }

 private:
  const std::string connection_;
  std::map<std::string, std::vector<uint32_t>> touched_;
};

// Of an event that concerns one import as a whole.
template <typename ImportEvent>
std::vector<Touched> OfImport(const ImportEvent& event) {
  Collection collection(event.connection());
  collection.Import(event.import_id());
  return collection.Take();
}

// Of an event that tells what came of items.
template <typename OutcomesEvent>
std::vector<Touched> OfOutcomes(const OutcomesEvent& event) {
  Collection collection(event.connection());
  collection.Outcomes(event.items());
  return collection.Take();
}

std::vector<Touched> OfLines(const events::v1::ImportLinesAccepted& accepted) {
  Collection collection(accepted.connection());
  collection.Import(accepted.import_id());
  uint32_t line = accepted.first_line();
  for (const events::v1::AcceptedLine& one : accepted.lines()) {
    if (domain::IsAtRest(one.state())) {
      collection.Line(accepted.import_id(), line);
    }
    ++line;
  }
  return collection.Take();
}

std::vector<Touched> OfUpdateAnswer(const events::v1::UpdateAnswered& answered,
                                    const FindIntent& find_intent) {
  Collection collection(answered.connection());
  collection.Product(answered.product_id());
  const domain::EventRecordPtr intent = find_intent(answered.intent());
  if (intent != nullptr && intent->event().has_update_intended()) {
    for (const auto& item : intent->event().update_intended().items()) {
      collection.Line(item.import_id(), item.line());
    }
  }
  return collection.Take();
}

// Of an event about something that was parked.
template <typename Repair>
Collection OfRepair(const Repair& event) {
  Collection collection(event.connection());
  if (event.has_item()) collection.Import(event.item().import_id());
  collection.Product(event.item().product_id());
  collection.Product(event.product_id());
  return collection;
}

std::vector<Touched> OfCreateIntent(
    const events::v1::CreateIntended& intended) {
  Collection collection(intended.connection());
  for (const auto& item : intended.items()) {
    collection.Import(item.import_id());
  }
  return collection.Take();
}

std::vector<Touched> OfRetry(const events::v1::ParkedRetried& retried) {
  Collection collection = OfRepair(retried);
  collection.Product(retried.line().product_id());
  if (domain::IsAtRest(retried.line().state())) {
    collection.Line(retried.item().import_id(), retried.item().line());
  }
  return collection.Take();
}

std::vector<Touched> OfDiscard(const events::v1::ParkedDiscarded& discarded) {
  Collection collection = OfRepair(discarded);
  if (discarded.has_item()) {
    collection.Line(discarded.item().import_id(), discarded.item().line());
  }
  return collection.Take();
}

std::vector<Touched> OfUpdateIntent(const events::v1::UpdateIntended& intent) {
  Collection collection(intent.connection());
  collection.Product(intent.product_id());
  for (const auto& item : intent.items()) collection.Import(item.import_id());
  return collection.Take();
}

template <typename StockEvent>
std::vector<Touched> OfStock(const StockEvent& event) {
  Collection collection(event.connection());
  collection.Stock();
  return collection.Take();
}

}  // namespace

std::string ImportFollowKey(absl::string_view connection,
                            absl::string_view import_id) {
  return domain::ImportStream(connection, import_id);
}

std::string ProductFollowKey(absl::string_view connection,
                             uint64_t product_id) {
  return domain::ProductStream(connection, product_id);
}

std::string StockFollowKey(absl::string_view connection) {
  return domain::StockStream(connection);
}

std::string ConnectionFollowKey(absl::string_view connection) {
  return domain::ConnectionStream(connection);
}

// No stream is called so.
std::string EveryEventFollowKey() { return "/"; }

std::vector<Touched> TouchedBy(const Event& event,
                               const FindIntent& find_intent) {
  switch (event.kind_case()) {
    case Event::kImportOpened:
      return OfImport(event.import_opened());
    case Event::kImportLinesAccepted:
      return OfLines(event.import_lines_accepted());
    case Event::kImportEnded:
      return OfImport(event.import_ended());
    case Event::kImportVerified:
      return OfImport(event.import_verified());
    case Event::kCreateIntended:
      return OfCreateIntent(event.create_intended());
    case Event::kCreateAnswered:
      return OfOutcomes(event.create_answered());
    case Event::kItemsSettled:
      return OfOutcomes(event.items_settled());
    case Event::kProductUpdateRecorded: {
      Collection collection(event.product_update_recorded().connection());
      collection.Product(event.product_update_recorded().product_id());
      return collection.Take();
    }
    case Event::kUpdateIntended:
      return OfUpdateIntent(event.update_intended());
    case Event::kUpdateAnswered:
      return OfUpdateAnswer(event.update_answered(), find_intent);
    case Event::kLocationsObserved:
      return OfStock(event.locations_observed());
    case Event::kStockHistoryCut:
      return OfStock(event.stock_history_cut());
    case Event::kStockObserved:
      return OfStock(event.stock_observed());
    case Event::kParkedRetried:
      return OfRetry(event.parked_retried());
    case Event::kParkedDiscarded:
      return OfDiscard(event.parked_discarded());
    case Event::kCatalogSwept:  // Nobody follows these.
    case Event::kProductsDrifted:
    case Event::kStockSnapshotTaken:
    case Event::kEventCut:
    case Event::kConnectionPaused:
    case Event::kConnectionResumed:
    case Event::kLogRestored:
    case Event::KIND_NOT_SET:
      return {};
  }
  return {};
}

}  // namespace qantara::server
