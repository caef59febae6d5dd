#include "server/grpc/operations_service.h"

#include <memory>

#include "domain/error.h"
#include "qantara/v1/operations_service.pb.h"
#include "server/grpc/service_methods.h"
#include "server/operations/connection_checker.h"
#include "server/operations/event_tail.h"
#include "server/operations/log_backup_work.h"
#include "server/operations/log_verify_work.h"
#include "server/operations/stepped_call.h"

namespace qantara::server {
namespace {

using CheckAnswer =
    WaitCall<v1::CheckConnectionRequest, v1::CheckConnectionResponse>::Answers;

void Check(const Core& core, const v1::CheckConnectionRequest& request,
           CallScope& scope, const CheckAnswer& answer) {
  const auto connection =
      core.connections.Find(request.connection(), "connection");
  if (!connection.ok()) return answer(connection.status());
  ConnectionChecker* const checker = (*connection)->checker.get();
  if (checker == nullptr) {
    return answer(domain::MakeError(absl::StatusCode::kUnavailable,
                                    v1::ERROR_REASON_PROVIDER_UNAVAILABLE,
                                    "this server delivers nothing"));
  }
  checker->Check(scope, answer);
}

}  // namespace

void OperationsService::AddTo(MethodRouter& router) {
  ServiceMethods methods(router, "qantara.v1.OperationsService",
                         core_.executor);
  methods.Run("GetStatus", reader_, &OperationsReader::GetStatus);
  methods.Run("ListParked", reader_, &OperationsReader::ListParked);
  methods.Run("RetryParked", writer_, &OperationsWriter::Retry);
  methods.Run("DiscardParked", writer_, &OperationsWriter::Discard);
  methods.Run("ListUnknown", reader_, &OperationsReader::ListUnknown);
  methods.Run("PauseConnection", writer_, &OperationsWriter::Pause);
  methods.Run("ResumeConnection", writer_, &OperationsWriter::Resume);
  methods.Wait<v1::CheckConnectionRequest, v1::CheckConnectionResponse>(
      "CheckConnection",
      [this](const auto& request, const auto& call, const auto& answer) {
        Check(core_, request, *call.scope, answer);
      });
  methods.Stream<v1::TailEventsRequest, v1::TailEventsResponse, EventTail>(
      "TailEvents", [this](const auto& request, auto& peer) {
        return EventTail::Start(core_, peer, request, tails_.Take());
      });
  methods.Stream<v1::VerifyLogRequest, v1::VerifyLogResponse,
                 SteppedCall<v1::VerifyLogResponse>>(
      "VerifyLog", [this](const auto&, auto& peer) {
        return SteppedCall<v1::VerifyLogResponse>::Start(
            core_, std::make_unique<LogVerifyWork>(core_.log, log_.verifiable),
            peer, verifications_.Take());
      });
  methods.Stream<v1::BackupLogRequest, v1::BackupLogResponse,
                 SteppedCall<v1::BackupLogResponse>>(
      "BackupLog", [this](const auto& request, auto& peer) {
        return SteppedCall<v1::BackupLogResponse>::Start(
            core_,
            std::make_unique<LogBackupWork>(
                log_.backups, core_.clock,
                BackupPlace{log_.backup_root, request.directory()}),
            peer, backups_.Take());
      });
}

}  // namespace qantara::server
