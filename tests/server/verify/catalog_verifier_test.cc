// Verifications of imports that a simulated Qoyod holds, and of what somebody
// changed there behind our back.
#include "server/verify/catalog_verifier.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "domain/rows.h"
#include "domain/table_keys.h"
#include "tests/server/core/fake_peer.h"
#include "tests/server/delivery/delivery_harness.h"

namespace qantara::server {
namespace {

using domain::Table;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

constexpr int64_t kHeldMillis = 20'000;

DeliveryHarness::Options Polling(bool on) {
  DeliveryHarness::Options options;
  if (on) options.poll_interval = absl::Milliseconds(50);
  return options;
}

// What one call told.
struct Told {
  absl::Status status;
  // Such as `1 MISSING 1087` or `3 FIELDS 1089 selling_price`.
  std::vector<std::string> differences;
  v1::VerificationReceipt receipt;
};

std::string Text(const v1::VerifyDifference& difference) {
  std::string text =
      absl::StrCat(difference.line(), " ",
                   v1::VerifyDifferenceKind_Name(difference.kind())
                       .substr(sizeof("VERIFY_DIFFERENCE_KIND")));
  for (const std::string& id : difference.remote_ids()) {
    absl::StrAppend(&text, " ", id);
  }
  for (const v1::FieldDifference& field : difference.fields()) {
    absl::StrAppend(&text, " ", field.field(), " ", field.held());
  }
  return text;
}

// One call; may be held open.
class Call {
 public:
  Call(CatalogVerifier& verifier, const VerifyOptions& options)
      : call_(std::make_shared<VerifyCall>(peer_)) {
    verifier.Verify(options, call_);
  }

  void Cancel() { call_->OnCancelled(); }

  Told Finish() {
    Told told;
    told.status = peer_.Drain([this] { call_->OnWritten(true); });
    for (const v1::VerifyImportResponse& response : peer_.seen()) {
      if (response.has_difference()) {
        told.differences.push_back(Text(response.difference()));
      } else if (response.has_receipt()) {
        told.receipt = response.receipt();
      }
    }
    return told;
  }

 private:
  FakePeerOf<VerifyPeer, v1::VerifyImportResponse> peer_;
  const std::shared_ptr<VerifyCall> call_;
};

class CatalogVerifierTest : public ::testing::Test {
 protected:
  explicit CatalogVerifierTest(bool polling = false)
      : harness_(Polling(polling)), verifier_(Context()) {
    verifier_.Start();
  }
  // As ConnectionRuntime does: the gateway goes before the verifier.
  ~CatalogVerifierTest() override {
    verifier_.Stop();
    harness_.Stop();
  }

  VerifierContext Context() {
    return {harness_.bus(),   harness_.log(),     harness_.tables(),
            harness_.clock(), harness_.gateway(), harness_.gate(),
            harness_.status()};
  }

  void Import(const std::string& import_id, int lines) {
    harness_.Import(import_id, Lines("A", lines));
    harness_.Finish(import_id);
  }

  VerifyOptions Options(const std::string& import_id) const {
    return {DeliveryHarness::kConnection, import_id, v1::VERIFY_FIELDS_ALL, 0};
  }
  Told Verify(const VerifyOptions& options) {
    return Call(verifier_, options).Finish();
  }

  // Changes Qoyod behind our back.
  void Add(const std::string& row) {
    ASSERT_EQ(harness_.qoyod().Admin("POST", "/_admin/products", row).status,
              200);
  }
  void Change(const std::string& id, const std::string& fields) {
    ASSERT_EQ(harness_.qoyod()
                  .Admin("PUT", absl::StrCat("/_admin/products/", id), fields)
                  .status,
              200);
  }
  void Delete(const std::string& id) {
    ASSERT_EQ(harness_.qoyod()
                  .Admin("DELETE", absl::StrCat("/_admin/products/", id))
                  .status,
              200);
  }
  std::string IdOf(const std::string& import_id, uint32_t line) {
    return harness_.Item(import_id, line).remote_id();
  }
  std::string HighestId() {
    return absl::StrCat(
        *harness_.qoyod().State().Find("highest_id")->AsInteger());
  }

