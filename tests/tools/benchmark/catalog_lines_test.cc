#include "tools/benchmark/catalog_lines.h"

#include <set>
#include <string>

#include "domain/line.h"
#include "gtest/gtest.h"

namespace qantara::tools {
namespace {

constexpr uint32_t kLines = 5000;

// What is refused or joined with another line would make the server look
// faster than it is.
TEST(CatalogLinesTest, EveryLineIsAValidProductOfItsOwn) {
  std::set<std::string> skus;
  for (uint32_t number = 1; number <= kLines; ++number) {
    const std::string bytes = MakeCatalogLine(number).SerializeAsString();
    const domain::ParsedLine parsed = domain::ParseLine(bytes, {});
    ASSERT_TRUE(parsed.problems.empty())
        << "line " << number << ": " << parsed.problems[0].field() << ": "
        << parsed.problems[0].message();
    EXPECT_TRUE(skus.insert(parsed.sku).second) << parsed.sku;
  }
}

TEST(CatalogLinesTest, AnAverageLineHasAbout200Bytes) {
  size_t bytes = 0;
  for (uint32_t number = 1; number <= kLines; ++number) {
    bytes += MakeCatalogLine(number).ByteSizeLong();
  }
  EXPECT_GT(bytes / kLines, 180U);
  EXPECT_LT(bytes / kLines, 220U);
}

}  // namespace
}  // namespace qantara::tools
