#include "server/delivery/read_back.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace qantara::server {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using Filter = RemoteIndex::Filter;

// A provider that holds n records: record i has the id i * gap and the SKU
// `Si`.
class Provider {
 public:
  explicit Provider(int records) : records_(records) {}

  bool honours_ids = true;
  bool honours_skus = true;
  bool tells_total = true;
  bool ascends = true;
  uint32_t most_rows = 100;
  int gap = 1;
  // Pages behind the first one fail, as offsets do at some providers.
  bool fails_far_down = false;
  // Pages of the whole catalog behind the first one are empty and tell no
  // total, so many times.
  mutable int empty_far_down = 0;
  // The first record goes once the first page was read, so many times.
  mutable int deletions = 0;
  // A row without an id, which counts and cannot be told.
  bool has_row_without_id = false;

  domain::PageAnswer Answer(const domain::ListQuery& query) const {
    if (fails_far_down && query.page > 1) return Failure();
    if (query.page > 1 && empty_far_down > 0) {
      --empty_far_down;
      return Confirmed();
    }
    if (query.page > 1 && deletions > 0) {
      --deletions;
      ++first_;
    }
    std::vector<int> rows;
    for (int id = first_; id <= records_; ++id) {
      if (IsInside(query, id) || Ignores(query)) rows.push_back(id);
    }
    if (!ascends && rows.size() > 1) std::swap(rows.front(), rows.back());
    const uint32_t per_page = std::min(query.per_page, most_rows);
    domain::PageAnswer answer = Confirmed();
    const size_t begin = size_t{query.page - 1} * per_page;
    for (size_t i = begin; i < std::min(rows.size(), begin + per_page); ++i) {
      ++answer.row_count;
      if (!IsInside(query, rows[i])) {
        answer.filter_ignored = true;
        continue;
      }
      answer.records.emplace_back().set_id(absl::StrCat(rows[i] * gap));
      answer.records.back().set_sku(absl::StrCat("S", rows[i]));
    }
    const int others = has_row_without_id && !query.sku.has_value() ? 1 : 0;
    if (tells_total) answer.total = static_cast<uint32_t>(rows.size()) + others;
    return answer;
  }

 private:
  static domain::PageAnswer Confirmed() {
    domain::PageAnswer answer;
    answer.report.effect = domain::Effect::kConfirmed;
    return answer;
  }
  static domain::PageAnswer Failure() {
    domain::PageAnswer answer;
    answer.report.effect = domain::Effect::kNotApplied;
    answer.report.http_status = 500;
    answer.report.reason = v1::ERROR_REASON_PROVIDER_UNAVAILABLE;
    return answer;
  }
  bool IsInside(const domain::ListQuery& query, int id) const {
    int above = 0;
    if (query.id_above.has_value()) {
      EXPECT_TRUE(absl::SimpleAtoi(*query.id_above, &above));
    }
    return id * gap > above &&
           (!query.sku.has_value() || *query.sku == absl::StrCat("S", id));
  }
  bool Ignores(const domain::ListQuery& query) const {
    return (query.id_above.has_value() && !honours_ids) ||
           (query.sku.has_value() && !honours_skus);
  }

  const int records_;
  mutable int first_ = 1;
};

class ReadBackTest : public ::testing::Test {
 protected:
  // Reads to the end; returns the ids that were found.
  std::vector<std::string> Read(const Provider& provider,
                                const std::string& above,
                                const std::vector<std::string>& skus) {
    ReadBack reading({above, skus}, index_, [this](const std::string& id) {
      return mapped_.contains(id);
    });
    queries_.clear();
    while (const auto query = reading.Next()) {
      queries_.push_back(*query);
      if (queries_.size() > 2000) break;
      const domain::PageAnswer answer = provider.Answer(*query);
      if (answer.report.effect == domain::Effect::kConfirmed) {
        reading.OnPage(answer);
      } else {
        reading.OnFailure();
      }
    }
    EXPECT_TRUE(reading.is_whole());
    std::vector<std::string> ids;
    for (const auto& record : reading.records()) ids.push_back(record.id());
    return ids;
  }

  void Map(int first, int last) {
    for (int id = first; id <= last; ++id) {
      mapped_.insert(absl::StrCat(id));
      v1::RemoteProduct record;
      record.set_id(absl::StrCat(id));
      index_.Add(record, /*keep_record=*/false, /*visible_from=*/0);
    }
  }

  RemoteIndex index_;
  std::set<std::string> mapped_;
  std::vector<domain::ListQuery> queries_;
};

TEST_F(ReadBackTest, OneRequestTellsOfAChunk) {
  EXPECT_THAT(Read(Provider(40), "20", {"S30", "S31", "none"}),
              ElementsAre("30", "31"));
  EXPECT_THAT(queries_, SizeIs(1));
  EXPECT_EQ(index_.id_filter(), Filter::kHonoured);
}

