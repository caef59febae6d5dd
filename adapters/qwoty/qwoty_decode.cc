#include "adapters/qwoty/qwoty_decode.h"

#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/string_view.h"
#include "adapters/json/json_reader.h"
#include "adapters/json/json_scalars.h"

namespace qantara::adapters {
namespace {

using rapidjson::Value;

constexpr rapidjson::SizeType kMaxIds = 1000;

// The member `name` of the member `group`, or of the row itself.
const Value* Find(const Value& row, absl::string_view group,
                  absl::string_view name) {
  const Value* owner = group.empty() ? &row : FindMember(row, group);
  return owner == nullptr ? nullptr : FindMember(*owner, name);
}

std::optional<std::string> Text(const Value& row, absl::string_view group,
                                absl::string_view name) {
  const Value* value = Find(row, group, name);
  return value == nullptr ? std::nullopt : TextOf(*value);
}

std::optional<std::string> Decimal(const Value& row, absl::string_view group,
                                   absl::string_view name) {
  const Value* value = Find(row, group, name);
  return value == nullptr ? std::nullopt : ScalarDecimal(*value);
}

void DecodeIds(const Value& row, absl::string_view name,
               google::protobuf::RepeatedPtrField<std::string>* ids) {
  const Value* list = FindMember(row, name);
  if (list == nullptr || !list->IsArray() || list->Size() > kMaxIds) return;
  for (const Value& entry : list->GetArray()) {
    if (auto id = TextOf(entry)) *ids->Add() = *std::move(id);
  }
}

void DecodeIdentifiers(const Value& row, v1::QwotyProduct* qwoty) {
  const auto identifier = [&row](absl::string_view name,
                                 absl::string_view old_name) {
    std::optional<std::string> id = Text(row, "identifiers", name);
    return id.has_value() ? id : Text(row, "", old_name);
  };
  if (auto id = identifier("crm", "id_crm")) qwoty->set_crm_id(*id);
  if (auto id = identifier("erp", "id_erp")) qwoty->set_erp_id(*id);
  if (auto id = identifier("accounting", "id_accounting")) {
    qwoty->set_accounting_id(*id);
  }
}

void DecodeShipping(const Value& row, v1::QwotyProduct* qwoty) {
  constexpr absl::string_view kGroup = "shipping";
  if (auto size = Decimal(row, kGroup, "weight")) qwoty->set_weight(*size);
  if (auto size = Decimal(row, kGroup, "height")) qwoty->set_height(*size);
  if (auto size = Decimal(row, kGroup, "length")) qwoty->set_length(*size);
  if (auto size = Decimal(row, kGroup, "width")) qwoty->set_width(*size);
  if (auto unit = Text(row, kGroup, "weight_unit")) {
    qwoty->set_weight_unit(*unit);
  }
  if (auto unit = Text(row, kGroup, "length_unit")) {
    qwoty->set_length_unit(*unit);
  }
  if (auto country = Text(row, kGroup, "country_of_origin")) {
    qwoty->set_country_of_origin(*country);
  }
  if (auto code = Text(row, kGroup, "harmonized_system_code")) {
    qwoty->set_harmonized_system_code(*code);
  }
}

v1::QwotyProduct DecodeOwnFields(const Value& row) {
  v1::QwotyProduct qwoty;
  if (auto name = Text(row, "", "api_name")) qwoty.set_api_name(*name);
  if (auto type = Text(row, "settings", "recurrence_type")) {
    qwoty.set_recurrence_type(*type);
  }
  if (auto code = Text(row, "", "reference")) qwoty.set_reference(*code);
  const Value* active = FindMember(row, "is_active");
  if (active != nullptr) {
    if (auto is_active = ScalarBool(*active)) qwoty.set_is_active(*is_active);
  }
  DecodeIds(row, "catalog_ids", qwoty.mutable_catalog_ids());
  DecodeIds(row, "category_ids", qwoty.mutable_category_ids());
  if (auto units = Decimal(row, "settings", "unit_per_pack")) {
    qwoty.set_unit_per_pack(*units);
  }
  if (auto account = Text(row, "accounting", "ledger_account")) {
    qwoty.set_ledger_account(*account);
  }
  DecodeIdentifiers(row, &qwoty);
  DecodeShipping(row, &qwoty);
  return qwoty;
}

void DecodeTimes(const Value& row, v1::RemoteProduct* product) {
  if (const Value* created = FindMember(row, "created_at")) {
    if (auto time = ScalarTime(*created)) {
      *product->mutable_create_time() = *time;
    }
  }
  if (const Value* updated = FindMember(row, "updated_at")) {
    if (auto time = ScalarTime(*updated)) {
      *product->mutable_update_time() = *time;
    }
  }
}

std::optional<QwotyRecord> DecodeRow(const Value& row) {
  const std::optional<std::string> id = Text(row, "", "id");
  if (!id.has_value() || id->empty()) return std::nullopt;
  QwotyRecord record;
  v1::RemoteProduct& product = record.product;
  product.set_id(*id);
  if (auto sku = Text(row, "inventory", "sku")) product.set_sku(*sku);
  if (auto name = Text(row, "", "name")) product.set_name_en(*name);
  if (auto text = Text(row, "", "description")) product.set_description(*text);
  DecodeTimes(row, &product);
  record.qwoty = DecodeOwnFields(row);
  if (!record.qwoty.category_ids().empty()) {
    product.set_category_id(record.qwoty.category_ids(0));
  }
  record.parent_id = Text(row, "", "product_parent_id").value_or("");
  return record;
}

}  // namespace

bool SaysFailure(const Value& answer) {
  const Value* success = FindMember(answer, "success");
  return success != nullptr && !ScalarBool(*success).value_or(true);
}

std::optional<QwotyRecord> DecodeQwotyRecord(const Value& answer) {
  const Value* data = FindMember(answer, "data");
  if (SaysFailure(answer) || data == nullptr || !data->IsObject()) {
    return std::nullopt;
  }
  return DecodeRow(*data);
}

std::optional<QwotyPage> DecodeQwotyPage(const Value& answer) {
  const Value* data = FindMember(answer, "data");
  if (SaysFailure(answer) || data == nullptr || !data->IsArray()) {
    return std::nullopt;
  }
  QwotyPage page;
  for (const Value& row : data->GetArray()) {
    ++page.row_count;
    if (auto record = DecodeRow(row)) {
      page.records.push_back(*std::move(record));
    }
  }
  uint32_t total = 0;
  const std::optional<std::string> told = Text(answer, "", "total");
  if (told.has_value() && absl::SimpleAtoi(*told, &total)) page.total = total;
  return page;
}

}  // namespace qantara::adapters
