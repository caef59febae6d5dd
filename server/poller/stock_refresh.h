// Reads records again because somebody wants to know them now.
#ifndef QANTARA_SERVER_POLLER_STOCK_REFRESH_H_
#define QANTARA_SERVER_POLLER_STOCK_REFRESH_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "domain/ports/clock.h"
#include "domain/ports/product_gateway.h"
#include "domain/ports/tables.h"
#include "server/core/connection_status.h"
#include "server/core/stock_refresher.h"
#include "server/poller/catalog_walk.h"
#include "server/poller/gated_reads.h"
#include "server/poller/hot_products.h"
#include "server/poller/read_times.h"
#include "server/poller/stock_recorder.h"

namespace qantara::server {

// Single records are asked for by id. Where a wish names more than kFewRecords
// of one category, and a list of the category takes fewer requests, it is
// listed instead. Not open before Open and after Close: then every wish is
// answered with kUnavailable.
class StockRefresh final : public StockRefresher {
 public:
  // More records than these of one category are looked for in its list.
  static constexpr size_t kFewRecords = 20;
  // A wish shares a request that was sent no longer ago than this.
  static constexpr int64_t kShareMillis = 500;
  // Requests that may be under way.
  static constexpr int kMostInFlight = 4;
  // Tries of one record; being throttled is none.
  static constexpr int kMostTries = 3;

  struct Parts {
    std::string connection;
    const domain::TableStore& tables;
    const domain::Clock& clock;
    const ConnectionStatus& status;
    const ReadTimes& times;
    GatedReads& reads;
    StockRecorder& recorder;
    HotProducts& hot;
    // Makes the actor's thread call Step.
    std::function<void()> wake;
    // The provider said that the record is gone.
    std::function<void(const std::string&)> gone;
  };

  // The references must outlive it.
  explicit StockRefresh(Parts parts) : parts_(std::move(parts)) {}

  void Refresh(
      RefreshWish wish, int64_t deadline,
      std::function<void(absl::StatusOr<RefreshOutcome>)> done) override;
  std::optional<absl::Time> LastRead(
      const std::string& remote_id) const override;
  std::optional<absl::Time> OldestRead() const override;
  void Want(const std::vector<std::string>& remote_ids) override;

  void Open();
  // Answers everything that waits with kUnavailable. On the actor's thread, or
  // after it has stopped. Idempotent.
  void Close();

  // On the actor's thread: sends what is due and granted; returns when to be
  // called again.
  int64_t Step();

 private:
  using Done = std::function<void(absl::StatusOr<RefreshOutcome>)>;

  // One call of Refresh.
  struct Call {
    RefreshWish wish;
    int64_t deadline = 0;
    Done done;
    // Targets that it waits for.
    size_t open = 0;
    bool ended = false;
    RefreshOutcome outcome;
    absl::Status error;
    // Records that it looks for in the list of a category.
    absl::flat_hash_map<std::string, absl::flat_hash_set<std::string>> listed;
  };
  using CallPtr = std::shared_ptr<Call>;

  // A record or a category that is to be read.
  struct Target {
    std::string id;
    bool is_category = false;
    // Those that the present reading serves, and those that came too late.
    std::vector<CallPtr> calls;
    std::vector<CallPtr> later;
    std::optional<int64_t> sent;
    int tries = 0;
    std::unique_ptr<CatalogWalk> walk;
    bool ended = false;
    // The last reason for not having been read.
    absl::Status error;
    // Of a list: why some page could not be recorded, which no later page
    // mends.
    absl::Status unrecorded;
  };
  // Ids and categories apart.
  using TargetPtr = std::shared_ptr<Target>;
  using Targets = absl::flat_hash_map<std::string, TargetPtr>;

  void Admit();
  void AdmitCall(const CallPtr& call);
  void Join(const std::string& id, bool is_category, const CallPtr& call);
  // Finds the categories of which the wish names more than kFewRecords.
  void SplitByCategory(Call& call) const;
  void Expire();
  // Ends every call, where the provider cannot be asked.
  void FailAll(const absl::Status& error);

  // Sends for the next record, or for a category; nothing to send: granted is
  // false, and retry_at kNever.
  GatedReads::Grant SendNext();
  GatedReads::Grant SendRecord(const TargetPtr& target);
  GatedReads::Grant SendPage(const TargetPtr& target);
  void TakeRecord(const TargetPtr& target, const Asked& asked,
                  const domain::RecordAnswer& answer);
  void TakePage(const TargetPtr& target, const Asked& asked,
                const domain::ListQuery& query,
                const domain::PageAnswer& answer);
  static void CountPage(const Target& target, domain::Position position,
                        const domain::PageAnswer& answer, size_t fresh);
  // Whether single requests take fewer requests than the rest of the list.
  static bool CostsTooMuch(const Target& target);
  static bool IsWanted(const Target& target);
  // The reading has ended: its calls learn it.
  void Finish(const TargetPtr& target);
  void EndCall(const CallPtr& call);

  const Parts parts_;

  std::mutex mutex_;
  // Guarded by mutex_.
  bool open_ = false;
  std::deque<CallPtr> inbox_;
  std::deque<std::string> wanted_;
  size_t waiting_ = 0;

  // On the actor's thread.
  Targets records_;
  Targets categories_;
  std::deque<TargetPtr> queue_;  // Of records that are to be sent.
  std::multimap<int64_t, CallPtr> by_deadline_;
  int in_flight_ = 0;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_POLLER_STOCK_REFRESH_H_
