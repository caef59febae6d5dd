// The half of ImportSession that runs on the executor: it talks to the writer
// and to the client.
#include <utility>

#include "absl/strings/str_cat.h"
#include "domain/item_state.h"
#include "domain/rows.h"
#include "domain/table_keys.h"
#include "server/core/import_reader.h"
#include "server/core/import_session.h"
#include "server/core/invalid.h"
#include "server/core/row_messages.h"
#include "server/core/touched_keys.h"

namespace qantara::server {
namespace {

using domain::Table;

// Pause before asking again for what nobody tells of.
constexpr absl::Duration kAskAgain = absl::Milliseconds(10);

}  // namespace

void ImportSession::Step() {
  std::optional<domain::OpenImport> open;
  {
    const std::lock_guard lock(mutex_);
    if (peer_ == nullptr) return;
    open = std::exchange(open_command_, std::nullopt);
  }
  if (open.has_value()) SubmitOpen(*std::move(open));
  SubmitLines();
  SubmitEnd();
  {
    const std::lock_guard lock(mutex_);
    ReadOn();
    if (writing_ || WriteAck() || FinishIfOver()) return;
    if (peer_ == nullptr || phase_ == Phase::kNoHeader ||
        phase_ == Phase::kOpening) {
      return;
    }
  }
  WriteNews();
}

void ImportSession::SubmitOpen(domain::OpenImport command) {
  core_.tail.Follow(ImportFollowKey(command.connection, command.import_id),
                    weak_from_this());
  core_.tail.Follow(ConnectionFollowKey(command.connection), weak_from_this());
  core_.commands.Submit<domain::OpenImport>(
      std::move(command), [self = shared_from_this()](
                              const ExecutedOf<domain::OpenImport>& executed) {
        const std::lock_guard lock(self->mutex_);
        self->Opened(executed);
        self->Poke();
      });
}

void ImportSession::SubmitLines() {
  while (true) {
    domain::AcceptLines command;
    size_t bytes = 0;
    {
      const std::lock_guard lock(mutex_);
      if (phase_ == Phase::kNoHeader || phase_ == Phase::kOpening) return;
      std::optional<AcceptQueue::Batch> batch = accept_.Take();
      if (!batch.has_value()) {
        if (accept_.kept_back()) PokeAfter(kAskAgain);
        return;
      }
      command.connection = connection_->id();
      command.import_id = import_id_;
      command.first_line = batch->first_line;
      command.lines = std::move(batch->lines);
      bytes = batch->bytes;
    }
    const size_t lines = command.lines.size();
    core_.commands.Submit<domain::AcceptLines>(
        std::move(command),
        [self = shared_from_this(), lines,
         bytes](const ExecutedOf<domain::AcceptLines>& executed) {
          const std::lock_guard lock(self->mutex_);
          self->Accepted(executed, lines, bytes);
          self->Poke();
        });
  }
}

void ImportSession::SubmitEnd() {
  std::optional<domain::EndImport> end;
  {
    const std::lock_guard lock(mutex_);
    // Lines that were refused must not be cut off by an end.
    if (!accept_.idle() || !failure_.ok()) return;
    end = std::exchange(end_command_, std::nullopt);
  }
  if (!end.has_value()) return;
  core_.commands.Submit<domain::EndImport>(
      *std::move(end), [self = shared_from_this()](
                           const ExecutedOf<domain::EndImport>& executed) {
        const std::lock_guard lock(self->mutex_);
        self->Ended(executed);
        self->Poke();
      });
}

bool ImportSession::WriteAck() {
  if (cancelled_) return false;
  v1::ImportCatalogResponse response;
  if (std::exchange(opened_unsent_, false)) {
    response.mutable_opened()->set_import_id(import_id_);
    response.mutable_opened()->set_next_line(durable_line_ + 1);
    acked_line_ = durable_line_;
  } else if (durable_line_ > acked_line_) {
    acked_line_ = durable_line_;
    response.mutable_ack()->set_durable_line(durable_line_);
  } else {
    return false;
  }
  Write(response);
  return true;
}

bool ImportSession::FinishIfOver() {
  if (peer_ == nullptr) return true;
  const bool must_end = phase_ == Phase::kNoHeader || phase_ == Phase::kOpen;
  if (read_closed_ && must_end && accept_.idle()) {
    Fail(phase_ == Phase::kNoHeader
             ? Invalid("header", v1::ERROR_REASON_HEADER_UNEXPECTED,
                       "the call ended before a header")
             : Invalid("end", v1::ERROR_REASON_FIELD_REQUIRED,
                       absl::StrCat("the call ended before `end`; the import ",
                                    import_id_,
                                    " stays open: open it again "
                                    "and go on with line ",
                                    next_line_)));
  }
  absl::Status status;
  if (cancelled_) {
    status = absl::CancelledError("the client is gone; the import goes on");
  } else if (!failure_.ok()) {
    if (!accept_.idle()) return true;  // First tell what is on disk.
    status = failure_;
  } else if (!summary_sent_) {
    return false;
  }
  std::exchange(peer_, nullptr)->Finish(status);
  return true;
}

void ImportSession::Write(const v1::ImportCatalogResponse& response) {
  writing_ = true;
  peer_->Write(response);
}

void ImportSession::WriteNews() {
  std::vector<uint32_t> lines;
  std::optional<v1::ImportResultsSkipped> skipped;
  {
    const std::lock_guard lock(mutex_);
    lines = results_.Take(kMaxResults);
    if (lines.empty()) skipped = results_.TakeSkipped();
  }
  v1::ImportCatalogResponse response;
  if (skipped.has_value()) {
    *response.mutable_results_skipped() = *skipped;
  } else if (!lines.empty()) {
    response = ResultsOf(lines);
  }
  if (response.kind_case() == v1::ImportCatalogResponse::KIND_NOT_SET) {
    // Nothing to say of these lines; there may be more.
    return lines.empty() ? WriteStanding() : Poke();
  }
  const std::lock_guard lock(mutex_);
  if (peer_ != nullptr) Write(response);
}

v1::ImportCatalogResponse ImportSession::ResultsOf(
    const std::vector<uint32_t>& lines) {
  const auto tables = core_.tables.GetAsIs();
  v1::ImportCatalogResponse response;
  std::vector<uint32_t> left;
  size_t bytes = 0;
  for (const uint32_t line : lines) {
    if (bytes >= kMaxResultBytes) {
      left.push_back(line);
      continue;
    }
    const auto row = domain::FindRow<tables::v1::ItemRow>(
        *tables, Table::kItems,
        domain::ItemKey(connection_->id(), import_id_, line));
    // An item that moved on is reported when it comes to rest again.
    if (!row.ok() || !row->has_value() || !domain::IsAtRest((*row)->state())) {
      continue;
    }
    v1::ImportItem* item = response.mutable_results()->add_items();
    *item = ToImportItem(line, **row);
    bytes += item->ByteSizeLong();
  }
  if (!left.empty()) {
    const std::lock_guard lock(mutex_);
    results_.Add(left);
  }
  return response;
}

void ImportSession::WriteStanding() {
  const int64_t now = core_.clock.BootMillis();
  bool due = false;
  {
    const std::lock_guard lock(mutex_);
    if (!dirty_) return;
    due = now >= progress_due_;
    if (!due && phase_ != Phase::kEnded) {
      return PokeAfter(absl::Milliseconds(progress_due_ - now));
    }
    dirty_ = false;
  }
  const auto tables = core_.tables.GetAsIs();
  const auto row = FindImportRow(*tables, connection_->id(), import_id_);
  // All results up to the row's last event are in the queue, or already sent.
  const bool told = row.ok() && core_.tail.position() >= row->last_position();
  const std::lock_guard lock(mutex_);
  if (!row.ok()) {
    // An import that was just opened is not in the tables yet: they will tell.
    if (absl::IsNotFound(row.status())) return;
    Fail(row.status());
    return Poke();
  }
  const v1::Import standing = ToImport(*row, connection_->status.state());
  v1::ImportCatalogResponse response;
  if (domain::IsFinished(*row)) {
    if (!told || !results_.empty()) {
      dirty_ = true;
      return PokeAfter(kAskAgain);
    }
    *response.mutable_summary() = standing;
    summary_sent_ = true;
  } else if (due) {
    *response.mutable_progress() = standing;
    progress_due_ = now + absl::ToInt64Milliseconds(kProgressInterval);
  } else {
    dirty_ = true;
    return PokeAfter(absl::Milliseconds(progress_due_ - now));
  }
  Write(response);
}

void ImportSession::PokeAfter(absl::Duration delay) {
  if (std::exchange(timer_set_, true)) return;
  core_.timer.After(delay, [weak = weak_from_this()] {
    const auto self = weak.lock();
    if (self == nullptr) return;
    const std::lock_guard lock(self->mutex_);
    self->timer_set_ = false;
    self->Poke();
  });
}

}  // namespace qantara::server
