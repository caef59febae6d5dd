#include "tools/accept/moved_figures.h"

#include <set>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "qantara/v1/inventory_watch.pb.h"

namespace qantara::tools {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr int kProducts = 500;

std::string Commit(uint64_t position, const std::vector<Move>& moves,
                   bool more = false) {
  v1::WatchInventoryResponse response;
  response.mutable_changes()->set_position(position);
  response.mutable_changes()->set_more(more);
  for (const Move& move : moves) {
    v1::StockLevel& level =
        *response.mutable_changes()->add_changes()->mutable_change();
    level.set_remote_id(move.remote_id);
    level.set_location_id(move.location_id);
    level.set_previous_quantity(move.previous);
    level.set_quantity(move.quantity);
  }
  return response.SerializeAsString();
}

TEST(MovedFiguresTest, TwoPercentMoveAndAllLocationsAreMet) {
  const auto moves = MovesOf(kProducts, 3);
  EXPECT_THAT(moves, SizeIs(kProducts / 50));
  std::set<std::string> locations;
  for (const Move& move : moves) {
    EXPECT_NE(move.previous, move.quantity);
    locations.insert(move.location_id);
  }
  EXPECT_THAT(locations, SizeIs(3));
}

TEST(MovedFiguresTest, AFigureGoesOnFromWhereItsLastMoveLeftIt) {
  const Move first = MovesOf(kProducts, 0).front();
  const Move again = MovesOf(kProducts, 50).front();
  EXPECT_EQ(first.remote_id, again.remote_id);
  EXPECT_EQ(first.quantity, again.previous);
}

TEST(MovedFiguresTest, EachMoveOnceIsWithoutFault) {
  const auto moves = MovesOf(kProducts, 0);
  MoveCheck check;
  check.Expect(moves);
  check.Take({Commit(5, {moves.begin(), moves.begin() + 4}, true),
              Commit(5, {moves.begin() + 4, moves.begin() + 6})});
  EXPECT_EQ(check.missing(), moves.size() - 6);
  check.Take({Commit(7, {moves.begin() + 6, moves.end()})});
  EXPECT_EQ(check.missing(), 0U);
  EXPECT_THAT(check.faults(), IsEmpty());
}

TEST(MovedFiguresTest, AMoveThatComesTwiceIsAFault) {
  const auto moves = MovesOf(kProducts, 0);
  MoveCheck check;
  check.Expect(moves);
  check.Take({Commit(5, {moves[0]}), Commit(6, {moves[0]})});
  EXPECT_THAT(check.faults(), SizeIs(1));
}

TEST(MovedFiguresTest, AnotherQuantityIsAFault) {
  auto moves = MovesOf(kProducts, 0);
  MoveCheck check;
  check.Expect(moves);
  moves[0].previous = "0";
  check.Take({Commit(5, {moves[0]})});
  EXPECT_THAT(check.faults(), SizeIs(1));
  EXPECT_EQ(check.missing(), moves.size());
}

TEST(MovedFiguresTest, APositionThatComesAgainIsAFault) {
  const auto moves = MovesOf(kProducts, 0);
  MoveCheck check;
  check.Expect(moves);
  check.Take({Commit(5, {moves[0]}), Commit(5, {moves[1]})});
  EXPECT_THAT(check.faults(), SizeIs(1));
}

}  // namespace
}  // namespace qantara::tools
