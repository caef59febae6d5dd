#include "tools/hostile/hand_maker.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "tools/hostile/provider_faults.h"

namespace qantara::tools {
namespace {

constexpr double kBeforeShare = 0.3;
constexpr absl::Duration kSpread = absl::Seconds(2);

// For a query string.
std::string Encoded(const std::string& text) {
  std::string encoded;
  for (const unsigned char byte : text) {
    absl::StrAppend(&encoded, "%", absl::Hex(byte, absl::kZeroPad2));
  }
  return encoded;
}

}  // namespace

HandMaker::HandMaker(RunState& state)
    : state_(state), dice_(state.options.seed, "by hand") {}

void HandMaker::LineIsSent(size_t product) {
  bool now = false;
  {
    const std::lock_guard lock(mutex_);
    if (!asked_.insert(product).second) return;
    now = dice_.Chance(kBeforeShare);
    if (!now) {
      due_.emplace(absl::Now() + dice_.Between(absl::ZeroDuration(), kSpread),
                   product);
    }
  }
  if (now) Make(product);
}

void HandMaker::Work() {
  std::vector<size_t> products;
  {
    const std::lock_guard lock(mutex_);
    while (!due_.empty() && due_.begin()->first <= absl::Now()) {
      products.push_back(due_.begin()->second);
      due_.erase(due_.begin());
    }
  }
  for (const size_t product : products) Make(product);
}

void HandMaker::Make(size_t product) {
  const v1::Product& ours = state_.plan.products[product].product;
  const std::string record = StrangeRecord(ours);
  const bool there =
      !state_.simulator.AdminLines("products?sku=" + Encoded(ours.sku()))
           .empty();
  const absl::Time time = absl::Now();
  std::string id;
  if (!there) {
    const simulator::Json reply =
        state_.simulator.Admin("POST", "products", record);
    id = reply.Find("ids")->items().front().text();
  }
  const std::lock_guard lock(mutex_);
  if (there) {
    ++too_late_;
  } else {
    made_.push_back({std::move(id), ours.sku(), time});
  }
}

std::vector<HandRecord> HandMaker::made() const {
  const std::lock_guard lock(mutex_);
  return made_;
}

int64_t HandMaker::too_late() const {
  const std::lock_guard lock(mutex_);
  return too_late_;
}

}  // namespace qantara::tools
