#include "server/inventory/stock_cursor.h"

#include "domain/table_keys.h"

namespace qantara::server {
namespace {

// The first text of a key.
constexpr char kProduct[] = "p";
constexpr char kLevel[] = "l";

}  // namespace

bool StockCursor::Covers(absl::string_view remote_id_of_level,
                         absl::string_view location_id_of_level) const {
  if (remote_id_of_level != remote_id) return remote_id_of_level < remote_id;
  return !location_id.has_value() || location_id_of_level <= *location_id;
}

std::string CursorKey(const StockCursor& cursor) {
  return cursor.location_id.has_value()
             ? domain::TextKey(kLevel, cursor.remote_id, *cursor.location_id)
             : domain::TextKey(kProduct, cursor.remote_id);
}

std::optional<StockCursor> ReadCursorKey(absl::string_view key) {
  StockCursor cursor;
  cursor.remote_id = domain::SecondText(key);
  if (!key.empty() && key.front() == kLevel[0]) {
    cursor.location_id = domain::ThirdText(key);
  }
  // A token can be made up: only what is written like ours is taken.
  if (cursor.remote_id.empty() || CursorKey(cursor) != key) return {};
  return cursor;
}

}  // namespace qantara::server
