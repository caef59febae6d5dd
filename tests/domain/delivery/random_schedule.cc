#include "tests/domain/delivery/random_schedule.h"

#include <gtest/gtest.h>

#include <iterator>
#include <set>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "domain/decimal.h"
#include "domain/table_keys.h"
#include "tests/domain/delivery/last_accepted.h"
#include "tests/domain/support/loaded_tables.h"

namespace qantara::domain {
namespace {

constexpr int kMaxImports = 4;

}  // namespace

RandomSchedule::RandomSchedule(uint64_t seed)
    : random_(seed), worker_(scenario_, provider_) {
  worker_.chunk_size = 1 + Below(6);
  provider_.applies_in_part = Chance(50);
  provider_.refuses_known_skus = Chance(30);
  if (Chance(60)) provider_.guilty_skus.insert("BAD");
  if (Chance(50)) provider_.refused_price = "13";
  changes_by_hand_ = Chance(50);
}

int RandomSchedule::Below(int bound) {
  // Not std::uniform_int_distribution: its sequence is not the same everywhere.
  return static_cast<int>(random_() % static_cast<uint64_t>(bound));
}

std::string RandomSchedule::Pick(std::initializer_list<Text> texts) {
  return texts.begin()[Below(static_cast<int>(texts.size()))];
}

Fate RandomSchedule::AnyFate() {
  return Chance(50) ? Fate::kAnswered : static_cast<Fate>(Below(kFateCount));
}

ParsedLine RandomSchedule::AnyLine() {
  if (Chance(4)) return BadLine(Pick({"A", "B"}));
  std::string product = absl::StrCat("selling_price: '",
                                     Pick({"5", "6", "7", "7.00", "13"}), "'");
  if (!Chance(4)) {
    absl::StrAppend(&product, " sku: '",
                    Pick({"A", "B", "C", "D", "E", "F", "G", "BAD"}), "'");
  }
  if (Chance(30)) {
    absl::StrAppend(&product, " name_ar: '", Pick({"ا", "ب"}), "'");
  }
  return Line(product, Chance(15) ? Pick({"x", "y", "z"}) : std::string());
}

std::string RandomSchedule::AnyImport() {
  return absl::StrCat("i", Below(kMaxImports));
}

void RandomSchedule::Try(const Step& step) {
  const absl::Status status = step(scenario_);
  EXPECT_FALSE(absl::IsDataLoss(status)) << status;
  EXPECT_FALSE(absl::IsInternal(status)) << status;
}

void RandomSchedule::AcceptAny() {
  std::vector<ParsedLine> lines;
  for (int i = Below(4); i >= 0; --i) lines.push_back(AnyLine());
  const uint32_t first = Chance(80) ? 0 : static_cast<uint32_t>(Below(4));
  Try(Accept(AnyImport(), std::move(lines), first));
}

void RandomSchedule::UpdateAny() {
  std::string fields;
  if (Chance(70)) {
    absl::StrAppend(&fields, "selling_price: '", Pick({"5", "6", "8", "13"}),
                    "'");
  }
  if (fields.empty() || Chance(30)) {
    absl::StrAppend(&fields, " sku: '", Pick({"A", "B", "H", "I"}), "'");
  }
  std::optional<uint64_t> revision;
  if (Chance(10)) revision = Below(8);
  // Now and then an id that was used before.
  const int request = Chance(90) ? ++requests_ : Below(requests_ + 1);
  Try(Update(absl::StrCat("r", request), Pick({"A", "B", "C", "D", "H", "I"}),
             fields, revision));
}

void RandomSchedule::ObserveAny() {
  std::vector<std::string> products;
  std::vector<std::string> gone;
  for (int i = 0; i < 3; ++i) {
    const std::string id = absl::StrCat(1 + Below(6));
    if (Chance(10)) gone.push_back(id);
    products.push_back(absl::StrCat(
        "id: '", id, "' sku: '", Pick({"A", "B"}), "' ",
        Pick({"", "track_quantity: true", "track_quantity: false"}), " ",
        Pick({"", "stock_told: true"}), " ",
        Pick({"", "stock { location_id: '1' quantity: '5' name_en: 'L' }",
              "stock { location_id: '1' quantity: '5.0' } "
              "stock { location_id: '2' quantity: '-1' }",
              "stock { location_id: '2' }",
              "stock { location_id: '1' quantity: '6' } "
              "stock { location_id: '1' quantity: '7' }"})));
  }
  Try(ObserveStock(products, gone));
}

void RandomSchedule::ReadAny() {
  if (pages_.empty() || Chance(40)) {
    RecordDrift page;
    page.connection = kConnection;
    page.began = scenario_.head();
    page.products = provider_.All();
    pages_.push_back(std::move(page));
    return;
  }
  ReadPage(pages_.begin() + Below(static_cast<int>(pages_.size())));
}

void RandomSchedule::ReadPage(std::vector<RecordDrift>::iterator page) {
  page->observe_time = scenario_.Now();
  EXPECT_TRUE(scenario_.Do(*page).ok());
  RecordStock stock;
  stock.connection = kConnection;
  stock.products = page->products;
  stock.observe_time = scenario_.Now();
  EXPECT_TRUE(scenario_.Do(stock).ok());
  pages_.erase(page);
}

void RandomSchedule::CutAny() {
  const Position through = scenario_.head();
  std::vector<std::string> ids;
  for (const auto& [id, row] :
       LoadTables(scenario_.tables(), kConnection).stock) {
    ids.push_back(id);
  }
  const auto taken = scenario_.Do(TakeStockSnapshot{kConnection, ids});
  ASSERT_TRUE(taken.ok());
  if (taken->position == 0) return;
  const auto cut =
      scenario_.Do(CutStockHistory{kConnection, through, taken->position});
  EXPECT_TRUE(cut.ok()) << cut.status();
}

// An operator: something parked is retried, as it is or patched, or given up.
void RandomSchedule::RepairAny() {
  if (Chance(15)) {
    Try(Chance(60) ? Resume() : Pause("stocktaking"));
    return;
  }
  const LoadedTables tables = LoadTables(scenario_.tables(), kConnection);
  if (tables.parked_items.empty()) return;
  auto parked = tables.parked_items.begin();
  std::advance(parked, Below(static_cast<int>(tables.parked_items.size())));
  const auto& [import, line] = parked->first;
  const std::string request = absl::StrCat("r", ++requests_);
  if (Chance(30)) {
    Try(Discard(request, import, line));
    return;
  }
  std::string patch;
  if (Chance(30)) absl::StrAppend(&patch, "selling_price: '7' ");
  if (Chance(30)) absl::StrAppend(&patch, "sku: '", Pick({"A", "J"}), "'");
  Try(Retry(request, import, line, patch, Chance(50)));
}

void RandomSchedule::ActAsClient() {
  switch (Below(11)) {
    case 10:
      RepairAny();
      break;
    case 0:
      Try(Open(AnyImport(), Chance(50) ? v1::EXISTING_POLICY_LINK
                                       : v1::EXISTING_POLICY_UPDATE));
      break;
    case 1:
      if (Chance(20)) Try(End(AnyImport()));
      break;
    case 2: {
      const int request = Chance(90) ? ++requests_ : Below(requests_ + 1);
      Try(Create(absl::StrCat("r", request),
                 absl::StrCat("sku: '", Pick({"A", "C", "E", "BAD"}),
                              "' selling_price: '", Pick({"5", "6"}), "'")));
      break;
    }
    case 3:
    case 4:
      UpdateAny();
      break;
    case 5:
      ObserveAny();
      break;
    case 6:
      if (Chance(80)) {
        ReadAny();
      } else {
        CutAny();
      }
      break;
    default:
      AcceptAny();
      break;
  }
}

void RandomSchedule::ActAsWorker() {
  const int act = Below(9);
  // Nothing is claimed while the connection is paused.
  if (scenario_.Connection().paused() && act >= 1 && act <= 4) return;
  switch (act) {
    case 0:
      worker_.SettleWaiting();
      break;
    case 8:
      if (Chance(30)) worker_.ToggleBlocked(random_());
      break;
    case 1:
      worker_.SettleWaiting();  // The look comes before every claim.
      worker_.ClaimCreates();
      break;
    case 2:
      worker_.ClaimSuspects();
      break;
    case 3:
      worker_.ClaimItemUpdate();
      break;
    case 4:
      worker_.ClaimUpdates();
      break;
    case 5:
      worker_.ReadBack();
      break;
    default:
      if (worker_.under_way() > 0) {
        worker_.Send(Below(static_cast<int>(worker_.under_way())), AnyFate());
      }
      break;
  }
}

void RandomSchedule::ActAsProvider() {
  if (Chance(40)) {
    provider_.AddByHand(Pick({"A", "F", "G"}));
  } else if (Chance(40)) {
    const auto records = provider_.All();
    if (records.empty()) return;
    const std::string& id =
        records[Below(static_cast<int>(records.size()))].id();
    if (changes_by_hand_ && Chance(50)) {
      provider_.ChangeByHand(id, Pick({"5", "6", "99"}));
    } else {
      provider_.RemoveByHand(id);
    }
  } else {
    provider_.LandLate();
  }
}

void RandomSchedule::Run(int steps) {
  for (int step = 0; step < steps; ++step) {
    const int who = Below(100);
    if (who < 40) {
      ActAsClient();
    } else if (who < 95) {
      ActAsWorker();
    } else if (who < 98) {
      ActAsProvider();
    } else {
      worker_.Crash(AnyFate());
    }
    if (::testing::Test::HasFailure()) return;
  }
  for (int i = 0; i < kMaxImports; ++i) {
    Try(Open(absl::StrCat("i", i), v1::EXISTING_POLICY_LINK));
    Try(End(absl::StrCat("i", i)));
  }
  Try(Resume());
  EXPECT_TRUE(worker_.Drain()) << "delivery does not come to rest";
  // What sweeps asked for before is recorded last of all, and one more sweep.
  while (!pages_.empty()) ReadPage(pages_.begin());
  ReadAny();
  ReadPage(pages_.begin());
}

// Drift that nobody caused, or that was not noticed.
void RandomSchedule::CheckDrift(const LoadedTables& tables,
                                std::vector<std::string>* faults) const {
  for (const events::v1::EventRecord& record : scenario_.log()) {
    if (record.event().has_products_drifted() && !changes_by_hand_) {
      faults->push_back(
          absl::StrCat("drift without a cause at ", record.position()));
    }
  }
  for (const auto& [id, product] : tables.products) {
    const RecordAnswer held = provider_.Get(product.remote_id());
    if (product.state() != v1::MAPPING_STATE_MAPPED ||
        !held.record.has_value() || !product.has_acknowledged()) {
      continue;
    }
    const bool differs = !SameDecimal(product.acknowledged().selling_price(),
                                      held.record->selling_price());
    if (differs != (product.drift_size() > 0)) {
      faults->push_back(absl::StrCat("drift of product ", id));
    }
  }
}

std::vector<std::string> RandomSchedule::Faults() const {
  std::vector<std::string> faults = scenario_.CheckLog();
  const LoadedTables tables = LoadTables(scenario_.tables(), kConnection);
  if (!tables.intents.empty()) faults.push_back("an intent is left open");
  CheckDrift(tables, &faults);
  if (!tables.suspects.empty()) faults.push_back("a search is left open");
  if (!tables.outbox.empty()) faults.push_back("something waits");
  if (!tables.update_queue.empty()) faults.push_back("an update waits");
  std::set<std::string> skus;
  for (const v1::RemoteProduct& record : provider_.All()) {
    if (record.sku().empty() || provider_.by_hand().contains(record.sku())) {
      continue;
    }
    if (!skus.insert(record.sku()).second) {
      faults.push_back("the provider holds twice: " + record.sku());
    }
  }
  for (const std::string& fault : MissingValues(scenario_, tables, provider_)) {
    faults.push_back(fault);
  }
  return faults;
}

}  // namespace qantara::domain
