#include "tools/benchmark/import_stream.h"

#include <grpcpp/support/slice.h>

#include "gtest/gtest.h"
#include "qantara/v1/catalog_service.pb.h"

namespace qantara::tools {
namespace {

v1::ImportCatalogRequest Decode(const grpc::ByteBuffer& buffer) {
  grpc::Slice slice;
  v1::ImportCatalogRequest request;
  EXPECT_TRUE(buffer.DumpToSingleSlice(&slice).ok());
  EXPECT_TRUE(
      request.ParseFromArray(slice.begin(), static_cast<int>(slice.size())));
  return request;
}

TEST(ImportStreamTest, HoldsHeaderAllLinesInOrderAndEnd) {
  const ImportStream stream = EncodeImport({"bench", "one", 7, 3});

  ASSERT_EQ(stream.messages.size(), 5U);
  const auto header = Decode(stream.messages[0]).header();
  EXPECT_EQ(header.connection(), "bench");
  EXPECT_EQ(header.import_id(), "one");
  const int sizes[] = {3, 3, 1};
  uint32_t next_line = 1;
  for (int i = 0; i < 3; ++i) {
    const auto batch = Decode(stream.messages[1 + i]).batch();
    EXPECT_EQ(batch.first_line(), next_line);
    EXPECT_EQ(batch.lines_size(), sizes[i]);
    next_line += batch.lines_size();
  }
  EXPECT_EQ(Decode(stream.messages[4]).end().last_line(), 7U);
}

TEST(ImportStreamTest, ALastMessageThatIsFullIsNotFollowedByAnEmptyOne) {
  const ImportStream stream = EncodeImport({"bench", "one", 6, 3});

  ASSERT_EQ(stream.messages.size(), 4U);
  EXPECT_EQ(Decode(stream.messages[2]).batch().lines_size(), 3);
  EXPECT_TRUE(Decode(stream.messages[3]).has_end());
}

}  // namespace
}  // namespace qantara::tools
