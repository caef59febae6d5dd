#include "store/layer_applier.h"

#include <memory>
#include <string>
#include <thread>

#include "gtest/gtest.h"
#include "tests/store/gated_tables.h"
#include "tests/store/memory_tables.h"

namespace qantara::store {
namespace {

using domain::Table;

std::shared_ptr<const Layer> LayerThrough(domain::Position through) {
  auto layer = std::make_shared<Layer>();
  layer->Set(Table::kSkus, "n", std::to_string(through));
  layer->through = through;
  return layer;
}

class LayerApplierTest : public ::testing::Test {
 protected:
  LayerApplierTest() : tables_(memory_.tables()) {}

  std::string Row() {
    return tables_.Get(Table::kSkus, "n")->value_or("absent");
  }

  MemoryTables memory_;
  GatedTables tables_;
};

TEST_F(LayerApplierTest, LayersAreAppliedInOrder) {
  LayerApplier applier(tables_, {10, 1 << 20});
  for (domain::Position i = 1; i <= 20; ++i) applier.Push(LayerThrough(i));
  EXPECT_TRUE(tables_.WaitFor(20, absl::InfiniteDuration()));
  EXPECT_EQ(Row(), "20");
}

TEST_F(LayerApplierTest, FinishAppliesWhatWaits) {
  LayerApplier applier(tables_, {10, 1 << 20});
  tables_.SetClosed(true);
  for (domain::Position i = 1; i <= 500; ++i) applier.Push(LayerThrough(i));
  EXPECT_EQ(applier.waiting_layers(), 500);
  tables_.SetClosed(false);
  EXPECT_TRUE(applier.Finish().ok());
  EXPECT_EQ(tables_.position(), 500);
  EXPECT_EQ(Row(), "500");
  EXPECT_EQ(applier.waiting_bytes(), 0);
}

TEST_F(LayerApplierTest, RoomIsWhatTheBoundsLeave) {
  tables_.SetClosed(true);
  for (const LayerApplier::Bound bound :
       {LayerApplier::Bound{1, 1 << 20}, LayerApplier::Bound{10, 1}}) {
    LayerApplier applier(tables_, bound);
    applier.Push(LayerThrough(1));
    // One layer always may wait.
    EXPECT_TRUE(applier.WaitForRoom().ok());
    applier.Push(LayerThrough(2));
    bool had_to_wait = false;
    std::thread opener([&] {
      had_to_wait = applier.waiting_layers() == 2;
      tables_.SetClosed(false);
    });
    EXPECT_TRUE(applier.WaitForRoom().ok());
    EXPECT_LE(applier.waiting_layers(), 1);
    opener.join();
    EXPECT_TRUE(had_to_wait);
    EXPECT_TRUE(applier.Finish().ok());
    tables_.SetClosed(true);
  }
}

TEST_F(LayerApplierTest, FirstErrorEndsIt) {
  LayerApplier applier(tables_, {1, 1 << 20});
  tables_.SetClosed(true);
  tables_.FailWith(absl::UnavailableError("no space"));
  applier.Push(LayerThrough(1));
  applier.Push(LayerThrough(2));
  tables_.SetClosed(false);
  EXPECT_EQ(applier.WaitForRoom(), absl::UnavailableError("no space"));
  tables_.FailWith(absl::OkStatus());
  // The second must not be applied without the first.
  applier.Push(LayerThrough(3));
  EXPECT_EQ(applier.Finish(), absl::UnavailableError("no space"));
  EXPECT_EQ(tables_.position(), 0);
  EXPECT_EQ(applier.waiting_layers(), 0);
}

}  // namespace
}  // namespace qantara::store
