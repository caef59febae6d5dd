#include "adapters/qoyod/qoyod_decode.h"

#include <utility>

#include "absl/strings/numbers.h"
#include "adapters/json/json_reader.h"
#include "adapters/json/json_scalars.h"

namespace qantara::adapters {
namespace {

using rapidjson::Value;

// The first of the names whose member is there.
const Value* FindAny(const Value& row,
                     std::initializer_list<absl::string_view> names) {
  for (const absl::string_view name : names) {
    if (const Value* value = FindMember(row, name)) return value;
  }
  return nullptr;
}

std::optional<std::string> Text(
    const Value& row, std::initializer_list<absl::string_view> names) {
  const Value* value = FindAny(row, names);
  return value == nullptr ? std::nullopt : TextOf(*value);
}

std::optional<std::string> Decimal(const Value& row, absl::string_view name) {
  const Value* value = FindMember(row, name);
  return value == nullptr ? std::nullopt : ScalarDecimal(*value);
}

std::optional<std::string> Id(const Value& row,
                              std::initializer_list<absl::string_view> names) {
  const Value* value = FindAny(row, names);
  return value == nullptr ? std::nullopt : ScalarId(*value);
}

std::optional<bool> Bool(const Value& row, absl::string_view name) {
  const Value* value = FindMember(row, name);
  return value == nullptr ? std::nullopt : ScalarBool(*value);
}

// One location; nothing where it has no id.
std::optional<v1::LocationStock> DecodeStock(const Value& entry) {
  std::optional<std::string> id = Id(entry, {"id"});
  if (!id.has_value()) return std::nullopt;
  v1::LocationStock stock;
  stock.set_location_id(*std::move(id));
  if (auto name = Text(entry, {"name_en", "name"})) stock.set_name_en(*name);
  if (auto name = Text(entry, {"name_ar", "ar_name"})) stock.set_name_ar(*name);
  if (auto quantity = Decimal(entry, "stock")) stock.set_quantity(*quantity);
  return stock;
}

void DecodeInventories(const Value& row, v1::RemoteProduct* record) {
  const Value* inventories = FindMember(row, "inventories");
  if (inventories == nullptr || !inventories->IsArray()) return;
  for (const Value& entry : inventories->GetArray()) {
    std::optional<v1::LocationStock> stock = DecodeStock(entry);
    if (!stock.has_value()) {
      // A list with a hole would say that a location is gone.
      record->clear_stock();
      return;
    }
    *record->add_stock() = *std::move(stock);
  }
  record->set_stock_told(true);
}

void DecodeTexts(const Value& row, v1::RemoteProduct* record) {
  if (auto sku = Text(row, {"sku"})) record->set_sku(*sku);
  if (auto name = Text(row, {"name_en", "en_name"})) record->set_name_en(*name);
  if (auto name = Text(row, {"name_ar", "ar_name", "name"})) {
    record->set_name_ar(*name);
  }
  if (auto type = Text(row, {"type"})) record->set_type(*type);
  if (auto text = Text(row, {"description"})) record->set_description(*text);
  if (auto barcode = Text(row, {"barcode"})) record->set_barcode(*barcode);
}

void DecodeReferences(const Value& row, v1::RemoteProduct* record) {
  if (auto id = Id(row, {"category_id"})) record->set_category_id(*id);
  if (auto id = Id(row, {"tax_id"})) record->set_tax_id(*id);
  if (auto id = Id(row, {"unit_type", "product_unit_type_id"})) {
    record->set_unit_type_id(*id);
  }
  if (auto id = Id(row, {"sales_account_id"}))
    record->set_sales_account_id(*id);
  if (auto id = Id(row, {"expense_account_id", "cogs_account_id"})) {
    record->set_cogs_account_id(*id);
  }
}

void DecodeTimes(const Value& row, v1::RemoteProduct* record) {
  const Value* created = FindMember(row, "created_at");
  if (created != nullptr) {
    if (auto time = ScalarTime(*created))
      *record->mutable_create_time() = *time;
  }
  const Value* updated = FindMember(row, "updated_at");
  if (updated != nullptr) {
    if (auto time = ScalarTime(*updated))
      *record->mutable_update_time() = *time;
  }
}

// The rows themselves: an array, one object, or null where there are none.
const Value* FindRows(const Value& answer) {
  for (const absl::string_view name : {"products", "product", "data"}) {
    const Value* rows = FindMember(answer, name);
    if (rows == nullptr || (!rows->IsArray() && !rows->IsObject())) continue;
    if (name != "data") return rows;
    if (const Value* inner = FindAny(*rows, {"products", "product"})) {
      return inner->IsArray() || inner->IsObject() ? inner : nullptr;
    }
    if (rows->IsArray() || FindMember(*rows, "id") != nullptr) return rows;
  }
  return nullptr;
}

std::optional<uint32_t> Count(const Value& pagination, absl::string_view name,
                              absl::string_view envelope_name) {
  const std::optional<std::string> text =
      Text(pagination, {name, envelope_name});
  uint32_t count = 0;
  if (!text.has_value() || !absl::SimpleAtoi(*text, &count)) {
    return std::nullopt;
  }
  return count;
}

void AddRow(const Value& row, DecodedProducts* products) {
  ++products->row_count;
  if (auto record = DecodeProduct(row)) {
    products->records.push_back(*std::move(record));
  }
}

}  // namespace

std::optional<v1::RemoteProduct> DecodeProduct(const Value& row) {
  std::optional<std::string> id = Id(row, {"id"});
  if (!id.has_value()) return std::nullopt;
  v1::RemoteProduct record;
  record.set_id(*std::move(id));
  DecodeTexts(row, &record);
  DecodeReferences(row, &record);
  DecodeTimes(row, &record);
  DecodeInventories(row, &record);
  if (auto price = Decimal(row, "selling_price")) {
    record.set_selling_price(*price);
  }
  if (auto price = Decimal(row, "buying_price"))
    record.set_buying_price(*price);
  if (auto sold = Bool(row, "is_sold")) record.set_is_sold(*sold);
  if (auto bought = Bool(row, "is_bought")) record.set_is_bought(*bought);
  if (auto track = Bool(row, "track_quantity")) {
    record.set_track_quantity(*track);
  }
  return record;
}

std::optional<DecodedProducts> DecodeProducts(const Value& answer) {
  const Value* rows = FindRows(answer);
  if (rows == nullptr) return std::nullopt;
  DecodedProducts products;
  if (rows->IsObject()) {
    AddRow(*rows, &products);
  } else {
    for (const Value& row : rows->GetArray()) AddRow(row, &products);
  }
  const Value* pagination = FindAny(answer, {"pagination", "meta"});
  if (pagination != nullptr) {
    products.total = Count(*pagination, "total", "total_count");
    products.current_page = Count(*pagination, "currentPage", "current_page");
    products.total_pages = Count(*pagination, "totalPages", "total_pages");
  }
  return products;
}

std::optional<std::vector<std::string>> DecodeIds(const Value& answer,
                                                  absl::string_view key) {
  const Value* rows = FindAny(answer, {key, "data"});
  if (rows == nullptr || !rows->IsArray()) return std::nullopt;
  std::vector<std::string> ids;
  for (const Value& row : rows->GetArray()) {
    if (auto id = Id(row, {"id"})) ids.push_back(*std::move(id));
  }
  return ids;
}

std::optional<std::vector<domain::RemoteLocation>> DecodeLocations(
    const Value& answer) {
  const Value* rows = FindAny(answer, {"inventories", "data"});
  if (rows == nullptr || !rows->IsArray() || rows->Size() > kMaxLocations) {
    return std::nullopt;
  }
  std::vector<domain::RemoteLocation> locations;
  for (const Value& row : rows->GetArray()) {
    std::optional<std::string> id = Id(row, {"id"});
    if (!id.has_value()) continue;
    domain::RemoteLocation& location = locations.emplace_back();
    location.id = *std::move(id);
    location.name_en = Text(row, {"name", "name_en"}).value_or("");
    location.name_ar = Text(row, {"ar_name", "name_ar"}).value_or("");
    location.is_default = Bool(row, "is_default");
  }
  return locations;
}

}  // namespace qantara::adapters
