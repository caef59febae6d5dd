#include "store/rocksdb_tables.h"

#include <algorithm>
#include <utility>

#include "absl/memory/memory.h"
#include "absl/strings/str_cat.h"
#include "domain/error.h"
#include "domain/ports/failpoints.h"
#include "domain/status_macros.h"
#include "rocksdb/write_batch.h"
#include "store/big_endian.h"
#include "store/database.h"
#include "store/database_options.h"
#include "store/ordered_wal_env.h"
#include "store/rocksdb_status.h"
#include "store/table_names.h"
#include "store/table_snapshot.h"

namespace qantara::store {
namespace {

// Longest wait for a position, so that no duration overflows.
constexpr absl::Duration kMaxWait = absl::Hours(1);

absl::StatusOr<std::shared_ptr<Database>> OpenDatabase(
    const RocksdbTables::Options& options, rocksdb::Env& env,
    const std::string& path) {
  const std::shared_ptr<rocksdb::Env> ordered = NewOrderedWalEnv(env);
  auto database = Database::Open(
      path, TableDatabaseOptions(*ordered, options.memory_bytes),
      TableFamilies(options.cache_bytes), Database::Mode::kReadWrite);
  if (absl::IsDataLoss(database.status())) {
    return domain::MakeError(
        absl::StatusCode::kDataLoss, v1::ERROR_REASON_LOG_DAMAGED,
        absl::StrCat("the tables are damaged; delete ", path,
                     " and they are made again from the log: ",
                     database.status().message()));
  }
  if (!database.ok()) return database.status();
  return std::shared_ptr<Database>(
      database->release(), [ordered](Database* opened) { delete opened; });
}

}  // namespace

RocksdbTables::RocksdbTables(std::shared_ptr<Database> database)
    : database_(std::move(database)) {}

RocksdbTables::~RocksdbTables() = default;

absl::StatusOr<std::unique_ptr<RocksdbTables>> RocksdbTables::Open(
    const Options& options) {
  rocksdb::Env& env =
      options.env != nullptr ? *options.env : *rocksdb::Env::Default();
  const std::string path = absl::StrCat(options.directory, "/tables");
  std::unique_ptr<RocksdbTables> tables;
  for (bool current = false; !current;) {
    QANTARA_ASSIGN_OR_RETURN(auto database, OpenDatabase(options, env, path));
    tables = absl::WrapUnique(new RocksdbTables(std::move(database)));
    QANTARA_ASSIGN_OR_RETURN(current,
                             tables->CheckVersion(options.fold_version));
    if (current) break;
    tables.reset();
    QANTARA_RETURN_IF_ERROR(ToStatus(
        rocksdb::DestroyDB(path,
                           rocksdb::Options(TableDatabaseOptions(env, 0), {}),
                           TableFamilies(0)),
        absl::StrCat("dropping ", path)));
  }
  QANTARA_RETURN_IF_ERROR(tables->LoadPosition());
  return tables;
}

absl::StatusOr<bool> RocksdbTables::CheckVersion(uint64_t fold_version) {
  QANTARA_ASSIGN_OR_RETURN(
      const uint64_t version,
      ReadMeta(*database_, CheckedRead(), kFoldVersionKey));
  if (version == fold_version) return true;
  QANTARA_RETURN_IF_ERROR(LoadPosition());
  if (position() != 0) return false;
  QANTARA_RETURN_IF_ERROR(
      ToStatus(database_->db().Put({}, database_->family(kMetaFamily),
                                   kFoldVersionKey, NumberBytes(fold_version)),
               "writing the fold's version"));
  return true;
}

absl::Status RocksdbTables::LoadPosition() {
  QANTARA_ASSIGN_OR_RETURN(const domain::Position position,
                           ReadMeta(*database_, CheckedRead(), kPositionKey));
  position_.store(position, std::memory_order_release);
  return absl::OkStatus();
}

absl::StatusOr<std::optional<std::string>> RocksdbTables::Get(
    domain::Table table, absl::string_view key) const {
  return ReadRow(*database_, FamilyIndex(table), CheckedRead(), key);
}

absl::Status RocksdbTables::Apply(domain::Position through,
                                  absl::Span<const domain::TableWrite> writes) {
  rocksdb::WriteBatch batch;
  rocksdb::Status status;
  for (const domain::TableWrite& write : writes) {
    rocksdb::ColumnFamilyHandle* const family =
        database_->family(FamilyIndex(write.table));
    status = write.value.has_value()
                 ? batch.Put(family, write.key, *write.value)
                 : batch.Delete(family, write.key);
    if (!status.ok()) break;
  }
  if (status.ok()) {
    status = batch.Put(database_->family(kMetaFamily), kPositionKey,
                       NumberBytes(through));
  }
  domain::Reach(domain::Failpoint::kTablesApply);
  if (status.ok()) status = database_->db().Write({}, &batch);
  domain::Reach(domain::Failpoint::kTablesApplied);
  if (!status.ok()) {
    return domain::MakeError(
        absl::StatusCode::kUnavailable, v1::ERROR_REASON_LOG_UNAVAILABLE,
        absl::StrCat("writing the tables: ", status.ToString()));
  }
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    position_.store(through, std::memory_order_release);
  }
  applied_.notify_all();
  return absl::OkStatus();
}

domain::Position RocksdbTables::position() const {
  return position_.load(std::memory_order_acquire);
}

bool RocksdbTables::WaitFor(domain::Position position,
                            absl::Duration deadline) const {
  if (this->position() >= position) return true;
  std::unique_lock<std::mutex> lock(mutex_);
  return applied_.wait_for(
      lock, absl::ToChronoNanoseconds(std::min(deadline, kMaxWait)),
      [&] { return this->position() >= position; });
}

std::unique_ptr<domain::TableSnapshot> RocksdbTables::Snapshot() const {
  return std::make_unique<RocksdbTableSnapshot>(database_);
}

}  // namespace qantara::store
