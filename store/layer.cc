#include "store/layer.h"

#include <utility>

namespace qantara::store {
namespace {

// Of a row beside its key and value: the write itself and its index entry.
constexpr size_t kRowBytes = sizeof(domain::TableWrite) + 16;

size_t SizeOf(const std::optional<std::string>& value) {
  return value.has_value() ? value->size() : 0;
}

}  // namespace

Layer::Layer(size_t expected_rows)
    : index_(expected_rows, EntryHash(), EntryEqual{&writes_}) {
  writes_.reserve(expected_rows);
}

void Layer::Set(domain::Table table, std::string key,
                std::optional<std::string> value) {
  const RowName name(table, key);
  const auto found = index_.find(name, name.hash);
  if (found != index_.end()) {
    domain::TableWrite& write = writes_[found->place];
    bytes_ += SizeOf(value);
    bytes_ -= SizeOf(write.value);
    write.value = std::move(value);
    return;
  }
  bytes_ += kRowBytes + key.size() + SizeOf(value);
  writes_.push_back({table, std::move(key), std::move(value)});
  index_.insert({name.hash, writes_.size() - 1});
}

const domain::TableWrite* Layer::Find(const RowName& name) const {
  const auto found = index_.find(name, name.hash);
  return found == index_.end() ? nullptr : &writes_[found->place];
}

}  // namespace qantara::store
