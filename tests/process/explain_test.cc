// The whole life of one SKU reads as a story, and its requests are those that
// the provider saw.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "tests/process/support/catalog.h"
#include "tests/process/support/end_state.h"
#include "tests/process/support/stage.h"
#include "tests/process/support/wait_until.h"

namespace qantara::process {
namespace {

using simulator::Json;

constexpr char kOldSku[] = "MUG-BLUE-001";
constexpr char kNewSku[] = "MUG-BLUE-002";
constexpr size_t kFingerprintDigits = 32;
constexpr absl::Duration kDriftTimeout = absl::Seconds(60);

// A request that writes, as the log or the provider tells it.
struct Request {
  std::string fingerprint;
  std::string status;  // "lost" where its answer never came.
  uint32_t items = 1;
  absl::Time time;
};

StageOptions Polling() {
  StageOptions options;
  options.poll_seconds = 1;
  return options;
}

// The mug is the third of eight products, one of which the provider refuses;
// the answer to their first request is lost.
class ExplainTest : public ::testing::Test {
 protected:
  ExplainTest() : stage_(Polling()) {
    std::vector<CatalogRow> rows;
    for (int i = 1; i <= 8; ++i) {
      const std::string sku = i == 3   ? kOldSku
                              : i == 6 ? "BAD-1"
                                       : absl::StrCat("CUP-", i);
      rows.push_back({sku, absl::StrCat("Cup ", i), "كوب", "25"});
    }
    file_ = stage_.directory().Write("cups.csv", ToCsv(rows));
    stage_.simulator().SetFaults(
        R"({"lost_answer":{"how":"close","count":1,"methods":["POST"],
                           "path":"/products"},
            "bad_item":{"sku":"BAD-1"}})");
    EXPECT_EQ(stage_.RunCli({"import", file_}).exit_code, 1);
    EXPECT_EQ(stage_
                  .RunCli({"product", "update", kOldSku,
                           absl::StrCat("sku=", kNewSku), "selling_price=30",
                           "--request_id", "rename"})
                  .exit_code,
              0);
  }

  // Somebody raises the price at the provider, and a sweep sees it.
  void Drift() {
    const std::string id = stage_.api().Product(kNewSku).remote_id();
    stage_.simulator().Admin("PUT", absl::StrCat("products/", id),
                             R"({"selling_price":"31"})");
    ASSERT_TRUE(WaitUntil(kDriftTimeout, [&] {
      return stage_.api().Product(kNewSku).drift_size() > 0;
    }));
  }

  std::vector<v1::ProductStep> Explain(const std::string& sku) {
    grpc::ClientContext context;
    ApiClient::Prepare(context);
    v1::ExplainProductRequest request;
    *request.mutable_key() = Sku(sku);
    const auto stream =
        stage_.api().products().ExplainProduct(&context, request);
    v1::ExplainProductResponse response;
    std::vector<v1::ProductStep> steps;
    while (stream->Read(&response)) {
      if (response.has_step()) steps.push_back(response.step());
    }
    const grpc::Status status = stream->Finish();
    EXPECT_TRUE(status.ok()) << status.error_message();
    return steps;
  }

  Stage stage_;
  std::string file_;
};

absl::Time TimeOf(const v1::ProductStep& step) {
  return absl::FromUnixSeconds(step.time().seconds()) +
         absl::Nanoseconds(step.time().nanos());
}

std::string StatusOf(uint32_t http_status) {
  return http_status == 0 ? "lost" : absl::StrCat(http_status);
}

// The requests of the story; their answers are looked up by position.
std::vector<Request> RequestsOf(const std::vector<v1::ProductStep>& steps) {
  std::map<uint64_t, std::string> first_answers;
  for (const v1::ProductStep& step : steps) {
    if (step.has_create_answered()) {
      const v1::CreateOutcome& outcome = step.create_answered();
      first_answers.try_emplace(outcome.planned_position(),
                                StatusOf(outcome.http_status()));
    } else if (step.has_update_answered()) {
      const v1::UpdateOutcome& outcome = step.update_answered();
      first_answers.try_emplace(outcome.planned_position(),
                                StatusOf(outcome.http_status()));
    }
  }
  std::vector<Request> requests;
  for (const v1::ProductStep& step : steps) {
    Request request;
    if (step.has_create_planned()) {
      request.fingerprint = step.create_planned().fingerprint();
      request.items = step.create_planned().items();
    } else if (step.has_update_planned()) {
      request.fingerprint = step.update_planned().fingerprint();
    } else {
      continue;
    }
    request.status = first_answers[step.position()];
    request.time = TimeOf(step);
    requests.push_back(std::move(request));
  }
  return requests;
}

