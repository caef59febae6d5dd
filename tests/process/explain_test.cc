// The whole life of one SKU reads as a story, and its requests are those that
// the provider saw.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "tests/process/support/catalog.h"
#include "tests/process/support/end_state.h"
#include "tests/process/support/stage.h"
#include "tests/process/support/wait_until.h"

namespace qantara::process {
namespace {

using simulator::Json;
using ::testing::ElementsAreArray;

constexpr char kOldSku[] = "MUG-BLUE-001";
constexpr char kNewSku[] = "MUG-BLUE-002";
constexpr size_t kFingerprintDigits = 32;
constexpr absl::Duration kDriftTimeout = absl::Seconds(60);
// The journal's times are cut to it.
constexpr absl::Duration kJournalTick = absl::Milliseconds(1);

// What befalls the mug, and what must be told of it.
struct Life {
  std::string name;
  std::string creating;  // The simulator's switches while it is created.
  std::string updating;  // While it is updated.
  std::vector<std::string> statuses;  // Of its requests, in order.
  std::vector<std::string> story;     // Parts of the text, in order.
};

const Life kLives[] = {
    {"TheRefusalIsLost",
     R"({"lost_answer":{"how":"close","count":1,"methods":["POST"],
                        "path":"/products"},
         "bad_item":{"sku":"BAD-1"}})",
     R"({"lost_answer":null})",
     {"lost", "422", "200", "200"},
     {"received: line 3 of", "asks for sku \"MUG-BLUE-001\"",
      "is item 3 of 8 in a request that creates",
      "got no answer and may have been applied", "was read back", "is QUEUED",
      "is item 3 of 8 in a request that creates", "was refused with 422",
      "was read back", "one of those that may have spoiled the request",
      "is item 3 of 4 in a request that creates", "to find what spoiled",
      "was answered with 200", "is CREATED, record", "mapped to record",
      "update asked for by request rename", "sku \"MUG-BLUE-002\"",
      "a request that updates record",
      "was answered with 200: the update is APPLIED"}},
    {"TheSuccessIsLost",
     R"({"lost_answer":{"how":"close","skip":1,"count":1,"methods":["POST"],
                        "path":"/products"},
         "bad_item":{"sku":"BAD-1"}})",
     R"({"lost_answer":{"how":"close","count":1,"methods":["PUT"]}})",
     {"422", "lost", "lost"},
     {"received: line 3 of", "asks for sku \"MUG-BLUE-001\"",
      "is item 3 of 8 in a request that creates", "was refused with 422",
      "was read back", "one of those that may have spoiled the request",
      "is item 3 of 4 in a request that creates", "to find what spoiled",
      "got no answer and may have been applied", "was read back",
      "is CREATED, record", "mapped to record",
      "update asked for by request rename", "sku \"MUG-BLUE-002\"",
      "a request that updates record",
      "got no answer and may have been applied: the update is UNKNOWN",
      "was read back: the update is APPLIED"}},
};

// How each of these lives ends.
constexpr const char* kEnd[] = {
    "SKU \"MUG-BLUE-001\" is \"MUG-BLUE-002\" from now on",
    "was changed at the provider",
    "selling_price is \"31",
    "steps, up to position",
};

// A request that writes, as the log or the provider tells it.
struct Request {
  std::string target;  // "POST", or PUT with the id of the record.
  std::string fingerprint;
  std::string status;  // "lost" where its answer never came.
  size_t items = 1;
  size_t place = 1;  // Of the mug among the items.
  absl::Time time;
};

std::string TextOf(const Request& request) {
  return absl::StrCat(request.target, ", item ", request.place, " of ",
                      request.items, ", ", request.fingerprint, ": ",
                      request.status);
}

std::vector<std::string> TextsOf(const std::vector<Request>& requests) {
  std::vector<std::string> texts;
  for (const Request& request : requests) texts.push_back(TextOf(request));
  return texts;
}

absl::Time TimeOf(const v1::ProductStep& step) {
  return absl::FromUnixSeconds(step.time().seconds()) +
         absl::Nanoseconds(step.time().nanos());
}

absl::Time TimeOf(const Json& entry) {
  absl::Time time;
  std::string error;
  EXPECT_TRUE(
      absl::ParseTime(absl::RFC3339_full, entry.TextAt("time"), &time, &error))
      << error;
  return time;
}

