#include "tools/hostile/plan.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "tools/hostile/dice.h"

namespace qantara::tools {
namespace {

// Of 20,000 creates 50 are there, 20 are there twice and 40 are made by hand.
constexpr size_t kCreatesPerPresent = 400;
constexpr size_t kCreatesPerTwice = 1000;
constexpr size_t kCreatesPerByHand = 500;
// Three of a hundred chunks of 50 have an item that is refused.
constexpr double kRefusedPerCreate = 0.03 / 50;
constexpr double kCallShare = 0.03;
constexpr double kSharedShare = 0.01;
constexpr size_t kInvalidPerImport = 3;
constexpr size_t kRepeatedPerImport = 3;
// An update is asked for at most so many products after its own turn came.
constexpr size_t kUpdateSpread = 200;
constexpr double kSameProductAgain = 0.3;
constexpr double kDurableShare = 0.3;

v1::Product MakeProduct(size_t index, Dice& dice) {
  v1::Product product;
  product.set_sku(absl::StrFormat("H%06d-كوب", index));
  product.set_name_en(absl::StrFormat("Hostile item %d", index));
  if (dice.Chance(0.7)) {
    product.set_name_ar(absl::StrFormat("صنف رقم %d", index));
  }
  product.set_selling_price(
      absl::StrFormat("%d.%02d", 1 + dice.Below(900), dice.Below(100)));
  if (dice.Chance(0.3)) {
    product.set_buying_price(absl::StrFormat("%d", 1 + dice.Below(500)));
  }
  if (dice.Chance(0.2)) product.set_barcode(absl::StrCat("BC", index));
  return product;
}

// Gives `count` plain products a kind.
void Choose(ProductKind kind, size_t count, bool imported_only, Dice& dice,
            std::vector<PlannedProduct>& products) {
  size_t chosen = 0;
  // Bounded: a small plan may not have so many.
  for (size_t tries = 0; chosen < count && tries < 100 * count; ++tries) {
    PlannedProduct& product = products[dice.Below(products.size())];
    if (product.kind != ProductKind::kPlain ||
        (imported_only && !product.imported)) {
      continue;
    }
    product.kind = kind;
    ++chosen;
  }
}

std::vector<PlannedProduct> MakeProducts(const HostileOptions& options) {
  Dice dice(options.seed, "products");
  std::vector<PlannedProduct> products(options.creates);
  for (size_t i = 0; i < products.size(); ++i) {
    products[i].product = MakeProduct(i, dice);
    products[i].imported = !dice.Chance(kCallShare);
  }
  const size_t n = options.creates;
  const auto refused = static_cast<size_t>(
      std::lround(kRefusedPerCreate * static_cast<double>(n)));
  Choose(ProductKind::kPresent, std::max<size_t>(2, n / kCreatesPerPresent),
         false, dice, products);
  Choose(ProductKind::kPresentTwice, std::max<size_t>(2, n / kCreatesPerTwice),
         false, dice, products);
  Choose(ProductKind::kByHand, std::max<size_t>(2, n / kCreatesPerByHand), true,
         dice, products);
  Choose(ProductKind::kRefused, std::max<size_t>(2, refused), false, dice,
         products);
  for (PlannedProduct& product : products) {
    product.shared =
        product.kind == ProductKind::kPlain && dice.Chance(kSharedShare);
  }
  return products;
}

void AddOddLines(size_t number, Dice& dice, PlannedImport& import) {
  const size_t ordinary = import.lines.size();
  for (size_t k = 0; k < kInvalidPerImport; ++k) {
    PlannedLine line;
    line.kind = LineKind::kInvalid;
    line.invalid_sku = absl::StrCat("INVALID-", number, "-", k);
    const size_t at = dice.Below(import.lines.size() + 1);
    import.lines.insert(import.lines.begin() + static_cast<std::ptrdiff_t>(at),
                        line);
  }
  for (size_t k = 0; k < kRepeatedPerImport && ordinary > 0; ++k) {
    const PlannedLine& first =
        import.lines[dice.Below(import.lines.size() / 2)];
    if (first.kind != LineKind::kOrdinary) continue;
    import.lines.push_back({LineKind::kRepeated, first.product, ""});
  }
}

std::vector<PlannedImport> MakeImports(
    const HostileOptions& options,
    const std::vector<PlannedProduct>& products) {
  Dice dice(options.seed, "imports");
  std::vector<PlannedImport> imports(options.imports);
  for (size_t i = 0; i < products.size(); ++i) {
    const size_t home = i % imports.size();
    if (products[i].imported) {
      imports[home].lines.push_back({LineKind::kOrdinary, i, ""});
    }
    // Shared: a line of the next import too, or of an import and a call.
    const size_t next = (home + 1) % imports.size();
    if (products[i].shared && (next != home || !products[i].imported)) {
      imports[next].lines.push_back({LineKind::kOrdinary, i, ""});
    }
  }
  for (size_t i = 0; i < imports.size(); ++i) {
    imports[i].id = absl::StrCat("hostile-", i);
    if (i % 2 == 1) imports[i].policy = v1::EXISTING_POLICY_UPDATE;
    AddOddLines(i, dice, imports[i]);
  }
  return imports;
}

v1::Product NewValues(size_t update, Dice& dice) {
  v1::Product fields;
  const size_t what = dice.Below(4);
  if (what == 0) fields.set_name_en(absl::StrCat("Renamed by ", update));
  if (what == 1) fields.set_name_ar(absl::StrCat("اسم ", update));
  if (what == 2) fields.set_buying_price(absl::StrCat(1 + update));
  if (what == 3 || dice.Chance(0.5)) {
    fields.set_selling_price(absl::StrFormat("%d.5", 1 + update));
  }
  return fields;
}

std::vector<PlannedUpdate> MakeUpdates(
    const HostileOptions& options,
    const std::vector<PlannedProduct>& products) {
  Dice dice(options.seed, "updates");
  std::vector<size_t> eligible;
  for (size_t i = 0; i < products.size(); ++i) {
    const bool exists = products[i].kind == ProductKind::kPlain ||
                        products[i].kind == ProductKind::kPresent;
    if (exists && !products[i].shared) eligible.push_back(i);
  }
  std::vector<PlannedUpdate> updates(eligible.empty() ? 0 : options.updates);
  for (size_t i = 0; i < updates.size(); ++i) {
    const size_t turn = i * eligible.size() / updates.size();
    const size_t back = dice.Below(std::min(kUpdateSpread, turn + 1));
    updates[i].product = eligible[turn - back];
    if (i > 0 && dice.Chance(kSameProductAgain)) {
      updates[i].product = updates[i - 1].product;
    }
    updates[i].request_id = absl::StrCat("update-", i);
    updates[i].fields = NewValues(i, dice);
    updates[i].durable = dice.Chance(kDurableShare);
  }
  return updates;
}

}  // namespace

size_t HostilePlan::Count(ProductKind kind) const {
  return static_cast<size_t>(
      std::count_if(products.begin(), products.end(),
                    [&](const auto& product) { return product.kind == kind; }));
}

HostilePlan MakePlan(const HostileOptions& options) {
  HostilePlan plan;
  plan.products = MakeProducts(options);
  plan.imports = MakeImports(options, plan.products);
  for (size_t i = 0; i < plan.products.size(); ++i) {
    if (!plan.products[i].imported) plan.calls.push_back(i);
  }
  plan.updates = MakeUpdates(options, plan.products);
  return plan;
}

v1::CatalogLine ToLine(const HostilePlan& plan, const PlannedLine& line) {
  v1::CatalogLine message;
  if (line.kind == LineKind::kInvalid) {
    message.mutable_product()->set_sku(line.invalid_sku);
    message.mutable_product()->set_name_en("Invalid");
    message.mutable_product()->set_selling_price("-1");
    return message;
  }
  *message.mutable_product() = plan.products[line.product].product;
  return message;
}

v1::Product StrangeProduct(const v1::Product& ours) {
  v1::Product product;
  product.set_sku(ours.sku());
  product.set_name_en("Made by hand: " + ours.name_en());
  product.set_selling_price("7777");
  return product;
}

std::string CreateRequestId(size_t product) {
  return absl::StrCat("create-", product);
}

}  // namespace qantara::tools
