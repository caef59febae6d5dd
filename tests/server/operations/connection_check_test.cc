#include "server/operations/connection_check.h"

#include <gtest/gtest.h>

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "tests/server/poller/fake_catalog.h"

namespace qantara::server {
namespace {

// Stands still.
class StillClock : public domain::Clock {
 public:
  absl::Time Now() const override { return absl::FromUnixSeconds(1'000'000); }
  int64_t BootMillis() const override { return now; }
  const std::string& boot_id() const override { return boot_id_; }

  int64_t now = 0;

 private:
  const std::string boot_id_ = "boot";
};

// Grants as a test says.
class ScriptedDoor : public CheckDoor {
 public:
  Entry TryEnter() override {
    if (entries.empty()) return {.granted = true, .closed = {}};
    Entry entry = entries.front();
    entries.erase(entries.begin());
    return entry;
  }
  void Leave(const domain::CallReport&) override { ++left; }

  std::vector<Entry> entries;
  int left = 0;
};

class ConnectionCheckTest : public ::testing::Test {
 protected:
  void Start() {
    ConnectionCheck::Start(
        {"shop", "http://shop.example", catalog_, door_, clock_,
         [this](absl::Duration, std::function<void()> task) {
           later_ = std::move(task);
         }},
        [this](v1::CheckConnectionResponse found) {
          found_ = std::move(found);
        });
  }
  v1::CheckConnectionResponse Finish() {
    while (!found_.has_value() && catalog_.waiting() > 0) catalog_.Answer();
    EXPECT_TRUE(found_.has_value());
    return found_.value_or(v1::CheckConnectionResponse());
  }

  FakeCatalog catalog_;
  ScriptedDoor door_;
  StillClock clock_;
  std::function<void()> later_;
  std::optional<v1::CheckConnectionResponse> found_;
};

TEST_F(ConnectionCheckTest, FiltersOfAnEmptyCatalogAreNotProbed) {
  Start();
  const auto found = Finish();
  EXPECT_EQ(found.filters_size(), 0);
  EXPECT_EQ(found.steps_size(), 4);
  EXPECT_EQ(door_.left, 4);
  EXPECT_FALSE(found.has_clock_skew());
}

TEST_F(ConnectionCheckTest, EveryRequestPassesTheDoor) {
  catalog_.Put(7);
  Start();
  const auto found = Finish();
  EXPECT_EQ(found.filters_size(), 3);
  EXPECT_EQ(door_.left, 7);
}

TEST_F(ConnectionCheckTest, AClockThatIsWrongIsTold) {
  catalog_.spoil_page = [this](const domain::ListQuery&,
                               domain::PageAnswer* answer) {
    answer->report.provider_time = clock_.Now() - absl::Seconds(90);
  };
  Start();
  EXPECT_EQ(Finish().clock_skew().seconds(), -89);
}

TEST_F(ConnectionCheckTest, WholeSecondsAreNoSkew) {
  catalog_.spoil_page = [this](const domain::ListQuery&,
                               domain::PageAnswer* answer) {
    answer->report.provider_time = clock_.Now();
  };
  Start();
  EXPECT_EQ(Finish().clock_skew().seconds(), 0);
}

TEST_F(ConnectionCheckTest, WaitsForTheDoor) {
  door_.entries.push_back({.granted = false, .closed = {}, .retry_at = 10});
  Start();
  EXPECT_EQ(catalog_.waiting(), 0u);
  ASSERT_NE(later_, nullptr);
  std::exchange(later_, nullptr)();
  EXPECT_EQ(Finish().steps_size(), 4);
}

TEST_F(ConnectionCheckTest, AClosedDoorIsTold) {
  domain::CallReport closed;
  closed.effect = domain::Effect::kNotApplied;
  closed.reason = v1::ERROR_REASON_CREDENTIALS_NEEDED;
  door_.entries.push_back({.granted = false, .closed = closed});
  Start();
  const auto found = Finish();
  ASSERT_EQ(found.steps_size(), 1);
  EXPECT_FALSE(found.steps(0).ok());
  EXPECT_EQ(found.steps(0).name(), "products");
  EXPECT_EQ(found.steps(0).reason(), v1::ERROR_REASON_CREDENTIALS_NEEDED);
}

TEST_F(ConnectionCheckTest, PatienceEnds) {
  door_.entries.push_back(
      {.granted = false,
       .closed = {},
       .retry_at = absl::ToInt64Milliseconds(ConnectionCheck::kPatience)});
  Start();
  const auto found = Finish();
  ASSERT_EQ(found.steps_size(), 1);
  EXPECT_EQ(found.steps(0).reason(), v1::ERROR_REASON_PROVIDER_UNAVAILABLE);
}

}  // namespace
}  // namespace qantara::server
