#include "server/core/write_results.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "domain/error.h"
#include "server/core/invalid.h"

namespace qantara::server {
namespace {

using google::protobuf::RepeatedPtrField;

absl::Status NotDone(absl::StatusCode code, v1::ErrorReason reason,
                     absl::string_view what,
                     const RepeatedPtrField<v1::ItemProblem>& problems) {
  std::string message(what);
  for (const v1::ItemProblem& problem : problems) {
    absl::StrAppend(&message, "; ", problem.field(),
                    problem.field().empty() ? "" : ": ", problem.message());
  }
  return WithProblems(domain::MakeError(code, reason, message),
                      {problems.begin(), problems.end()});
}

}  // namespace

bool IsSettled(v1::UpdateState state) {
  switch (state) {
    case v1::UPDATE_STATE_APPLIED:
    case v1::UPDATE_STATE_UNCHANGED:
    case v1::UPDATE_STATE_REJECTED:
    case v1::UPDATE_STATE_PARKED:
    case v1::UPDATE_STATE_CANCELLED:
      return true;
    default:
      return false;
  }
}

absl::Status StatusOfItem(const tables::v1::ItemRow& row) {
  const auto failed = absl::StatusCode::kFailedPrecondition;
  switch (row.state()) {
    case v1::ITEM_STATE_CREATED:
    case v1::ITEM_STATE_LINKED:
    case v1::ITEM_STATE_UPDATED:
    case v1::ITEM_STATE_UNCHANGED:
      return absl::OkStatus();
    case v1::ITEM_STATE_INVALID:
      return NotDone(absl::StatusCode::kInvalidArgument, row.reason(),
                     "the product is invalid", row.problems());
    case v1::ITEM_STATE_REJECTED:
      return NotDone(failed, row.reason(), "the provider rejected the product",
                     row.problems());
    case v1::ITEM_STATE_BLOCKED:
      return NotDone(failed, row.reason(),
                     "the product waits for something that does not exist at "
                     "the provider",
                     row.problems());
    case v1::ITEM_STATE_CANCELLED:
      return NotDone(failed, row.reason(), "the product was cancelled",
                     row.problems());
    default:
      return NotDone(failed, row.reason(),
                     "the product is parked: it cannot go on by itself",
                     row.problems());
  }
}

absl::Status StatusOfUpdate(const tables::v1::UpdateRow& row) {
  const auto failed = absl::StatusCode::kFailedPrecondition;
  switch (row.state()) {
    case v1::UPDATE_STATE_APPLIED:
    case v1::UPDATE_STATE_UNCHANGED:
      return absl::OkStatus();
    case v1::UPDATE_STATE_REJECTED:
      return NotDone(failed, row.reason(), "the provider rejected the update",
                     row.problems());
    case v1::UPDATE_STATE_CANCELLED:
      return NotDone(failed, row.reason(), "the update was cancelled",
                     row.problems());
    default:
      return NotDone(failed, row.reason(),
                     "the update is parked: it cannot go on by itself",
                     row.problems());
  }
}

absl::Status StillWorking(absl::string_view request_id) {
  return domain::MakeError(
      absl::StatusCode::kDeadlineExceeded, v1::ERROR_REASON_UNSPECIFIED,
      absl::StrCat("recorded, not settled yet; ask again with request_id ",
                   request_id),
      {{"request_id", std::string(request_id)}});
}

}  // namespace qantara::server
