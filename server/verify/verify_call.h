// The client's end of a VerifyImport call.
#ifndef QANTARA_SERVER_VERIFY_VERIFY_CALL_H_
#define QANTARA_SERVER_VERIFY_VERIFY_CALL_H_

#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>

#include "absl/status/status.h"
#include "qantara/v1/catalog_service.pb.h"
#include "server/core/stream_peer.h"

namespace qantara::server {

using VerifyPeer = StreamPeer<v1::VerifyImportResponse>;

// Queues what a verification tells and sends it as the client reads, progress
// folded to the latest. Thread-safe; nothing here blocks.
class VerifyCall {
 public:
  // A verification pauses while so many messages wait for the client.
  static constexpr size_t kMaxWaiting = 256;

  // `peer` must outlive the call until its Finish.
  explicit VerifyCall(VerifyPeer& peer) : peer_(&peer) {}

  // What the peer reports.
  void OnWritten(bool ok);
  void OnCancelled();

  // What the verification tells. Nothing after End.
  void Tell(v1::VerifyImportResponse response);
  void TellProgress(const v1::VerifyProgress& progress);
  // The call ends so, once what was told is sent.
  void End(const absl::Status& status);

  // Whether the client went away.
  bool is_gone() const;
  // Whether to wait before telling more.
  bool is_full() const;

  // Runs `on_change`, on any thread, when the client read or went away; it must
  // not block. Replaces what was set before.
  void OnChange(std::function<void()> on_change);

 private:
  // Sends what is next. With mutex_ held.
  void Pump();
  void Changed();

  mutable std::mutex mutex_;
  // All below are guarded by mutex_.
  VerifyPeer* peer_;  // Null once the call is finished.
  std::deque<v1::VerifyImportResponse> waiting_;
  std::optional<v1::VerifyProgress> progress_;
  std::optional<absl::Status> end_;
  std::function<void()> on_change_;
  bool writing_ = false;
  bool gone_ = false;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_VERIFY_VERIFY_CALL_H_
