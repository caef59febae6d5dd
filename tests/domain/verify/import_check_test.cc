#include "domain/verify/import_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "domain/verify/difference_counts.h"

namespace qantara::domain {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

v1::RemoteProduct Record(const std::string& id, const std::string& sku) {
  v1::RemoteProduct record;
  record.set_id(id);
  record.set_sku(sku);
  return record;
}

struct Row {
  const char* remote_id;
  const char* sku;
};

// What the check says of these items after a reading of these records, such as
// `2 DUPLICATE 12 15`.
std::vector<std::string> Check(const std::vector<Row>& items,
                               const std::vector<Row>& records) {
  ImportCheck check;
  uint32_t line = 0;
  for (const Row& item : items) {
    check.Add({++line, line, item.remote_id, item.sku});
  }
  for (const Row& record : records)
    check.See(Record(record.remote_id, record.sku));
  std::vector<std::string> found;
  for (const size_t index : check.Suspects()) {
    const auto difference =
        CompareIdentity(check.item(index), check.SightingOf(index));
    if (!difference.has_value()) continue;
    std::string text =
        absl::StrCat(check.item(index).line, " ",
                     v1::VerifyDifferenceKind_Name(difference->kind)
                         .substr(sizeof("VERIFY_DIFFERENCE_KIND")));
    for (const std::string& id : difference->remote_ids) {
      absl::StrAppend(&text, " ", id);
    }
    EXPECT_FALSE(difference->message.empty());
    found.push_back(text);
  }
  return found;
}

TEST(ImportCheckTest, RecordsAsTheyShallBeAreNoDifference) {
  EXPECT_THAT(
      Check({{"11", "A"}, {"12", "B"}}, {{"9", "Z"}, {"11", "A"}, {"12", "B"}}),
      IsEmpty());
}

TEST(ImportCheckTest, ARecordThatIsNotThereIsMissing) {
  EXPECT_THAT(Check({{"11", "A"}, {"12", "B"}}, {{"12", "B"}}),
              ElementsAre("1 MISSING 11"));
}

TEST(ImportCheckTest, EveryRecordWithTheSkuIsNamed) {
  EXPECT_THAT(Check({{"11", "A"}, {"12", "B"}},
                    {{"11", "A"}, {"12", "B"}, {"20", "B"}, {"21", "B"}}),
              ElementsAre("2 DUPLICATE 12 20 21"));
}

TEST(ImportCheckTest, ARecordMadeAgainByHandHasAnotherId) {
  EXPECT_THAT(Check({{"11", "A"}}, {{"20", "A"}}),
              ElementsAre("1 OTHER_ID 11 20"));
}

TEST(ImportCheckTest, ASkuThatMovedToAnotherRecordHasAnotherId) {
  EXPECT_THAT(Check({{"11", "A"}}, {{"11", "X"}, {"20", "A"}}),
              ElementsAre("1 OTHER_ID 11 20"));
}

TEST(ImportCheckTest, ARenamedSkuIsAnotherSku) {
  EXPECT_THAT(Check({{"11", "A"}}, {{"11", "a"}}),
              ElementsAre("1 OTHER_SKU 11"));
}

TEST(ImportCheckTest, SkusThatWereSwappedAreOnOtherIds) {
  EXPECT_THAT(Check({{"11", "A"}, {"12", "B"}}, {{"11", "B"}, {"12", "A"}}),
              ElementsAre("1 OTHER_ID 11 12", "2 OTHER_ID 12 11"));
}

TEST(ImportCheckTest, AnItemWithoutSkuIsKnownByItsIdOnly) {
  EXPECT_THAT(Check({{"11", ""}, {"12", ""}}, {{"11", "X"}, {"30", ""}}),
              ElementsAre("2 MISSING 12"));
}

TEST(ImportCheckTest, TwoItemsOfOneProductAreAskedAboutOnce) {
  EXPECT_THAT(Check({{"11", "A"}, {"11", "A"}}, {}),
              ElementsAre("1 MISSING 11"));
}

TEST(ImportCheckTest, ItemsWithoutARecordAreAllAskedAbout) {
  EXPECT_THAT(Check({{"", "A"}, {"", "B"}}, {}),
              ElementsAre("1 MISSING ", "2 MISSING "));
}

TEST(ImportCheckTest, ASampleHasItsSizeAndIsSpread) {
  for (const size_t count : {1, 7, 100, 101, 9999}) {
    size_t chosen = 0;
    size_t in_first_half = 0;
    for (size_t i = 0; i < count; ++i) {
      if (!IsInSample(i, count, 100)) continue;
      ++chosen;
      if (i < count / 2) ++in_first_half;
    }
    EXPECT_EQ(chosen, std::min<size_t>(count, 100));
    EXPECT_LE(in_first_half, chosen / 2 + 1);
  }
}

TEST(DifferenceCountsTest, KindsThatWereFoundAreCounted) {
  DifferenceCounts counts;
  counts.Add(v1::VERIFY_DIFFERENCE_KIND_FIELDS);
  counts.Add(v1::VERIFY_DIFFERENCE_KIND_MISSING);
  counts.Add(v1::VERIFY_DIFFERENCE_KIND_FIELDS);
  v1::VerificationReceipt receipt;
  counts.AddTo(&receipt);
  ASSERT_EQ(receipt.differences_size(), 2);
  EXPECT_EQ(receipt.differences(0).kind(), v1::VERIFY_DIFFERENCE_KIND_MISSING);
  EXPECT_EQ(receipt.differences(1).count(), 2u);
}

}  // namespace
}  // namespace qantara::domain
