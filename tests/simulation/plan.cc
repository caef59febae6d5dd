#include "tests/simulation/plan.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "tests/simulation/random.h"

namespace qantara::simulation {
namespace {

constexpr WorldMillis kBusyTime = 8'000;

// Makes the parts of a plan one after another, from one chance.
class Planner {
 public:
  explicit Planner(uint64_t number) : random_(Random(number).Next()) {
    plan_.number = number;
  }

  Plan Make() {
    SetBounds();
    SetHabits();
    ChooseSkus();
    AddBefore();
    AddImports();
    AddSingles();
    AddUpdates();
    AddIncidents();
    SetFaults();
    plan_.seed = random_.Next();
    return std::move(plan_);
  }

 private:
  WorldMillis SomeTime() { return random_.Between(0, kBusyTime); }

  std::string Price() { return absl::StrCat(random_.Between(1, 40), ".5"); }

  void SetBounds() {
    plan_.bounds.request_timeout =
        absl::Milliseconds(random_.Between(300, 2500));
    plan_.bounds.max_processing =
        absl::Milliseconds(random_.Between(100, 2500));
    plan_.bounds.max_read_lag = absl::Milliseconds(random_.Between(50, 2500));
    plan_.requests_per_minute = random_.Chance(200) ? 600 : 6000;
    plan_.max_in_flight = static_cast<int>(random_.Between(1, 5));
    if (random_.Chance(400)) {
      plan_.poll_interval = absl::Milliseconds(random_.Between(500, 10'000));
    }
    if (random_.Chance(600)) {
      plan_.chunk_size = static_cast<uint32_t>(random_.Between(1, 4));
    }
  }

  void SetHabits() {
    Habits& habits = plan_.habits;
    habits.honours_id_gt = random_.Chance(600);
    habits.sku_eq_folds_case = random_.Chance(150);
    habits.raises_case = random_.Chance(60);
    habits.refuses_taken_sku = random_.Chance(150);
    habits.atomic_batches = random_.Chance(500);
    habits.tells_total = random_.Chance(900);
    if (random_.Chance(700)) {
      habits.max_read_lag =
          absl::ToInt64Milliseconds(plan_.bounds.max_read_lag);
    }
    if (random_.Chance(500)) plan_.category_from = SomeTime();
    // By a chance of its own, so that older schedules stay what they were.
    habits.honours_sku_eq = !Random(~plan_.seed).Chance(60);
  }

  void ChooseSkus() {
    const int64_t count = random_.Between(1, 9);
    for (int64_t i = 0; i < count; ++i) {
      skus_.push_back(absl::StrCat("SKU-", std::string(1, 'A' + i)));
    }
    if (!random_.Chance(120)) return;
    // One that differs from another only in case; but where case is raised
    // nobody could tell the two apart.
    std::string lower = absl::AsciiStrToLower(random_.Pick(skus_));
    if (plan_.habits.raises_case) {
      std::erase(skus_, absl::AsciiStrToUpper(lower));
    }
    skus_.push_back(std::move(lower));
  }

  void AddBefore() {
    for (const std::string& sku : skus_) {
      const int copies = random_.Chance(880) ? 0 : random_.Chance(800) ? 1 : 2;
      for (int i = 0; i < copies; ++i) plan_.before.push_back(Foreign(sku));
    }
    if (random_.Chance(970)) return;
    // More than one page.
    const int64_t others = random_.Between(95, 210);
    for (int64_t i = 0; i < others; ++i) {
      plan_.before.push_back(Foreign(absl::StrCat("OTHER-", i)));
    }
  }

  static v1::Product Foreign(const std::string& sku) {
    v1::Product product;
    product.set_sku(sku);
    product.set_name_en(absl::StrCat("Foreign ", sku));
    product.set_selling_price("99");
    return product;
  }

  v1::CatalogLine Line(const std::string& sku) {
    v1::CatalogLine line;
    v1::Product& product = *line.mutable_product();
    if (!sku.empty()) product.set_sku(sku);
    product.set_name_en(absl::StrCat("Product ", sku, " ", ++names_));
    product.set_selling_price(Price());
    if (random_.Chance(200)) product.set_buying_price(Price());
    if (random_.Chance(60)) product.set_description(kRefusedText);
    if (random_.Chance(50)) product.set_category_id(kCategory);
    if (random_.Chance(80)) line.set_external_id(absl::StrCat("ext-", sku));
    return line;
  }

  v1::ExistingPolicy Policy() {
    if (random_.Chance(600)) return v1::EXISTING_POLICY_LINK;
    return static_cast<v1::ExistingPolicy>(random_.Between(2, 4));
  }

  void AddImports() {
    const int64_t imports = random_.Between(1, 3);
    for (int64_t i = 1; i <= imports; ++i) {
      ImportPlan import;
      import.id = absl::StrCat("import-", i);
      import.policy = Policy();
      import.allow_missing_sku = random_.Chance(100);
      import.begin = i == 1 ? random_.Between(0, 200) : SomeTime();
      import.pause = random_.Between(0, 400);
      import.batches.emplace_back();
      const int64_t lines = random_.Between(1, 8);
      for (int64_t line = 0; line < lines; ++line) {
        if (random_.Chance(150)) import.batches.emplace_back();
        const bool nameless = import.allow_missing_sku && random_.Chance(300);
        import.batches.back().push_back(
            Line(nameless ? "" : random_.Pick(skus_)));
      }
      plan_.imports.push_back(std::move(import));
    }
  }

  void AddSingles() {
    const int64_t singles = random_.Chance(500) ? 0 : random_.Between(1, 3);
    for (int64_t i = 1; i <= singles; ++i) {
      plan_.singles.push_back({absl::StrCat("single-", i), Policy(), SomeTime(),
                               Line(random_.Pick(skus_))});
    }
  }

  void AddUpdates() {
    const int64_t updates = random_.Chance(400) ? 0 : random_.Between(1, 6);
    for (int64_t i = 1; i <= updates; ++i) {
      UpdatePlan update{
          absl::StrCat("update-", i), SomeTime(), random_.Pick(skus_), {}};
      if (random_.Chance(700)) update.fields.set_selling_price(Price());
      if (random_.Chance(300)) update.fields.set_buying_price(Price());
      if (random_.Chance(80)) update.fields.set_description(kRefusedText);
      if (random_.Chance(250)) {
        update.fields.set_sku(random_.Chance(500) ? random_.Pick(skus_)
                                                  : absl::StrCat("NEW-", i));
      }
      if (update.fields.ByteSizeLong() == 0) {
        update.fields.set_barcode(absl::StrCat("code-", i));
      }
      plan_.updates.push_back(std::move(update));
    }
  }

  void AddIncidents() {
    Add(Incident::Kind::kCrash, random_.Chance(600) ? 0 : 2);
    Add(Incident::Kind::kReboot, random_.Chance(900) ? 0 : 1);
    Add(Incident::Kind::kHandMade, random_.Chance(850) ? 0 : 2);
    Add(Incident::Kind::kDeleted, random_.Chance(850) ? 0 : 2);
  }

  void Add(Incident::Kind kind, int64_t at_most) {
    for (int64_t i = random_.Between(0, at_most); i > 0; --i) {
      plan_.incidents.push_back({kind, SomeTime(), random_.Pick(skus_)});
    }
  }

  void SetFaults() {
    FaultRates& faults = plan_.faults;
    if (random_.Chance(80)) return;  // A good day.
    faults.write = static_cast<int>(random_.Between(50, 700));
    faults.read = static_cast<int>(random_.Between(0, 300));
    faults.crash_in_command =
        random_.Chance(500) ? 0 : static_cast<int>(random_.Between(1, 60));
    faults.crash_in_request =
        random_.Chance(500) ? 0 : static_cast<int>(random_.Between(1, 150));
    faults.slow_command =
        random_.Chance(700) ? 0 : static_cast<int>(random_.Between(1, 40));
    faults.at_most = static_cast<int>(random_.Between(1, 14));
    faults.crashes_at_most = static_cast<int>(random_.Between(0, 4));
  }

  Plan plan_;
  Random random_;
  std::vector<std::string> skus_;
  int names_ = 0;
};

}  // namespace

Plan MakePlan(uint64_t number) { return Planner(number).Make(); }

}  // namespace qantara::simulation