// What the provider saw of the mug.
std::vector<Request> RequestsOf(const std::vector<Json>& journal,
                                const std::string& remote_id) {
  std::vector<Request> requests;
  for (const Json& entry : journal) {
    Request request;
    if (entry.TextAt("method") == "POST") {
      const std::vector<std::string> skus = SkusOf(entry);
      if (std::count(skus.begin(), skus.end(), kOldSku) == 0) continue;
      request.items = static_cast<uint32_t>(skus.size());
    } else if (entry.TextAt("method") != "PUT" ||
               !absl::EndsWith(entry.TextAt("target"),
                               absl::StrCat("/products/", remote_id))) {
      continue;
    }
    request.fingerprint =
        entry.TextAt("body_sha256").substr(0, kFingerprintDigits);
    request.status =
        entry.TextAt("answer") == "lost" ? "lost" : entry.TextAt("status");
    std::string error;
    EXPECT_TRUE(absl::ParseTime(absl::RFC3339_full, entry.TextAt("time"),
                                &request.time, &error))
        << error;
    requests.push_back(std::move(request));
  }
  return requests;
}

TEST_F(ExplainTest, TheRequestsAreThoseOfTheProvidersJournal) {
  const auto told = RequestsOf(Explain(kNewSku));
  const auto seen = RequestsOf(stage_.simulator().Journal(),
                               stage_.api().Product(kNewSku).remote_id());
  // Lost, refused, one half or more of it, the update.
  EXPECT_GE(told.size(), 4);
  ASSERT_EQ(told.size(), seen.size());
  for (size_t i = 0; i < told.size(); ++i) {
    SCOPED_TRACE(i);
    EXPECT_EQ(told[i].fingerprint, seen[i].fingerprint);
    EXPECT_EQ(told[i].status, seen[i].status);
    EXPECT_EQ(told[i].items, seen[i].items);
    // The journal's times are cut to the millisecond.
    EXPECT_LT(told[i].time, seen[i].time + absl::Milliseconds(1));
    if (i > 0) EXPECT_GT(told[i].time, seen[i - 1].time);
  }
}

TEST_F(ExplainTest, TheStoryIsInOrderAndTheSameUnderBothNames) {
  Drift();
  const CliResult result = stage_.RunCli({"explain", kNewSku});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  size_t at = 0;
  for (const char* part :
       {"SKU \"MUG-BLUE-002\" (before MUG-BLUE-001)",
        "received: line 3 of",
        "is item 3 of 8 in a request that creates",
        "may have been applied",
        "was read back",
        "is QUEUED",
        "was refused with 422",
        "was read back",
        "in a request that creates",
        "was answered with 200",
        "is CREATED",
        "mapped to record",
        "update asked for by request rename",
        "sku \"MUG-BLUE-002\"",
        "a request that updates record",
        "was answered with 200: the update is APPLIED",
        "SKU \"MUG-BLUE-001\" is \"MUG-BLUE-002\" from now on",
        "was changed at the provider",
        "selling_price is \"31",
        "steps"}) {
    const size_t found = result.out.find(part, at);
    ASSERT_NE(found, std::string::npos) << part << " in\n" << result.out;
    at = found + 1;
  }
  const auto by_new = Explain(kNewSku);
  stage_.KillAndRestart();
  const auto by_old = Explain(kOldSku);
  ASSERT_GE(by_old.size(), by_new.size());
  for (size_t i = 0; i < by_new.size(); ++i) {
    EXPECT_EQ(by_old[i].SerializeAsString(), by_new[i].SerializeAsString());
  }
  EXPECT_EQ(stage_.RunCli({"explain", "MUG-GREEN-001"}).exit_code, 2);
}

}  // namespace
}  // namespace qantara::process
