#include "tests/server/inventory/model/watch_checker.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace qantara::server {
namespace {

using Kind = Expectation::Kind;

constexpr size_t kMaxViolations = 20;

const v1::StockLevel& LevelOf(const v1::InventoryChange& news) {
  if (news.has_removed()) return news.removed().last();
  return news.has_row() ? news.row() : news.change();
}

std::string Called(const v1::StockLevel& level) {
  std::string called = absl::StrCat(level.sku(), "/", level.category_id(), "/",
                                    level.external_id());
  if (level.location_id().empty()) {
    absl::StrAppend(&called, "/", v1::StockState_Name(level.state()));
  }
  return called;
}

}  // namespace

WatchChecker::WatchChecker(const StockEvents& history,
                           const v1::WatchInventoryRequest& request,
                           domain::Position head,
                           std::optional<domain::Position> resumed_at)
    : history_(history), request_(request), head_(head) {
  if (resumed_at.has_value()) {
    ApplyThrough(*resumed_at);
    last_ = *resumed_at;
  } else if (request.start() == v1::WATCH_START_NOW) {
    ApplyThrough(head);
    last_ = head;
  } else {
    snapshot_ = true;
  }
}

void WatchChecker::Violate(const std::string& what) {
  if (violations_.size() < kMaxViolations) violations_.push_back(what);
}

void WatchChecker::ApplyThrough(domain::Position position) {
  while (next_ < history_.size() && history_[next_]->position() <= position) {
    Apply(history_[next_]->event(), &stock_);
    ++next_;
    found_ = std::nullopt;
  }
}

std::optional<Expectation> WatchChecker::Next() {
  if (found_.has_value()) return found_;
  while (next_ < history_.size()) {
    TrueStock after = stock_;
    Apply(history_[next_]->event(), &after);
    Expectation expected =
        Expect(*history_[next_], stock_, after, request_.filter());
    if (!expected.empty()) return found_ = std::move(expected);
    stock_ = std::move(after);
    ++next_;
  }
  return std::nullopt;
}

bool WatchChecker::Complete() {
  return resynced_ || (caught_up_ && !Next().has_value());
}

void WatchChecker::Take(const v1::WatchInventoryResponse& message) {
  ++checked_;
  if (resynced_) Violate("something follows resync_required");
  if (group_.changes_size() > 0 && !message.has_changes()) {
    Violate("a commit is interrupted");
  }
  if (message.has_rows()) TakeRows(message.rows());
  if (message.has_caught_up()) TakeCaughtUp(message.caught_up().position());
  if (message.has_changes()) TakeChanges(message.changes());
  if (message.has_heartbeat()) {
    TakeBookmark("heartbeat", message.heartbeat().position());
  }
  if (message.has_fell_behind()) {
    TakeBookmark("fell_behind", message.fell_behind().position());
    if (!caught_up_) Violate("fell_behind before caught_up");
  }
  if (message.has_resync_required()) {
    resynced_ = true;
    if (last_ >= cut_) Violate("resync_required without need");
    // History may have been cut again meanwhile.
    const domain::Position oldest = message.resync_required().oldest_position();
    if (oldest <= last_ || oldest > cut_) {
      Violate("resync_required with another position than that of a cut");
    }
  }
  const bool between = message.has_rows() || message.has_resync_required() ||
                       (message.has_changes() && message.changes().more());
  if (message.resume_token().empty() != between) {
    Violate("a token where none may be, or none where one must be");
  }
  if (!between) tokens_[message.resume_token()] = last_;
}

void WatchChecker::TakeRows(const v1::InventoryRows& rows) {
  if (!snapshot_ || caught_up_) Violate("rows outside of a snapshot");
  if (rows.levels().empty()) Violate("no rows");
  if (rows_at_.has_value() && *rows_at_ != rows.position()) {
    Violate("rows of two positions in one snapshot");
  }
  rows_at_ = rows.position();
  for (const v1::StockLevel& level : rows.levels()) {
    const Place place = {level.remote_id(), level.location_id()};
    const Told told = {level.quantity(), Called(level)};
    if (!rows_.emplace(place, told).second) Violate("a row comes twice");
  }
}