TEST_F(ReadBackTest, IdsThatAreMappedAreNotRead) {
  Map(21, 2000);
  Map(2051, 5000);
  EXPECT_THAT(Read(Provider(5000), "20", {"S2010", "S2011", "none", "nor"}),
              ElementsAre("2010", "2011"));
  EXPECT_THAT(queries_, SizeIs(2)) << "the gap, and what is newest";
}

TEST_F(ReadBackTest, WhereMuchIsUnknownFewSkusAreAskedFor) {
  v1::RemoteProduct newest;
  newest.set_id("5000");
  index_.Add(newest, /*keep_record=*/false, /*visible_from=*/0);
  EXPECT_THAT(Read(Provider(5000), "20", {"S2010", "none"}),
              ElementsAre("2010"));
  EXPECT_THAT(queries_, SizeIs(2));
}

TEST_F(ReadBackTest, WhatNobodyToldOfIsGivenUpForAskingOneByOne) {
  EXPECT_THAT(Read(Provider(5000), "20", {"S4010", "none"}),
              ElementsAre("4010"));
  EXPECT_LE(queries_.size(), 8u);
}

TEST_F(ReadBackTest, GapsBetweenIdsAreNoRecords) {
  Provider provider(120);
  provider.gap = 7000;
  for (int i = 1; i <= 110; ++i) {
    v1::RemoteProduct record;
    record.set_id(absl::StrCat(i * provider.gap));
    index_.Add(record, /*keep_record=*/false, /*visible_from=*/0);
  }
  std::vector<std::string> skus = {"S115"};
  for (int i = 0; i < 49; ++i) skus.push_back(absl::StrCat("none", i));
  for (const std::string above : {"", "14000"}) {
    EXPECT_THAT(Read(provider, above, skus), ElementsAre("805000"));
    EXPECT_LE(queries_.size(), 3u);
  }
}

TEST_F(ReadBackTest, AnIgnoredIdFilterIsNoticed) {
  Provider provider(300);
  provider.honours_ids = false;
  EXPECT_THAT(Read(provider, "20", {"S200", "none"}), ElementsAre("200"));
  EXPECT_EQ(index_.id_filter(), Filter::kIgnored);
  EXPECT_THAT(Read(provider, "20", {"none"}), IsEmpty());
  EXPECT_THAT(queries_, SizeIs(1)) << "it is remembered";
}

TEST_F(ReadBackTest, AnOrderThatIsNotByIdIsNotReliedOn) {
  Provider provider(300);
  provider.ascends = false;
  EXPECT_THAT(Read(provider, "20", {"S200", "none"}), ElementsAre("200"));
}

TEST_F(ReadBackTest, WithoutAnyFilterOneWalkServesAll) {
  Provider provider(300);
  provider.honours_ids = false;
  provider.honours_skus = false;
  std::vector<std::string> skus = {"S7", "S200"};
  for (int i = 0; i < 50; ++i) skus.push_back(absl::StrCat("none", i));
  EXPECT_THAT(Read(provider, "20", skus), ElementsAre("7", "200"));
  EXPECT_THAT(queries_, SizeIs(5)) << "a try of each filter, and three pages";
  EXPECT_THAT(Read(provider, "20", skus), ElementsAre("7", "200"));
  EXPECT_THAT(queries_, SizeIs(3));
}

// A page that is empty all of a sudden, as where a 404 says so.
TEST_F(ReadBackTest, AWalkThatSawFewerThanThereAreIsNoReading) {
  Provider provider(300);
  provider.honours_ids = false;
  provider.honours_skus = false;
  provider.empty_far_down = 1;
  EXPECT_THAT(Read(provider, "20", {"S250"}), ElementsAre("250"));
}

// A record goes, and one moves to the page that was read before.
TEST_F(ReadBackTest, AWalkDuringWhichRecordsGoIsNoReading) {
  Provider provider(300);
  provider.honours_ids = false;
  provider.honours_skus = false;
  provider.deletions = 1;
  EXPECT_THAT(Read(provider, "20", {"S101"}), ElementsAre("101"));
}

TEST_F(ReadBackTest, WalksThatNeverSeeAllEndInAskingForEachSku) {
  index_.set_id_filter(Filter::kIgnored);
  index_.set_total(300);
  Provider provider(300);
  provider.has_row_without_id = true;
  std::vector<std::string> skus = {"S7"};
  for (int i = 0; i < 20; ++i) skus.push_back(absl::StrCat("none", i));
  EXPECT_THAT(Read(provider, "", skus), ElementsAre("7"));
  EXPECT_LE(queries_.size(), 3 * 4 + 21u);
}

