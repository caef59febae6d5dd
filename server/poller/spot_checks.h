// Compares what a list says with what single records say.
#ifndef QANTARA_SERVER_POLLER_SPOT_CHECKS_H_
#define QANTARA_SERVER_POLLER_SPOT_CHECKS_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "domain/ports/clock.h"
#include "domain/ports/product_gateway.h"
#include "server/poller/gated_reads.h"
#include "server/poller/stock_recorder.h"

namespace qantara::server {

// A record that a list shows otherwise than by itself, or although it is gone.
struct ListDisagreement {
  std::string remote_id;
  // Names of the fields that differ; `record` where it is gone.
  std::vector<std::string> fields;
};

// Reads records of a sweep by id, one after the other. Where one differs it is
// looked at again after the provider's read lag: by its SKU in a list, and,
// where that still differs, by id. Stock that moves between two readings agrees
// with one of them; what agrees with neither is a disagreement. Lives on its
// actor's thread.
class SpotChecks {
 public:
  // Records that are checked in every sweep because they disagreed.
  static constexpr size_t kMostDoubted = 20;
  // Checks that wait.
  static constexpr size_t kMostWaiting = 32;
  static constexpr int kMostTries = 3;

  struct Parts {
    const domain::Clock& clock;
    GatedReads& reads;
    StockRecorder& recorder;
    // How long lists of the provider may be behind, in milliseconds.
    int64_t read_lag = 0;
    // A record disagrees. `agreed`: one that had disagreed does not any more.
    std::function<void(const ListDisagreement&)> disagreed;
    std::function<void(const std::string&)> agreed;
    // A record is gone.
    std::function<void(const std::string&)> gone;
  };

  // The references must outlive it.
  explicit SpotChecks(Parts parts) : parts_(std::move(parts)) {}

  // Checks the records, as lists showed them; beyond kMostWaiting none.
  void Add(std::vector<v1::RemoteProduct> listed);

  // Records that disagreed when they were last checked.
  const absl::flat_hash_set<std::string>& doubted() const { return doubted_; }

  // The record is gone: it is not doubted any more.
  void Forget(const std::string& remote_id);

  // Sends what is due and granted; returns when to be called again.
  int64_t Step();

 private:
  enum class Stage { kSingle, kList, kSingleAgain };

  struct Check {
    v1::RemoteProduct listed;
    Stage stage = Stage::kSingle;
    int64_t not_before = 0;
    int tries = 0;
    bool was_found = true;     // By id, at first.
    v1::RemoteProduct single;  // As it was then.
    std::vector<std::string> fields;
  };

  GatedReads::Grant Send(const Check& check);
  // Whether the answer can be used, where it tells of the record at all; else
  // it is asked for again, or the check is given up.
  bool IsUsable(const domain::CallReport& report, bool tells);
  void TakeSingle(const Asked& asked, const domain::RecordAnswer& answer);
  void TakeList(const Asked& asked, const domain::PageAnswer& answer);
  void TakeSingleAgain(const Asked& asked, const domain::RecordAnswer& answer);
  void Agreed(const Asked& asked, const v1::RemoteProduct& record);
  void Disagreed();
  void End();

  const Parts parts_;
  std::deque<Check> checks_;
  absl::flat_hash_set<std::string> doubted_;
  bool waiting_ = false;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_POLLER_SPOT_CHECKS_H_