// Position of the request whose end the step tells; 0: it tells none.
uint64_t EndedRequest(const v1::ProductStep& step) {
  switch (step.kind_case()) {
    case v1::ProductStep::kCreateAnswered:
      return step.create_answered().planned_position();
    case v1::ProductStep::kItemSettled:
      return step.item_settled().planned_position();
    case v1::ProductStep::kUpdateAnswered:
      return step.update_answered().planned_position();
    default:
      return 0;
  }
}

// HTTP status that the step tells.
std::string StatusOf(const v1::ProductStep& step) {
  const uint32_t status = step.has_create_answered()
                              ? step.create_answered().http_status()
                              : step.update_answered().http_status();
  return status == 0 ? "lost" : absl::StrCat(status);
}

// The requests of the story; what became of each is looked up by its position.
std::vector<Request> RequestsOf(const std::vector<v1::ProductStep>& steps) {
  std::map<uint64_t, std::string> first_ends;
  for (const v1::ProductStep& step : steps) {
    first_ends.try_emplace(EndedRequest(step), StatusOf(step));
  }
  std::vector<Request> requests;
  for (const v1::ProductStep& step : steps) {
    Request request;
    if (step.has_create_planned()) {
      request.target = "POST";
      request.fingerprint = step.create_planned().fingerprint();
      request.items = step.create_planned().items();
      request.place = step.create_planned().place();
    } else if (step.has_update_planned()) {
      request.target = absl::StrCat("PUT ", step.update_planned().remote_id());
      request.fingerprint = step.update_planned().fingerprint();
    } else {
      continue;
    }
    request.status = first_ends[step.position()];
    request.time = TimeOf(step);
    requests.push_back(std::move(request));
  }
  return requests;
}

// What the provider saw of the mug: every request that names it, and every one
// that is neither a GET nor a POST, because nothing else is updated.
std::vector<Request> RequestsOf(const std::vector<Json>& journal) {
  std::vector<Request> requests;
  for (const Json& entry : journal) {
    const std::string method = entry.TextAt("method");
    Request request;
    request.target = method;
    if (method == "GET") continue;
    if (method == "POST") {
      const std::vector<std::string> skus = SkusOf(entry);
      const auto mug = std::find(skus.begin(), skus.end(), kOldSku);
      if (mug == skus.end()) continue;
      request.items = skus.size();
      request.place = mug - skus.begin() + 1;
    } else {
      const std::vector<std::string> parts =
          absl::StrSplit(entry.TextAt("target"), '/');
      absl::StrAppend(&request.target, " ", parts.back());
    }
    request.fingerprint =
        entry.TextAt("body_sha256").substr(0, kFingerprintDigits);
    request.status =
        entry.TextAt("answer") == "lost" ? "lost" : entry.TextAt("status");
    request.time = TimeOf(entry);
    requests.push_back(std::move(request));
  }
  return requests;
}

// Whether the provider was asked for products between these times.
bool WasRead(const std::vector<Json>& journal, absl::Time from, absl::Time to) {
  return std::any_of(journal.begin(), journal.end(), [&](const Json& entry) {
    const absl::Time time = TimeOf(entry);
    return entry.TextAt("method") == "GET" &&
           absl::StrContains(entry.TextAt("target"), "/products") &&
           time + kJournalTick > from && time < to;
  });
}

// The mug is the third of eight products, one of which the provider refuses.
// It is created, gets another SKU and price, and is changed behind our back.
class ExplainTest : public ::testing::TestWithParam<Life> {
 protected:
  ExplainTest() : stage_(Polling()) {}

  void SetUp() override {
    std::vector<CatalogRow> rows;
    for (int i = 1; i <= 8; ++i) {
      const std::string sku = i == 3   ? kOldSku
                              : i == 6 ? "BAD-1"
                                       : absl::StrCat("CUP-", i);
      rows.push_back({sku, absl::StrCat("Cup ", i), "كوب", "25"});
    }
    const std::string file = stage_.directory().Write("cups.csv", ToCsv(rows));
    stage_.simulator().SetFaults(GetParam().creating);
    const CliResult imported = stage_.RunCli({"import", file});
    ASSERT_EQ(imported.exit_code, 1) << imported.err;  // One is refused.
    stage_.simulator().SetFaults(GetParam().updating);
    const CliResult updated = stage_.RunCli(
        {"product", "update", kOldSku, absl::StrCat("sku=", kNewSku),
         "selling_price=30", "--request_id", "rename"});
    ASSERT_EQ(updated.exit_code, 0) << updated.err;
    before_drift_ = absl::Now();
    const std::string id = stage_.api().Product(kNewSku).remote_id();
    stage_.simulator().Admin("PUT", absl::StrCat("products/", id),
                             R"({"selling_price":"31"})");
    ASSERT_TRUE(WaitUntil(kDriftTimeout, [this] { return Drifted(); }));
  }

