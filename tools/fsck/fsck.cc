#include "tools/fsck/fsck.h"

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <system_error>
#include <utility>

#include "absl/strings/escaping.h"
#include "domain/fold/fold.h"
#include "domain/ports/log_verification.h"
#include "store/rebuild.h"
#include "store/rocksdb_event_log.h"
#include "store/rocksdb_tables.h"
#include "store/table_names.h"

namespace qantara::tools {
namespace {

constexpr size_t kMaxDifferences = 20;

// A directory of its own, removed with everything in it.
class WorkDirectory {
 public:
  explicit WorkDirectory(const std::string& parent)
      : path_(parent + "/qantara-fsck.XXXXXX") {
    made_ = mkdtemp(path_.data()) != nullptr;
  }
  ~WorkDirectory() {
    std::error_code ignored;
    if (made_) std::filesystem::remove_all(path_, ignored);
  }
  WorkDirectory(const WorkDirectory&) = delete;
  WorkDirectory& operator=(const WorkDirectory&) = delete;

  bool made() const { return made_; }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
  bool made_ = false;
};

absl::Status FoldRecord(const events::v1::EventRecord& record,
                        domain::TableView& view) {
  return domain::Fold(record, view);
}

FsckResult Failed(const absl::Status& status, std::ostream& out) {
  out << status.message() << "\n";
  return absl::IsDataLoss(status) ? FsckResult::kDamaged
                                  : FsckResult::kNotChecked;
}

const char* KindName(store::RowDifference::Kind kind) {
  switch (kind) {
    case store::RowDifference::Kind::kMissing:
      return "missing";
    case store::RowDifference::Kind::kExtra:
      return "extra";
    case store::RowDifference::Kind::kOther:
      return "other value";
  }
  return "";
}

FsckResult CompareTables(const store::RocksdbEventLog& log,
                         const std::string& data_dir,
                         const std::string& work_dir, std::ostream& out) {
  auto present = store::RocksdbTables::Open(
      {.directory = data_dir, .fold_version = domain::kFoldVersion});
  if (!present.ok()) return Failed(present.status(), out);
  auto fresh = store::RocksdbTables::Open(
      {.directory = work_dir, .fold_version = domain::kFoldVersion});
  if (!fresh.ok()) return Failed(fresh.status(), out);
  const auto report = store::CompareRebuild(log, **present, **fresh, FoldRecord,
                                            kMaxDifferences);
  if (!report.ok()) return Failed(report.status(), out);
  out << "tables: position " << report->position << ", " << report->rows
      << " rows, " << report->difference_count << " differences\n";
  for (const store::RowDifference& difference : report->differences) {
    out << "  " << store::TableName(difference.table) << " "
        << absl::CEscape(difference.key) << ": " << KindName(difference.kind)
        << "\n";
  }
  return report->difference_count == 0 ? FsckResult::kSound
                                       : FsckResult::kDamaged;
}

}  // namespace

FsckResult Fsck(const std::string& data_dir, const std::string& work_dir,
                std::ostream& out) {
  if (!std::filesystem::is_directory(data_dir + "/log")) {
    out << "no log in " << data_dir << "\n";
    return FsckResult::kNotChecked;
  }
  const WorkDirectory work(work_dir);
  if (!work.made()) {
    out << "cannot make a directory in " << work_dir << "\n";
    return FsckResult::kNotChecked;
  }
  const auto log = store::RocksdbEventLog::Open({.directory = data_dir});
  if (!log.ok()) return Failed(log.status(), out);
  if (const absl::Status writable = (*log)->writable(); !writable.ok()) {
    out << "log: " << writable.message() << "\n";
    return FsckResult::kDamaged;
  }
  const auto verification = (*log)->BeginVerification();
  absl::StatusOr<domain::LogChecked> checked;
  do {
    checked = verification->Next();
    if (!checked.ok()) return Failed(checked.status(), out);
  } while (!checked->complete);
  out << "log: " << checked->events << " events in " << checked->streams
      << " streams, positions, revisions and digests are right\n";
  return CompareTables(**log, data_dir, work.path(), out);
}

}  // namespace qantara::tools