// After a restart no page has told yet how many records there are.
TEST_F(ReadBackTest, AWalkPaysWhereFewerPagesAreKnownThanSkusAreWanted) {
  index_.set_id_filter(Filter::kIgnored);
  for (int id = 1; id <= 300; ++id) {
    v1::RemoteProduct record;
    record.set_id(absl::StrCat(id));
    record.set_sku(absl::StrCat("S", id));
    index_.Add(record, /*keep_record=*/false, /*visible_from=*/0);
  }
  std::vector<std::string> skus = {"S7"};
  for (int i = 0; i < 20; ++i) skus.push_back(absl::StrCat("none", i));
  EXPECT_THAT(Read(Provider(310), "", skus), ElementsAre("7"));
  EXPECT_THAT(queries_, SizeIs(4));
  index_.set_total(0);
  EXPECT_THAT(Read(Provider(5000), "", skus), ElementsAre("7"));
  EXPECT_THAT(queries_, SizeIs(22)) << "a page that told of 50, and each SKU";
}

TEST_F(ReadBackTest, SmallerPagesThanAskedForAreNoEnd) {
  for (const bool ids : {true, false}) {
    Provider provider(300);
    provider.most_rows = 25;
    provider.honours_ids = ids;
    provider.honours_skus = ids;
    EXPECT_THAT(Read(provider, "200", {"S290", "a", "b", "c", "d", "e"}),
                ElementsAre("290"));
  }
}

TEST_F(ReadBackTest, WithoutATotalSmallerPagesAreNoEndEither) {
  for (const bool ids : {true, false}) {
    Provider provider(300);
    provider.tells_total = false;
    provider.most_rows = 25;
    provider.honours_ids = ids;
    provider.honours_skus = ids;
    EXPECT_THAT(Read(provider, "200", {"S290", "a", "b", "c", "d", "e"}),
                ElementsAre("290"));
  }
}

TEST_F(ReadBackTest, WithoutATotalOneRequestTellsOfASku) {
  Provider provider(300);
  provider.tells_total = false;
  provider.honours_ids = false;
  EXPECT_THAT(Read(provider, "20", {"S290"}), ElementsAre("290"));
  EXPECT_THAT(queries_, SizeIs(2)) << "a try by id, and the SKU";
}

TEST_F(ReadBackTest, WherePagesFarDownFailAnotherWayIsTaken) {
  // So much was told of that one walk over the catalog looks cheaper.
  for (int id = 9'000'000; id < 9'001'000; ++id) {
    v1::RemoteProduct record;
    record.set_id(absl::StrCat(id));
    index_.Add(record, /*keep_record=*/false, /*visible_from=*/0);
  }
  index_.set_total(300);
  std::vector<std::string> skus = {"S7", "S290"};
  for (int i = 0; i < 10; ++i) skus.push_back(absl::StrCat("none", i));
  for (const bool by_sku : {true, false}) {
    Provider provider(300);
    provider.fails_far_down = true;
    provider.honours_skus = by_sku;
    EXPECT_THAT(Read(provider, "5", skus), ElementsAre("7", "290"));
    EXPECT_LE(queries_.size(), 20u);
  }
}

TEST_F(ReadBackTest, AProviderThatWasAwayIsReadAnyWay) {
  ReadBack reading({"20", {"S30"}}, index_,
                   [](const std::string&) { return false; });
  for (int i = 0; i < 100; ++i) {
    ASSERT_TRUE(reading.Next().has_value());
    reading.OnFailure();
  }
  const Provider provider(40);
  for (int i = 0; i < 5 && !reading.is_whole(); ++i) {
    if (const auto query = reading.Next())
      reading.OnPage(provider.Answer(*query));
  }
  EXPECT_TRUE(reading.is_whole());
  EXPECT_THAT(reading.records(), SizeIs(1));
}

TEST_F(ReadBackTest, AProviderThatLacksFiltersIsWalkedOver) {
  ReadBack reading({"", {"S30"}, {"thirty"}}, index_,
                   [](const std::string&) { return false; });
  while (const auto query = reading.Next()) {
    if (query->sku.has_value() || query->id_above.has_value()) {
      reading.OnLacking();
      continue;
    }
    domain::PageAnswer answer = Provider(130).Answer(*query);
    for (v1::RemoteProduct& record : answer.records) {
      if (record.id() == "110") {
        record.mutable_qwoty()->set_api_name("thirty");
      }
    }
    reading.OnPage(answer);
  }
  ASSERT_THAT(reading.records(), SizeIs(2)) << "by SKU, and by name";
  EXPECT_EQ(reading.records()[1].id(), "110");
  EXPECT_EQ(index_.id_filter(), Filter::kIgnored);
  EXPECT_EQ(index_.sku_filter(), Filter::kIgnored);
}

TEST_F(ReadBackTest, EqualOnlyAfterNormalisationIsKept) {
  EXPECT_THAT(Read(Provider(10), "2", {"s5", "other", "more"}),
              ElementsAre("5"));
}

}  // namespace
}  // namespace qantara::server
