// Keys of the derived tables.
//
// A key is a list of parts; a text part ends with the bytes 00 01, and a 00 in
// it is written 00 FF, so that keys sort like lists of parts and no text can
// reach into another's keys. Integers are big-endian, so that byte order is
// numeric order.
#ifndef QANTARA_DOMAIN_TABLE_KEYS_H_
#define QANTARA_DOMAIN_TABLE_KEYS_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace qantara::domain {

// (text), the start of every key of a connection.
std::string TextKey(absl::string_view first);
// (text, text): imports, skus, external_ids, remote_ids, requests, stock,
// locations.
std::string TextKey(absl::string_view first, absl::string_view second);
// (text, text, text): stock_by_sku.
std::string TextKey(absl::string_view first, absl::string_view second,
                    absl::string_view third);
// (text, u64): products, outbox, update_queue, intents, suspects, updates,
// parked_updates.
std::string NumberKey(absl::string_view first, uint64_t number);
// (text, text, u32): items, parked_items.
std::string ItemKey(absl::string_view connection, absl::string_view import_id,
                    uint32_t line);
// (text, u64, text): imports_by_time.
std::string TimeKey(absl::string_view connection, uint64_t position,
                    absl::string_view import_id);

// The number at the end of a NumberKey or, 4 bytes, of an ItemKey.
uint64_t NumberOf(absl::string_view number_key);
uint32_t LineOfItemKey(absl::string_view item_key);

// The second text of a TextKey(first, second); empty where it is malformed.
std::string SecondText(absl::string_view text_key);
// The third text of a TextKey(first, second, third); empty as above.
std::string ThirdText(absl::string_view text_key);
// The last text of a TimeKey.
std::string ImportIdOfTimeKey(absl::string_view time_key);

// The smallest key that does not begin with `prefix`; empty: none.
std::string PrefixEnd(absl::string_view prefix);

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_TABLE_KEYS_H_
