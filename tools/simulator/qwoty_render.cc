#include "tools/simulator/qwoty_render.h"

#include <initializer_list>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "tools/simulator/json.h"
#include "tools/simulator/text.h"

namespace qantara::simulator {
namespace {

// "2024-12-21T10:30:00Z": without milliseconds.
Json Time(int64_t time_ms) {
  const std::string text = TimeText(time_ms, false);
  return Json::String(absl::StrCat(text.substr(0, text.find('.')), "Z"));
}

Json ValueOf(const QwotyVariant& variant, absl::string_view key) {
  const Json* value = variant.values.Find(key);
  return value == nullptr ? Json() : *value;
}

Json IdsOf(const QwotyVariant& variant, absl::string_view key, Json ids) {
  const Json* given = variant.values.Find(key);
  if (given == nullptr) return ids;
  for (const Json& id : given->items()) {
    if (id.text() != kDefaultCatalogId) ids.Append(id);
  }
  return ids;
}

// The members "name" of "group[name]".
Json Group(const QwotyVariant& variant, absl::string_view group,
           std::initializer_list<const char*> names) {
  Json object = Json::Object();
  for (const char* name : names) {
    object.Add(name, ValueOf(variant, absl::StrCat(group, "[", name, "]")));
  }
  return object;
}

Json Settings(const QwotyVariant& variant) {
  Json settings = Group(variant, "settings", {"unit_per_pack"});
  settings.Add("product_type", Json());
  settings.Add("language_id", Json());
  settings.Add("unit_of_measure", Json());
  settings.Add("recurrence_type", ValueOf(variant, "recurrence_type"));
  return settings;
}

// Prices exist although none were sent.
Json Prices() {
  Json price = Json::Object();
  price.Add("id", Json::String("price-001"));
  price.Add("pricebook_id", Json::String("pb-001"));
  price.Add("pricebook_api_name", Json::String("standard"));
  Json prices = Json::Array();
  prices.Append(std::move(price));
  return prices;
}

void AddTexts(const QwotyVariant& variant, Json* record) {
  for (const char* key : {"name", "api_name", "reference", "description"}) {
    record->Add(key, ValueOf(variant, key));
  }
}

void AddLists(const QwotyVariant& variant, Json* record) {
  Json catalogs = Json::Array();
  catalogs.Append(Json::String(kDefaultCatalogId));
  record->Add("catalog_ids",
              IdsOf(variant, "catalog_ids", std::move(catalogs)));
  record->Add("category_ids", IdsOf(variant, "category_ids", Json::Array()));
  Json variants = Json::Array();
  variants.Append(Json::String(variant.id));
  record->Add("product_ids", std::move(variants));
}

void AddGroups(const QwotyVariant& variant, Json* record) {
  record->Add("settings", Settings(variant));
  record->Add("shipping", Group(variant, "shipping",
                                {"weight", "weight_unit", "height", "length",
                                 "width", "length_unit", "country_of_origin",
                                 "harmonized_system_code"}));
  record->Add("inventory", Group(variant, "inventory", {"sku"}));
}

Json IsActive(const QwotyVariant& variant) {
  const Json* active = variant.values.Find("is_active");
  return Json::Bool(active == nullptr || active->boolean());
}

Json OldForm(const QwotyVariant& variant) {
  Json record = Json::Object();
  record.Add("id", Json::String(variant.parent_id));
  record.Add("workspace_id", Json::String(kWorkspaceId));
  AddTexts(variant, &record);
  record.Add("is_active", IsActive(variant));
  AddLists(variant, &record);
  AddGroups(variant, &record);
  for (const char* name : {"crm", "erp", "accounting"}) {
    record.Add(absl::StrCat("id_", name),
               ValueOf(variant, absl::StrCat("identifiers[", name, "]")));
  }
  record.Add("created_at", Time(variant.created_ms));
  record.Add("updated_at", Time(variant.updated_ms));
  return record;
}

Json NewForm(const QwotyVariant& variant) {
  Json record = Json::Object();
  record.Add("id", Json::String(variant.id));
  record.Add("product_parent_id", Json::String(variant.parent_id));
  record.Add("workspace_id", Json::String(kWorkspaceId));
  AddTexts(variant, &record);
  record.Add("description_inherit_from_product", Json::Bool(true));
  record.Add("primary_image_inherit_from_product", Json::Bool(true));
  record.Add("is_active", IsActive(variant));
  record.Add("is_default", Json::Bool(true));
  AddLists(variant, &record);
  AddGroups(variant, &record);
  record.Add("identifiers",
             Group(variant, "identifiers", {"crm", "erp", "accounting"}));
  record.Add("accounting", Group(variant, "accounting", {"ledger_account"}));
  record.Add("options", Json::Array());
  record.Add("prices", Prices());
  record.Add("primary_image_id", Json());
  record.Add("parent_primary_image_id", Json());
  record.Add("created_at", Time(variant.created_ms));
  record.Add("updated_at", Time(variant.updated_ms));
  return record;
}

}  // namespace

void RenderVariant(const QwotyVariant& variant, bool old_form,
                   std::string* out) {
  (old_form ? OldForm(variant) : NewForm(variant)).AppendTo(out);
}

}  // namespace qantara::simulator
