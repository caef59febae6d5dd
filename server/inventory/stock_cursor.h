// Where a page of stock ended.
#ifndef QANTARA_SERVER_INVENTORY_STOCK_CURSOR_H_
#define QANTARA_SERVER_INVENTORY_STOCK_CURSOR_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace qantara::server {

// The next page begins behind it; the default one is in front of everything.
struct StockCursor {
  // Provider's id of the product.
  std::string remote_id;
  // Where the page ended within the product: its last level was at this
  // location. Nothing: the whole product was looked at.
  std::optional<std::string> location_id;

  // Whether the level stands at or before the place where the page ended.
  bool Covers(absl::string_view remote_id_of_level,
              absl::string_view location_id_of_level) const;
};

// The cursor as the key of a page token, and back; nothing for other bytes.
std::string CursorKey(const StockCursor& cursor);
std::optional<StockCursor> ReadCursorKey(absl::string_view key);

}  // namespace qantara::server

#endif  // QANTARA_SERVER_INVENTORY_STOCK_CURSOR_H_
