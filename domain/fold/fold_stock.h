// Fold of observed stock. Part of domain/fold/fold.h.
#ifndef QANTARA_DOMAIN_FOLD_FOLD_STOCK_H_
#define QANTARA_DOMAIN_FOLD_FOLD_STOCK_H_

#include "absl/status/status.h"
#include "domain/ports/tables.h"
#include "qantara/events/v1/event.pb.h"

namespace qantara::domain {

absl::Status FoldStockObserved(const events::v1::EventRecord& record,
                               const events::v1::StockObserved& event,
                               TableView& view);

absl::Status FoldCatalogSwept(const events::v1::EventRecord& record,
                              const events::v1::CatalogSwept& event,
                              TableView& view);

absl::Status FoldLocationsObserved(const events::v1::EventRecord& record,
                                   const events::v1::LocationsObserved& event,
                                   TableView& view);

absl::Status FoldStockSnapshotTaken(const events::v1::StockSnapshotTaken& event,
                                    TableView& view);

absl::Status FoldStockHistoryCut(const events::v1::StockHistoryCut& event,
                                 TableView& view);

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_FOLD_FOLD_STOCK_H_
