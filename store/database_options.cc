#include "store/database_options.h"

#include <iterator>
#include <memory>

#include "domain/ports/tables.h"
#include "rocksdb/cache.h"
#include "rocksdb/filter_policy.h"
#include "rocksdb/table.h"
#include "store/log_format.h"
#include "store/table_names.h"

namespace qantara::store {
namespace {

// Of one family. Flushed often: what is in files is read through a cache that
// has a bound, what is in a memtable stays in memory.
constexpr size_t kMemtableBytes = size_t{4} << 20;
// Files of that size that are merged at once into the next level, and how large
// that is before there is another one.
constexpr int kMergedFiles = 8;
constexpr uint64_t kLevelBytes = uint64_t{128} << 20;
constexpr size_t kLogCacheBytes = size_t{4} << 20;
// Written ahead and not yet in tables; bounds the time to open. The log's is
// read twice then.
constexpr size_t kLogWalBytes = size_t{64} << 20;
constexpr size_t kTableWalBytes = size_t{128} << 20;
constexpr size_t kSyncBytes = size_t{1} << 20;
constexpr size_t kInfoLogBytes = size_t{8} << 20;
constexpr size_t kInfoLogFiles = 4;
constexpr int kOpenFiles = 512;
constexpr int kBackgroundJobs = 2;
constexpr double kBloomBitsPerKey = 10;
constexpr double kMemtableBloomRatio = 0.02;
constexpr size_t kBlockBytes = size_t{16} << 10;

rocksdb::DBOptions CommonOptions(rocksdb::Env& env, size_t wal_bytes) {
  rocksdb::DBOptions options;
  options.env = &env;
  options.create_if_missing = true;
  options.create_missing_column_families = true;
  options.paranoid_checks = true;
  options.wal_recovery_mode = rocksdb::WALRecoveryMode::kPointInTimeRecovery;
  options.recycle_log_file_num = 0;
  options.enable_pipelined_write = false;
  options.unordered_write = false;
  options.two_write_queues = false;
  options.max_total_wal_size = wal_bytes;
  options.max_open_files = kOpenFiles;
  options.max_background_jobs = kBackgroundJobs;
  options.bytes_per_sync = kSyncBytes;
  options.info_log_level = rocksdb::InfoLogLevel::WARN_LEVEL;
  options.max_log_file_size = kInfoLogBytes;
  options.keep_log_file_num = kInfoLogFiles;
  options.stats_dump_period_sec = 0;
  options.stats_persist_period_sec = 0;
  return options;
}

rocksdb::ColumnFamilyOptions FamilyOptions(
    const std::shared_ptr<rocksdb::Cache>& cache, bool point_reads) {
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = cache;
  table.block_size = kBlockBytes;
  table.format_version = 5;
  if (point_reads) {
    table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(kBloomBitsPerKey));
  }
  rocksdb::ColumnFamilyOptions options;
  options.write_buffer_size = kMemtableBytes;
  options.level0_file_num_compaction_trigger = kMergedFiles;
  options.max_bytes_for_level_base = kLevelBytes;
  if (point_reads) {
    // Most keys that are asked for are not there: a new SKU, a new request.
    options.memtable_whole_key_filtering = true;
    options.memtable_prefix_bloom_size_ratio = kMemtableBloomRatio;
  }
  options.compression = rocksdb::kLZ4Compression;
  options.bottommost_compression = rocksdb::kZSTD;
  options.level_compaction_dynamic_level_bytes = true;
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return options;
}

}  // namespace

rocksdb::DBOptions LogDatabaseOptions(rocksdb::Env& env) {
  return CommonOptions(env, kLogWalBytes);
}

std::vector<rocksdb::ColumnFamilyDescriptor> LogFamilies() {
  const auto cache = rocksdb::NewLRUCache(kLogCacheBytes);
  std::vector<rocksdb::ColumnFamilyDescriptor> families;
  for (size_t i = 0; i < std::size(kLogFamilyNames); ++i) {
    families.emplace_back(kLogFamilyNames[i],
                          FamilyOptions(cache, i == kStreams));
    // There is no second copy: read each file back after it was written.
    families.back().options.paranoid_file_checks = true;
  }
  return families;
}

rocksdb::DBOptions TableDatabaseOptions(rocksdb::Env& env,
                                        size_t memory_bytes) {
  rocksdb::DBOptions options = CommonOptions(env, kTableWalBytes);
  options.db_write_buffer_size = memory_bytes;
  return options;
}

std::vector<rocksdb::ColumnFamilyDescriptor> TableFamilies(size_t cache_bytes) {
  const auto cache = rocksdb::NewLRUCache(cache_bytes);
  std::vector<rocksdb::ColumnFamilyDescriptor> families;
  families.emplace_back(kMetaFamilyName, FamilyOptions(cache, true));
  for (const domain::Table table : domain::kAllTables) {
    families.emplace_back(TableName(table), FamilyOptions(cache, true));
  }
  return families;
}

}  // namespace qantara::store
