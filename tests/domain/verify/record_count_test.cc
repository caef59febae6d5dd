// How many records the provider should hold: counted by sweeps, carried on by
// creates, remembered by imports.
#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>

#include "tests/domain/support/scenario.h"
#include "tests/domain/support/steps.h"

namespace qantara::domain {
namespace {

class RecordCountTest : public ::testing::Test {
 protected:
  // A sweep that began at `began` counted `total` records.
  void Sweep(const std::string& highest, std::optional<uint64_t> total,
             Position began) {
    ASSERT_TRUE(
        scenario_.Do(RecordSweep{kConnection, highest, total, began}).ok());
  }
  void Do(const Step& step) { ASSERT_TRUE(step(scenario_).ok()); }

  // Records that the provider should hold, judging by the import; -1: nobody
  // counted.
  int64_t Expected(const std::string& import_id) const {
    const tables::v1::ImportRow row = scenario_.Import(import_id);
    if (!row.counted()) return -1;
    return row.other_records() +
           static_cast<int64_t>(scenario_.Connection().created_records());
  }

  Scenario scenario_;
};

TEST_F(RecordCountTest, ACountBeforeTheImportAndItsCreatesAdd) {
  Sweep("900", 40, 0);
  Do(Imported("spring", {Line("sku: 'A'"), Line("sku: 'B'")}));
  EXPECT_EQ(Expected("spring"), 40);
  Do(Created("spring", 1, "901"));
  Do(Created("spring", 2, "902"));
  EXPECT_EQ(Expected("spring"), 42);
  EXPECT_EQ(scenario_.Connection().open_creates(), 0u);
  EXPECT_TRUE(scenario_.CheckLog().empty());
}

TEST_F(RecordCountTest, CreatesOfOtherImportsCountToo) {
  Sweep("900", 40, 0);
  Do(Imported("spring", {Line("sku: 'A'")}));
  Do(Imported("autumn", {Line("sku: 'B'")}));
  Do(Created("autumn", 1, "901"));
  EXPECT_EQ(Expected("spring"), 41);
}

TEST_F(RecordCountTest, NobodyCountedBeforeTheFirstSweep) {
  Do(Imported("spring", {Line("sku: 'A'")}));
  Do(Created("spring", 1, "901"));
  Sweep("901", 1, scenario_.head());
  EXPECT_EQ(Expected("spring"), -1);
  Do(Imported("autumn", {Line("sku: 'B'")}));
  EXPECT_EQ(Expected("autumn"), 1);
}

TEST_F(RecordCountTest, ASweepBetweenOpeningAndTheFirstCreateCountsAsBefore) {
  Do(Imported("spring", {Line("sku: 'A'")}));
  Sweep("", 0, scenario_.head());
  Do(Created("spring", 1, "901"));
  EXPECT_EQ(Expected("spring"), 1);
}

TEST_F(RecordCountTest, ALaterSweepDoesNotHideWhatTheImportDid) {
  Sweep("900", 40, 0);
  Do(Imported("spring", {Line("sku: 'A'")}));
  Do(Created("spring", 1, "901"));
  // The provider made two of it.
  Sweep("902", 42, scenario_.head());
  EXPECT_EQ(Expected("spring"), 41);
}

TEST_F(RecordCountTest, ASweepDuringCreatesCountsNothing) {
  Do(Imported("spring", {Line("sku: 'A'")}));
  const Position began = scenario_.head();
  Do(Created("spring", 1, "901"));
  Sweep("901", 1, began);
  EXPECT_FALSE(scenario_.Connection().counted());
  Sweep("901", 1, scenario_.head());
  EXPECT_TRUE(scenario_.Connection().counted());
}

TEST_F(RecordCountTest, ASweepWhileACreateIsUnknownCountsNothing) {
  Do(Imported("spring", {Line("sku: 'A'")}));
  Do(ClaimForCreate(
      "items { import_id: 'spring' line: 1 product_id: 1 } single: true"));
  EXPECT_EQ(scenario_.Connection().open_creates(), 1u);
  Sweep("900", 40, scenario_.head());
  EXPECT_FALSE(scenario_.Connection().counted());
}

TEST_F(RecordCountTest, AListThatDoesNotShowOurNewestRecordCountsNothing) {
  Do(Imported("spring", {Line("sku: 'A'")}));
  Do(Created("spring", 1, "901"));
  Sweep("900", 40, scenario_.head());
  EXPECT_FALSE(scenario_.Connection().counted());
}

TEST_F(RecordCountTest, AReadingOfAPartCountsNothing) {
  Sweep("900", std::nullopt, 0);
  EXPECT_FALSE(scenario_.Connection().counted());
}

TEST_F(RecordCountTest, AnEventIsWrittenWhenTheCountChangesAndOnlyThen) {
  Sweep("900", 40, 0);
  EXPECT_EQ(scenario_.last().size(), 1u);
  Sweep("900", 40, 1);
  EXPECT_EQ(scenario_.last().size(), 0u);
  Sweep("900", 39, 1);
  EXPECT_EQ(scenario_.last().size(), 1u);
  EXPECT_EQ(scenario_.Connection().other_records(), 39);
}

TEST_F(RecordCountTest, TheLastReceiptStaysWithTheImport) {
  Do(Imported("spring", {}));
  RecordVerification command{kConnection, "spring", {}};
  command.receipt.set_records(7);
  ASSERT_TRUE(scenario_.Do(command).ok());
  command.receipt.set_records(8);
  ASSERT_TRUE(scenario_.Do(command).ok());
  EXPECT_EQ(scenario_.Import("spring").verification().records(), 8u);
  EXPECT_EQ(scenario_.Import("spring").last_position(), scenario_.head());
  EXPECT_TRUE(scenario_.CheckLog().empty());
}

TEST_F(RecordCountTest, AReceiptOfNoImportIsRefused) {
  EXPECT_TRUE(absl::IsNotFound(
      scenario_.Do(RecordVerification{kConnection, "none", {}}).status()));
}

}  // namespace
}  // namespace qantara::domain
