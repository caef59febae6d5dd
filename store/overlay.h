// The state that decisions are made on: the tables, and over them the rows
// that events changed which the tables do not reflect yet.
#ifndef QANTARA_STORE_OVERLAY_H_
#define QANTARA_STORE_OVERLAY_H_

#include <cstddef>
#include <deque>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "domain/ports/tables.h"
#include "store/layer.h"

namespace qantara::store {

// One thread at a time, the writer's. `tables` must outlive it.
class Overlay : public domain::TableView {
 public:
  explicit Overlay(const domain::TableStore& tables);

  absl::StatusOr<std::optional<std::string>> Get(
      domain::Table table, absl::string_view key) const override;
  void Put(domain::Table table, std::string key, std::string value) override;
  void Delete(domain::Table table, std::string key) override;

  // Forgets what changed since the last seal.
  void DropOpen();

  // Closes what changed since the last seal: with it the tables will reflect
  // `through`. It stays visible here until they do.
  std::shared_ptr<const Layer> Seal(domain::Position through);

  // Lets go of layers that the tables reflect.
  void Trim();

  // Memory of what changed since the last seal.
  size_t open_bytes() const { return open_->bytes(); }

  // Sealed layers that are still kept.
  size_t sealed_count() const { return sealed_.size(); }

 private:
  const domain::TableStore& tables_;
  // Oldest first.
  std::deque<std::shared_ptr<const Layer>> sealed_;
  std::shared_ptr<Layer> open_;
};

}  // namespace qantara::store

#endif  // QANTARA_STORE_OVERLAY_H_
