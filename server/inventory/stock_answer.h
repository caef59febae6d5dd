// The stock of one product, as the tables and the poller know it.
#ifndef QANTARA_SERVER_INVENTORY_STOCK_ANSWER_H_
#define QANTARA_SERVER_INVENTORY_STOCK_ANSWER_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "domain/commands.h"
#include "domain/ports/tables.h"
#include "qantara/v1/inventory_service.pb.h"
#include "server/core/connections.h"

namespace qantara::server {

// Returns the provider's id of the record whose stock is asked for; empty while
// the product has none. A record that nobody mapped can be named by its remote
// id.
//
// Errors: kNotFound (PRODUCT_NOT_FOUND); kDataLoss.
absl::StatusOr<std::string> FindRemoteId(const domain::TableReader& tables,
                                         const std::string& connection,
                                         const domain::ProductSelector& key);

// When the record may have been read from the provider.
struct LastReads {
  // The record by itself, as the poller knows.
  std::optional<absl::Time> record;
  // The last complete sweep.
  std::optional<absl::Time> sweep;

  // When the record was last read; nothing: not since the start of the server,
  // as far as is known. Every record that was ever `observed` was in the last
  // sweep, or was asked for by id after that.
  std::optional<absl::Time> Of(bool observed) const {
    return record.has_value() || !observed ? record : sweep;
  }
};

// Tables that are taken after this call hold what was read at these times.
LastReads LastReadsOf(const Connection& connection,
                      const std::string& remote_id);

// Whether there is a row of the record's stock.
//
// Errors: kDataLoss.
absl::StatusOr<bool> IsObserved(const domain::TableReader& tables,
                                const std::string& connection,
                                const std::string& remote_id);

// Returns what GetInventory answers about the record; an empty id is one that
// nobody observed. `reads` were taken before `tables`.
//
// Errors: kDataLoss.
absl::StatusOr<v1::GetInventoryResponse> StockAnswer(
    const domain::TableReader& tables, const std::string& connection,
    const std::string& remote_id, const LastReads& reads);

}  // namespace qantara::server

#endif  // QANTARA_SERVER_INVENTORY_STOCK_ANSWER_H_
