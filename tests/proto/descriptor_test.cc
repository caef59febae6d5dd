// The project's protos against the rules of proto/: every element says what it
// is, and nothing that was recorded in golden/ has changed.
#include <fstream>
#include <ostream>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/proto/descriptor_set.h"
#include "tests/proto/descriptor_text.h"

namespace qantara::tests {
namespace {

using ::testing::IsEmpty;

// Below the working directory of a Bazel test.
constexpr char kDescriptors[] = "tests/proto/descriptors.binpb";

class DescriptorTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(set_.ok()) << set_.status(); }

  absl::StatusOr<DescriptorSet> set_ = DescriptorSet::Read(kDescriptors);
};

TEST_F(DescriptorTest, EveryElementHasAComment) {
  const auto files = set_->FilesOf("qantara");
  ASSERT_FALSE(files.empty());
  for (const auto* file : files) {
    EXPECT_THAT(UncommentedElements(*file), IsEmpty()) << file->name();
  }
}

// Where the lines of a package are recorded.
struct Golden {
  const char* name;
  const char* package;
  const char* path;
};

std::ostream& operator<<(std::ostream& output, const Golden& golden) {
  return output << golden.path;
}

class GoldenTest : public DescriptorTest,
                   public ::testing::WithParamInterface<Golden> {};

std::vector<std::string> ReadLines(const char* path) {
  std::vector<std::string> lines;
  std::ifstream input(path);
  EXPECT_TRUE(input) << path;
  for (std::string line; std::getline(input, line);) lines.push_back(line);
  return lines;
}

// The lines of `from` that are not among those of `other`.
std::vector<std::string> Without(const std::vector<std::string>& from,
                                 const std::vector<std::string>& other) {
  const std::set<std::string> known(other.begin(), other.end());
  std::vector<std::string> left;
  for (const std::string& line : from) {
    if (known.count(line) == 0) left.push_back(line);
  }
  return left;
}

TEST_P(GoldenTest, NothingRecordedChangesAndNothingIsUnrecorded) {
  const std::vector<std::string> recorded = ReadLines(GetParam().path);
  std::vector<std::string> present;
  for (const auto* file : set_->FilesOf(GetParam().package)) {
    present.push_back("file " + file->name());
    for (std::string& line : DescribeFile(*file)) {
      present.push_back(std::move(line));
    }
  }
  ASSERT_FALSE(present.empty());
  EXPECT_THAT(Without(recorded, present), IsEmpty())
      << "These elements are gone or mean something else: bytes that were "
         "stored, or callers that were built, would be misread.";
  EXPECT_THAT(Without(present, recorded), IsEmpty())
      << "These elements are new: record them with tools/update_goldens.";
}

INSTANTIATE_TEST_SUITE_P(
    All, GoldenTest,
    ::testing::Values(Golden{"Api", "qantara.v1",
                             "tests/proto/golden/qantara.v1.txt"},
                      Golden{"Events", "qantara.events.v1",
                             "tests/proto/golden/qantara.events.v1.txt"},
                      Golden{"Config", "qantara.config.v1",
                             "tests/proto/golden/qantara.config.v1.txt"}),
    [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace qantara::tests
