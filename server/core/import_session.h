// One ImportCatalog call, below gRPC.
//
// Reading never waits for writing: what the client does not read in time is
// folded (acks, progress) or counted as skipped (results). The call's end is
// never the import's end.
#ifndef QANTARA_SERVER_CORE_IMPORT_SESSION_H_
#define QANTARA_SERVER_CORE_IMPORT_SESSION_H_

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "qantara/v1/catalog_service.pb.h"
#include "server/core/accept_queue.h"
#include "server/core/core.h"
#include "server/core/import_envelope.h"
#include "server/core/result_queue.h"
#include "server/core/serial_job.h"
#include "server/core/stream_peer.h"

namespace qantara::server {

// The importing client.
class ImportPeer : public StreamPeer<v1::ImportCatalogResponse> {
 public:
  // Asks for the next message; OnMessage or OnReadClosed follows.
  virtual void Read() = 0;
};

// Thread-safe. Owned by the call and by what it waits for.
class ImportSession : public CommitListener,
                      public std::enable_shared_from_this<ImportSession> {
 public:
  // Progress is sent at most once in this time.
  static constexpr absl::Duration kProgressInterval = absl::Milliseconds(200);
  // Items and bytes of one message of results.
  static constexpr size_t kMaxResults = 1000;
  static constexpr size_t kMaxResultBytes = 1 << 20;

  // `core` and, until Finish, `peer` must outlive it. Reads the first message.
  static std::shared_ptr<ImportSession> Start(Core& core, ImportPeer& peer);

  // What the peer reports. `bytes` may be dropped when the call returns.
  void OnMessage(absl::string_view bytes);
  void OnReadClosed();
  void OnWritten(bool ok);
  void OnCancelled();

  void OnTouched(domain::Position position,
                 const std::vector<uint32_t>& lines) override;

 private:
  enum class Phase {
    kNoHeader,  // Nothing was received.
    kOpening,   // The import is being opened; nothing is read.
    kOpen,      // Lines are taken.
    kEnding,    // The end was received; nothing is read.
    kEnded,     // All lines are there.
  };

  ImportSession(Core& core, ImportPeer& peer);

  // Runs Step soon.
  void Poke();
  // Runs Step after `delay`, or when an earlier call of this said.
  void PokeAfter(absl::Duration delay);

  // Each of these is called with mutex_ held.
  absl::Status Handle(absl::string_view bytes);
  absl::Status HandleHeader(const v1::ImportHeader& header);
  absl::Status HandleBatch(const ImportEnvelope& envelope);
  absl::Status HandleEnd(uint32_t last_line);
  void Fail(const absl::Status& status);
  void ReadOn();
  void Opened(const ExecutedOf<domain::OpenImport>& executed);
  void Accepted(const ExecutedOf<domain::AcceptLines>& executed, size_t lines,
                size_t bytes);
  void Ended(const ExecutedOf<domain::EndImport>& executed);
  bool WriteAck();
  bool FinishIfOver();
  void Write(const v1::ImportCatalogResponse& response);

  // One round of work, on the executor: commands first, then one message.
  void Step();
  void SubmitOpen(domain::OpenImport command);
  void SubmitLines();
  void SubmitEnd();
  void WriteNews();
  // The message of results for `lines`; empty when none is at rest any more.
  v1::ImportCatalogResponse ResultsOf(const std::vector<uint32_t>& lines);
  // Progress, or the summary.
  void WriteStanding();

  Core& core_;
  SerialJob step_;
  std::mutex mutex_;
  // All below are guarded by mutex_.
  ImportPeer* peer_;  // Null once the call is finished.
  Phase phase_ = Phase::kNoHeader;
  bool reading_ = false;
  bool read_closed_ = false;
  bool writing_ = false;
  bool cancelled_ = false;
  bool summary_sent_ = false;
  absl::Status failure_;
  const Connection* connection_ = nullptr;
  domain::LineRules rules_;
  std::string import_id_;
  std::optional<domain::OpenImport> open_command_;
  std::optional<domain::EndImport> end_command_;
  // The line that the next message begins with, unless it says otherwise.
  uint32_t next_line_ = 1;
  bool opened_unsent_ = false;
  uint32_t durable_line_ = 0;
  uint32_t acked_line_ = 0;
  AcceptQueue accept_;
  ResultQueue results_;
  // The import changed since progress was last looked at.
  bool dirty_ = false;
  // Earliest time for progress, by Clock::BootMillis.
  int64_t progress_due_ = 0;
  bool timer_set_ = false;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_CORE_IMPORT_SESSION_H_
