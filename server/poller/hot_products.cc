#include "server/poller/hot_products.h"

#include <algorithm>
#include <iterator>
#include <limits>

namespace qantara::server {
namespace {

constexpr int64_t kNever = std::numeric_limits<int64_t>::max();

}  // namespace

void HotProducts::Add(const std::string& id, int64_t now) {
  const auto place = places_.find(id);
  if (place != places_.end()) {
    place->second->hot_until = now + kHotMillis;
    products_.splice(products_.end(), products_, place->second);
    return;
  }
  if (products_.size() >= kMost) {
    places_.erase(products_.front().id);
    products_.pop_front();
  }
  products_.push_back({id, now + kHotMillis, now});
  places_.emplace(id, std::prev(products_.end()));
  next_due_ = std::min(next_due_, DueAt(products_.back()));
}

void HotProducts::Remove(const std::string& id) {
  const auto place = places_.find(id);
  if (place == places_.end()) return;
  products_.erase(place->second);
  places_.erase(place);
}

int64_t HotProducts::DueAt(const Product& product) const {
  const int64_t read = times_.LastRead(product.id).value_or(0);
  return std::max(read, product.asked) + pause_;
}

std::optional<std::string> HotProducts::TakeDue(int64_t now) {
  if (now < next_due_) return std::nullopt;
  Product* first = nullptr;
  int64_t first_due = kNever;
  int64_t second_due = kNever;
  for (auto product = products_.begin(); product != products_.end();) {
    if (product->hot_until <= now) {
      places_.erase(product->id);
      product = products_.erase(product);
      continue;
    }
    const int64_t due = DueAt(*product);
    if (due < first_due) {
      second_due = first_due;
      first_due = due;
      first = &*product;
    } else {
      second_due = std::min(second_due, due);
    }
    ++product;
  }
  next_due_ = first_due;
  if (first == nullptr || first_due > now) return std::nullopt;
  first->asked = now;
  next_due_ = std::min(second_due, now + pause_);
  return first->id;
}

}  // namespace qantara::server
