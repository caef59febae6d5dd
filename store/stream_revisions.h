// Revisions of the streams that were written to last.
#ifndef QANTARA_STORE_STREAM_REVISIONS_H_
#define QANTARA_STORE_STREAM_REVISIONS_H_

#include <cstddef>
#include <list>
#include <optional>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "domain/ports/event_log.h"

namespace qantara::store {

// Keeps at most `capacity` streams and forgets the one that was used least
// recently. One thread at a time.
class StreamRevisions {
 public:
  explicit StreamRevisions(size_t capacity) : capacity_(capacity) {}

  std::optional<domain::Revision> Find(absl::string_view stream);
  void Set(absl::string_view stream, domain::Revision revision);

  size_t size() const { return order_.size(); }

 private:
  using Entry = std::pair<std::string, domain::Revision>;

  const size_t capacity_;
  // Used last comes first.
  std::list<Entry> order_;
  // Views into `order_`, whose elements do not move.
  absl::flat_hash_map<absl::string_view, std::list<Entry>::iterator> entries_;
};

}  // namespace qantara::store

#endif  // QANTARA_STORE_STREAM_REVISIONS_H_
