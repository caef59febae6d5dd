// Products that are worth reading more often than the rest of the catalog.
#ifndef QANTARA_SERVER_POLLER_HOT_PRODUCTS_H_
#define QANTARA_SERVER_POLLER_HOT_PRODUCTS_H_

#include <cstddef>
#include <cstdint>
#include <list>
#include <optional>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "server/poller/read_times.h"

namespace qantara::server {

// A product is hot for kHotMillis after the last interest in it: it moved, or
// somebody asked for it. Beyond kMost the oldest interest is forgotten. Not
// thread-safe.
class HotProducts {
 public:
  static constexpr size_t kMost = 1000;
  static constexpr int64_t kHotMillis = 10 * 60 * 1000;

  // `times` must outlive it. A product is due `pause` milliseconds after it was
  // last read or asked for.
  HotProducts(const ReadTimes& times, int64_t pause)
      : times_(times), pause_(pause) {}

  // Somebody is interested in the product.
  void Add(const std::string& id, int64_t now);
  void Remove(const std::string& id);

  // Returns the product that has been due for the longest time, and counts it
  // as asked for; nothing where none is due. Products that are not hot any more
  // are forgotten.
  std::optional<std::string> TakeDue(int64_t now);
  // When it makes sense to ask TakeDue again; int64's maximum: never.
  int64_t next_due() const { return next_due_; }

  size_t size() const { return places_.size(); }

 private:
  struct Product {
    std::string id;
    int64_t hot_until = 0;
    int64_t asked = 0;
  };

  int64_t DueAt(const Product& product) const;

  const ReadTimes& times_;
  const int64_t pause_;
  // The newest interest last.
  std::list<Product> products_;
  absl::flat_hash_map<std::string, std::list<Product>::iterator> places_;
  int64_t next_due_ = 0;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_POLLER_HOT_PRODUCTS_H_
