// The provider's side of a simulated world: its records, and what it does to
// them. No HTTP, no time of its own, no faults: see scripted_gateway.h.
#ifndef QANTARA_TESTS_SIMULATION_FAKE_QOYOD_H_
#define QANTARA_TESTS_SIMULATION_FAKE_QOYOD_H_

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/types/span.h"
#include "domain/ports/product_gateway.h"
#include "qantara/v1/product.pb.h"
#include "tests/simulation/random.h"
#include "tests/simulation/virtual_clock.h"

namespace qantara::simulation {

// Text in a description that the provider refuses with a 422.
inline constexpr char kRefusedText[] = "refused";

// How this provider behaves, for a whole schedule.
struct Habits {
  bool honours_id_gt = true;
  bool honours_sku_eq = true;
  // `q[sku_eq]` finds what differs only in upper and lower case.
  bool sku_eq_folds_case = false;
  // Stores SKUs in upper case.
  bool raises_case = false;
  // Refuses a SKU that a record has, with a 422 on `sku`.
  bool refuses_taken_sku = false;
  // A refused batch writes nothing; otherwise what stands before the refused
  // item.
  bool atomic_batches = true;
  // Longest time after which a list shows a change.
  int64_t max_read_lag = 0;
  // Whether answers tell how many rows there are.
  bool tells_total = true;
};

// Where a record comes from.
enum class Origin { kBefore, kByHand, kOurs };

// One record with everything that ever happened to it.
struct FakeRecord {
  uint64_t id = 0;
  Origin origin = Origin::kBefore;
  // Our product that a request of ours created it for; 0: none.
  uint64_t product_id = 0;
  std::string created_sku;
  WorldMillis created_at = 0;
  v1::RemoteProduct now;
  // Nothing while it exists.
  std::optional<WorldMillis> deleted_at;
  // What lists show from a time on; nothing: no record.
  struct Shown {
    WorldMillis from;
    std::optional<v1::RemoteProduct> record;
  };
  std::vector<Shown> shown;

  bool exists() const { return !deleted_at.has_value(); }
};

// What became of a write.
struct WriteResult {
  int status = 0;
  std::vector<v1::RemoteProduct> records;
  std::vector<v1::ItemProblem> problems;
};

// One item of a creating request.
struct NewItem {
  v1::Product product;
  uint64_t product_id = 0;
  uint64_t id = 0;       // Reserved when the request came; 0: not yet.
  bool dropped = false;  // Forgotten, without a word.
  bool unsaid = false;   // Created, but missing in the answer.
};

class FakeQoyod {
 public:
  FakeQoyod(Habits habits, Random random) : habits_(habits), random_(random) {}

  // Ids are given in the order of asking.
  uint64_t ReserveId() { return ++last_id_; }
  uint64_t last_id() const { return last_id_; }

  WriteResult Create(std::vector<NewItem> items, bool single, WorldMillis now);
  WriteResult Update(const std::string& id, const v1::Product& fields,
                     WorldMillis now);
  // The record itself: no lag.
  std::optional<v1::RemoteProduct> Get(const std::string& id) const;
  // What a list shows at `now`.
  domain::PageAnswer List(const domain::ListQuery& query,
                          WorldMillis now) const;

  // Somebody else's doings.
  void Add(Origin origin, const v1::Product& product, WorldMillis now);
  void Remove(uint64_t id, WorldMillis now);

  const std::deque<FakeRecord>& records() const { return records_; }
  const FakeRecord* Find(const std::string& id) const;
  // Number of records that ever had the SKU.
  size_t EverHad(const std::string& sku) const;
  const Habits& habits() const { return habits_; }

 private:
  FakeRecord& Insert(const v1::Product& product, uint64_t id, Origin origin,
                     WorldMillis now);
  void Show(FakeRecord* record, WorldMillis now);
  bool Matches(const domain::ListQuery& query,
               const v1::RemoteProduct& record) const;
  std::vector<v1::ItemProblem> Refusal(const v1::Product& fields,
                                       uint64_t except_id) const;

  const Habits habits_;
  Random random_;
  uint64_t last_id_ = 100;
  std::deque<FakeRecord> records_;
  std::map<std::string, std::set<uint64_t>> ever_;
};

}  // namespace qantara::simulation

#endif  // QANTARA_TESTS_SIMULATION_FAKE_QOYOD_H_
