#include "server/storage.h"

#include "absl/strings/str_cat.h"
#include "domain/fold/fold.h"
#include "domain/status_macros.h"
#include "store/backup_manifest.h"

namespace qantara::server {
namespace {

// Memory for the newest events, decoded. Who follows the log is behind by less.
constexpr size_t kRecentBytes = size_t{4} << 20;
// Blocks of the tables' files; the kernel caches the files.
constexpr size_t kTableCacheBytes = size_t{4} << 20;

}  // namespace

absl::StatusOr<std::unique_ptr<Storage>> Storage::Open(
    const std::string& directory, const domain::Clock& clock,
    rocksdb::Env* env) {
  QANTARA_ASSIGN_OR_RETURN(const auto manifest,
                           store::ReadManifest(env, directory));
  if (manifest.has_value()) {
    return absl::FailedPreconditionError(
        absl::StrCat(directory,
                     " is a backup and stays as it is; restore it into a data "
                     "directory with qantara_restore"));
  }
  std::unique_ptr<Storage> storage(new Storage());
  store::RocksdbEventLog::Options log;
  log.directory = directory;
  log.env = env;
  log.recent_bytes = kRecentBytes;
  QANTARA_ASSIGN_OR_RETURN(storage->log_, store::RocksdbEventLog::Open(log));
  store::RocksdbTables::Options tables;
  tables.directory = directory;
  tables.env = env;
  tables.cache_bytes = kTableCacheBytes;
  tables.fold_version = domain::kFoldVersion;
  QANTARA_ASSIGN_OR_RETURN(storage->tables_,
                           store::RocksdbTables::Open(tables));
  QANTARA_ASSIGN_OR_RETURN(
      storage->writer_, store::Writer::Start({*storage->log_, *storage->tables_,
                                              clock, &domain::Fold}));
  return storage;
}

}  // namespace qantara::server
