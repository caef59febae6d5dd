#include "tools/cli/line_sender.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace qantara::tools {
namespace {

using ::testing::ElementsAre;

// Gives records whose SKUs have the given sizes.
class SizedRecords final : public CatalogReader {
 public:
  explicit SizedRecords(std::vector<size_t> sizes) : sizes_(std::move(sizes)) {}

  absl::StatusOr<bool> Next(CatalogRecord& record) override {
    if (next_ == sizes_.size()) return false;
    record.fields = {{CatalogField::kSku, std::string(sizes_[next_], 'x')}};
    record.line = ++next_;
    return true;
  }

 private:
  const std::vector<size_t> sizes_;
  size_t next_ = 0;
};

// What is written, a word a message: "first+lines" or "end:last".
std::vector<std::string> Send(std::vector<size_t> sizes, uint32_t next_line,
                              const BatchLimits& limits) {
  SizedRecords records(std::move(sizes));
  std::vector<std::string> written;
  const absl::Status status = SendLines(
      records, next_line, limits, [&](const v1::ImportCatalogRequest& request) {
        written.push_back(request.has_end()
                              ? absl::StrCat("end:", request.end().last_line())
                              : absl::StrCat(request.batch().first_line(), "+",
                                             request.batch().lines_size()));
        return true;
      });
  EXPECT_TRUE(status.ok()) << status;
  return written;
}

TEST(LineSenderTest, BatchesAreBoundedByLines) {
  EXPECT_THAT(Send({1, 1, 1, 1, 1}, 1, {2, 1000}),
              ElementsAre("1+2", "3+2", "5+1", "end:5"));
}

TEST(LineSenderTest, BatchesAreBoundedByBytesAndALargeLineTravelsAlone) {
  EXPECT_THAT(Send({40, 40, 400, 1}, 1, {100, 100}),
              ElementsAre("1+2", "3+1", "4+1", "end:4"));
}

TEST(LineSenderTest, LinesThatTheServerHasAreLeftOut) {
  EXPECT_THAT(Send({1, 1, 1}, 3, {2, 1000}), ElementsAre("3+1", "end:3"));
  EXPECT_THAT(Send({1, 1, 1}, 4, {2, 1000}), ElementsAre("end:3"));
}

TEST(LineSenderTest, ABrokenStreamEndsTheSending) {
  SizedRecords records({1, 1, 1});
  int writes = 0;
  const absl::Status status = SendLines(
      records, 1, {1, 1000}, [&](const auto&) { return ++writes < 2; });
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(writes, 2);
}

}  // namespace
}  // namespace qantara::tools
