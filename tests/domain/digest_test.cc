#include "domain/digest.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "absl/strings/escaping.h"

namespace qantara::domain {
namespace {

// From FIPS 180-2 and its examples.
TEST(Digest16Test, IsTheHeadOfSha256) {
  EXPECT_EQ(absl::BytesToHexString(Digest16("")),
            "e3b0c44298fc1c149afbf4c8996fb924");
  EXPECT_EQ(absl::BytesToHexString(Digest16("abc")),
            "ba7816bf8f01cfea414140de5dae2223");
  EXPECT_EQ(absl::BytesToHexString(Digest16(std::string(1'000'000, 'a'))),
            "cdc76e5c9914fb9281a1c7e284d73e67");
}

TEST(Digest16Test, ReadsZeroBytes) {
  EXPECT_NE(Digest16(absl::string_view("a\0b", 3)),
            Digest16(absl::string_view("a\0c", 3)));
}

TEST(Digest32Test, IsTheWholeOfIt) {
  const Digest32 digest = Digest32Of("abc");
  EXPECT_EQ(
      absl::BytesToHexString(absl::string_view(digest.data(), digest.size())),
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(RunningDigestTest, PiecesMakeNoDifference) {
  RunningDigest digest;
  digest.Add("a");
  digest.Add("");
  digest.Add("bc");
  EXPECT_EQ(digest.Finish(), Digest32Of("abc"));
}

TEST(Digest16Test, ThreadsDoNotDisturbEachOther) {
  const std::string expected = Digest16("qantara");
  std::vector<std::thread> threads;
  std::vector<int> wrong(4, 0);
  threads.reserve(wrong.size());
  for (int& count : wrong) {
    threads.emplace_back([&count, &expected] {
      for (int i = 0; i < 2'000; ++i) {
        if (Digest16("qantara") != expected) ++count;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, std::vector<int>(4, 0));
}

}  // namespace
}  // namespace qantara::domain
