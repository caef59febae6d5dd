#include "server/core/settle_wait.h"

#include <utility>

namespace qantara::server {

void SettleWait::Start(Core& core, SettleSpec spec, CallScope& scope) {
  std::shared_ptr<SettleWait> wait(new SettleWait(core, std::move(spec)));
  const std::weak_ptr<SettleWait> weak = wait;
  const auto give_up = [weak] {
    if (const auto alive = weak.lock()) alive->GiveUp();
  };
  {
    const std::lock_guard lock(wait->mutex_);
    wait->self_ = wait;
    wait->timer_ = core.timer.After(wait->spec_.patience, give_up);
  }
  core.tail.Follow(wait->spec_.key, weak);
  wait->look_.Poke(wait);
  scope.OnCancel(give_up);
}

SettleWait::SettleWait(Core& core, SettleSpec spec)
    : core_(core),
      spec_(std::move(spec)),
      look_(core.executor, [this] { Look(); }) {}

void SettleWait::OnTouched(domain::Position, const std::vector<uint32_t>&) {
  look_.Poke(shared_from_this());
}

void SettleWait::GiveUp() {
  {
    const std::lock_guard lock(mutex_);
    given_up_ = true;
  }
  look_.Poke(shared_from_this());
}

void SettleWait::Look() {
  bool given_up = false;
  {
    const std::lock_guard lock(mutex_);
    if (self_ == nullptr) return;  // Over.
    given_up = given_up_;
  }
  const auto tables = core_.tables.GetAt(spec_.from);
  absl::StatusOr<bool> settled =
      tables.ok() ? spec_.look(**tables) : tables.status();
  if (settled.ok() && !*settled && !given_up) return;
  std::shared_ptr<SettleWait> self;
  {
    const std::lock_guard lock(mutex_);
    self = std::move(self_);
    core_.timer.Cancel(timer_);
  }
  spec_.done(std::move(settled));
}

}  // namespace qantara::server