  tables::v1::ImportRow ImportRow(const std::string& import_id) {
    return *domain::GetRow<tables::v1::ImportRow>(
        harness_.tables(), Table::kImports,
        domain::TextKey(DeliveryHarness::kConnection, import_id));
  }

  DeliveryHarness harness_;
  CatalogVerifier verifier_;
};

class PolledVerifierTest : public CatalogVerifierTest {
 protected:
  PolledVerifierTest() : CatalogVerifierTest(/*polling=*/true) {}

  // Waits until a sweep has counted so many records that are not ours.
  void AwaitCount(int64_t records) {
    const absl::Time deadline = absl::Now() + absl::Seconds(60);
    while (true) {
      ASSERT_LT(absl::Now(), deadline);
      const auto row = domain::FindRow<tables::v1::ConnectionRow>(
          harness_.tables(), Table::kConnections,
          domain::TextKey(DeliveryHarness::kConnection));
      if (row.ok() && row->has_value() && (*row)->counted() &&
          (*row)->other_records() == records) {
        return;
      }
      std::this_thread::yield();
    }
  }
};

TEST_F(PolledVerifierTest, ACleanImportHasNoDifferencesAndTheRightNumbers) {
  Add(R"([{"en_name":"x","sku":"X1"},{"en_name":"y","sku":"X2"}])");
  AwaitCount(2);
  Import("spring", 230);
  const Told told = Verify(Options("spring"));
  EXPECT_TRUE(told.status.ok()) << told.status;
  EXPECT_THAT(told.differences, IsEmpty());
  EXPECT_EQ(told.receipt.items(), 230u);
  EXPECT_EQ(told.receipt.items_with_fields(), 230u);
  EXPECT_EQ(told.receipt.records(), 232u);
  ASSERT_TRUE(told.receipt.has_expected_records());
  EXPECT_EQ(told.receipt.expected_records(), 232u);
  // The receipt is on record before it is told; the tables follow.
  ASSERT_TRUE(
      harness_.tables().WaitFor(harness_.log().head(), absl::Seconds(60)));
  EXPECT_EQ(ImportRow("spring").verification().SerializeAsString(),
            told.receipt.SerializeAsString());
}

TEST_F(PolledVerifierTest, WhatWasDoneBehindOurBackIsNamed) {
  AwaitCount(0);
  Import("spring", 12);
  Change(IdOf("spring", 1), R"({"selling_price":"99.5"})");
  Delete(IdOf("spring", 2));
  Add(R"({"en_name":"again","sku":"A3"})");
  const std::string third = HighestId();
  Change(IdOf("spring", 4), R"({"sku":"RENAMED"})");
  Delete(IdOf("spring", 5));
  Add(R"({"en_name":"anew","sku":"A5"})");
  const std::string fifth = HighestId();
  Add(R"({"en_name":"stranger","sku":"S"})");
  const Told told = Verify(Options("spring"));
  EXPECT_TRUE(told.status.ok()) << told.status;
  EXPECT_THAT(
      told.differences,
      UnorderedElementsAre(
          absl::StrCat("1 FIELDS ", IdOf("spring", 1), " selling_price 99.5"),
          absl::StrCat("2 MISSING ", IdOf("spring", 2)),
          absl::StrCat("3 DUPLICATE ", IdOf("spring", 3), " ", third),
          absl::StrCat("4 OTHER_SKU ", IdOf("spring", 4)),
          absl::StrCat("5 OTHER_ID ", IdOf("spring", 5), " ", fifth),
          "0 COUNT"));
  EXPECT_EQ(told.receipt.records(), 13u);
  EXPECT_EQ(told.receipt.expected_records(), 12u);
  EXPECT_EQ(told.receipt.differences_size(), 6);
}

TEST_F(CatalogVerifierTest, EveryKindOfFieldIsCompared) {
  Import("spring", 4);
  Change(IdOf("spring", 1), R"({"track_quantity":1})");
  Change(IdOf("spring", 2), R"({"type":"Service"})");
  Change(IdOf("spring", 3), R"({"en_name":"Other"})");
  // The same price in other digits.
  Change(IdOf("spring", 4), R"({"selling_price":"25.000"})");
  EXPECT_THAT(
      Verify(Options("spring")).differences,
      ElementsAre(
          absl::StrCat("1 FIELDS ", IdOf("spring", 1), " track_quantity true"),
          absl::StrCat("2 FIELDS ", IdOf("spring", 2), " type Service"),
          absl::StrCat("3 FIELDS ", IdOf("spring", 3), " name_en Other")));
}

TEST_F(CatalogVerifierTest, WithoutACountBeforeNothingIsExpected) {
  Import("spring", 2);
  const Told told = Verify(Options("spring"));
  EXPECT_TRUE(told.status.ok()) << told.status;
  EXPECT_EQ(told.receipt.records(), 2u);
  EXPECT_FALSE(told.receipt.has_expected_records());
}

TEST_F(CatalogVerifierTest, LaterUpdatesCount) {
  Import("spring", 2);
  domain::RecordUpdate update{DeliveryHarness::kConnection, "r1", "d"};
  update.product = {domain::ProductSelector::Kind::kSku, "A1"};
  update.fields.set_selling_price("31");
  const auto recorded = harness_.bus().Execute(update);
  ASSERT_TRUE(recorded.ok()) << recorded.status();
  harness_.FinishUpdate(recorded->reply.update);
  EXPECT_THAT(Verify(Options("spring")).differences, IsEmpty());
  Change(IdOf("spring", 1), R"({"selling_price":"25"})");
  EXPECT_THAT(Verify(Options("spring")).differences,
              ElementsAre(absl::StrCat("1 FIELDS ", IdOf("spring", 1),
                                       " selling_price 25.0")));
}

TEST_F(CatalogVerifierTest, AListThatLagsIsNoDifference) {
  Import("spring", 3);
  ASSERT_TRUE(harness_.qoyod().SetFaults(R"({"read_lag_ms":600000})").ok());
  Delete(IdOf("spring", 2));
  const Told told = Verify(Options("spring"));
  EXPECT_THAT(told.differences,
              ElementsAre(absl::StrCat("2 MISSING ", IdOf("spring", 2))));
  EXPECT_EQ(told.receipt.records(), 2u);
  EXPECT_EQ(told.receipt.items_with_fields(), 2u);
}

// A row that moves to a page that was read already is asked for by its id.
TEST_F(CatalogVerifierTest, RowsThatMoveBetweenPagesAreNoDifference) {
  Import("spring", 230);
  ASSERT_TRUE(
      harness_.qoyod().SetFaults(R"({"moving_rows":{"delete":1}})").ok());
  const Told told = Verify(Options("spring"));
  EXPECT_TRUE(told.status.ok()) << told.status;
  EXPECT_THAT(told.differences, IsEmpty());
}

TEST_F(CatalogVerifierTest, OnlyTheSampleIsComparedByFields) {
  Import("spring", 40);
  VerifyOptions options = Options("spring");
  options.fields = v1::VERIFY_FIELDS_SAMPLE;
  options.sample_size = 5;
  EXPECT_EQ(Verify(options).receipt.items_with_fields(), 5u);
  options.fields = v1::VERIFY_FIELDS_NONE;
  Change(IdOf("spring", 1), R"({"selling_price":"1"})");
  const Told told = Verify(options);
  EXPECT_EQ(told.receipt.items_with_fields(), 0u);
  EXPECT_EQ(told.receipt.items(), 40u);
  EXPECT_THAT(told.differences, IsEmpty());
}

TEST_F(CatalogVerifierTest, AnIncompleteListGivesNoReceipt) {
  Import("spring", 130);
  ASSERT_TRUE(
      harness_.qoyod().SetFaults(R"({"paging_ignored":"one_more"})").ok());
  const Told told = Verify(Options("spring"));
  EXPECT_TRUE(absl::IsUnavailable(told.status)) << told.status;
  EXPECT_FALSE(told.receipt.has_start_time());
  EXPECT_FALSE(ImportRow("spring").has_verification());
}

TEST_F(CatalogVerifierTest, PagesThatFailDeepDownAreReadById) {
  Import("spring", 130);
  ASSERT_TRUE(harness_.qoyod().SetFaults(R"({"deep_page_500":2})").ok());
  const Told told = Verify(Options("spring"));
  EXPECT_TRUE(told.status.ok()) << told.status;
  EXPECT_THAT(told.differences, IsEmpty());
}

TEST_F(CatalogVerifierTest, AProviderThatStaysAwayIsGivenUp) {
  Import("spring", 3);
  VerifierContext context = Context();
  context.patience_millis = 100;
  CatalogVerifier impatient(context);
  impatient.Start();
  ASSERT_TRUE(harness_.qoyod().SetFaults(R"({"status_5xx":503})").ok());
  const Told told = Call(impatient, Options("spring")).Finish();
  EXPECT_TRUE(absl::IsUnavailable(told.status)) << told.status;
  EXPECT_FALSE(told.receipt.has_start_time());
}

TEST_F(CatalogVerifierTest, AClientThatGoesAwayEndsItAndNothingIsRecorded) {
  Import("spring", 3);
  harness_.qoyod().Admin("POST", "/_admin/hold",
                         R"({"methods":["GET"],"when":"before"})");
  Call call(verifier_, Options("spring"));
  ASSERT_TRUE(harness_.qoyod().WaitForHeld(1, kHeldMillis));
  call.Cancel();
  EXPECT_TRUE(absl::IsCancelled(call.Finish().status));
  harness_.qoyod().Admin("DELETE", "/_admin/hold");
  EXPECT_FALSE(ImportRow("spring").has_verification());
  // The place is free again as soon as the verifier has noticed.
  Told again;
  do {
    again = Verify(Options("spring"));
  } while (absl::IsResourceExhausted(again.status));
  EXPECT_TRUE(again.status.ok()) << again.status;
}

TEST_F(CatalogVerifierTest, OneVerificationAtATime) {
  Import("spring", 3);
  harness_.qoyod().Admin("POST", "/_admin/hold",
                         R"({"methods":["GET"],"when":"before"})");
  Call first(verifier_, Options("spring"));
  ASSERT_TRUE(harness_.qoyod().WaitForHeld(1, kHeldMillis));
  EXPECT_TRUE(absl::IsResourceExhausted(Verify(Options("spring")).status));
  harness_.qoyod().Admin("DELETE", "/_admin/hold");
  EXPECT_TRUE(first.Finish().status.ok());
}

TEST_F(CatalogVerifierTest, OnlyFinishedImportsAreVerified) {
  EXPECT_TRUE(absl::IsNotFound(Verify(Options("none")).status));
  ASSERT_TRUE(
      harness_.bus()
          .Execute(domain::OpenImport{DeliveryHarness::kConnection, "open",
                                      "test", v1::EXISTING_POLICY_LINK, false})
          .ok());
  EXPECT_TRUE(absl::IsFailedPrecondition(Verify(Options("open")).status));
}

TEST_F(CatalogVerifierTest, StoppingEndsTheCall) {
  Import("spring", 3);
  harness_.qoyod().Admin("POST", "/_admin/hold",
                         R"({"methods":["GET"],"when":"before"})");
  Call call(verifier_, Options("spring"));
  ASSERT_TRUE(harness_.qoyod().WaitForHeld(1, kHeldMillis));
  verifier_.Stop();
  EXPECT_TRUE(absl::IsUnavailable(call.Finish().status));
  harness_.qoyod().Admin("DELETE", "/_admin/hold");
}

}  // namespace
}  // namespace qantara::server
