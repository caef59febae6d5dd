#include "tools/benchmark/watch/latest_check.h"

#include "absl/strings/str_cat.h"
#include "qantara/v1/inventory_watch.pb.h"

namespace qantara::tools {

absl::Status LatestCheck::Take(const std::vector<std::string>& messages) {
  for (const std::string& bytes : messages) {
    v1::WatchInventoryResponse response;
    if (!response.ParseFromString(bytes)) {
      return absl::DataLossError("a message that is none");
    }
    fell_behind_ = fell_behind_ || response.has_fell_behind();
    for (const v1::InventoryChange& entry : response.changes().changes()) {
      if (!entry.has_change()) continue;
      const v1::StockLevel& level = entry.change();
      changes_ += 1 + level.folded_changes();
      const Figure figure(level.remote_id(), level.location_id());
      if (fell_behind_ && !seen_.insert(figure).second) {
        return absl::DataLossError(
            absl::StrCat("twice after fell_behind: ", level.remote_id()));
      }
      const auto known = quantities_.find(figure);
      if (known != quantities_.end() &&
          known->second != level.previous_quantity()) {
        return absl::DataLossError(absl::StrCat(level.remote_id(), " had ",
                                                known->second, ", told is ",
                                                level.previous_quantity()));
      }
      quantities_[figure] = level.quantity();
    }
  }
  return absl::OkStatus();
}

}  // namespace qantara::tools
