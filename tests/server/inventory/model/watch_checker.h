// Checks what one watch tells against the truth.
#ifndef QANTARA_TESTS_SERVER_INVENTORY_MODEL_WATCH_CHECKER_H_
#define QANTARA_TESTS_SERVER_INVENTORY_MODEL_WATCH_CHECKER_H_

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "qantara/v1/inventory_watch.pb.h"
#include "tests/server/inventory/model/stock_truth.h"

namespace qantara::server {

// The stock events of a connection, oldest first; grows while it is used.
using StockEvents = std::vector<domain::EventRecordPtr>;

// Six promises and one more: commits in the order of positions, none twice,
// none left out, each whole before the next, resumption exactly behind a token,
// and nothing at or below the position of a `caught_up` or heartbeat after it.
class WatchChecker {
 public:
  // `history` must outlive it. `head`: the log's head when the call began.
  // `resumed_at`: position that belongs to the request's token.
  WatchChecker(const StockEvents& history,
               const v1::WatchInventoryRequest& request, domain::Position head,
               std::optional<domain::Position> resumed_at);

  void Take(const v1::WatchInventoryResponse& message);

  // Whether everything that there is was told.
  bool Complete();
  bool resynced() const { return resynced_; }
  // Everything up to here was told.
  domain::Position position() const { return last_; }

  // What was wrong, in the order of its coming.
  const std::vector<std::string>& violations() const { return violations_; }
  // Messages that were checked.
  size_t checked() const { return checked_; }

  // What was known to be so, up to the last message that was to be told.
  const TrueStock& stock() const { return stock_; }

  // The positions that belong to tokens.
  const std::map<std::string, domain::Position>& tokens() const {
    return tokens_;
  }

  // What was cut of the history, for a judgement of `resync_required`.
  void set_cut(domain::Position cut) { cut_ = cut; }

 private:
  using Changes = google::protobuf::RepeatedPtrField<v1::InventoryChange>;
  // What is to be told of one place, over several commits.
  struct Folded {
    Expectation::News first;
    Expectation::News last;
    uint32_t count = 0;
  };

  void Violate(const std::string& what);
  void ApplyThrough(domain::Position position);
  // The next event of which something is to be told.
  std::optional<Expectation> Next();
  void TakeRows(const v1::InventoryRows& rows);
  void TakeBookmark(const char* name, domain::Position position);
  void TakeCaughtUp(domain::Position position);
  void TakeChanges(const v1::InventoryChanges& changes);
  void CheckEvery(domain::Position position, const Changes& group);
  void CheckLatest(domain::Position position, const Changes& group);
  void Compare(const std::map<Place, Folded>& expected,
               const std::set<std::string>& locations, const Changes& group);
  void CompareOne(const Folded& expected, const v1::InventoryChange& news);

  const StockEvents& history_;
  const v1::WatchInventoryRequest request_;
  const domain::Position head_;
  size_t next_ = 0;                   // Of history_.
  TrueStock stock_;                   // Before history_[next_].
  std::optional<Expectation> found_;  // Of history_[next_], where it is known.
  domain::Position last_ = 0;
  domain::Position cut_ = 0;
  bool snapshot_ = false;  // Rows may come.
  std::optional<domain::Position> rows_at_;
  View rows_;
  bool caught_up_ = false;
  bool resynced_ = false;
  v1::InventoryChanges group_;  // Of a commit that is not complete.
  size_t checked_ = 0;
  std::map<std::string, domain::Position> tokens_;
  std::vector<std::string> violations_;
};

}  // namespace qantara::server

#endif  // QANTARA_TESTS_SERVER_INVENTORY_MODEL_WATCH_CHECKER_H_
