// What VerifyLog does.
#ifndef QANTARA_SERVER_OPERATIONS_LOG_VERIFY_WORK_H_
#define QANTARA_SERVER_OPERATIONS_LOG_VERIFY_WORK_H_

#include <memory>

#include "domain/ports/event_log.h"
#include "domain/ports/log_verification.h"
#include "qantara/v1/log_maintenance.pb.h"
#include "server/operations/stepped_call.h"

namespace qantara::server {

// Verifies the log as it was when this was made.
class LogVerifyWork : public SteppedWork<v1::VerifyLogResponse> {
 public:
  // Both are the same log and must outlive it.
  LogVerifyWork(const domain::EventLog& log,
                const domain::VerifiableLog& verifiable)
      : log_(log), verification_(verifiable.BeginVerification()) {}

  absl::StatusOr<bool> Step() override;
  v1::VerifyLogResponse Progress() const override;
  v1::VerifyLogResponse Receipt() const override;

 private:
  const domain::EventLog& log_;
  const std::unique_ptr<domain::LogVerification> verification_;
  domain::LogChecked checked_;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_OPERATIONS_LOG_VERIFY_WORK_H_
