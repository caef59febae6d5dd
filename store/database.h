// An open RocksDB database with its column families.
#ifndef QANTARA_STORE_DATABASE_H_
#define QANTARA_STORE_DATABASE_H_

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "rocksdb/db.h"

namespace qantara::store {

// Thread-safe as RocksDB is. Closed by the destructor; iterators and snapshots
// must be gone by then.
class Database {
 public:
  enum class Mode {
    kReadWrite,  // Made where it does not exist.
    kReadOnly,   // Nothing on disk changes.
  };

  // Errors: kFailedPrecondition when another opener holds the directory;
  // kDataLoss; kUnavailable.
  static absl::StatusOr<std::unique_ptr<Database>> Open(
      const std::string& path, const rocksdb::DBOptions& options,
      const std::vector<rocksdb::ColumnFamilyDescriptor>& families, Mode mode);

  ~Database();

  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  rocksdb::DB& db() const { return *db_; }

  // The family at that place of the list given to Open.
  rocksdb::ColumnFamilyHandle* family(size_t index) const {
    return handles_[index];
  }

 private:
  Database() = default;

  std::vector<rocksdb::ColumnFamilyHandle*> handles_;
  std::unique_ptr<rocksdb::DB> db_;
};

// Every read is checked against its checksum.
rocksdb::ReadOptions CheckedRead();

}  // namespace qantara::store

#endif  // QANTARA_STORE_DATABASE_H_
