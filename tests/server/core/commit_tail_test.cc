#include "server/core/commit_tail.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "domain/ports/history_cutter.h"
#include "tests/server/core/core_fixture.h"

namespace qantara::server {
namespace {

using ::testing::ElementsAre;

// Keeps the tail waiting at the first event until it is let go.
class SlowListener : public CommitListener {
 public:
  void OnTouched(domain::Position position,
                 const std::vector<uint32_t>&) override {
    std::unique_lock lock(mutex_);
    heard_.push_back(position);
    changed_.notify_all();
    changed_.wait(lock, [this] { return let_go_; });
  }

  void LetGo() {
    const std::lock_guard lock(mutex_);
    let_go_ = true;
    changed_.notify_all();
  }
  std::vector<domain::Position> Await(size_t events) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return heard_.size() >= events; });
    return heard_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool let_go_ = false;
  std::vector<domain::Position> heard_;
};

using CommitTailTest = CoreFixture;

TEST_F(CommitTailTest, WhatWasCutBeforeItWasToldIsToldAllTheSame) {
  const auto listener = std::make_shared<SlowListener>();
  tail_.Follow(StockFollowKey("store"), listener);
  Observe("1", "1");  // At 1 the location, at 2 the figure.
  listener->Await(1);
  Observe("1", "2");
  domain::TakeStockSnapshot take;
  take.connection = "store";
  take.remote_ids = {"1"};
  const auto taken = bus_.Execute(std::move(take));
  ASSERT_TRUE(taken.ok()) << taken.status();
  domain::CutStockHistory cut;
  cut.connection = "store";
  cut.through_position = 3;
  cut.snapshot_position = taken->reply.position;
  ASSERT_TRUE(bus_.Execute(std::move(cut)).ok());
  const std::vector<domain::Position> positions = {2, 3};
  ASSERT_TRUE(storage_->log().Cut(positions).ok());
  listener->LetGo();
  // At 4 the snapshot, which nobody follows, at 5 the cut.
  EXPECT_THAT(listener->Await(4), ElementsAre(1, 2, 3, 5));
}

}  // namespace
}  // namespace qantara::server
