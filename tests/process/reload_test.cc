// SIGHUP: the configuration is read again while calls go on.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/time/time.h"
#include "tests/process/support/catalog.h"
#include "tests/process/support/stage.h"
#include "tests/process/support/temporary_directory.h"
#include "tests/process/support/wait_until.h"

namespace qantara::process {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr absl::Duration kPatience = absl::Seconds(60);

class ReloadTest : public ::testing::Test {
 protected:
  ReloadTest() : config_(ReadFile(ConfigPath())) {}

  std::string ConfigPath() {
    return stage_.directory().path() + "/server.textproto";
  }

  // Puts the configuration there and has it read; waits until the server says
  // `event`.
  void Reload(const std::string& config, const std::string& event) {
    stage_.directory().Replace("server.textproto", config);
    kill(stage_.server().pid(), SIGHUP);
    ASSERT_TRUE(WaitUntil(kPatience, [&] {
      return stage_.server().log().find(event) != std::string::npos;
    })) << stage_.server().log();
  }
  // The configured connection under another name.
  std::string Second() const {
    return absl::StrReplaceAll(config_, {{"\"main\"", "\"second\""}});
  }
  std::string Import(const std::string& connection, const std::string& name,
                     int rows) {
    const std::string file =
        stage_.directory().Write(name, ToCsv(SampleRows(rows)));
    const CliResult result =
        stage_.RunCli({"import", file, "--connection", connection});
    return absl::StrCat(result.exit_code,
                        result.exit_code == 0 ? "" : result.err);
  }

  Stage stage_;
  const std::string config_;
};

TEST_F(ReloadTest, ANewConnectionIsAddedAndAStreamGoesOn) {
  const auto tail =
      stage_.StartCli({"events", "tail", "--follow", "--after", "0"});
  Reload(config_ + Second(), "connection_added");
  EXPECT_THAT(stage_.RunCli({"status"}).out, HasSubstr("second  ACTIVE"));
  EXPECT_EQ(Import("second", "a.csv", 5), "0");
  EXPECT_EQ(Import("main", "a.csv", 5), "0");
  const CliResult check =
      stage_.RunCli({"connection", "check", "--connection", "second"});
  EXPECT_EQ(check.exit_code, 0) << check.err;
  EXPECT_THAT(check.out, HasSubstr("filters     sku honoured"));
  EXPECT_TRUE(WaitUntil(kPatience, [&] {
    return tail->out().find("import/second/") != std::string::npos &&
           tail->out().find("import/main/") != std::string::npos;
  })) << tail->out();
  EXPECT_TRUE(tail->running());
  EXPECT_EQ(tail->err(), "");
}

TEST_F(ReloadTest, AChangedKeyIsUsed) {
  EXPECT_EQ(Import("main", "a.csv", 5), "0");
  stage_.simulator().Admin("POST", "add_key",
                           R"({"company":"main","key":"another_key"})");
  stage_.simulator().Admin("POST", "revoke_key", R"({"key":"qyd_test_key"})");
  const std::string key = stage_.directory().Write("other_key", "another_key");
  Reload(absl::StrReplaceAll(config_,
                             {{stage_.directory().path() + "/api_key", key}}),
         "connection_changed");
  EXPECT_EQ(Import("main", "b.csv", 12), "0");
  EXPECT_EQ(stage_.simulator().Products().size(), 12u);
}

TEST_F(ReloadTest, ABrokenFileIsRefusedAndTheOldOneKept) {
  Reload(config_ + "connections { id: \"BAD NAME\" }", "config_refused");
  EXPECT_THAT(stage_.server().log(), HasSubstr("connections[1]"));
  EXPECT_THAT(stage_.server().log(), Not(HasSubstr("connection_added")));
  EXPECT_EQ(Import("main", "a.csv", 5), "0");
}

TEST_F(ReloadTest, AConnectionKeepsItsProvider) {
  Reload(absl::StrCat(R"(connections { id: "main" qwoty {
                        base_url: "http://127.0.0.1:9/api" token_file: ")",
                      stage_.directory().path(), "/api_key\" } }"),
         "connection_not_changed");
  EXPECT_EQ(Import("main", "a.csv", 5), "0");
  EXPECT_EQ(stage_.simulator().Products().size(), 5u);
}

TEST_F(ReloadTest, AConnectionThatIsGoneIsKeptUntilTheNextStart) {
  Reload(config_ + Second(), "connection_added");
  Reload(config_, "connection_kept");
  EXPECT_EQ(Import("second", "a.csv", 5), "0");
}

}  // namespace
}  // namespace qantara::process
