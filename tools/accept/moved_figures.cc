#include "tools/accept/moved_figures.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "qantara/v1/inventory_watch.pb.h"

namespace qantara::tools {
namespace {

constexpr int kFirstId = 1000;
// The simulator's.
constexpr int kLocations[] = {3, 4, 5};
constexpr int kLocationCount = 3;
// 2 %.
constexpr int kOneIn = 50;

int QuantityOf(int product) { return 10 + product % 90; }

}  // namespace

std::string StockCatalog(int products) {
  std::string lines;
  for (int product = 0; product < products; ++product) {
    const int quantity = QuantityOf(product);
    absl::StrAppendFormat(
        &lines,
        R"({"id":%d,"sku":"STOCK-%06d","name_en":"Product %d",)"
        R"("name_ar":"منتج %d","selling_price":25.5,"track_quantity":1,)"
        R"("category_id":7,"inventories":[{"id":3,"stock":%d},)"
        R"({"id":4,"stock":%d},{"id":5,"stock":%d}]})"
        "\n",
        kFirstId + product, product, product, product, quantity, quantity,
        quantity);
  }
  return lines;
}

std::vector<Move> MovesOf(int products, int round) {
  std::vector<Move> moves;
  // How often the same figures have moved already.
  const int before = round / kOneIn;
  for (int product = round % kOneIn; product < products; product += kOneIn) {
    const int location = kLocations[product / kOneIn % kLocationCount];
    const int quantity = QuantityOf(product);
    moves.push_back({absl::StrCat(kFirstId + product), absl::StrCat(location),
                     absl::StrCat(quantity + 1000 * before),
                     absl::StrCat(quantity + 1000 * (before + 1))});
  }
  return moves;
}

std::string StockBody(const std::vector<Move>& moves) {
  return absl::StrCat(
      "[",
      absl::StrJoin(moves, ",",
                    [](std::string* out, const Move& move) {
                      absl::StrAppend(out, R"({"id":)", move.remote_id,
                                      R"(,"location_id":)", move.location_id,
                                      R"(,"set":)", move.quantity, "}");
                    }),
      "]");
}

void MoveCheck::Expect(const std::vector<Move>& moves) {
  for (const Move& move : moves) {
    expected_[Figure(move.remote_id, move.location_id)] = move;
  }
}

void MoveCheck::Take(const std::vector<std::string>& messages) {
  for (const std::string& bytes : messages) {
    v1::WatchInventoryResponse response;
    if (!response.ParseFromString(bytes)) {
      Fault("a message that is none");
      continue;
    }
    if (!response.has_changes()) continue;
    const v1::InventoryChanges& changes = response.changes();
    if (changes.position() < position_ ||
        (changes.position() == position_ && !more_)) {
      Fault(
          absl::StrCat("position ", changes.position(), " after ", position_));
    }
    position_ = changes.position();
    more_ = changes.more();
    for (const v1::InventoryChange& entry : changes.changes()) {
      if (entry.has_location()) continue;
      const v1::StockLevel& level = entry.change();
      const auto expected =
          expected_.find(Figure(level.remote_id(), level.location_id()));
      if (expected == expected_.end() ||
          expected->second.previous != level.previous_quantity() ||
          expected->second.quantity != level.quantity()) {
        Fault(entry.ShortDebugString());
        continue;
      }
      expected_.erase(expected);
    }
  }
}

void MoveCheck::Fault(std::string what) {
  if (faults_.size() < kMaxFaults) faults_.push_back(std::move(what));
}

}  // namespace qantara::tools
