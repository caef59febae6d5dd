// One bit of one file of the data directory is another one: what is served
// afterwards is the truth, or nothing is.
//
// RocksDB's info LOG is left out: nothing reads it. LOCK is empty.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdio.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "tests/store/bit_flip_sample.h"
#include "tests/store/temporary_directory.h"

namespace qantara::store {
namespace {

namespace fs = std::filesystem;

constexpr int kStarts = 3;
constexpr int kCommitsPerStart = 12;
// The process may die of so many flips.
constexpr int kMaxDeaths = 200;

// Several starts, so that some events are in files and some in the write-ahead
// log.
void SaveSample(const std::string& directory) {
  const auto env = EnvOf({});
  ASSERT_TRUE(env->CreateDirIfMissing(kSampleDirectory).ok());
  for (int start = 0; start < kStarts; ++start) {
    const absl::Status appended = AppendSample(*env, kCommitsPerStart);
    ASSERT_TRUE(appended.ok()) << appended;
  }
  for (const auto& [path, bytes] : ImageOf(*env, kSampleDirectory)) {
    const std::string file = directory + path;
    fs::create_directories(fs::path(file).parent_path());
    std::ofstream(file, std::ios::binary) << bytes;
  }
}

// Lines that bit_flip_look writes until its end.
std::vector<std::string> RunLook(const std::string& image, int first) {
  const std::string command = absl::StrCat(
      std::getenv("TEST_SRCDIR"), "/", std::getenv("TEST_WORKSPACE"),
      "/tests/store/bit_flip_look ", image, " ", first);
  FILE* const out = popen(command.c_str(), "r");
  std::string text;
  char buffer[4096];
  for (size_t n = 1; n > 0;) {
    n = fread(buffer, 1, sizeof(buffer), out);
    text.append(buffer, n);
  }
  pclose(out);
  return absl::StrSplit(text, '\n', absl::SkipEmpty());
}

using Counts = std::map<std::string, std::map<std::string, int>>;

// Adds what the lines say; returns the number of the next flip, -1 at the end.
int Add(const std::vector<std::string>& lines, int first, Counts* counts) {
  int next = first;
  for (const std::string& line : lines) {
    if (line == "end") return -1;
    if (line == "truth") continue;
    const std::vector<std::string> words =
        absl::StrSplit(line, ' ', absl::SkipEmpty());
    // A line that stops there: RocksDB ended the process.
    const std::string result = words.size() > 2 ? words[2] : "died";
    ++(*counts)[words[1]][result];
    EXPECT_NE(result, "WRONG")
        << words.back() << ": another content is served as the truth";
    ++next;
  }
  return next;
}

TEST(BitFlipTest, IsNeverServedAsTruth) {
  const TemporaryDirectory directory;
  const std::string image = directory.path() + "/image";
  SaveSample(image);
  if (HasFatalFailure()) return;
  Counts counts;
  int deaths = 0;
  for (int first = 0; first >= 0; ++deaths) {
    const auto lines = RunLook(image, first);
    ASSERT_FALSE(lines.empty()) << "the sample itself cannot be read";
    ASSERT_LT(deaths, kMaxDeaths);
    first = Add(lines, first, &counts);
  }
  int flips = 0;
  for (auto& [kind, results] : counts) {
    std::cout << kind << ":";
    for (const auto& [result, count] : results) {
      std::cout << " " << result << " " << count;
      flips += count;
    }
    std::cout << "\n";
  }
  std::cout << "flips " << flips << std::endl;
  // What holds events or rows, and what leads to them, is checked: a flip that
  // changes nothing is the exception.
  for (const char* kind : {"log/wal", "log/sst", "log/MANIFEST", "log/CURRENT",
                           "tables/sst", "tables/MANIFEST", "tables/CURRENT"}) {
    auto& results = counts[kind];
    EXPECT_GT(results["refused"] + results["read_only"] + results["died"],
              results["same"])
        << kind;
  }
}

}  // namespace
}  // namespace qantara::store
