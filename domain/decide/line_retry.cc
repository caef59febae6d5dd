#include "domain/decide/line_retry.h"

#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "domain/decide/line_decider.h"
#include "domain/duplicate_text.h"
#include "domain/error.h"
#include "domain/reopen_product.h"
#include "domain/rows.h"
#include "domain/table_keys.h"

namespace qantara::domain {
namespace {

using events::v1::AcceptedLine;
using tables::v1::ItemRow;
using tables::v1::ProductPointer;
using tables::v1::ProductRow;

// Lines of all imports may be repeated by a retry: no import has this position.
constexpr Position kNoImport = 0;

// The state as the retry leaves it, before the line is decided.
class AsRetried final : public TableReader {
 public:
  explicit AsRetried(const TableReader& state) : state_(state) {}

  // Shows `product` as reopened.
  void Reopen(const std::string& connection, ProductRow product) {
    ReopenProduct(&product);
    product_key_ = NumberKey(connection, product.product_id());
    product_ = product.SerializeAsString();
  }
  // Shows no product with this external id.
  void FreeExternalId(const std::string& connection, const std::string& id) {
    freed_id_ = TextKey(connection, id);
  }

  absl::StatusOr<std::optional<std::string>> Get(
      Table table, absl::string_view key) const override {
    if (table == Table::kProducts && key == product_key_) {
      return std::optional<std::string>(product_);
    }
    if (table == Table::kExternalIds && key == freed_id_) {
      return std::optional<std::string>();
    }
    return state_.Get(table, key);
  }

 private:
  const TableReader& state_;
  std::string product_key_;
  std::string product_;
  std::string freed_id_;
};

absl::Status MayBeThere(const std::string& why) {
  return MakeError(absl::StatusCode::kFailedPrecondition,
                   v1::ERROR_REASON_DUPLICATE_POSSIBLE,
                   absl::StrCat(why,
                                "; look for it, then retry with "
                                "accept_duplicate, or discard"));
}

// Whether the item may be sent for `product`, its product, again.
absl::Status CheckDuplicate(const RetryParked& command, const ItemRow& item,
                            const ProductRow& product) {
  if (product.state() != v1::MAPPING_STATE_DUPLICATE) return absl::OkStatus();
  const auto& ids = product.duplicate_remote_ids();
  if (ids.empty() || item.reason() == v1::ERROR_REASON_SKU_ALTERED) {
    if (command.accept_duplicate) return absl::OkStatus();
    return MayBeThere(absl::StrCat("the product ", DuplicateText(product)));
  }
  return MakeError(
      absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_SKU_DUPLICATE,
      absl::StrCat("SKU ", product.sku(), " ", DuplicateText(product)),
      {{"remote_ids", absl::StrJoin(ids, ",")}});
}

// Whether the line's SKU does not lead to the product.
absl::StatusOr<bool> Leaves(const RetryParked& command,
                            const ProductRow& product,
                            const TableReader& state) {
  if (command.line.sku.empty()) return false;
  QANTARA_ASSIGN_OR_RETURN(
      const std::optional<ProductPointer> pointer,
      FindRow<ProductPointer>(state, Table::kSkus,
                              TextKey(command.connection, command.line.sku)));
  return !pointer.has_value() || pointer->product_id() != product.product_id();
}

bool GivesExternalIdAway(const ParsedLine& line, const ProductRow& product) {
  return !line.external_id.empty() &&
         product.external_id() == line.external_id &&
         product.state() != v1::MAPPING_STATE_MAPPED && product.intent() == 0 &&
         product.open_items() == 0;
}

// Errors: those of DecideLineAgain.
absl::Status Prepare(const RetryParked& command, const ItemRow& item,
                     const ProductRow& product, AsRetried* state) {
  QANTARA_ASSIGN_OR_RETURN(const bool leaves, Leaves(command, product, *state));
  if (!leaves) {
    QANTARA_RETURN_IF_ERROR(CheckDuplicate(command, item, product));
    state->Reopen(command.connection, product);
  } else if (GivesExternalIdAway(command.line, product)) {
    state->FreeExternalId(command.connection, command.line.external_id);
  }
  return absl::OkStatus();
}

// A line without any key stays with its product.
AcceptedLine WithItsProduct(const ParsedLine& line, const ProductRow& product) {
  AcceptedLine out;
  out.set_payload(line.payload);
  out.set_digest(line.digest);
  out.set_state(v1::ITEM_STATE_QUEUED);
  out.set_product_id(product.product_id());
  out.set_previous_position(product.last_position());
  return out;
}

}  // namespace

absl::StatusOr<AcceptedLine> DecideLineAgain(const RetryParked& command,
                                             const ItemRow& item,
                                             const TableReader& state) {
  if (item.reason() == v1::ERROR_REASON_OUTCOME_UNKNOWN &&
      !command.accept_duplicate) {
    return MayBeThere("without a SKU nobody can tell whether it exists");
  }
  AsRetried retried(state);
  std::optional<ProductRow> product;
  if (item.product_id() != 0) {
    QANTARA_ASSIGN_OR_RETURN(
        product,
        GetRow<ProductRow>(state, Table::kProducts,
                           NumberKey(command.connection, item.product_id())));
    QANTARA_RETURN_IF_ERROR(Prepare(command, item, *product, &retried));
  }
  AcceptedLine out;
  if (product.has_value() && command.line.sku.empty() &&
      command.line.external_id.empty()) {
    out = WithItsProduct(command.line, *product);
  } else {
    QANTARA_ASSIGN_OR_RETURN(
        const tables::v1::ImportRow import,
        GetRow<tables::v1::ImportRow>(
            state, Table::kImports,
            TextKey(command.connection, command.parked.import_id)));
    LineDecider decider(command.connection, kNoImport, import.existing_policy(),
                        retried);
    QANTARA_RETURN_IF_ERROR(decider.Decide(command.line, &out));
  }
  if (out.state() == v1::ITEM_STATE_PARKED) {
    return MakeError(
        absl::StatusCode::kFailedPrecondition, out.reason(),
        absl::StrCat("it would be parked again: ", out.problems(0).field(), " ",
                     out.problems(0).message()));
  }
  if (!command.patched) out.clear_payload();
  return out;
}

}  // namespace qantara::domain
