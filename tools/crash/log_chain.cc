#include "tools/crash/log_chain.h"

#include <algorithm>
#include <filesystem>
#include <iterator>

#include "domain/status_macros.h"
#include "rocksdb/env.h"
#include "store/commit_chain.h"
#include "store/database.h"
#include "store/database_options.h"
#include "store/log_format.h"
#include "store/log_reader.h"

namespace qantara::tools {

namespace {

absl::Status ReadEvents(const store::Database& database, LogContent* content) {
  const domain::Position last = content->chain.back().last;
  while (content->events.size() < last) {
    QANTARA_ASSIGN_OR_RETURN(
        const auto events,
        store::ReadEvents(database, content->events.size() + 1, last, {}));
    content->events.insert(content->events.end(), events.begin(), events.end());
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<LogContent> ReadLog(const std::string& data_dir) {
  LogContent content;
  std::vector<ChainLink>& chain = content.chain;
  const std::string path = data_dir + "/log";
  const auto options = store::LogDatabaseOptions(*rocksdb::Env::Default());
  std::vector<std::string> families;
  if (!std::filesystem::exists(path + "/CURRENT")) return content;
  if (!rocksdb::DB::ListColumnFamilies(options, path, &families).ok() ||
      families.size() <= std::size(store::kLogFamilyNames)) {
    // Killed while it was being made.
    return content;
  }
  QANTARA_ASSIGN_OR_RETURN(
      const auto database,
      store::Database::Open(path, options, store::LogFamilies(),
                            store::Database::Mode::kReadOnly));
  while (true) {
    const domain::Position after = chain.empty() ? 0 : chain.back().last;
    QANTARA_ASSIGN_OR_RETURN(const auto commit,
                             store::NextCommit(*database, after));
    if (!commit.has_value()) break;
    QANTARA_RETURN_IF_ERROR(
        store::CheckCommit(*database, *commit, store::NoFurtherCheck));
    chain.push_back({commit->last, commit->digest});
  }
  if (!chain.empty()) QANTARA_RETURN_IF_ERROR(ReadEvents(*database, &content));
  return content;
}

bool Continues(const std::vector<ChainLink>& earlier,
               const std::vector<ChainLink>& later) {
  return earlier.size() <= later.size() &&
         std::equal(earlier.begin(), earlier.end(), later.begin());
}

}  // namespace qantara::tools