  static StageOptions Polling() {
    StageOptions options;
    options.poll_seconds = 1;
    return options;
  }

  bool Drifted() {
    const v1::MappedProduct product = stage_.api().Product(kNewSku);
    return std::any_of(product.drift().begin(), product.drift().end(),
                       [](const v1::FieldDrift& drift) {
                         return absl::StartsWith(drift.theirs(), "31");
                       });
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
  absl::Time before_drift_;
};

TEST_P(ExplainTest, EveryRequestIsThatOfTheProvidersJournal) {
  const auto told = RequestsOf(Explain(kNewSku));
  const auto seen = RequestsOf(stage_.simulator().Journal());
  EXPECT_THAT(TextsOf(told), ElementsAreArray(TextsOf(seen)));
  std::vector<std::string> statuses;
  for (const Request& request : seen) statuses.push_back(request.status);
  EXPECT_THAT(statuses, ElementsAreArray(GetParam().statuses));
  ASSERT_EQ(told.size(), seen.size());
  for (size_t i = 0; i < told.size(); ++i) {
    SCOPED_TRACE(i);
    EXPECT_LT(told[i].time, seen[i].time + kJournalTick);
    if (i > 0) {
      EXPECT_GT(told[i].time, seen[i - 1].time);
    }
  }
}

TEST_P(ExplainTest, WhatIsToldAsReadWasReadAtTheProviderThen) {
  const auto steps = Explain(kNewSku);
  const auto journal = stage_.simulator().Journal();
  std::map<uint64_t, absl::Time> ended;
  int read_back = 0;
  for (const v1::ProductStep& step : steps) {
    SCOPED_TRACE(step.ShortDebugString());
    const uint64_t request = EndedRequest(step);
    if (request != 0 && !ended.try_emplace(request, TimeOf(step)).second) {
      ++read_back;
      EXPECT_TRUE(WasRead(journal, ended[request], TimeOf(step)));
    }
    const auto& fields = step.drift_observed().fields();
    if (!fields.empty() && absl::StartsWith(fields[0].theirs(), "31")) {
      EXPECT_TRUE(WasRead(journal, before_drift_, TimeOf(step)));
    }
  }
  EXPECT_EQ(
      read_back,
      std::count_if(GetParam().statuses.begin(), GetParam().statuses.end(),
                    [](const std::string& status) { return status != "200"; }));
}

TEST_P(ExplainTest, ThePrintedStoryIsInOrderAndNamesEveryRequest) {
  const CliResult result = stage_.RunCli({"explain", kNewSku});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  std::vector<std::string> parts = {
      "SKU \"MUG-BLUE-002\" (before MUG-BLUE-001)"};
  parts.insert(parts.end(), GetParam().story.begin(), GetParam().story.end());
  parts.insert(parts.end(), std::begin(kEnd), std::end(kEnd));
  size_t at = 0;
  for (const std::string& part : parts) {
    const size_t found = result.out.find(part, at);
    ASSERT_NE(found, std::string::npos) << part << " in\n" << result.out;
    at = found + part.size();
  }
  std::vector<std::string> printed;
  const std::vector<std::string> pieces =
      absl::StrSplit(result.out, "SHA-256 of the body begins with ");
  for (size_t i = 1; i < pieces.size(); ++i) {
    printed.push_back(pieces[i].substr(0, kFingerprintDigits));
  }
  std::vector<std::string> seen;
  for (const Request& request : RequestsOf(stage_.simulator().Journal())) {
    seen.push_back(request.fingerprint);
  }
  EXPECT_THAT(printed, ElementsAreArray(seen));
}

TEST_P(ExplainTest, TheStoryIsTheSameUnderBothNamesAndAfterAKill) {
  const auto by_new = Explain(kNewSku);
  stage_.KillAndRestart();
  const auto by_old = Explain(kOldSku);
  ASSERT_GE(by_old.size(), by_new.size());
  for (size_t i = 0; i < by_new.size(); ++i) {
    EXPECT_EQ(by_old[i].SerializeAsString(), by_new[i].SerializeAsString());
  }
  EXPECT_EQ(stage_.RunCli({"explain", "MUG-GREEN-001"}).exit_code, 2);
}

INSTANTIATE_TEST_SUITE_P(Lives, ExplainTest, ::testing::ValuesIn(kLives),
                         [](const ::testing::TestParamInfo<Life>& info) {
                           return info.param.name;
                         });

}  // namespace
}  // namespace qantara::process
