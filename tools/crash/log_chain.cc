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

namespace qantara::tools {

absl::StatusOr<std::vector<ChainLink>> ReadChain(const std::string& data_dir) {
  std::vector<ChainLink> chain;
  const std::string path = data_dir + "/log";
  const auto options = store::LogDatabaseOptions(*rocksdb::Env::Default());
  std::vector<std::string> families;
  if (!std::filesystem::exists(path + "/CURRENT")) return chain;
  if (!rocksdb::DB::ListColumnFamilies(options, path, &families).ok() ||
      families.size() <= std::size(store::kLogFamilyNames)) {
    // Killed while it was being made.
    return chain;
  }
  QANTARA_ASSIGN_OR_RETURN(
      const auto database,
      store::Database::Open(path, options, store::LogFamilies(),
                            store::Database::Mode::kReadOnly));
  while (true) {
    const domain::Position after = chain.empty() ? 0 : chain.back().last;
    QANTARA_ASSIGN_OR_RETURN(const auto commit,
                             store::NextCommit(*database, after));
    if (!commit.has_value()) return chain;
    QANTARA_RETURN_IF_ERROR(store::CheckCommit(*database, *commit));
    chain.push_back({commit->last, commit->digest});
  }
}

bool Continues(const std::vector<ChainLink>& earlier,
               const std::vector<ChainLink>& later) {
  return earlier.size() <= later.size() &&
         std::equal(earlier.begin(), earlier.end(), later.begin());
}

}  // namespace qantara::tools
