// One walk over all pages of the remote catalog: what to ask for next, which
// records are new, and whether everything was seen.
#ifndef QANTARA_SERVER_POLLER_CATALOG_WALK_H_
#define QANTARA_SERVER_POLLER_CATALOG_WALK_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "domain/ports/product_gateway.h"
#include "qantara/v1/product.pb.h"
#include "server/poller/remote_id_set.h"

namespace qantara::server {

// A walk is complete when it saw as many products as the provider ever said
// there are, or, where it says nothing, when a page brought none that is new.
// Rows that move between pages, pages that repeat and a provider that ignores
// paging are seen through: a record counts once. Where the provider says that
// there are fewer than before, rows may have moved to a page that was read
// already: then the pages are walked over once more, unless it saw them all.
//
// Once the first page told how many pages there are, several may be asked for
// at a time, and their answers may come in any order. Where a page far down
// fails again and again, the walk goes on by id, behind the pages that it read.
//
// Keeps the ids and nothing else of a record. Not thread-safe.
class CatalogWalk {
 public:
  static constexpr uint32_t kPageRows = 100;
  // Pages of one walk: ten million products.
  static constexpr uint32_t kMaxPages = 100'000;
  // Tries of one page before it goes on by id, or is given up. Being throttled
  // is none.
  static constexpr int kMaxFailures = 5;
  // Pages that may be asked for from the first one without answer on.
  static constexpr uint32_t kMaxAhead = 4;

  enum class Step {
    kOn,         // Ask for what is wanted, or wait for answers.
    kComplete,   // Everything was seen.
    kIncomplete  // What was not seen may exist.
  };

  // With a category, only its products are walked over.
  explicit CatalogWalk(std::string category_id = "")
      : category_id_(std::move(category_id)) {}

  // Whether there is a page to ask for now. Some answer comes where not, unless
  // the walk has ended.
  bool WantsPage() const;
  // That page, which counts as asked for; WantsPage must be true.
  domain::ListQuery Ask();

  // Takes the answer to `query`. `fresh` becomes its records that were not seen
  // before, in order; they point into `answer`. After an end no answer is
  // waited for.
  Step Take(const domain::ListQuery& query, const domain::PageAnswer& answer,
            std::vector<const v1::RemoteProduct*>* fresh);

  // Records that were ever seen.
  size_t records() const { return ids_.size(); }
  // Those seen in the last round over the pages: of a complete walk, as many as
  // there are.
  size_t counted() const { return second_round_ ? seen_.size() : ids_.size(); }
  // Whether a record was seen.
  bool Contains(absl::string_view id) const { return ids_.Contains(id); }
  // Records that the provider last said it has.
  std::optional<uint32_t> total() const { return total_; }
  // Whether, counting all that was ever seen, there are as many as the provider
  // says now. What is still missing where rows keep moving must be asked for.
  bool saw_as_many() const {
    return total_.has_value() && ids_.size() >= *total_;
  }
  // Pages that there are, as far as the provider's counts tell.
  std::optional<uint32_t> pages() const;
  // Whether the walk ended because there was no further page, not because of
  // failures. Then a provider that ignores the category showed all of it too.
  bool read_every_page() const { return ended_ && !given_up_; }

 private:
  bool IsInFlight() const { return asked_by_id_ || !asked_.empty(); }
  // The first page without answer.
  uint32_t Lowest() const;
  void TakeFailure(const domain::ListQuery& query,
                   const domain::PageAnswer& answer);
  void GoOnById();
  // Returns whether any row was not seen in this round.
  bool TakeRows(const domain::PageAnswer& answer, std::string* highest,
                std::vector<const v1::RemoteProduct*>* fresh);
  void TakeCounts(const domain::PageAnswer& answer);
  void TakePage(uint32_t page, const domain::PageAnswer& answer,
                const std::string& highest, bool brought_new);
  void TakeBehindId(const domain::PageAnswer& answer,
                    const std::string& highest);
  bool SawAll() const;
  // What follows from everything that was taken so far.
  Step Conclude();
  void BeginSecondRound();

  std::string category_id_;
  // By pages: those asked for and not answered, those that failed and are asked
  // for again, and the first one that was not asked for yet.
  std::set<uint32_t> asked_;
  std::map<uint32_t, int> failures_;
  std::set<uint32_t> again_;
  uint32_t next_page_ = 1;
  // No page from here on is wanted.
  uint32_t end_page_ = kMaxPages + 1;
  // The highest id up to the last page below which all were read, and those of
  // the pages read behind it.
  uint32_t read_through_ = 0;
  std::string read_through_id_;
  std::map<uint32_t, std::string> read_ahead_;
  // By id: behind this one.
  bool by_id_ = false;
  bool asked_by_id_ = false;
  int id_failures_ = 0;
  std::string behind_id_;

  // Nothing more is there to be asked for.
  bool ended_ = false;
  bool given_up_ = false;
  // The provider told fewer products than before.
  bool shifted_ = false;
  bool second_round_ = false;
  std::optional<uint32_t> total_;
  // The most that `total` was told to be.
  uint32_t most_ = 0;
  // Pages that the provider told, and rows of its first page.
  std::optional<uint32_t> told_pages_;
  uint32_t first_rows_ = 0;
  RemoteIdSet ids_;
  // Those of the second round.
  RemoteIdSet seen_;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_POLLER_CATALOG_WALK_H_
