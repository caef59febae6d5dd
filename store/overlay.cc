#include "store/overlay.h"

#include <utility>

namespace qantara::store {

Overlay::Overlay(const domain::TableStore& tables)
    : tables_(tables), open_(std::make_shared<Layer>()) {}

absl::StatusOr<std::optional<std::string>> Overlay::Get(
    domain::Table table, absl::string_view key) const {
  const RowName name(table, key);
  if (const auto* write = open_->Find(name)) return write->value;
  for (auto layer = sealed_.rbegin(); layer != sealed_.rend(); ++layer) {
    if (const auto* write = (*layer)->Find(name)) return write->value;
  }
  return tables_.Get(table, key);
}

void Overlay::Put(domain::Table table, std::string key, std::string value) {
  open_->Set(table, std::move(key), std::move(value));
}

void Overlay::Delete(domain::Table table, std::string key) {
  open_->Set(table, std::move(key), std::nullopt);
}

void Overlay::DropOpen() { open_ = std::make_shared<Layer>(); }

std::shared_ptr<const Layer> Overlay::Seal(domain::Position through) {
  open_->through = through;
  // The next commit is likely to be as large.
  auto next = std::make_shared<Layer>(open_->writes().size());
  sealed_.push_back(std::exchange(open_, std::move(next)));
  return sealed_.back();
}

void Overlay::Trim() {
  const domain::Position reflected = tables_.position();
  while (!sealed_.empty() && sealed_.front()->through <= reflected) {
    sealed_.pop_front();
  }
}

}  // namespace qantara::store
