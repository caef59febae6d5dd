#include "tools/simulator/reference_data.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"

namespace qantara::simulator {
namespace {

// Rows are written as JSON lines: what is answered is what stands here.
constexpr char kRows[] = R"([
["categories",{"id":1,"name":"General","description":"عام","parent_id":null}],
["categories",{"id":2,"name":"Medicines","description":"أدوية","parent_id":null}],
["categories",{"id":3,"name":"Services","description":"خدمات","parent_id":null}],
["categories",{"id":4,"name":"Accessories","description":null,"parent_id":null}],
["categories",{"id":5,"name":"Raw materials","description":null,"parent_id":null}],
["categories",{"id":7,"name":"Widgets","description":null,"parent_id":null}],
["categories",{"id":42,"name":"Kitchen","description":"مطبخ","parent_id":null}],
["categories",{"id":43,"name":"Mugs","description":"أكواب","parent_id":42}],
["taxes",{"id":1,"name_en":"VAT 15%","name_ar":"ضريبة القيمة المضافة 15%","percentage":15.0,"code":"S"}],
["taxes",{"id":2,"name_en":"Zero rated","name_ar":"خاضعة للنسبة الصفرية","percentage":0.0,"code":"Z"}],
["taxes",{"id":3,"name_en":"Exempt","name_ar":"معفاة","percentage":0.0,"code":"E"}],
["special_tax_reasons",{"id":1,"code":"VATEX-SA-32","reason":"Export of goods","category":"Z","display_reason":"VATEX-SA-32 Export of goods"}],
["special_tax_reasons",{"id":2,"code":"VATEX-SA-35","reason":"Medicines and medical equipment","category":"Z","display_reason":"VATEX-SA-35 Medicines and medical equipment"}],
["special_tax_reasons",{"id":3,"code":"VATEX-SA-29","reason":"Financial services","category":"E","display_reason":"VATEX-SA-29 Financial services"}],
["product_unit_types",{"id":7,"unit_name":"Piece","unit_representation":"pc","kind":null}],
["product_unit_types",{"id":8,"unit_name":"Kilogram","unit_representation":"kg","kind":1}],
["product_unit_types",{"id":9,"unit_name":"Box","unit_representation":"box","kind":null}],
["accounts",{"id":17,"code":"4101","name_en":"Sales","name_ar":"المبيعات","account_kind":"Revenue","parent_kind":"Revenue","branch_kind":"OperatingRevenue","type":"Revenue","group_type":"Revenue","status":"Active","balance":"0.0"}],
["accounts",{"id":18,"code":"5101","name_en":"Cost of goods sold","name_ar":"تكلفة البضاعة المباعة","account_kind":"DirectCost","parent_kind":"Expense","branch_kind":"DirectCost","type":"Expense","group_type":"Expense","status":"Active","balance":"0.0"}],
["accounts",{"id":19,"code":"1301","name_en":"Inventory","name_ar":"المخزون","account_kind":"Inventory","parent_kind":"Asset","branch_kind":"CurrentAsset","type":"Asset","group_type":"Asset","status":"Active","balance":"0.0"}],
["inventories",{"id":3,"name":"Main Warehouse","ar_name":"المستودع الرئيسي","is_default":true,"account_id":19,"address":null,"city":"Riyadh"}],
["inventories",{"id":4,"name":"Jeddah Store","ar_name":"معرض جدة","is_default":false,"account_id":19,"address":null,"city":"Jeddah"}],
["inventories",{"id":5,"name":"Online","ar_name":"المتجر الإلكتروني","is_default":false,"account_id":19,"address":null,"city":null}]
])";

}  // namespace

const Json* ReferenceTable::Find(int64_t id) const {
  for (const Json& row : rows_) {
    const Json* row_id = row.Find("id");
    if (row_id != nullptr && row_id->AsInteger() == id) return &row;
  }
  return nullptr;
}

const Json& ReferenceTable::Put(const Json& row) {
  const Json* given = row.Find("id");
  const std::optional<int64_t> wanted =
      given == nullptr ? std::nullopt : given->AsInteger();
  const int64_t id = wanted.value_or(next_id_);
  next_id_ = std::max(next_id_, id + 1);
  Erase(id);
  Json stored = Json::Object();
  stored.Add("id", Json::Integer(id));
  for (size_t i = 0; i < row.keys().size(); ++i) {
    if (row.keys()[i] != "id") stored.Add(row.keys()[i], row.items()[i]);
  }
  const auto after =
      std::find_if(rows_.begin(), rows_.end(), [&](const Json& r) {
        return r.Find("id")->AsInteger().value_or(0) > id;
      });
  return *rows_.insert(after, std::move(stored));
}

bool ReferenceTable::Change(int64_t id, const Json& members) {
  const Json* row = Find(id);
  if (row == nullptr) return false;
  Json changed = *row;
  for (size_t i = 0; i < members.keys().size(); ++i) {
    if (members.keys()[i] == "id") continue;
    changed.Set(members.keys()[i], members.items()[i]);
  }
  Put(changed);
  return true;
}

bool ReferenceTable::Erase(int64_t id) {
  const auto at = std::find_if(rows_.begin(), rows_.end(), [&](const Json& r) {
    return r.Find("id")->AsInteger() == id;
  });
  if (at == rows_.end()) return false;
  rows_.erase(at);
  return true;
}

ReferenceTables DefaultReferenceTables() {
  ReferenceTables tables;
  const absl::StatusOr<Json> rows = Json::Parse(kRows);
  for (const Json& row : rows.value().items()) {
    tables[row.items()[0].text()].Put(row.items()[1]);
  }
  return tables;
}

void GrowReferenceTable(const std::string& resource, size_t count,
                        ReferenceTable* table) {
  while (table->rows().size() < count) {
    const std::string number = absl::StrCat(table->rows().size() + 1);
    Json row = Json::Object();
    if (resource == "categories") {
      row.Add("name", Json::String("Category " + number));
      row.Add("description", Json());
      row.Add("parent_id", Json());
    } else if (resource == "taxes") {
      row.Add("name_en", Json::String("Tax " + number));
      row.Add("name_ar", Json::String("ضريبة " + number));
      row.Add("percentage", Json::Number("5.0"));
      row.Add("code", Json::String("S"));
    } else if (resource == "inventories") {
      row.Add("name", Json::String("Location " + number));
      row.Add("ar_name", Json::String("موقع " + number));
      row.Add("is_default", Json::Bool(false));
      row.Add("account_id", Json::Integer(19));
    } else {
      row.Add("name_en", Json::String("Row " + number));
      row.Add("code", Json::String("X" + number));
    }
    table->Put(row);
  }
}

}  // namespace qantara::simulator
