#include "tools/benchmark/watch/watcher.h"

#include <grpcpp/support/slice.h>

#include <utility>

#include "tools/benchmark/watch/monotonic.h"

namespace qantara::tools {

Watcher::Watcher(const std::shared_ptr<grpc::Channel>& channel,
                 grpc::CompletionQueue* queue,
                 const WatchPool::Options& options)
    : options_(options), stub_(channel), queue_(queue) {}

void Watcher::Start() {
  call_ = stub_.PrepareCall(&context_, options_.dialect.method, queue_);
  call_->StartCall(&started_);
}

void Watcher::OnEvent(Tag::Kind kind, bool ok) {
  if (kind == Tag::Kind::kFinished) {
    ended_ = true;
    return;
  }
  if (!ok && kind != Tag::Kind::kWritten) {
    call_->Finish(&status_, &finished_);
    return;
  }
  switch (kind) {
    case Tag::Kind::kStarted: {
      const grpc::Slice slice(options_.dialect.request);
      const grpc::ByteBuffer request(&slice, 1);
      if (options_.dialect.stays_open) {
        call_->Write(request, &written_);
      } else {
        call_->WriteLast(request, grpc::WriteOptions(), &written_);
      }
      break;
    }
    case Tag::Kind::kWritten:
      // A write that failed shows in the read.
      ReadNext();
      break;
    case Tag::Kind::kRead:
      OnMessage();
      ReadNext();
      break;
    case Tag::Kind::kFinished:
      break;
  }
}

void Watcher::OnMessage() {
  grpc::Slice slice;
  if (!message_.TrySingleSlice(&slice).ok() &&
      !message_.DumpToSingleSlice(&slice).ok()) {
    bad_ = true;
    return;
  }
  const absl::string_view bytes(reinterpret_cast<const char*>(slice.begin()),
                                slice.size());
  const auto scan = options_.dialect.scan(bytes, options_.keep_deliveries
                                                     ? ScanDepth::kPositions
                                                     : ScanDepth::kCounts);
  if (!scan.has_value() || scan->over) {
    bad_ = true;
    return;
  }
  if (options_.keep_messages || options_.keep_deliveries) Keep(*scan, bytes);
  if (scan->changes > 0) bytes_.fetch_add(bytes.size());
  // Behind what is kept: who sees the number may take it.
  changes_.fetch_add(scan->changes);
  if (scan->ready) ready_ = true;
}

void Watcher::Keep(const MessageScan& scan, absl::string_view bytes) {
  const int64_t now = MonotonicNanos();
  const std::lock_guard lock(mutex_);
  if (options_.keep_messages) {
    messages_.emplace_back(bytes.data(), bytes.size());
  }
  if (!options_.keep_deliveries || scan.changes == 0) return;
  if (scan.positions.empty()) deliveries_.push_back({scan.position, now});
  for (const uint64_t position : scan.positions) {
    deliveries_.push_back({position, now});
  }
}

std::vector<Delivery> Watcher::TakeDeliveries() {
  const std::lock_guard lock(mutex_);
  return std::exchange(deliveries_, {});
}

std::vector<std::string> Watcher::TakeMessages() {
  const std::lock_guard lock(mutex_);
  return std::exchange(messages_, {});
}

void Watcher::ReadNext() {
  {
    const std::lock_guard lock(mutex_);
    waits_ = paused_;
    if (waits_) return;
  }
  call_->Read(&message_, &read_);
}

void Watcher::Pause() {
  const std::lock_guard lock(mutex_);
  paused_ = true;
}

void Watcher::Resume() {
  {
    const std::lock_guard lock(mutex_);
    paused_ = false;
    if (!std::exchange(waits_, false)) return;
  }
  call_->Read(&message_, &read_);
}

}  // namespace qantara::tools
