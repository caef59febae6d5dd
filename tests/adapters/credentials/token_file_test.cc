#include "adapters/credentials/token_file.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace qantara::adapters {
namespace {

using ::testing::HasSubstr;

class TokenFileTest : public ::testing::Test {
 protected:
  TokenFileTest() {
    std::string pattern = ::testing::TempDir() + "/token_file.XXXXXX";
    folder_ = std::string(mkdtemp(pattern.data())) + "/credentials";
    path_ = folder_ + "/shop.token";
  }

  static int ModeOf(const std::string& path) {
    struct stat info = {};
    EXPECT_EQ(stat(path.c_str(), &info), 0) << path;
    return static_cast<int>(info.st_mode & 0777);
  }

  std::string folder_;
  std::string path_;
  const StoredTokens tokens_ = {"a1", "r1", absl::FromUnixSeconds(1800000000),
                                "0f"};
};

TEST_F(TokenFileTest, WhatIsSavedIsReadByTheNext) {
  {
    TokenFile file(path_);
    ASSERT_TRUE(file.Open().ok());
    EXPECT_FALSE(file.Open()->has_value());
    ASSERT_TRUE(file.Save({"a0", "r0", std::nullopt, "0e"}).ok());
    ASSERT_TRUE(file.Save(tokens_).ok());
  }
  TokenFile file(path_);
  const auto stored = file.Open();
  ASSERT_TRUE(stored.ok() && stored->has_value()) << stored.status();
  EXPECT_EQ((*stored)->access_token, "a1");
  EXPECT_EQ((*stored)->refresh_token, "r1");
  EXPECT_EQ((*stored)->origin, "0f");
  EXPECT_EQ((*stored)->expires, tokens_.expires);
}

TEST_F(TokenFileTest, NobodyElseMayRead) {
  TokenFile file(path_);
  ASSERT_TRUE(file.Open().ok());
  // Left behind by a process that died, with another mode.
  std::ofstream(path_ + ".new") << "half";
  ASSERT_EQ(chmod((path_ + ".new").c_str(), 0644), 0);
  ASSERT_TRUE(file.Save(tokens_).ok());
  EXPECT_EQ(ModeOf(path_), 0600);
  EXPECT_EQ(ModeOf(folder_), 0700);
}

TEST_F(TokenFileTest, OnlyOneProcessUsesIt) {
  TokenFile first(path_);
  ASSERT_TRUE(first.Open().ok());
  TokenFile second(path_);
  EXPECT_THAT(second.Open().status().message(),
              HasSubstr("in use by another process"));
}

TEST_F(TokenFileTest, ADamagedFileIsNotTaken) {
  for (const char* content :
       {"", "{", "{}", R"({"format":"2","access_token":"a"})",
        R"({"format":"1","origin":"0f","access_token":"a"})"}) {
    TokenFile file(path_);
    ASSERT_EQ(mkdir(folder_.c_str(), 0700) != 0 && errno != EEXIST, false);
    std::ofstream(path_, std::ios::trunc) << content;
    EXPECT_THAT(file.Open().status().message(), HasSubstr("is damaged"))
        << content;
  }
}

TEST_F(TokenFileTest, WhatCannotBeWrittenIsReported) {
  TokenFile file(path_);
  ASSERT_TRUE(file.Open().ok());
  ASSERT_TRUE(file.Save(tokens_).ok());
  // A folder stands where the temporary file goes.
  ASSERT_EQ(mkdir((path_ + ".new").c_str(), 0700), 0);
  EXPECT_EQ(file.Save({"a2", "r2", std::nullopt, "0f"}).code(),
            absl::StatusCode::kUnavailable);
  EXPECT_EQ((*file.Open())->access_token, "a1");
}

}  // namespace
}  // namespace qantara::adapters