void WatchChecker::TakeCaughtUp(domain::Position position) {
  if (caught_up_) Violate("caught_up twice");
  caught_up_ = true;
  if (!snapshot_) return TakeBookmark("caught_up", position);
  if (rows_at_.has_value() && *rows_at_ != position) {
    Violate("caught_up of another position than its rows");
  }
  if (position < head_) Violate("the snapshot is older than the call");
  ApplyThrough(position);
  last_ = position;
  if (rows_ != ViewOf(stock_, request_.filter())) {
    Violate("the rows are not what was at their position");
  }
}

void WatchChecker::TakeBookmark(const char* name, domain::Position position) {
  if (position < last_) Violate(absl::StrCat(name, " goes back"));
  const std::optional<Expectation> next = Next();
  if (next.has_value() && next->position <= position) {
    Violate(absl::StrCat(name, " of ", position, " before the event of ",
                         next->position));
  }
  last_ = std::max(last_, position);
}

void WatchChecker::TakeChanges(const v1::InventoryChanges& changes) {
  if (snapshot_ && !caught_up_) Violate("changes before caught_up");
  if (changes.changes().empty()) Violate("no changes");
  if (group_.changes_size() > 0 && group_.position() != changes.position()) {
    Violate("a commit is interrupted by another");
  }
  group_.set_position(changes.position());
  group_.mutable_changes()->MergeFrom(changes.changes());
  if (changes.more()) return;
  const v1::InventoryChanges group = std::exchange(group_, {});
  if (group.position() <= last_) {
    Violate(absl::StrCat("position ", group.position(), " after ", last_));
  }
  if (request_.delivery() == v1::WATCH_DELIVERY_LATEST) {
    CheckLatest(group.position(), group.changes());
  } else {
    CheckEvery(group.position(), group.changes());
  }
  last_ = group.position();
}

void WatchChecker::CheckEvery(domain::Position position, const Changes& group) {
  const std::optional<Expectation> next = Next();
  if (!next.has_value() || next->position != position) {
    Violate(absl::StrCat("commit ", position, " where ",
                         next.has_value()
                             ? absl::StrCat(next->position, " was to come")
                             : "nothing was to come"));
    ApplyThrough(position);
    return;
  }
  std::map<Place, Folded> expected;
  for (const auto& [place, news] : next->news)
    expected[place] = {news, news, 1};
  Compare(expected, next->locations, group);
  ApplyThrough(position);
}

void WatchChecker::CheckLatest(domain::Position position,
                               const Changes& group) {
  std::map<Place, Folded> expected;
  std::set<std::string> locations;
  while (true) {
    const std::optional<Expectation> next = Next();
    if (!next.has_value() || next->position > position) break;
    locations.insert(next->locations.begin(), next->locations.end());
    for (const auto& [place, news] : next->news) {
      Folded& folded = expected[place];
      if (folded.count++ == 0) folded.first = news;
      folded.last = news;
    }
    ApplyThrough(next->position);
  }
  Compare(expected, locations, group);
}

void WatchChecker::Compare(const std::map<Place, Folded>& expected,
                           const std::set<std::string>& locations,
                           const Changes& group) {
  std::set<Place> seen;
  std::set<std::string> seen_locations;
  for (const v1::InventoryChange& news : group) {
    if (news.has_location()) {
      const std::string& id = news.location().location_id();
      if (!seen_locations.insert(id).second) Violate("a location twice");
      continue;
    }
    const v1::StockLevel& level = LevelOf(news);
    const Place place = {level.remote_id(), level.location_id()};
    if (!seen.insert(place).second) Violate("a figure twice in one commit");
    const auto found = expected.find(place);
    if (found == expected.end()) {
      Violate("a change that did not happen: " + news.ShortDebugString());
    } else {
      CompareOne(found->second, news);
    }
  }
  if (seen.size() < expected.size()) Violate("a change is left out");
  if (seen_locations != locations) Violate("other locations than changed");
}

void WatchChecker::CompareOne(const Folded& expected,
                              const v1::InventoryChange& news) {
  const v1::StockLevel& level = LevelOf(news);
  const bool left = expected.last.kind == Kind::kLeft;
  const bool was_there = expected.first.kind != Kind::kEntered;
  bool right = news.has_removed() == left &&
               level.quantity() == expected.last.quantity &&
               level.folded_changes() + 1 == expected.count;
  if (!left && was_there) {
    const std::string& before = expected.first.kind == Kind::kLeft
                                    ? expected.first.quantity
                                    : expected.first.before;
    right = right && news.has_change() && level.previous_quantity() == before;
  }
  if (!right) Violate("another change happened: " + news.ShortDebugString());
}

}  // namespace qantara::server
