#include "tools/hostile/check_records.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "tests/process/support/catalog.h"
#include "tests/process/support/end_state.h"

namespace qantara::tools {
namespace {

using process::PlainDecimal;
using simulator::Json;

// A look may be 30 s old when the creating request leaves, and that request may
// take some more.
constexpr absl::Duration kWindow = absl::Seconds(35);

class RecordCheck {
 public:
  RecordCheck(HostileRun& run, const EndView& view) : run_(run), view_(view) {
    for (const HandRecord& record : run.hand().made()) {
      by_hand_[record.sku] = record;
    }
    for (size_t i = 0; i < run.plan().imports.size(); ++i) {
      const PlannedImport& import = run.plan().imports[i];
      for (const PlannedLine& line : import.lines) {
        // The home of a product comes before where it is shared.
        if (line.kind == LineKind::kOrdinary &&
            import.policy == v1::EXISTING_POLICY_UPDATE) {
          updating_.insert(line.product);
        }
      }
    }
  }

  RecordFigures Run() {
    std::set<std::string> planned;
    for (size_t i = 0; i < run_.plan().products.size(); ++i) {
      planned.insert(run_.plan().products[i].product.sku());
      CheckProduct(i);
    }
    for (const auto& [sku, records] : view_.records) {
      figures_.records += records.size();
      if (!planned.contains(sku)) Add(kOnce, sku, "nobody asked for it");
    }
    for (const std::string& problem : process::CheckJournal(view_.journal)) {
      run_.state().findings.Add(kNoBlindRepeat, problem);
    }
    return figures_;
  }

 private:
  void Add(const char* check, const std::string& sku,
           const std::string& sentence) {
    run_.state().findings.Add(check, absl::StrCat(sku, ": ", sentence));
  }

  void CheckProduct(size_t index) {
    const PlannedProduct& product = run_.plan().products[index];
    const std::string& sku = product.product.sku();
    const auto found = view_.records.find(sku);
    static const std::vector<Json> kNone;
    const auto& records = found == view_.records.end() ? kNone : found->second;
    switch (product.kind) {
      case ProductKind::kRefused:
        if (!records.empty()) Add(kOnce, sku, "the provider refused it");
        return;
      case ProductKind::kPresentTwice:
        if (records.size() != 2) {
          Add(kOnce, sku,
              absl::StrCat("is there ", records.size(),
                           " times instead of twice"));
        }
        return;
      default:
        break;
    }
    if (records.empty()) {
      Add(kNoneLost, sku, "is not there");
      return;
    }
    if (records.size() > 1) {
      CheckDouble(sku, records);
    } else if (run_.answered().doubles().contains(index)) {
      Add(kCallsAnswered, sku, "was refused as double and is there once");
    }
    CheckMapping(sku, records);
    // A record by hand may be linked, or come too late for that.
    if (product.kind != ProductKind::kByHand) CheckValues(index, records);
  }

  void CheckDouble(const std::string& sku, const std::vector<Json>& records) {
    std::string ids;
    bool late = false;
    for (const Json& record : records) {
      absl::StrAppend(&ids, " ", record.TextAt("id"));
      late = late || view_.late_ids.contains(record.TextAt("id"));
    }
    const auto hand = by_hand_.find(sku);
    if (hand != by_hand_.end() && records.size() == 2 &&
        IsInWindow(hand->second, records)) {
      ++figures_.doubled_by_hand;
    } else if (late && run_.state().options.beyond_bound) {
      ++figures_.doubled_by_lateness;
    } else {
      Add(kOnce, sku, absl::StrCat("is there more than once, as", ids));
    }
    CheckTold(sku, ids);
  }

  static bool IsInWindow(const HandRecord& hand,
                         const std::vector<Json>& records) {
    for (const Json& record : records) {
      if (record.TextAt("id") == hand.id) continue;
      absl::Time created;
      std::string error;
      if (!absl::ParseTime(absl::RFC3339_full, record.TextAt("created_at"),
                           &created, &error)) {
        return false;
      }
      return created - hand.time <= kWindow;
    }
    return false;
  }

  void CheckTold(const std::string& sku, const std::string& ids) {
    const auto product = view_.products.find(sku);
    const bool by_server =
        product != view_.products.end() &&
        product->second.state() == v1::MAPPING_STATE_DUPLICATE;
    const bool by_verification = view_.verified_duplicates.has_value() &&
                                 view_.verified_duplicates->contains(sku);
    if (by_server) ++figures_.told_by_server;
    if (by_verification) ++figures_.told_by_verification;
    if (!by_server && !by_verification) {
      Add(kDuplicatesTold, sku, absl::StrCat("nobody tells of", ids));
    }
  }

  void CheckMapping(const std::string& sku, const std::vector<Json>& records) {
    const auto product = view_.products.find(sku);
    if (product == view_.products.end()) {
      Add(kMapped, sku, "the server does not know it");
      return;
    }
    if (product->second.state() == v1::MAPPING_STATE_DUPLICATE) {
      if (records.size() < 2) Add(kMapped, sku, "is held to be a duplicate");
      return;
    }
    const bool held =
        std::any_of(records.begin(), records.end(), [&](const Json& record) {
          return record.TextAt("id") == product->second.remote_id();
        });
    if (product->second.state() != v1::MAPPING_STATE_MAPPED || !held) {
      Add(kMapped, sku,
          absl::StrCat(v1::MappingState_Name(product->second.state()), " to \"",
                       product->second.remote_id(), "\""));
    }
  }

  v1::Product Expected(size_t index) const {
    const PlannedProduct& planned = run_.plan().products[index];
    v1::Product expected = planned.product;
    if (planned.kind == ProductKind::kPresent) {
      expected = StrangeProduct(planned.product);
      if (updating_.contains(index)) expected.MergeFrom(planned.product);
    }
    const auto accepted = run_.answered().by_product().find(index);
    if (accepted == run_.answered().by_product().end()) return expected;
    for (const v1::Product& fields : accepted->second) {
      expected.MergeFrom(fields);
    }
    return expected;
  }

  void CheckValues(size_t index, const std::vector<Json>& records) {
    const v1::Product expected = Expected(index);
    const auto product = view_.products.find(expected.sku());
    if (product == view_.products.end() ||
        product->second.state() != v1::MAPPING_STATE_MAPPED) {
      return;  // Told by CheckMapping, or a duplicate that nobody writes to.
    }
    for (const Json& record : records) {
      if (record.TextAt("id") != product->second.remote_id()) continue;
      const auto compare = [&](const char* field, const std::string& wanted,
                               const std::string& held) {
        if (wanted == held) return;
        Add(kValues, expected.sku(),
            absl::StrCat(field, " is \"", held, "\", not \"", wanted, "\""));
      };
      compare("name_en", expected.name_en(), record.TextAt("name_en"));
      compare("name_ar", expected.name_ar(), record.TextAt("name_ar"));
      compare("barcode", expected.barcode(), record.TextAt("barcode"));
      compare("selling_price", PlainDecimal(expected.selling_price()),
              PlainDecimal(record.TextAt("selling_price")));
      compare("buying_price", PlainDecimal(expected.buying_price()),
              PlainDecimal(record.TextAt("buying_price")));
    }
  }

  HostileRun& run_;
  const EndView& view_;
  std::map<std::string, HandRecord> by_hand_;
  std::set<size_t> updating_;
  RecordFigures figures_;
};

}  // namespace

RecordFigures CheckRecords(HostileRun& run, const EndView& view) {
  return RecordCheck(run, view).Run();
}

}  // namespace qantara::tools
