// A verification whose answers and tables come in an order of the test's own.
#include "server/verify/verification.h"

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <vector>

#include "domain/commands.h"
#include "server/core/fresh_tables.h"
#include "tests/server/core/fake_peer.h"
#include "tests/server/delivery/delivery_harness.h"

namespace qantara::server {
namespace {

class VerificationTest : public ::testing::Test {
 protected:
  // One product, whose record carries another SKU by now.
  void SetUp() override {
    harness_.Import("spring", Lines("A", 1));
    harness_.Finish("spring");
    ASSERT_TRUE(verification_.Load(*Tables(), harness_.clock().Now()).ok());
    renamed_ = harness_.Product("A1").acknowledged();
    renamed_.set_sku("RENAMED");
    Note();
    ASSERT_TRUE(
        verification_.TakeRecords({&renamed_}, harness_.log().head(), *Tables())
            .ok());
  }

  std::unique_ptr<domain::TableSnapshot> Tables() {
    auto tables = FreshTables(harness_.log(), harness_.tables()).Get();
    return *std::move(tables);
  }

  // As a sweep does that sees the record.
  void Note() {
    const domain::Position before = harness_.log().head();
    const domain::RecordDrift drift{DeliveryHarness::kConnection,
                                    {renamed_},
                                    harness_.clock().Now(),
                                    before};
    ASSERT_TRUE(harness_.bus().Execute(drift).ok());
    ASSERT_GT(harness_.log().head(), before);
  }

  // Looks at the item; meanwhile a sweep sees it with another SKU.
  void LookWhileItIsNoted(const char* sku) {
    auto doubt = verification_.NextDoubt(*Tables());
    ASSERT_TRUE(doubt.ok() && doubt->has_value());
    renamed_.set_sku(sku);
    Note();
    Verification::TakeRecord(renamed_, &**doubt);
    ASSERT_TRUE(verification_.Conclude(**doubt, *Tables()).ok());
  }

  // What was told until now.
  std::vector<v1::VerifyDifference> Told() {
    call_->End(absl::OkStatus());
    EXPECT_TRUE(peer_.Drain([this] { call_->OnWritten(true); }).ok());
    std::vector<v1::VerifyDifference> told;
    for (const v1::VerifyImportResponse& response : peer_.seen()) {
      if (response.has_difference()) told.push_back(response.difference());
    }
    return told;
  }

  DeliveryHarness harness_;
  FakePeerOf<VerifyPeer, v1::VerifyImportResponse> peer_;
  const std::shared_ptr<VerifyCall> call_ = std::make_shared<VerifyCall>(peer_);
  Verification verification_{
      {DeliveryHarness::kConnection, "spring", v1::VERIFY_FIELDS_ALL, 0},
      *call_};
  v1::RemoteProduct renamed_;
};

// A sweep may note the very change that is being looked at.
TEST_F(VerificationTest, WhatIsNotedMeanwhileIsLookedAtAgain) {
  LookWhileItIsNoted("AGAIN");
  auto doubt = verification_.NextDoubt(*Tables());
  ASSERT_TRUE(doubt.ok() && doubt->has_value());
  Verification::TakeRecord(renamed_, &**doubt);
  ASSERT_TRUE(verification_.Conclude(**doubt, *Tables()).ok());
  EXPECT_FALSE(verification_.has_doubts());
  const std::vector<v1::VerifyDifference> told = Told();
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].kind(), v1::VERIFY_DIFFERENCE_KIND_OTHER_SKU);
  EXPECT_EQ(told[0].remote_ids(0), renamed_.id());
}

TEST_F(VerificationTest, WhatKeepsChangingIsLeftOut) {
  for (int look = 0; look < Verification::kMaxLooks; ++look) {
    LookWhileItIsNoted(look % 2 == 0 ? "B" : "C");
  }
  EXPECT_FALSE(verification_.has_doubts());
  const auto receipt = verification_.Finish(*Tables(), harness_.clock().Now());
  ASSERT_TRUE(receipt.ok()) << receipt.status();
  EXPECT_EQ(receipt->receipt.items(), 0u);
  EXPECT_TRUE(Told().empty());
}

}  // namespace
}  // namespace qantara::server
