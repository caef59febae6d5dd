#include "store/database.h"

#include "absl/strings/str_cat.h"
#include "store/rocksdb_status.h"

namespace qantara::store {

absl::StatusOr<std::unique_ptr<Database>> Database::Open(
    const std::string& path, const rocksdb::DBOptions& options,
    const std::vector<rocksdb::ColumnFamilyDescriptor>& families, Mode mode) {
  std::vector<rocksdb::ColumnFamilyDescriptor> all = families;
  // RocksDB insists on it; nothing is stored there.
  all.emplace_back(rocksdb::kDefaultColumnFamilyName,
                   rocksdb::ColumnFamilyOptions());
  std::unique_ptr<Database> database(new Database);
  rocksdb::DB* db = nullptr;
  const rocksdb::Status status =
      mode == Mode::kReadOnly
          ? rocksdb::DB::OpenForReadOnly(options, path, all,
                                         &database->handles_, &db)
          : rocksdb::DB::Open(options, path, all, &database->handles_, &db);
  if (!status.ok()) return ToStatus(status, absl::StrCat("opening ", path));
  database->db_.reset(db);
  return database;
}

Database::~Database() {
  if (db_ == nullptr) return;
  for (rocksdb::ColumnFamilyHandle* handle : handles_) {
    db_->DestroyColumnFamilyHandle(handle);
  }
  // What was acknowledged is synced; a failure here loses nothing.
  db_->Close().PermitUncheckedError();
}

rocksdb::ReadOptions CheckedRead() {
  rocksdb::ReadOptions options;
  options.verify_checksums = true;
  return options;
}

}  // namespace qantara::store
