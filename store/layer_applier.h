// The thread that brings the tables up to the log.
#ifndef QANTARA_STORE_LAYER_APPLIER_H_
#define QANTARA_STORE_LAYER_APPLIER_H_

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "absl/status/status.h"
#include "domain/ports/tables.h"
#include "store/layer.h"

namespace qantara::store {

// Applies layers to the tables in the order in which they were pushed, on a
// thread of its own. `tables` must outlive it.
class LayerApplier {
 public:
  // How much may wait; one layer always may.
  struct Bound {
    size_t layers;
    size_t bytes;
  };

  // `failed` runs once, on the applier's thread, when the tables cannot be
  // written any more; null: nothing runs.
  LayerApplier(domain::TableStore& tables, Bound bound,
               std::function<void(const absl::Status&)> failed = nullptr);

  // Finishes.
  ~LayerApplier();

  // Queues a layer; never waits. Follow it with WaitForRoom.
  void Push(std::shared_ptr<const Layer> layer);

  // Waits until no more than the bound is waiting.
  //
  // Errors: that of the table store, whose tables stay at an earlier position
  // from then on.
  absl::Status WaitForRoom();

  // Applies all layers and ends the thread. Returns the first error.
  absl::Status Finish();

  size_t waiting_layers() const;
  size_t waiting_bytes() const;

 private:
  void Run();
  bool HasRoom() const;

  domain::TableStore& tables_;
  const Bound bound_;
  const std::function<void(const absl::Status&)> failed_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::shared_ptr<const Layer>> waiting_;
  size_t waiting_bytes_ = 0;
  bool finishing_ = false;
  absl::Status status_;
  std::thread thread_;
};

}  // namespace qantara::store

#endif  // QANTARA_STORE_LAYER_APPLIER_H_
