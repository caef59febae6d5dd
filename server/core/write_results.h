// What became of a single write, as an answer or an error.
#ifndef QANTARA_SERVER_CORE_WRITE_RESULTS_H_
#define QANTARA_SERVER_CORE_WRITE_RESULTS_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "qantara/tables/v1/rows.pb.h"

namespace qantara::server {

// Whether nothing happens to the update any more by itself.
bool IsSettled(v1::UpdateState state);

// OK when the item got its remote record; otherwise why not:
// kFailedPrecondition with the item's reason and problems, or kInvalidArgument.
// The item must be at rest.
absl::Status StatusOfItem(const tables::v1::ItemRow& row);

// OK when the provider holds the update's values; otherwise kFailedPrecondition
// with the update's reason and problems. The update must be settled.
absl::Status StatusOfUpdate(const tables::v1::UpdateRow& row);

// kDeadlineExceeded: the work goes on, and the same request id asks for it.
absl::Status StillWorking(absl::string_view request_id);

}  // namespace qantara::server

#endif  // QANTARA_SERVER_CORE_WRITE_RESULTS_H_
