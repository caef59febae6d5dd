#include "server/core/import_watch.h"

#include <utility>

#include "domain/error.h"
#include "domain/item_state.h"
#include "server/core/import_reader.h"
#include "server/core/row_messages.h"
#include "server/core/touched_keys.h"

namespace qantara::server {

std::shared_ptr<ImportWatch> ImportWatch::Start(
    Core& core, ImportWatchPeer& peer, const v1::WatchImportRequest& request,
    Slots::Slot slot) {
  std::shared_ptr<ImportWatch> watch(
      new ImportWatch(core, peer, std::move(slot)));
  const auto connection =
      core.connections.Find(request.connection(), "connection");
  const std::lock_guard lock(watch->mutex_);
  if (watch->slot_ == nullptr) {
    watch->Finish(domain::MakeError(absl::StatusCode::kResourceExhausted,
                                    v1::ERROR_REASON_OVERLOADED,
                                    "too many watches are open"));
    return watch;
  }
  if (!connection.ok()) {
    watch->Finish(connection.status());
    return watch;
  }
  watch->connection_ = *connection;
  watch->import_id_ = request.import_id();
  core.tail.Follow(ImportFollowKey(watch->connection_->id(), watch->import_id_),
                   watch);
  core.tail.Follow(ConnectionFollowKey(watch->connection_->id()), watch);
  watch->step_.Poke(watch);
  return watch;
}

ImportWatch::ImportWatch(Core& core, ImportWatchPeer& peer, Slots::Slot slot)
    : core_(core),
      slot_(std::move(slot)),
      step_(core.executor, [this] { Step(); }),
      peer_(&peer) {}

void ImportWatch::OnWritten(bool ok) {
  const std::lock_guard lock(mutex_);
  writing_ = false;
  if (!ok) cancelled_ = true;
  step_.Poke(shared_from_this());
}

void ImportWatch::OnCancelled() {
  const std::lock_guard lock(mutex_);
  cancelled_ = true;
  step_.Poke(shared_from_this());
}

void ImportWatch::OnTouched(domain::Position, const std::vector<uint32_t>&) {
  const std::lock_guard lock(mutex_);
  dirty_ = true;
  step_.Poke(shared_from_this());
}

void ImportWatch::Step() {
  const int64_t now = core_.clock.BootMillis();
  bool first = false;
  {
    const std::lock_guard lock(mutex_);
    if (peer_ == nullptr || writing_) return;
    if (cancelled_) return Finish(absl::CancelledError("the client is gone"));
    if (last_sent_) return Finish(absl::OkStatus());
    if (!dirty_) return;
    if (now < due_) return PokeAfter(absl::Milliseconds(due_ - now));
    dirty_ = false;
    first = std::exchange(first_, false);
  }
  // The first answer knows all that the caller may have done before.
  auto tables = first ? core_.tables.Get() : core_.tables.GetAsIs();
  const auto row = tables.ok()
                       ? FindImportRow(**tables, connection_->id(), import_id_)
                       : tables.status();
  const std::lock_guard lock(mutex_);
  if (!row.ok()) return Finish(row.status());
  v1::WatchImportResponse response;
  *response.mutable_catalog_import() =
      ToImport(*row, connection_->status.state());
  last_sent_ = domain::IsFinished(*row);
  due_ = now + absl::ToInt64Milliseconds(kInterval);
  writing_ = true;
  peer_->Write(response);
}

void ImportWatch::Finish(const absl::Status& status) {
  std::exchange(peer_, nullptr)->Finish(status);
}

void ImportWatch::PokeAfter(absl::Duration delay) {
  if (std::exchange(timer_set_, true)) return;
  core_.timer.After(delay, [weak = weak_from_this()] {
    const auto self = weak.lock();
    if (self == nullptr) return;
    const std::lock_guard lock(self->mutex_);
    self->timer_set_ = false;
    self->step_.Poke(self);
  });
}

}  // namespace qantara::server
