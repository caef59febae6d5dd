#include "tests/simulation/witness.h"

#include <algorithm>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "domain/rows.h"
#include "domain/table_keys.h"
#include "qantara/tables/v1/rows.pb.h"
#include "tests/simulation/connection.h"

namespace qantara::simulation {
namespace {

using domain::Effect;

uint64_t NumberOfId(const std::string& id) {
  uint64_t number = 0;
  return absl::SimpleAtoi(id, &number) ? number : 0;
}

bool Overlap(const Witness::Write& left, const Witness::Write& right) {
  for (const Witness::Part& a : left.parts) {
    for (const Witness::Part& b : right.parts) {
      if (a.product_id == b.product_id) return true;
      if (left.creates && right.creates && !a.sku.empty() && a.sku == b.sku) {
        return true;
      }
    }
  }
  return false;
}

}  // namespace

// Time from which a reading proves something about the write.
WorldMillis Witness::WaitEnd(const Write& write) const {
  return write.boot_id == clock_.boot_id() ? write.wait_end
                                           : write.lands_before;
}

void Witness::OnAppended(const events::v1::EventRecord& record) {
  const events::v1::Event& event = record.event();
  Intent intent;
  intent.position = record.position();
  if (event.has_create_intended()) {
    intent.window = event.create_intended().window();
    for (const auto& ref : event.create_intended().items()) {
      intent.products.push_back(ref.product_id());
    }
    intents_[event.create_intended().fingerprint()] = std::move(intent);
  } else if (event.has_update_intended()) {
    intent.window = event.update_intended().window();
    intent.products.push_back(event.update_intended().product_id());
    intents_[event.update_intended().fingerprint()] = std::move(intent);
  }
}

Witness::Write& Witness::Begin(const std::string& fingerprint,
                               const domain::WriteWindow& window, int process) {
  const auto found = intents_.find(fingerprint);
  if (found == intents_.end()) {
    report_.Violate("a write leaves without a durable intent");
    return writes_[0];
  }
  Intent& intent = found->second;
  if (intent.sent) report_.Violate("intent ", intent.position, " sent twice");
  intent.sent = true;
  if (intent.window.boot_id() != clock_.boot_id() ||
      intent.window.send_by_boot_millis() != window.send_by_boot_millis) {
    report_.Violate("intent ", intent.position, " has another window");
  }
  Write& write = writes_[intent.position];
  write.intent = intent.position;
  write.process = process;
  write.sent_at = clock_.now();
  write.boot_id = clock_.boot_id();
  write.lands_before = LandsBefore();
  write.wait_end =
      write.lands_before + (window.send_by_boot_millis - clock_.BootMillis());
  write.highest_id = world_.last_id();
  for (const uint64_t product : intent.products) {
    write.parts.push_back({product, "", false});
  }
  return write;
}

Witness::Write& Witness::OnCreate(const std::string& fingerprint,
                                  const std::vector<v1::Product>& products,
                                  const domain::WriteWindow& window,
                                  int process) {
  Write& write = Begin(fingerprint, window, process);
  write.creates = true;
  if (write.parts.size() != products.size()) {
    report_.Violate("intent ", write.intent, " names other items");
    return write;
  }
  for (size_t i = 0; i < products.size(); ++i) {
    write.parts[i].sku = products[i].sku();
  }
  CheckNothingOpen(write);
  for (const Part& part : write.parts) CheckProven(write, part);
  return write;
}

Witness::Write& Witness::OnUpdate(const std::string& fingerprint,
                                  const std::string& remote_id,
                                  const domain::WriteWindow& window,
                                  int process) {
  Write& write = Begin(fingerprint, window, process);
  write.remote_id = remote_id;
  CheckNothingOpen(write);
  for (const Part& part : write.parts) CheckProven(write, part);
  CheckNoDuplicate(write);
  return write;
}

void Witness::CheckNothingOpen(const Write& write) {
  for (const auto& [position, earlier] : writes_) {
    if (position >= write.intent || !Overlap(earlier, write)) continue;
    if (earlier.lands_at.has_value() && *earlier.lands_at > clock_.now()) {
      report_.Violate("intent ", write.intent, " leaves while intent ",
                      position, " can still land, at ", *earlier.lands_at);
    }
    if (earlier.process == write.process && !earlier.answered_at.has_value()) {
      report_.Violate("intent ", write.intent, " leaves while intent ",
                      position, " is under way");
    }
  }
}

void Witness::CheckProven(const Write& write, const Part& part) {
  const Write* last = nullptr;
  for (const auto& [position, earlier] : writes_) {
    if (position >= write.intent || earlier.creates != write.creates) continue;
    for (const Part& other : earlier.parts) {
      if (other.product_id == part.product_id) last = &earlier;
    }
  }
  if (last == nullptr) return;
  if (last->answered_at.has_value() && last->effect == Effect::kNotApplied) {
    return;
  }
  if (write.creates) {
    CheckCreateProven(*last, write, part);
  } else {
    CheckUpdateProven(*last, write);
  }
}

std::vector<WorldMillis> Witness::ReadingsOf(const Write& earlier,
                                             const std::string& sku,
                                             WorldMillis from) const {
  std::vector<WorldMillis> began;
  for (const Reading& reading : readings_) {
    if (reading.began < from) continue;
    const domain::ListQuery& query = reading.query;
    const bool covers = query.sku.has_value()
                            ? *query.sku == sku
                            : !query.id_above.has_value() ||
                                  reading.tells_above <= earlier.highest_id;
    if (covers) began.push_back(reading.began);
  }
  std::sort(began.begin(), began.end());
  return began;
}

void Witness::CheckCreateProven(const Write& earlier, const Write& write,
                                const Part& part) {
  for (const FakeRecord& record : world_.records()) {
    // A record that was there and is gone: the product may be created again.
    if (record.product_id == part.product_id && !record.exists()) return;
  }
  const bool refused =
      earlier.answered_at.has_value() && earlier.effect == Effect::kRefused;
  if (refused && earlier.parts.size() == 1) return;
  const std::vector<WorldMillis> readings =
      refused ? ReadingsOf(earlier, part.sku,
                           *earlier.answered_at + bounds_.max_read_lag)
              : ReadingsOf(earlier, part.sku, WaitEnd(earlier));
  const bool proven =
      refused ? !readings.empty()
              : readings.size() > 1 &&
                    readings.back() - readings.front() >= bounds_.max_read_lag;
  if (proven) return;
  report_.Violate("intent ", write.intent, " sends SKU ", part.sku,
                  " again without the proof that intent ", earlier.intent,
                  " did not create it");
}

void Witness::CheckUpdateProven(const Write& earlier, const Write& write) {
  if (earlier.answered_at.has_value() && earlier.effect != Effect::kUnknown) {
    return;
  }
  const auto [begin, end] = gets_.equal_range(earlier.remote_id);
  const bool read = std::any_of(begin, end, [&](const auto& get) {
    return get.second >= WaitEnd(earlier);
  });
  if (read) return;
  report_.Violate("intent ", write.intent, " updates ", write.remote_id,
                  " while the outcome of intent ", earlier.intent,
                  " is unknown");
}

void Witness::CheckNoDuplicate(const Write& write) {
  for (const Part& part : write.parts) {
    const domain::TableStore& tables = tables_;
    const auto product = domain::FindRow<tables::v1::ProductRow>(
        tables, domain::Table::kProducts,
        domain::NumberKey(kConnection, part.product_id));
    if (!product.ok() || !product->has_value()) continue;
    if ((*product)->state() == v1::MAPPING_STATE_DUPLICATE) {
      report_.Violate("intent ", write.intent, " updates product ",
                      part.product_id, ", which is a duplicate");
    }
  }
}

void Witness::OnListed(const domain::ListQuery& query,
                       const domain::PageAnswer& answer, WorldMillis began) {
  // Where the filter is ignored only the first page was seen.
  if (answer.filter_ignored) return;
  readings_.push_back({query, began, TellsAbove(query)});
}

uint64_t Witness::TellsAbove(const domain::ListQuery& query) const {
  if (!query.id_above.has_value()) return 0;
  const domain::TableStore& tables = tables_;
  uint64_t id = NumberOfId(*query.id_above);
  for (; id > 0; --id) {
    const auto pointer = domain::FindRow<tables::v1::ProductPointer>(
        tables, domain::Table::kRemoteIds,
        domain::TextKey(kConnection, absl::StrCat(id)));
    if (!pointer.ok() || !pointer->has_value() || (*pointer)->former()) break;
  }
  return id;
}

void Witness::OnGot(const std::string& remote_id, WorldMillis began) {
  gets_.emplace(remote_id, began);
}

}  // namespace qantara::simulation
