#include "server/core/past_exchange.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/domain/text_proto.h"
#include "tests/simulation/memory_event_log.h"

namespace qantara::server {
namespace {

// Appends the texts of events, at positions from 1.
void Append(const std::vector<std::string>& texts,
            simulation::MemoryEventLog* log) {
  std::vector<domain::NewEvent> events;
  for (const std::string& text : texts) {
    auto record = std::make_shared<events::v1::EventRecord>();
    record->set_position(events.size() + 1);
    record->set_stream("s");
    record->set_revision(events.size() + 1);
    *record->mutable_event() = domain::FromText<events::v1::Event>(text);
    events.push_back({std::move(record)});
  }
  ASSERT_TRUE(log->Append(absl::MakeSpan(events)).ok());
}

// The life of a product goes on behind events that concern many.
TEST(PastExchangeTest, IsFoundBehindDriftOfTheProduct) {
  simulation::MemoryEventLog log;
  Append({"product_update_recorded { product_id: 7 }",
          "update_intended { product_id: 7 updates: 1 previous_position: 1 }",
          "update_answered { product_id: 7 intent: 2 previous_position: 2 "
          "exchange { http_status: 422 } }",
          "products_drifted { products { product_id: 6 previous_position: 0 } "
          "products { product_id: 7 previous_position: 3 } }",
          "parked_retried { update: 1 product_id: 7 previous_position: 4 }"},
         &log);
  const auto exchange = FindPastExchange(log, {"", 0, 1, 7}, 5);
  ASSERT_TRUE(exchange.has_value());
  EXPECT_EQ(exchange->http_status(), 422u);
  EXPECT_FALSE(FindPastExchange(log, {"", 0, 1, 6}, 4).has_value());
}

}  // namespace
}  // namespace qantara::server
