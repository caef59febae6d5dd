// An ImportCatalog call as the peer of its session, on raw bytes.
#ifndef QANTARA_SERVER_GRPC_IMPORT_REACTOR_H_
#define QANTARA_SERVER_GRPC_IMPORT_REACTOR_H_

#include <grpcpp/support/byte_buffer.h>

#include <memory>

#include "server/core/core.h"
#include "server/core/import_session.h"
#include "server/core/slots.h"
#include "server/grpc/method_router.h"

namespace qantara::server {

// gRPC's own parser would end the call at the first invalid text; here only the
// line that holds it becomes INVALID. Deletes itself when the call is done.
class ImportReactor final : public CallReactor, public ImportPeer {
 public:
  // Starts the session of a call. `slot` is null when too many are open.
  static CallReactor* Start(Core& core, Slots::Slot slot);

  void Read() override;
  void Write(const v1::ImportCatalogResponse& response) override;
  void Finish(const absl::Status& status) override;

  void OnReadDone(bool ok) override;
  void OnWriteDone(bool ok) override { session_->OnWritten(ok); }
  void OnCancel() override;
  void OnDone() override { delete this; }

 private:
  explicit ImportReactor(Slots::Slot slot) : slot_(std::move(slot)) {}

  const Slots::Slot slot_;
  std::shared_ptr<ImportSession> session_;
  grpc::ByteBuffer request_;
  grpc::ByteBuffer response_;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_GRPC_IMPORT_REACTOR_H_
