#include "store/head_marker.h"

#include <memory>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "rocksdb/env.h"

namespace qantara::store {
namespace {

constexpr char kPath[] = "/data/head";

Head HeadAt(domain::Position position) {
  Head head;
  head.position = position;
  head.digest.fill(static_cast<char>(position));
  return head;
}

class HeadMarkerTest : public ::testing::Test {
 protected:
  HeadMarkerTest() : env_(rocksdb::NewMemEnv(rocksdb::Env::Default())) {
    EXPECT_TRUE(env_->CreateDirIfMissing("/data").ok());
  }

  absl::StatusOr<std::optional<Head>> Read() {
    return HeadMarker::Read(*env_, kPath);
  }

  std::unique_ptr<HeadMarker> Open(const Head& head) {
    return HeadMarker::Open(*env_, kPath, head).value();
  }

  std::string Bytes() {
    std::string bytes;
    EXPECT_TRUE(rocksdb::ReadFileToString(env_.get(), kPath, &bytes).ok());
    return bytes;
  }

  void SetBytes(const std::string& bytes) {
    EXPECT_TRUE(rocksdb::WriteStringToFile(env_.get(), bytes, kPath).ok());
  }

  const std::unique_ptr<rocksdb::Env> env_;
};

TEST_F(HeadMarkerTest, NoFileSaysNothing) {
  EXPECT_EQ(Read().value(), std::nullopt);
}

TEST_F(HeadMarkerTest, NewestWriteIsRead) {
  const auto marker = Open(HeadAt(1));
  EXPECT_EQ(Read().value(), HeadAt(1));
  for (domain::Position position = 2; position < 6; ++position) {
    EXPECT_TRUE(marker->Write(HeadAt(position)).ok());
    EXPECT_EQ(Read().value(), HeadAt(position));
  }
  EXPECT_TRUE(marker->Sync().ok());
}

TEST_F(HeadMarkerTest, OpeningReplacesWhatWasThere) {
  EXPECT_TRUE(Open(HeadAt(9))->Write(HeadAt(10)).ok());
  Open(HeadAt(3));
  EXPECT_EQ(Read().value(), HeadAt(3));
}

TEST_F(HeadMarkerTest, TornBlockLeavesTheOtherOne) {
  const auto marker = Open(HeadAt(1));
  EXPECT_TRUE(marker->Write(HeadAt(2)).ok());
  EXPECT_TRUE(marker->Write(HeadAt(3)).ok());
  const std::string bytes = Bytes();
  for (size_t i = 0; i < HeadMarker::kBlockBytes; ++i) {
    std::string torn = bytes;
    torn[i] ^= 0x10;
    SetBytes(torn);
    EXPECT_EQ(Read().value()->position, 3) << i;
    torn = bytes;
    torn[HeadMarker::kBlockDistance + i] ^= 0x10;
    SetBytes(torn);
    // The last bytes of a block are not used.
    EXPECT_EQ(Read().value()->position, i < 56 ? 2 : 3) << i;
  }
}

TEST_F(HeadMarkerTest, FileWithoutAWholeBlockIsDataLoss) {
  Open(HeadAt(1));
  const std::string bytes = Bytes();
  for (const std::string& damaged :
       {std::string(), std::string("QNTRHEAD"), bytes.substr(1),
        std::string(bytes.size(), '\0'), bytes.substr(0, 63)}) {
    SetBytes(damaged);
    EXPECT_EQ(Read().status().code(), absl::StatusCode::kDataLoss);
  }
  SetBytes(bytes.substr(0, HeadMarker::kBlockBytes));
  EXPECT_EQ(Read().value(), HeadAt(1));
}

}  // namespace
}  // namespace qantara::store
