#include "server/core/settle_wait.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <utility>

#include "server/core/touched_keys.h"
#include "tests/server/core/core_fixture.h"

namespace qantara::server {
namespace {

class SettleWaitTest : public CoreFixture {
 protected:
  // Waits for stock in the tables.
  std::future<absl::StatusOr<bool>> Wait(absl::Duration patience) {
    auto promise = std::make_shared<std::promise<absl::StatusOr<bool>>>();
    SettleSpec spec;
    spec.key = StockFollowKey("store");
    spec.patience = patience;
    spec.look =
        [](const domain::TableSnapshot& tables) -> absl::StatusOr<bool> {
      bool found = false;
      const absl::Status scanned =
          tables.Scan(domain::Table::kStock, "", "",
                      [&found](absl::string_view, absl::string_view) {
                        found = true;
                        return false;
                      });
      if (!scanned.ok()) return scanned;
      return found;
    };
    spec.done = [promise](absl::StatusOr<bool> settled) {
      promise->set_value(std::move(settled));
    };
    SettleWait::Start(core_, std::move(spec), scope_);
    return promise->get_future();
  }

  CallScope scope_;
};

TEST_F(SettleWaitTest, EndsWhenItIsSettled) {
  auto settled = Wait(absl::Minutes(5));
  Observe("1", "7");
  EXPECT_TRUE(*settled.get());
}

TEST_F(SettleWaitTest, EndsAtOnceWhenItIsSettledAlready) {
  Observe("1", "7");
  EXPECT_TRUE(*Wait(absl::Minutes(5)).get());
}

TEST_F(SettleWaitTest, EndsWithoutResultWhenPatienceEnds) {
  EXPECT_FALSE(*Wait(absl::Milliseconds(1)).get());
}

TEST_F(SettleWaitTest, EndsWithoutResultWhenTheCallerIsGone) {
  auto settled = Wait(absl::Minutes(5));
  scope_.Cancel();
  EXPECT_FALSE(*settled.get());
}

TEST_F(SettleWaitTest, EndsAtOnceWhenTheCallerWasGoneBefore) {
  scope_.Cancel();
  EXPECT_FALSE(*Wait(absl::Minutes(5)).get());
}

}  // namespace
}  // namespace qantara::server
