// Delivers what waits in the outbox of one connection.
#ifndef QANTARA_SERVER_DELIVERY_DELIVERY_WORKER_H_
#define QANTARA_SERVER_DELIVERY_DELIVERY_WORKER_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "domain/delivery/chunk_size.h"
#include "server/delivery/actor.h"
#include "server/delivery/create_sender.h"
#include "server/delivery/delivery_context.h"
#include "server/delivery/outbox_reader.h"
#include "server/delivery/product_lookup.h"
#include "server/delivery/reference_data.h"
#include "server/delivery/settler.h"
#include "server/delivery/update_sender.h"

namespace qantara::server {

// A process manager: reads the tables, claims work by an intent, calls the
// gateway, records the outcome. It holds nothing that the log does not, so a
// new process goes on where this one was stopped.
//
// Start before anybody waits for a result; Stop before the gateway and the
// other parts of `context` go away. The gateway's callbacks may still come
// after Stop; the worker must outlive them.
class DeliveryWorker {
 public:
  explicit DeliveryWorker(DeliveryContext context);
  ~DeliveryWorker();
  DeliveryWorker(const DeliveryWorker&) = delete;
  DeliveryWorker& operator=(const DeliveryWorker&) = delete;

  void Start() { actor_.Start(); }
  void Stop() { actor_.Stop(); }

  // There may be work: events were committed, or a sweep is complete.
  // Thread-safe.
  void Wake() { actor_.Wake(); }

  // Something was put back into the outbox at `position`. Thread-safe.
  void LookAgain(domain::Position position);

  // For a simulation on virtual time, instead of Start: see Actor.
  int64_t RunOnceForTest() { return actor_.RunOnceForTest(); }
  bool IsAwakeForTest() { return actor_.IsAwakeForTest(); }

 private:
  // What one walk through the outbox found.
  struct Found;

  int64_t Step();
  absl::Status Recover(const domain::TableSnapshot& tables);
  absl::Status RestoreIndex(const domain::TableSnapshot& tables);
  // Reads what a restored log holds back.
  absl::Status LoadRestored(const domain::TableSnapshot& tables);
  // Whether creating requests wait for a sweep; asks for it now and then.
  bool AwaitsSweep();
  int64_t Probe();
  int64_t SendSuspects(const domain::TableSnapshot& tables);
  int64_t SendHalf(std::vector<WaitingItem> half,
                   const domain::ChunkPace& pace);
  int64_t SendWaiting(const domain::TableSnapshot& tables);
  OutboxReader::Visit Sort(WaitingItem waiting, Found* found);
  OutboxReader::Visit SortUnmapped(WaitingItem waiting, Found* found);
  OutboxReader::Visit SortMapped(WaitingItem waiting, Found* found);
  int64_t SendUpdates(const Found& found);
  int64_t SendCreates(Found found, domain::Lane lane);
  bool Settle(std::vector<events::v1::ItemOutcome> outcomes);
  domain::ChunkPace Pace(const domain::TableSnapshot& tables) const;
  void Changed();

  DeliveryContext context_;
  Actor actor_;
  OutboxReader outbox_;
  ProductLookup lookup_;
  ReferenceData references_;
  CreateSender creates_;
  UpdateSender updates_;
  Settler settler_;
  // Position of the last event that put something back; 0: it was seen.
  std::atomic<domain::Position> put_back_ = 0;
  // Position of the last LogRestored event; 0: none.
  domain::Position restored_ = 0;
  // Whether no complete sweep has begun since.
  bool awaits_sweep_ = false;
  // When to ask for one again, by Clock::BootMillis.
  int64_t next_sweep_request_ = 0;
  bool recovered_ = false;
  bool changed_ = false;
  // Generation of the reference data that BLOCKED items were checked against.
  uint64_t checked_generation_ = 0;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_DELIVERY_DELIVERY_WORKER_H_
