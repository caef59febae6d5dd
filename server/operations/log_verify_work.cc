#include "server/operations/log_verify_work.h"

#include <string>

#include "domain/status_macros.h"

namespace qantara::server {

absl::StatusOr<bool> LogVerifyWork::Step() {
  QANTARA_ASSIGN_OR_RETURN(checked_, verification_->Next());
  return checked_.complete;
}

v1::VerifyLogResponse LogVerifyWork::Progress() const {
  v1::VerifyLogResponse response;
  response.mutable_progress()->set_events(checked_.events);
  response.mutable_progress()->set_revisions(checked_.revisions);
  response.mutable_progress()->set_total(checked_.last);
  return response;
}

v1::VerifyLogResponse LogVerifyWork::Receipt() const {
  v1::VerifyLogResponse response;
  v1::LogReceipt& receipt = *response.mutable_receipt();
  receipt.set_position(checked_.last);
  receipt.set_streams(checked_.streams);
  receipt.set_digest(checked_.digest);
  receipt.set_not_writable(std::string(log_.writable().message()));
  return response;
}

}  // namespace qantara::server
