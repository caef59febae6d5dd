// A process is killed at every failpoint of a cut: log and tables are sound
// then, and the next process cuts what is left.
#include "tests/server/retention/retention_kill.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/store/temporary_directory.h"
#include "tools/crash/log_chain.h"

namespace qantara::server {
namespace {

namespace fs = std::filesystem;
using ::testing::AnyOf;
using ::testing::MatchesRegex;

// Runs retention_child; returns what waitpid says.
int RunChild(const std::string& directory, const std::string& what) {
  const std::string program =
      absl::StrCat(getenv("TEST_SRCDIR"), "/", getenv("TEST_WORKSPACE"),
                   "/tests/server/retention/retention_child");
  const pid_t child = fork();
  if (child == 0) {
    execl(program.c_str(), program.c_str(), directory.c_str(), what.c_str(),
          nullptr);
    _exit(127);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return status;
}

class RetentionKillTest : public ::testing::Test {
 protected:
  RetentionKillTest() : filled_(directory_.path() + "/filled") {
    EXPECT_EQ(RunChild(filled_, "fill"), 0);
    chain_ = tools::ReadLog(filled_)->chain;
    rows_ = RetentionWorld(KillOptions(filled_, kKillBegin)).StockRows();
  }

  // What the log and the tables say after a death must be sound, and whoever
  // comes next must end with everything cut.
  void ExpectSoundAndFinish(const std::string& directory) {
    const auto content = tools::ReadLog(directory);
    ASSERT_TRUE(content.ok()) << content.status();
    EXPECT_TRUE(tools::Continues(chain_, content->chain));
    RetentionWorld world(KillOptions(directory, 2 * kKillBegin));
    EXPECT_EQ(world.Problem(), "");
    EXPECT_EQ(world.StockRows(), rows_);
    // Cut from the oldest on, and only behind the record of the cut.
    EXPECT_THAT(world.Kinds(),
                AnyOf(MatchesRegex(absl::StrCat(kKillChanges, "S( [0-9]P)?")),
                      MatchesRegex("([0-9]+x )?([0-9]+S )?3P 1C")));
    world.Run(kKillRun);
    EXPECT_THAT(world.Kinds(),
                MatchesRegex(absl::StrCat(kKillChanges, "x [0-9]+P 1C")));
    EXPECT_EQ(world.Problem(), "");
    EXPECT_EQ(world.StockRows(), rows_);
  }

  const store::TemporaryDirectory directory_;
  const std::string filled_;
  std::vector<tools::ChainLink> chain_;
  std::map<std::string, std::string> rows_;
};

TEST_F(RetentionKillTest, CutKilledAtAnyFailpointIsSoundAndGoesOn) {
  for (const char* failpoint :
       {"cut_snapshot_take@1",  "cut_snapshot_take@3", "cut_snapshot_taken@1",
        "cut_snapshot_taken@3", "cut_record@1",        "cut_recorded@1",
        "cut_write@1",          "cut_write@3",         "cut_written@1",
        "cut_written@2",        "cut_written@3",       "writer_decide@2",
        "log_append@4",         "log_appended@4",      "log_written@2",
        "log_written@5",        "log_synced@4",        "log_synced@6",
        "marker_written@4",     "tables_apply@2",      "tables_apply@4",
        "tables_applied@4"}) {
    SCOPED_TRACE(failpoint);
    const std::string copy = absl::StrCat(directory_.path(), "/", failpoint);
    fs::copy(filled_, copy, fs::copy_options::recursive);
    const int status = RunChild(copy, failpoint);
    ASSERT_TRUE(WIFSIGNALED(status)) << "the failpoint was not reached";
    EXPECT_EQ(WTERMSIG(status), SIGKILL);
    ExpectSoundAndFinish(copy);
    if (HasFailure()) return;
    fs::remove_all(copy);
  }
}

// One death after the other in one directory.
TEST_F(RetentionKillTest, CutThatIsKilledAgainAndAgainComesToItsEnd) {
  for (const char* failpoint :
       {"cut_snapshot_taken@2", "cut_record@1", "cut_recorded@1", "cut_write@1",
        "cut_written@1", "cut_write@1", "log_written@1", "cut_written@1"}) {
    SCOPED_TRACE(failpoint);
    const int status = RunChild(filled_, failpoint);
    ASSERT_TRUE(WIFSIGNALED(status)) << "the failpoint was not reached";
    EXPECT_EQ(WTERMSIG(status), SIGKILL);
    const auto content = tools::ReadLog(filled_);
    ASSERT_TRUE(content.ok()) << content.status();
    EXPECT_TRUE(tools::Continues(chain_, content->chain));
    chain_ = content->chain;
  }
  RetentionWorld world(KillOptions(filled_, 2 * kKillBegin));
  world.Run(kKillRun);
  EXPECT_THAT(world.Kinds(),
              MatchesRegex(absl::StrCat(kKillChanges, "x [0-9]+P 1C")));
  EXPECT_EQ(world.Problem(), "");
  EXPECT_EQ(world.StockRows(), rows_);
}

}  // namespace
}  // namespace qantara::server
