#include "server/delivery/read_back.h"

#include <algorithm>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "domain/remote_id.h"
#include "domain/text_checks.h"

namespace qantara::server {
namespace {

using domain::PageAnswer;
using Filter = RemoteIndex::Filter;

constexpr uint32_t kPageRows = 100;
// Mapped ids that one look skips.
constexpr int kMaxSkipped = 20'000;
// Pages of the whole catalog: ten million products.
constexpr uint32_t kMaxPages = 100'000;
// The smallest page that a provider is believed to show when it was asked for
// kPageRows.
constexpr uint32_t kFewestRows = 25;
// Reading by id pays for sure where it takes so many times fewer requests than
// asking for each SKU.
constexpr size_t kFewerPages = 4;
// Times in a row that a request may fail before another way is tried.
constexpr int kMaxFailures = 5;
// Walks of the whole catalog that may show less than there is before each SKU
// is asked for: a row without an id is counted and never shown.
constexpr int kMaxShortWalks = 3;

// The id after `id`; nothing where ids are no numbers.
std::optional<std::string> IdAfter(const std::string& id) {
  uint64_t number = 0;
  if (!absl::SimpleAtoi(id.empty() ? "0" : id, &number)) return std::nullopt;
  return absl::StrCat(number + 1);
}

// Whether there are more rows than this page and the `before` of pages before
// it showed. A provider may show fewer on a page than it was asked for: where
// it tells no total, a page with at least `full` rows is not the last.
bool HasMore(const PageAnswer& answer, uint32_t before, uint32_t full) {
  if (answer.row_count == 0) return false;
  if (answer.total.has_value())
    return *answer.total > before + answer.row_count;
  return answer.row_count >= full;
}

}  // namespace

ReadBack::ReadBack(Goal goal, RemoteIndex& index, IsMapped is_mapped)
    : goal_(std::move(goal)), index_(index), is_mapped_(std::move(is_mapped)) {
  for (const std::string& name : goal_.names) {
    wanted_.insert(domain::NormalizedSku(name));
  }
  Choose();
}

std::string ReadBack::SkipMapped(std::string id) const {
  for (int i = 0; i < kMaxSkipped; ++i) {
    std::optional<std::string> next = IdAfter(id);
    if (!next.has_value() || !is_mapped_(*next)) break;
    id = *std::move(next);
  }
  return id;
}

// Requests that reading by id is going to take: a page holds as many ids as
// follow one another; behind the highest known id there is at least one. Ids
// are given to many companies in turn, so that gaps may be wide and empty:
// where the records that are known make few pages, these are counted.
size_t ReadBack::PagesById() const {
  const size_t known = index_.CountKnownAbove(cursor_) / kPageRows + 1;
  if (known * kFewerPages <= goal_.names.size()) return known;
  const std::string highest = index_.highest_id();
  std::string id = SkipMapped(cursor_);
  size_t pages = 1;
  while (pages <= goal_.names.size() && domain::IsAboveRemoteId(highest, id)) {
    ++pages;
    uint64_t number = 0;
    if (!absl::SimpleAtoi(id.empty() ? "0" : id, &number)) break;
    id = SkipMapped(absl::StrCat(number + kPageRows));
  }
  return pages;
}

bool ReadBack::Can(Way way) const {
  if (failed_.contains(way)) return false;
  switch (way) {
    case Way::kById:
      return index_.id_filter() != Filter::kIgnored;
    case Way::kBySku:
      return index_.sku_filter() != Filter::kIgnored;
    case Way::kWhole:
      return true;
  }
  return false;
}

ReadBack::Way ReadBack::CheapestWay() const {
  const bool by_id = Can(Way::kById);
  const bool by_sku = Can(Way::kBySku);
  const bool whole = Can(Way::kWhole);
  if (by_id && !no_ids_ && (!by_sku || PagesById() <= goal_.names.size())) {
    return Way::kById;
  }
  // Before any page told how many there are, those that are known count.
  const size_t records =
      index_.total() > 0 ? index_.total() : index_.CountKnown();
  const size_t all = records / kPageRows + 1;
  const bool few = records > 0 && all < goal_.names.size();
  if (by_sku && !(few && whole)) return Way::kBySku;
  return whole || !by_id ? Way::kWhole : Way::kById;
}

void ReadBack::Choose() {
  cursor_ = goal_.above;
  next_name_ = 0;
  page_ = 1;
  rows_ = 0;
  pages_ = 0;
  seen_.clear();
  most_ = 0;
  shrank_ = false;
  records_.clear();
  way_ = CheapestWay();
}

void ReadBack::OnFailure() {
  if (++failures_ < kMaxFailures) return;
  failures_ = 0;
  failed_.insert(way_);
  // Each of them fails: it is not the way.
  if (!Can(Way::kById) && !Can(Way::kBySku) && !Can(Way::kWhole)) {
    failed_.clear();
  }
  Choose();
}

void ReadBack::OnLacking() {
  switch (way_) {
    case Way::kById:
      index_.set_id_filter(Filter::kIgnored);
      break;
    case Way::kBySku:
      index_.set_sku_filter(Filter::kIgnored);
      break;
    case Way::kWhole:  // Asks for nothing that could be lacking.
      return OnFailure();
  }
  Choose();
}

std::optional<domain::ListQuery> ReadBack::Next() {
  if (!whole_ && way_ == Way::kBySku && next_name_ >= goal_.names.size()) {
    whole_ = true;
  }
  if (whole_) return std::nullopt;
  domain::ListQuery query;
  query.per_page = kPageRows;
  switch (way_) {
    case Way::kById:
      cursor_ = SkipMapped(cursor_);
      // With an empty catalog before, everything is above: ids begin at 1.
      query.id_above = cursor_.empty() ? "0" : cursor_;
      break;
    case Way::kBySku:
      query.sku = goal_.names[next_name_];
      query.page = page_;
      break;
    case Way::kWhole:
      query.page = page_;
      break;
  }
  return query;
}

void ReadBack::Keep(const PageAnswer& answer) {
  for (const v1::RemoteProduct& record : answer.records) {
    if (goal_.api_names.contains(record.qwoty().api_name()) ||
        wanted_.contains(domain::NormalizedSku(record.sku()))) {
      records_.push_back(record);
    }
  }
}

void ReadBack::OnPage(const PageAnswer& answer) {
  failures_ = 0;
  const bool more = HasMore(answer, way_ == Way::kById ? 0 : rows_,
                            way_ == Way::kBySku ? kFewestRows : 1);
  rows_ += answer.row_count;
  switch (way_) {
    case Way::kById:
      return OnPageById(answer, more);
    case Way::kBySku:
      return OnPageBySku(answer, more);
    case Way::kWhole:
      return OnPageOfAll(answer, more);
  }
}

void ReadBack::OnPageById(const PageAnswer& answer, bool more) {
  const auto ascends = [](const v1::RemoteProduct& left,
                          const v1::RemoteProduct& right) {
    return domain::IsAboveRemoteId(right.id(), left.id());
  };
  const bool sorted =
      std::is_sorted(answer.records.begin(), answer.records.end(), ascends);
  if (answer.filter_ignored || !sorted || (more && answer.records.empty())) {
    index_.set_id_filter(Filter::kIgnored);
    return Choose();
  }
  // Rows up to the watermark exist: not showing them is honouring the filter.
  if (!cursor_.empty()) index_.set_id_filter(Filter::kHonoured);
  Keep(answer);
  if (!more) {
    whole_ = true;
    return;
  }
  cursor_ = answer.records.back().id();
  if (++pages_ > 2 * goal_.names.size() &&
      index_.sku_filter() != Filter::kIgnored) {
    // Much is newer that nobody told: asking for each is cheaper.
    no_ids_ = true;
    Choose();
  }
}

void ReadBack::OnPageBySku(const PageAnswer& answer, bool more) {
  if (answer.filter_ignored) {
    index_.set_sku_filter(Filter::kIgnored);
    return Choose();
  }
  Keep(answer);
  if (more) {
    ++page_;
  } else {
    page_ = 1;
    rows_ = 0;
    ++next_name_;
  }
}

void ReadBack::OnPageOfAll(const PageAnswer& answer, bool more) {
  if (answer.total.has_value()) {
    index_.set_total(*answer.total);
    shrank_ = shrank_ || *answer.total < most_;
    most_ = std::max(most_, *answer.total);
  }
  // There are more than was thought.
  if (page_ == 1 && CheapestWay() != Way::kWhole) return Choose();
  Keep(answer);
  const size_t before = seen_.size();
  for (const v1::RemoteProduct& record : answer.records) {
    seen_.insert(record.id());
  }
  // Where a record went, another one moved to a page that was read already.
  const bool all = !shrank_ && seen_.size() >= most_;
  // Where paging is ignored, too, every page is the same one.
  if (more && seen_.size() > before && page_ < kMaxPages) {
    ++page_;
  } else if (all) {
    whole_ = true;
  } else {
    // What was not seen is not absent.
    if (++short_walks_ >= kMaxShortWalks &&
        (Can(Way::kById) || Can(Way::kBySku))) {
      failed_.insert(Way::kWhole);
    }
    Choose();
  }
}

}  // namespace qantara::server
