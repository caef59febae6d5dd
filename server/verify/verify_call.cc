#include "server/verify/verify_call.h"

#include <utility>

namespace qantara::server {

void VerifyCall::OnWritten(bool ok) {
  {
    const std::lock_guard lock(mutex_);
    writing_ = false;
    if (!ok) gone_ = true;
    Pump();
  }
  Changed();
}

void VerifyCall::OnCancelled() {
  {
    const std::lock_guard lock(mutex_);
    gone_ = true;
    Pump();
  }
  Changed();
}

void VerifyCall::Tell(v1::VerifyImportResponse response) {
  const std::lock_guard lock(mutex_);
  waiting_.push_back(std::move(response));
  Pump();
}

void VerifyCall::TellProgress(const v1::VerifyProgress& progress) {
  const std::lock_guard lock(mutex_);
  progress_ = progress;
  Pump();
}

void VerifyCall::End(const absl::Status& status) {
  const std::lock_guard lock(mutex_);
  if (!end_.has_value()) end_ = status;
  Pump();
}

bool VerifyCall::is_gone() const {
  const std::lock_guard lock(mutex_);
  return gone_;
}

bool VerifyCall::is_full() const {
  const std::lock_guard lock(mutex_);
  return waiting_.size() >= kMaxWaiting;
}

void VerifyCall::OnChange(std::function<void()> on_change) {
  const std::lock_guard lock(mutex_);
  on_change_ = std::move(on_change);
}

// Called with the lock held while it runs: after OnChange(nullptr) nothing
// runs.
void VerifyCall::Changed() {
  const std::lock_guard lock(mutex_);
  if (on_change_) on_change_();
}

void VerifyCall::Pump() {
  if (peer_ == nullptr || writing_) return;
  if (gone_) {
    std::exchange(peer_, nullptr)
        ->Finish(absl::CancelledError("the client is gone"));
    return;
  }
  v1::VerifyImportResponse response;
  if (!waiting_.empty()) {
    response = std::move(waiting_.front());
    waiting_.pop_front();
  } else if (end_.has_value()) {
    std::exchange(peer_, nullptr)->Finish(*end_);
    return;
  } else if (progress_.has_value()) {
    *response.mutable_progress() = *std::exchange(progress_, std::nullopt);
  } else {
    return;
  }
  writing_ = true;
  peer_->Write(response);
}

}  // namespace qantara::server
