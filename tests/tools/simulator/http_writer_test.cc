#include "tools/simulator/http_writer.h"

#include <string>

#include "gtest/gtest.h"

namespace qantara::simulator {
namespace {

TEST(HttpWriterTest, GzipOfStoredBlocksIsTheKnownBytes) {
  // As `printf hello | gzip -0` would hold it: header, one last stored block,
  // CRC-32 3610a686, size 5.
  EXPECT_EQ(GzipStored("hello"),
            std::string("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
                        "\x01\x05\x00\xfa\xffhello"
                        "\x86\xa6\x10\x36\x05\x00\x00\x00",
                        28));
}

TEST(HttpWriterTest, GzipSplitsWhatOneBlockCannotHold) {
  // Header, two block heads, trailer.
  EXPECT_EQ(GzipStored(std::string(70'000, 'x')).size(),
            70'000u + 10 + 2 * 5 + 8);
  EXPECT_EQ(GzipStored("").size(), 10u + 5 + 8);
}

}  // namespace
}  // namespace qantara::simulator
