#include "domain/fold/fold.h"

#include "absl/strings/str_cat.h"
#include "domain/error.h"
#include "domain/fold/fold_connection.h"
#include "domain/fold/fold_create.h"
#include "domain/fold/fold_drift.h"
#include "domain/fold/fold_import.h"
#include "domain/fold/fold_parked.h"
#include "domain/fold/fold_stock.h"
#include "domain/fold/fold_update.h"

namespace qantara::domain {

namespace {

using Kind = events::v1::Event::KindCase;

// What readings of the provider's catalog told.
absl::Status FoldObserved(const events::v1::EventRecord& record,
                          TableView& view) {
  const events::v1::Event& event = record.event();
  switch (event.kind_case()) {
    case Kind::kStockObserved:
      return FoldStockObserved(record, event.stock_observed(), view);
    case Kind::kCatalogSwept:
      return FoldCatalogSwept(record, event.catalog_swept(), view);
    case Kind::kLocationsObserved:
      return FoldLocationsObserved(record, event.locations_observed(), view);
    case Kind::kProductsDrifted:
      return FoldProductsDrifted(record, event.products_drifted(), view);
    case Kind::kStockSnapshotTaken:
      return FoldStockSnapshotTaken(event.stock_snapshot_taken(), view);
    case Kind::kStockHistoryCut:
      return FoldStockHistoryCut(event.stock_history_cut(), view);
    default:
      return absl::OkStatus();
  }
}

}  // namespace

absl::Status Fold(const events::v1::EventRecord& record, TableView& view) {
  const events::v1::Event& event = record.event();
  switch (event.kind_case()) {
    case Kind::kImportOpened:
      return FoldImportOpened(record, event.import_opened(), view);
    case Kind::kImportLinesAccepted:
      return FoldLinesAccepted(record, event.import_lines_accepted(), view);
    case Kind::kImportEnded:
      return FoldImportEnded(record, event.import_ended(), view);
    case Kind::kCreateIntended:
      return FoldCreateIntended(record, event.create_intended(), view);
    case Kind::kCreateAnswered:
      return FoldCreateAnswered(record, event.create_answered(), view);
    case Kind::kItemsSettled:
      return FoldItemsSettled(record, event.items_settled(), view);
    case Kind::kProductUpdateRecorded:
      return FoldUpdateRecorded(record, event.product_update_recorded(), view);
    case Kind::kUpdateIntended:
      return FoldUpdateIntended(record, event.update_intended(), view);
    case Kind::kUpdateAnswered:
      return FoldUpdateAnswered(record, event.update_answered(), view);
    case Kind::kStockObserved:
    case Kind::kCatalogSwept:
    case Kind::kLocationsObserved:
    case Kind::kProductsDrifted:
    case Kind::kStockSnapshotTaken:
    case Kind::kStockHistoryCut:
      return FoldObserved(record, view);
    case Kind::kEventCut:  // A snapshot behind it carries what it did.
      return absl::OkStatus();
    case Kind::kImportVerified:
      return FoldImportVerified(record, event.import_verified(), view);
    case Kind::kParkedRetried:
      return FoldParkedRetried(record, event.parked_retried(), view);
    case Kind::kParkedDiscarded:
      return FoldParkedDiscarded(record, event.parked_discarded(), view);
    case Kind::kConnectionPaused:
      return FoldConnectionPaused(event.connection_paused(), view);
    case Kind::kConnectionResumed:
      return FoldConnectionResumed(record, event.connection_resumed(), view);
    case Kind::kLogRestored:
      return FoldLogRestored(record, event.log_restored(), view);
    case Kind::KIND_NOT_SET:
      break;
  }
  return MakeError(
      absl::StatusCode::kDataLoss, v1::ERROR_REASON_LOG_DAMAGED,
      absl::StrCat("event of unknown kind at position ", record.position()));
}

}  // namespace qantara::domain
