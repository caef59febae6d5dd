#include "server/inventory/stock_stream.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/server/core/core_fixture.h"

namespace qantara::server {
namespace {

using StockStreamTest = CoreFixture;

// Number of events after `position`, and the position of the first.
std::pair<size_t, domain::Position> After(const domain::EventLog& log,
                                          domain::Position position) {
  auto stream = StockStream::After(log, "store", position);
  EXPECT_TRUE(stream.ok()) << stream.status();
  size_t events = 0;
  domain::Position first = 0;
  while (true) {
    const auto records = stream->Next();
    EXPECT_TRUE(records.ok()) << records.status();
    if (records->empty()) return {events, first};
    if (events == 0) first = records->front()->position();
    events += records->size();
  }
}

TEST_F(StockStreamTest, BeginsAfterAnyPosition) {
  constexpr domain::Position kEvents = 100;
  for (domain::Position i = 1; i <= kEvents; ++i) {
    Observe("1", absl::StrCat(i));
  }
  const domain::Position head = storage_->log().head();
  // The location was new once.
  ASSERT_EQ(head, kEvents + 1);
  for (domain::Position position = 0; position < head; ++position) {
    EXPECT_EQ(After(storage_->log(), position),
              std::make_pair(size_t{head - position}, position + 1));
  }
  EXPECT_EQ(After(storage_->log(), head).first, 0);
}

TEST_F(StockStreamTest, AConnectionWithoutStockIsEmpty) {
  EXPECT_EQ(After(storage_->log(), 0).first, 0);
}

}  // namespace
}  // namespace qantara::server
