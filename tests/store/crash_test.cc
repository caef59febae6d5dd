// Kills a writer at any moment: what it acknowledged is there afterwards.
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "store/catch_up.h"
#include "store/rocksdb_event_log.h"
#include "store/rocksdb_tables.h"
#include "tests/store/sample_commands.h"
#include "tests/store/sample_events.h"
#include "tests/store/temporary_directory.h"

namespace qantara::store {
namespace {

using ::testing::HasSubstr;

// A running crash_writer.
class Child {
 public:
  explicit Child(const std::string& directory) {
    int ends[2];
    if (pipe(ends) != 0) abort();
    const std::string program =
        absl::StrCat(getenv("TEST_SRCDIR"), "/", getenv("TEST_WORKSPACE"),
                     "/tests/store/crash_writer");
    pid_ = fork();
    if (pid_ == 0) {
      dup2(ends[1], STDOUT_FILENO);
      close(ends[0]);
      close(ends[1]);
      execl(program.c_str(), program.c_str(), directory.c_str(), nullptr);
      _exit(127);
    }
    close(ends[1]);
    out_ = fdopen(ends[0], "r");
  }

  ~Child() {
    if (out_ != nullptr) Kill();
  }

  // The next whole line, or empty when there is none any more.
  std::string ReadLine() {
    char line[256];
    if (fgets(line, sizeof(line), out_) == nullptr) return "";
    std::string text = line;
    if (text.empty() || text.back() != '\n') return "";
    text.pop_back();
    return text;
  }

  // Kills it, and returns the lines that it had written.
  std::vector<std::string> Kill() {
    kill(pid_, SIGKILL);
    std::vector<std::string> lines;
    for (std::string line = ReadLine(); !line.empty(); line = ReadLine()) {
      lines.push_back(line);
    }
    waitpid(pid_, nullptr, 0);
    fclose(std::exchange(out_, nullptr));
    return lines;
  }

 private:
  pid_t pid_ = -1;
  FILE* out_ = nullptr;
};

class CrashTest : public ::testing::Test {
 protected:
  CrashTest() : path_(directory_.path() + "/data") {}

  // Lets a writer acknowledge about `count` events and kills it.
  std::vector<std::string> RunAndKill(size_t count) {
    Child child(path_);
    EXPECT_EQ(child.ReadLine(), "ready");
    std::vector<std::string> lines;
    while (lines.size() < count) {
      lines.push_back(child.ReadLine());
      if (lines.back().empty()) {
        ADD_FAILURE() << "the writer ended by itself";
        return {};
      }
    }
    for (std::string& line : child.Kill()) lines.push_back(std::move(line));
    return lines;
  }

  // Checks that the log holds what the lines say, and that it adds up.
  void ExpectHolds(const std::vector<std::string>& lines) {
    RocksdbEventLog::Options log_options;
    log_options.directory = path_;
    const auto log = RocksdbEventLog::Open(log_options);
    ASSERT_TRUE(log.ok()) << log.status();
    EXPECT_TRUE((*log)->writable().ok()) << (*log)->writable();
    EXPECT_EQ((*log)->Verify().value(), (*log)->head());
    const std::vector<std::string> texts = TextsAfter(**log);
    ASSERT_EQ(texts.size(), (*log)->head());
    for (size_t i = 0; i < texts.size(); ++i) {
      ASSERT_EQ(texts[i], absl::StrCat("n=", i + 1));
    }
    for (const std::string& line : lines) {
      const std::vector<std::string> words = absl::StrSplit(line, ' ');
      uint64_t position = 0;
      ASSERT_TRUE(absl::SimpleAtoi(words[0], &position)) << line;
      ASSERT_LE(position, texts.size()) << "lost after it was acknowledged";
      ASSERT_EQ(texts[position - 1], words[1]);
    }
    RocksdbTables::Options table_options;
    table_options.directory = path_;
    const auto tables = RocksdbTables::Open(table_options);
    ASSERT_TRUE(tables.ok()) << tables.status();
    ASSERT_LE((*tables)->position(), (*log)->head());
    ASSERT_TRUE(CatchUp(**log, **tables, &SampleFold, (*log)->head()).ok());
    EXPECT_EQ((*tables)->Get(domain::Table::kSkus, "n").value(),
              absl::StrCat((*log)->head()));
  }

  TemporaryDirectory directory_;
  std::string path_;
};

TEST_F(CrashTest, KilledWriterLosesNothingThatItAcknowledged) {
  std::vector<std::string> acknowledged;
  for (const size_t count : {1, 2, 50, 300, 1000, 64, 65, 700}) {
    for (std::string& line : RunAndKill(count)) {
      acknowledged.push_back(std::move(line));
    }
    ExpectHolds(acknowledged);
    if (HasFatalFailure()) return;
  }
}

TEST_F(CrashTest, DirectoryOfARunningProcessIsRefusedAndLeftAlone) {
  Child child(path_);
  EXPECT_EQ(child.ReadLine(), "ready");
  RocksdbEventLog::Options options;
  options.directory = path_;
  const auto log = RocksdbEventLog::Open(options);
  EXPECT_EQ(log.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(log.status().message(), HasSubstr(path_));
  EXPECT_FALSE(child.ReadLine().empty());
  ExpectHolds(child.Kill());
}

}  // namespace
}  // namespace qantara::store
