// Rows of the derived tables as of one moment.
#ifndef QANTARA_STORE_TABLE_SNAPSHOT_H_
#define QANTARA_STORE_TABLE_SNAPSHOT_H_

#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "domain/ports/tables.h"
#include "store/database.h"

namespace qantara::store {

// Keys of the family `meta`; the values are eight bytes, big-endian.
inline constexpr char kPositionKey[] = "position";
inline constexpr char kFoldVersionKey[] = "fold_version";

// The family of a table in the list of TableFamilies; 0 is `meta`.
inline constexpr size_t kMetaFamily = 0;
size_t FamilyIndex(domain::Table table);

// Reads one row with `options`.
absl::StatusOr<std::optional<std::string>> ReadRow(
    const Database& database, size_t family,
    const rocksdb::ReadOptions& options, absl::string_view key);

// Reads a number of `meta`; 0 where there is none.
absl::StatusOr<uint64_t> ReadMeta(const Database& database,
                                  const rocksdb::ReadOptions& options,
                                  absl::string_view key);

// Thread-safe.
class RocksdbTableSnapshot : public domain::TableSnapshot {
 public:
  explicit RocksdbTableSnapshot(std::shared_ptr<const Database> database);
  ~RocksdbTableSnapshot() override;

  absl::StatusOr<std::optional<std::string>> Get(
      domain::Table table, absl::string_view key) const override;
  domain::Position position() const override { return position_; }
  absl::Status Scan(domain::Table table, absl::string_view begin,
                    absl::string_view end, const domain::RowVisitor& visit,
                    bool reverse) const override;

 private:
  rocksdb::ReadOptions Read() const;

  const std::shared_ptr<const Database> database_;
  const rocksdb::Snapshot* const snapshot_;
  // Why `position_` could not be read; then nothing else can.
  absl::Status readable_;
  domain::Position position_ = 0;
};

}  // namespace qantara::store

#endif  // QANTARA_STORE_TABLE_SNAPSHOT_H_
