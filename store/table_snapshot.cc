#include "store/table_snapshot.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "domain/status_macros.h"
#include "store/log_format.h"
#include "store/rocksdb_status.h"
#include "store/table_names.h"

namespace qantara::store {
namespace {

// Families stand in the order of kAllTables, behind `meta`.
constexpr bool NumberedInOrder() {
  size_t number = kMetaFamily;
  for (const domain::Table table : domain::kAllTables) {
    if (static_cast<size_t>(table) != ++number) return false;
  }
  return true;
}
static_assert(NumberedInOrder(), "a table's number must be its place");

}  // namespace

size_t FamilyIndex(domain::Table table) { return static_cast<size_t>(table); }

absl::StatusOr<std::optional<std::string>> ReadRow(
    const Database& database, size_t family,
    const rocksdb::ReadOptions& options, absl::string_view key) {
  std::string value;
  const rocksdb::Status status =
      database.db().Get(options, database.family(family), ToSlice(key), &value);
  if (status.IsNotFound()) return std::nullopt;
  QANTARA_RETURN_IF_ERROR(ToStatus(status, "reading a row"));
  return value;
}

absl::StatusOr<uint64_t> ReadMeta(const Database& database,
                                  const rocksdb::ReadOptions& options,
                                  absl::string_view key) {
  QANTARA_ASSIGN_OR_RETURN(const auto value,
                           ReadRow(database, kMetaFamily, options, key));
  if (!value.has_value()) return 0;
  return DecodeNumber(*value, absl::StrCat("`", key, "` of the tables"));
}

RocksdbTableSnapshot::RocksdbTableSnapshot(
    std::shared_ptr<const Database> database)
    : database_(std::move(database)), snapshot_(database_->db().GetSnapshot()) {
  const auto position = ReadMeta(*database_, Read(), kPositionKey);
  readable_ = position.status();
  if (position.ok()) position_ = *position;
}

RocksdbTableSnapshot::~RocksdbTableSnapshot() {
  database_->db().ReleaseSnapshot(snapshot_);
}

rocksdb::ReadOptions RocksdbTableSnapshot::Read() const {
  rocksdb::ReadOptions options = CheckedRead();
  options.snapshot = snapshot_;
  return options;
}

absl::StatusOr<std::optional<std::string>> RocksdbTableSnapshot::Get(
    domain::Table table, absl::string_view key) const {
  QANTARA_RETURN_IF_ERROR(readable_);
  return ReadRow(*database_, FamilyIndex(table), Read(), key);
}

absl::Status RocksdbTableSnapshot::Scan(domain::Table table,
                                        absl::string_view begin,
                                        absl::string_view end,
                                        const domain::RowVisitor& visit,
                                        bool reverse) const {
  QANTARA_RETURN_IF_ERROR(readable_);
  const rocksdb::Slice lower = ToSlice(begin);
  const rocksdb::Slice upper = ToSlice(end);
  rocksdb::ReadOptions options = Read();
  options.iterate_lower_bound = &lower;
  if (!end.empty()) options.iterate_upper_bound = &upper;
  const std::unique_ptr<rocksdb::Iterator> rows(database_->db().NewIterator(
      options, database_->family(FamilyIndex(table))));
  if (reverse) {
    rows->SeekToLast();
  } else {
    rows->SeekToFirst();
  }
  while (rows->Valid() && visit(ToView(rows->key()), ToView(rows->value()))) {
    if (reverse) {
      rows->Prev();
    } else {
      rows->Next();
    }
  }
  return ToStatus(rows->status(),
                  absl::StrCat("reading table ", TableName(table)));
}

}  // namespace qantara::store
