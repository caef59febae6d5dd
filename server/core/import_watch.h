// One WatchImport call, below gRPC.
#ifndef QANTARA_SERVER_CORE_IMPORT_WATCH_H_
#define QANTARA_SERVER_CORE_IMPORT_WATCH_H_

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "qantara/v1/catalog_service.pb.h"
#include "server/core/core.h"
#include "server/core/serial_job.h"
#include "server/core/slots.h"
#include "server/core/stream_peer.h"

namespace qantara::server {

using ImportWatchPeer = StreamPeer<v1::WatchImportResponse>;

// Sends the import as it is, then again after changes, folded to the latest,
// until it is finished. Thread-safe.
class ImportWatch : public CommitListener,
                    public std::enable_shared_from_this<ImportWatch> {
 public:
  // A changed import is sent at most once in this time, the last one always.
  static constexpr absl::Duration kInterval = absl::Milliseconds(100);

  // `core` and, until Finish, `peer` must outlive it. `slot` is held until the
  // call is over.
  static std::shared_ptr<ImportWatch> Start(
      Core& core, ImportWatchPeer& peer, const v1::WatchImportRequest& request,
      Slots::Slot slot);

  // What the peer reports.
  void OnWritten(bool ok);
  void OnCancelled();

  void OnTouched(domain::Position, const std::vector<uint32_t>&) override;

 private:
  ImportWatch(Core& core, ImportWatchPeer& peer, Slots::Slot slot);

  // One round of work, on the executor.
  void Step();
  // Each of these is called with mutex_ held.
  void Finish(const absl::Status& status);
  void PokeAfter(absl::Duration delay);

  Core& core_;
  const Slots::Slot slot_;
  SerialJob step_;
  // Constant after Start.
  const Connection* connection_ = nullptr;
  std::string import_id_;

  std::mutex mutex_;
  // All below are guarded by mutex_.
  ImportWatchPeer* peer_;  // Null once the call is finished.
  bool dirty_ = true;
  bool first_ = true;
  bool writing_ = false;
  bool cancelled_ = false;
  bool last_sent_ = false;
  bool timer_set_ = false;
  int64_t due_ = 0;  // By Clock::BootMillis.
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_CORE_IMPORT_WATCH_H_
