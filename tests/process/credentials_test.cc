// Credentials in the real server: revoked, replaced, renewed, and nowhere to be
// found afterwards.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "tests/process/support/catalog.h"
#include "tests/process/support/end_state.h"
#include "tests/process/support/must.h"
#include "tests/process/support/stage.h"
#include "tests/process/support/wait_until.h"

namespace qantara::process {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr absl::Duration kPatience = absl::Seconds(60);
constexpr char kIdVariable[] = "QANTARA_TEST_CLIENT_ID";
constexpr char kKey[] = "qyd_test_key";
constexpr char kFirstRefresh[] = "first_refresh_token";

// Requests that were refused with 401.
int64_t Refusals(Stage& stage) {
  int64_t count = 0;
  for (const simulator::Json& entry : stage.simulator().Journal()) {
    const simulator::Json* status = entry.Find("status");
    if (status != nullptr && status->AsInteger().value_or(0) == 401) ++count;
  }
  return count;
}

StageOptions WithOAuth() {
  setenv(kIdVariable, "main", 1);
  StageOptions options;
  options.credential = [](const std::string& base_url,
                          const std::string& directory) {
    return absl::StrCat(
        "oauth { token_url: \"",
        absl::StrReplaceAll(base_url, {{"/2.0", "/oauth/token"}}),
        "\" client_id_env: \"", kIdVariable, "\" client_secret_file: \"",
        directory, "/api_key\" refresh_token_file: \"", directory,
        "/refresh\" client_authentication: BASIC }");
  };
  return options;
}

// Every token that the simulator gave out or took, and the client's secret.
std::vector<std::string> Secrets(Stage& stage) {
  std::vector<std::string> secrets = {kKey, kFirstRefresh};
  const std::string path =
      stage.server().data_directory() + "/credentials/main.token";
  const auto tokens = simulator::Json::Parse(ReadFile(path));
  if (tokens.ok()) {
    secrets.push_back(tokens->TextAt("access_token"));
    secrets.push_back(tokens->TextAt("refresh_token"));
  }
  return secrets;
}

// Files below the test's directory in which a secret stands, besides those that
// are there to hold it.
std::vector<std::string> FilesWith(Stage& stage, const std::string& secret) {
  namespace fs = std::filesystem;
  const std::string kept = stage.server().data_directory() + "/credentials/";
  std::vector<std::string> found;
  for (const auto& entry :
       fs::recursive_directory_iterator(stage.directory().path())) {
    const std::string path = entry.path().string();
    const std::string name = entry.path().filename().string();
    if (!entry.is_regular_file() || absl::StartsWith(path, kept) ||
        absl::StartsWith(name, "api_key") ||
        absl::StartsWith(name, "refresh")) {
      continue;
    }
    if (absl::StrContains(ReadFile(path), secret)) found.push_back(path);
  }
  return found;
}

void ExpectNoSecret(Stage& stage) {
  const std::string metrics = Must(stage.server().Metrics());
  for (const std::string& secret : Secrets(stage)) {
    ASSERT_GE(secret.size(), 8u);
    EXPECT_THAT(FilesWith(stage, secret), IsEmpty()) << secret;
    EXPECT_FALSE(absl::StrContains(metrics, secret)) << secret;
  }
}

void AwaitState(Stage& stage, v1::ConnectionState state) {
  EXPECT_TRUE(WaitUntil(kPatience, [&] {
    const auto imports = stage.api().Imports();
    return !imports.empty() && imports[0].connection_state() == state;
  })) << v1::ConnectionState_Name(state);
}

void ExpectImported(Stage& stage, const std::vector<CatalogRow>& rows) {
  const std::string id = stage.api().Imports().at(0).import_id();
  ASSERT_TRUE(WaitUntil(kPatience, [&] {
    return stage.api().Import(id).state() == v1::IMPORT_STATE_FINISHED;
  }));
  const auto records = stage.simulator().Products();
  EXPECT_THAT(CompareRecords(rows, records), IsEmpty());
  EXPECT_THAT(CheckImport(stage.api(), id, rows.size(), records), IsEmpty());
  EXPECT_THAT(CheckJournal(stage.simulator().Journal()), IsEmpty());
}

TEST(CredentialsTest, ARevokedKeyIsReplacedDuringAnImportWithoutARestart) {
  StageOptions options;
  options.max_in_flight = 1;
  Stage stage(options);
  const std::vector<CatalogRow> rows = SampleRows(1500);
  const std::string file = stage.directory().Write("catalog.csv", ToCsv(rows));
  stage.simulator().SetFaults(R"({"latency_ms":20})");
  const auto cli = stage.StartCli({"import", file});
  ASSERT_TRUE(WaitUntil(kPatience, [&] {
    return stage.simulator().RequestCount("POST /products") >= 3;
  }));
  stage.simulator().Admin("POST", "revoke_key", R"({"key":"qyd_test_key"})");
  AwaitState(stage, v1::CONNECTION_STATE_NEEDS_CREDENTIALS);
  const int64_t requests = stage.simulator().RequestsTotal();
  EXPECT_EQ(Refusals(stage), 1);
  // One that is wrong as well costs one request.
  stage.directory().Replace("api_key", "wrong_key");
  ASSERT_TRUE(WaitUntil(kPatience, [&] { return Refusals(stage) >= 2; }));
  stage.simulator().Admin("POST", "add_key",
                          R"({"company":"main","key":"second_key"})");
  EXPECT_EQ(stage.simulator().RequestsTotal(), requests + 1);
  stage.directory().Replace("api_key", "second_key");
  ExpectImported(stage, rows);
  EXPECT_EQ(Refusals(stage), 2);
  EXPECT_EQ(stage.server().starts(), 1);
  for (const char* key : {kKey, "second_key", "wrong_key"}) {
    EXPECT_THAT(FilesWith(stage, key), IsEmpty()) << key;
  }
}

TEST(CredentialsTest, TokensRotateWhileTheServerIsKilled) {
  Stage stage(WithOAuth());
  stage.directory().Replace("refresh", kFirstRefresh);
  stage.simulator().Admin(
      "POST", "add_key",
      absl::StrCat(R"({"refresh_token":")", kFirstRefresh, R"("})"));
  stage.simulator().SetFaults(R"({"refresh_token":"rotates","latency_ms":20})");
  const std::vector<CatalogRow> rows = SampleRows(2500);
  const std::string file = stage.directory().Write("catalog.csv", ToCsv(rows));
  const auto cli = stage.StartCli({"import", file});
  for (int64_t kills = 1; kills <= 2; ++kills) {
    // More than may be in flight: the present token is on disk and in use.
    const int64_t posts = stage.simulator().RequestCount("POST /products");
    ASSERT_TRUE(WaitUntil(kPatience, [&] {
      return stage.simulator().RequestCount("POST /products") > posts + 4;
    }));
    // A token is renewed with the one that rotated before the kill.
    stage.KillAndRestart();
    stage.simulator().SetFaults(R"({"unauthorized":{"count":1}})");
    ASSERT_TRUE(WaitUntil(kPatience, [&] {
      return stage.simulator().RequestCount("POST /oauth/token") >= kills + 1;
    }));
  }
  ExpectImported(stage, rows);
  EXPECT_EQ(stage.simulator().RequestCount("POST /oauth/token"), 3);
  ExpectNoSecret(stage);
}

TEST(CredentialsTest, AProviderThatRepeatsTheKeyDoesNotSpreadIt) {
  Stage stage;
  const std::vector<CatalogRow> rows = SampleRows(60);
  const std::string file = stage.directory().Write("catalog.csv", ToCsv(rows));
  stage.simulator().SetFaults(absl::StrCat(
      R"({"bad_item":{"skus":[")", rows[7].sku, R"("],"message":"not with )",
      kKey, R"("},"forbidden":{"count":1,"methods":["POST"],"body":)",
      R"("{\"error\":\")", kKey, R"( may not\"}"}})"));
  const auto cli = stage.StartCli({"import", file});
  AwaitState(stage, v1::CONNECTION_STATE_NEEDS_CREDENTIALS);
  ExpectNoSecret(stage);
  stage.directory().Replace("api_key", kKey);
  const std::string id = stage.api().Imports().at(0).import_id();
  ASSERT_TRUE(WaitUntil(kPatience, [&] {
    return stage.api().Import(id).state() == v1::IMPORT_STATE_FINISHED;
  }));
  std::string items;
  for (const v1::ImportItem& item : stage.api().Items(id)) {
    absl::StrAppend(&items, item.ShortDebugString(), "\n");
  }
  EXPECT_THAT(items, HasSubstr("not with [credential]"));
  EXPECT_FALSE(absl::StrContains(items, kKey));
  stage.server().Kill();
  for (const std::string& secret : Secrets(stage)) {
    EXPECT_THAT(FilesWith(stage, secret), IsEmpty()) << secret;
  }
}

TEST(CredentialsTest, ATokenEndpointThatRepeatsTheRequestDoesNotSpreadIt) {
  Stage stage(WithOAuth());
  stage.directory().Replace("refresh", kFirstRefresh);
  stage.simulator().SetFaults(R"({"token_fault":"echo"})");
  const std::string file =
      stage.directory().Write("catalog.csv", ToCsv(SampleRows(10)));
  EXPECT_EQ(stage.RunCli({"import", file}).exit_code, 4);
  ExpectNoSecret(stage);
}

}  // namespace
}  // namespace qantara::process
