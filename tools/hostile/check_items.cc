#include "tools/hostile/check_items.h"

#include <algorithm>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "tests/process/support/end_state.h"

namespace qantara::tools {
namespace {

bool Names(const v1::ImportItem& item, absl::string_view field,
           absl::string_view text) {
  return std::any_of(item.problems().begin(), item.problems().end(),
                     [&](const v1::ItemProblem& problem) {
                       return absl::StrContains(problem.field(), field) &&
                              absl::StrContains(problem.message(), text);
                     });
}

bool IsThere(v1::ItemState state) {
  return state == v1::ITEM_STATE_CREATED || state == v1::ITEM_STATE_LINKED ||
         state == v1::ITEM_STATE_UPDATED || state == v1::ITEM_STATE_UNCHANGED;
}

bool IsParked(const v1::ImportItem& item, v1::ErrorReason reason) {
  return item.state() == v1::ITEM_STATE_PARKED && item.reason() == reason;
}

class ItemCheck {
 public:
  ItemCheck(HostileRun& run, const EndView& view) : run_(run), view_(view) {}

  ItemFigures Run() {
    for (size_t i = 0; i < view_.imports.size(); ++i) CheckImport(i);
    return figures_;
  }

 private:
  void Add(const char* check, const std::string& import_id,
           const v1::ImportItem& item) {
    run_.state().findings.Add(
        check, absl::StrCat(import_id, ": ", item.ShortDebugString()));
  }

  void CheckImport(size_t index) {
    const PlannedImport& planned = run_.plan().imports[index];
    const v1::Import& import = view_.imports[index];
    const auto lines = static_cast<uint32_t>(planned.lines.size());
    if (import.state() != v1::IMPORT_STATE_FINISHED) {
      run_.state().findings.Add(kImportsFinished, import.ShortDebugString());
    }
    if (import.balance() != 0 || import.received_lines() != lines ||
        process::SumOf(import.counts()) != lines ||
        view_.items[index].size() != lines) {
      run_.state().findings.Add(
          kStatesSum,
          absl::StrCat(lines, " lines were sent, ", view_.items[index].size(),
                       " are listed: ", import.ShortDebugString()));
    }
    for (const v1::ImportItem& item : view_.items[index]) {
      ++figures_[item.state()];
      if (item.line() == 0 || item.line() > lines) {
        Add(kStatesRight, planned.id, item);
        continue;
      }
      CheckItem(planned, planned.lines[item.line() - 1], item);
      CheckResult(index, item);
    }
  }

  void CheckItem(const PlannedImport& import, const PlannedLine& line,
                 const v1::ImportItem& item) {
    if (line.kind == LineKind::kInvalid) {
      if (item.state() != v1::ITEM_STATE_INVALID ||
          item.sku() != line.invalid_sku || !Names(item, kInvalidField, "")) {
        Add(kRefusedNamed, import.id, item);
      }
      return;
    }
    const PlannedProduct& product = run_.plan().products[line.product];
    const bool is_repeated = line.kind == LineKind::kRepeated;
    const bool has_sku = item.sku() == product.product.sku();
    if (has_sku && !is_repeated && product.kind == ProductKind::kRefused) {
      if (item.state() != v1::ITEM_STATE_REJECTED ||
          !Names(item, kRefusedField, kRefusedMessage)) {
        Add(kRefusedNamed, import.id, item);
      }
      return;
    }
    bool is_right = IsThere(item.state()) || MayBeDouble(product, item);
    if (is_repeated) {
      is_right = IsParked(item, v1::ERROR_REASON_SKU_REPEATED);
    } else if (product.kind == ProductKind::kPresentTwice) {
      is_right = IsParked(item, v1::ERROR_REASON_SKU_DUPLICATE);
    }
    if (!has_sku || !is_right) Add(kStatesRight, import.id, item);
  }

  bool MayBeDouble(const PlannedProduct& product,
                   const v1::ImportItem& item) const {
    return IsParked(item, v1::ERROR_REASON_SKU_DUPLICATE) &&
           run_.state().MayBeDouble(product);
  }

  // What the client was told while the import ran.
  void CheckResult(size_t import, const v1::ImportItem& item) {
    const auto& results = run_.imports()[import]->results();
    const auto told = results.find(item.line());
    if (told == results.end()) return;
    if (told->second.state() != item.state() ||
        told->second.remote_id() != item.remote_id()) {
      run_.state().findings.Add(
          kResultsKept, absl::StrCat("told ", told->second.ShortDebugString(),
                                     ", now ", item.ShortDebugString()));
    }
  }

  HostileRun& run_;
  const EndView& view_;
  ItemFigures figures_;
};

}  // namespace

ItemFigures CheckItems(HostileRun& run, const EndView& view) {
  return ItemCheck(run, view).Run();
}

}  // namespace qantara::tools
