#include "store/layer_applier.h"

#include <utility>

namespace qantara::store {

LayerApplier::LayerApplier(domain::TableStore& tables, Bound bound,
                           std::function<void(const absl::Status&)> failed)
    : tables_(tables),
      bound_(bound),
      failed_(std::move(failed)),
      thread_([this] { Run(); }) {}

LayerApplier::~LayerApplier() {
  // Whoever wants to know has called Finish; what was not applied is folded
  // again from the log.
  Finish().IgnoreError();
}

void LayerApplier::Push(std::shared_ptr<const Layer> layer) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (!status_.ok()) return;
  waiting_bytes_ += layer->bytes();
  waiting_.push_back(std::move(layer));
  changed_.notify_all();
}

bool LayerApplier::HasRoom() const {
  return waiting_.size() <= 1 ||
         (waiting_.size() <= bound_.layers && waiting_bytes_ <= bound_.bytes);
}

absl::Status LayerApplier::WaitForRoom() {
  std::unique_lock<std::mutex> lock(mutex_);
  changed_.wait(lock, [this] { return !status_.ok() || HasRoom(); });
  return status_;
}

absl::Status LayerApplier::Finish() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    finishing_ = true;
    changed_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
  const std::lock_guard<std::mutex> lock(mutex_);
  return status_;
}

size_t LayerApplier::waiting_layers() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return waiting_.size();
}

size_t LayerApplier::waiting_bytes() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return waiting_bytes_;
}

void LayerApplier::Run() {
  std::unique_lock<std::mutex> lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return finishing_ || !waiting_.empty(); });
    if (waiting_.empty()) return;
    // It counts as waiting until it is applied.
    const std::shared_ptr<const Layer> layer = waiting_.front();
    lock.unlock();
    absl::Status status = tables_.Apply(layer->through, layer->writes());
    lock.lock();
    waiting_.pop_front();
    waiting_bytes_ -= layer->bytes();
    if (!status.ok()) {
      status_ = std::move(status);
      waiting_.clear();
      waiting_bytes_ = 0;
    }
    changed_.notify_all();
    if (status_.ok()) continue;
    lock.unlock();
    if (failed_ != nullptr) failed_(status_);
    return;
  }
}

}  // namespace qantara::store
