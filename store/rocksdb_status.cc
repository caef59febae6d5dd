#include "store/rocksdb_status.h"

#include "absl/strings/str_cat.h"
#include "domain/error.h"

namespace qantara::store {

absl::Status ToStatus(const rocksdb::Status& status, absl::string_view doing) {
  if (status.ok()) return absl::OkStatus();
  const std::string message = absl::StrCat(doing, ": ", status.ToString());
  if (status.IsCorruption()) {
    return domain::MakeError(absl::StatusCode::kDataLoss,
                             v1::ERROR_REASON_LOG_DAMAGED, message);
  }
  return domain::MakeError(absl::StatusCode::kUnavailable,
                           v1::ERROR_REASON_LOG_UNAVAILABLE, message);
}

}  // namespace qantara::store
