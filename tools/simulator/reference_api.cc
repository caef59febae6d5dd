#include "tools/simulator/reference_api.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "tools/simulator/json.h"
#include "tools/simulator/messages.h"
#include "tools/simulator/replies.h"
#include "tools/simulator/text.h"

namespace qantara::simulator {
namespace {

// What one resource does its own way.
struct Resource {
  const char* path;
  const char* root;       // Key of a single record.
  const char* empty_404;  // Body of an empty list; null: 200 with [].
  const char*
      missing_404;  // Body of a record that does not exist; $ is its id.
  bool creates;
  bool updates;
};

constexpr Resource kResources[] = {
    {"categories", "category",
     R"("We could not retrieve your categories, we found nothing.")",
     R"({"invoice":"category with id: $ is not found"})", true, true},
    {"taxes", "tax", nullptr, R"({"error":"Tax not found"})", false, false},
    {"special_tax_reasons", "special_tax_reason", nullptr,
     R"({"error":"Special tax reason not found"})", false, false},
    {"product_unit_types", "product_unit_type", R"("We found nothing")",
     R"("Product unit type not found")", true, false},
    {"accounts", "account",
     R"("We could not retrieve your accounts, we found nothing.")",
     R"({"error":"Account not found"})", true, false},
    {"inventories", "inventory", nullptr, R"({"error":"Inventory not found"})",
     true, true},
};

// Filters that a list honours, and the member each one reads.
struct Filter {
  const char* name;
  const char* member;
};
constexpr Filter kFilters[] = {
    {"q[code_eq]", "code"},   {"q[parent_id_eq]", "parent_id"},
    {"q[id_eq]", "id"},       {"q[name_cont]", "name"},
    {"q[city_cont]", "city"}, {"q[english_name_cont]", "name_en"},
};

constexpr int64_t kTaxesPerPage = 100;
constexpr int64_t kTaxesPerPageMax = 500;
constexpr size_t kGeneratedRowsMax = 100'000;

const Resource* FindResource(const std::string& path) {
  for (const Resource& resource : kResources) {
    if (path == resource.path) return &resource;
  }
  return nullptr;
}

std::string Parameter(const ApiCall& call, absl::string_view name) {
  for (const auto& [key, value] : call.parameters) {
    if (absl::string_view(key) == name) return value;
  }
  return "";
}

bool RowMatches(const ApiCall& call, const Json& row) {
  for (const Filter& filter : kFilters) {
    const std::string wanted = Parameter(call, filter.name);
    const Json* value = row.Find(filter.member);
    if (wanted.empty() || value == nullptr) continue;
    const bool fits =
        absl::EndsWith(filter.name, "_cont]")
            ? absl::StrContains(absl::AsciiStrToLower(value->text()),
                                absl::AsciiStrToLower(wanted))
            : value->text() == wanted;
    if (!fits) return false;
  }
  // A child is a category that has a parent.
  const std::string level = Parameter(call, "q[level_eq]");
  const Json* parent = row.Find("parent_id");
  return level.empty() || parent == nullptr ||
         parent->is_null() == (level == "0");
}

// Adds pagination and cuts `rows` to the page, where the resource has pages.
std::string Paginate(const ApiCall& call, const std::string& path,
                     std::vector<Json>* rows) {
  int64_t page = 0;
  int64_t per_page = 0;
  const bool has_page = absl::SimpleAtoi(Parameter(call, "page"), &page);
  const bool has_size =
      absl::SimpleAtoi(Parameter(call, "per_page"), &per_page);
  if (!has_size) per_page = kTaxesPerPage;
  // Accounts are cut into pages only when both are sent.
  if (path != "taxes" && !(path == "accounts" && has_page && has_size)) {
    return "";
  }
  const int64_t total = static_cast<int64_t>(rows->size());
  per_page = std::clamp<int64_t>(per_page, 1, kTaxesPerPageMax);
  const int64_t pages = std::max<int64_t>(1, (total + per_page - 1) / per_page);
  page = std::clamp<int64_t>(page, 1, pages + 1);
  const int64_t from = std::min((page - 1) * per_page, total);
  const int64_t to = std::min(from + per_page, total);
  *rows = std::vector<Json>(rows->begin() + from, rows->begin() + to);
  return absl::StrCat(",\"pagination\":{\"count\":", to - from,
                      ",\"total\":", total, ",\"perPage\":", per_page,
                      ",\"currentPage\":", page, ",\"totalPages\":", pages,
                      "}");
}

HttpReply List(ApiCall& call, const Resource& resource, ReferenceTable* table) {
  if (const auto hit = call.Hit("reference_rows")) {
    const int64_t wanted = hit->Number(resource.path, 0);
    GrowReferenceTable(resource.path,
                       std::min(static_cast<size_t>(wanted), kGeneratedRowsMax),
                       table);
  }
  std::vector<Json> rows;
  for (const Json& row : table->rows()) {
    if (RowMatches(call, row)) rows.push_back(row);
  }
  if (const auto hit = call.Hit("empty_resources")) {
    const std::vector<std::string> named = hit->List("resources");
    if (std::find(named.begin(), named.end(), resource.path) != named.end()) {
      rows.clear();
    }
  }
  if (rows.empty() && resource.empty_404 != nullptr) {
    return JsonReply(404, resource.empty_404);
  }
  const std::string pagination = Paginate(call, resource.path, &rows);
  std::string body = absl::StrCat("{\"", resource.path, "\":[");
  for (size_t i = 0; i < rows.size(); ++i) {
    if (i > 0) body.push_back(',');
    rows[i].AppendTo(&body);
  }
  absl::StrAppend(&body, "]", pagination, "}");
  return JsonReply(200, std::move(body));
}

HttpReply One(const Resource& resource, const Json& row, int status) {
  return JsonReply(
      status, absl::StrCat("{\"", resource.root, "\":", row.ToText(), "}"));
}

HttpReply Missing(const Resource& resource, const std::string& id) {
  std::string body = resource.missing_404;
  const size_t mark = body.find('$');
  if (mark != std::string::npos) body.replace(mark, 1, id);
  return JsonReply(404, std::move(body));
}

// The first thing wrong with a new row; empty when it may be stored.
std::string Refusal(const Json& row, const ReferenceTable& table,
                    const std::string& path) {
  if (path == "accounts") {
    for (const char* field :
         {"en_name", "ar_name", "account_kind", "parent_kind", "branch_kind"}) {
      if (row.TextAt(field).empty()) return field;
    }
    return "";
  }
  const char* name = path == "product_unit_types" ? "unit_name" : "name";
  if (row.TextAt(name).empty()) return name;
  const Json* parent = row.Find("parent_id");
  if (parent == nullptr || parent->is_null()) return "";
  const Json* found = table.Find(parent->AsInteger().value_or(0));
  // Two levels only: a parent must not have one itself.
  const bool root = found != nullptr && found->Find("parent_id") != nullptr &&
                    found->Find("parent_id")->is_null();
  return root ? "" : "parent_id";
}

HttpReply Refuse(const std::string& path, const std::string& field) {
  const std::string message =
      field == "parent_id" ? "does not exist" : "can't be blank";
  FieldErrors errors;
  errors.Add(field, message);
  if (path == "accounts") {
    return JsonReply(
        422, absl::StrCat(R"({"error":"Invalid resource",)", R"("messages":)",
                          errors.ToJson().ToText(), "}"));
  }
  const std::string body = path == "inventories" ? errors.ToSentences().ToText()
                                                 : errors.ToJson().ToText();
  return JsonReply(422, absl::StrCat("{\"errors\":", body, "}"));
}

Json WithTimes(Json row, const std::string& path) {
  if (path == "accounts") {
    row.Add("name_en", Json::String(row.TextAt("en_name")));
    row.Add("name_ar", Json::String(row.TextAt("ar_name")));
    row.Remove("en_name");
    row.Remove("ar_name");
  }
  if (path == "categories" && row.Find("parent_id") == nullptr) {
    row.Add("parent_id", Json());
  }
  const Json now = Json::String(TimeText(NowMs(), false));
  row.Set("created_at", now);
  row.Set("updated_at", now);
  return row;
}

// The value under the root key; locations may come without it.
std::optional<Json> ReadRoot(const ApiCall& call, const Resource& resource) {
  const absl::StatusOr<Json> body = Json::Parse(call.request.body);
  if (!body.ok() || !body->is_object()) return std::nullopt;
  if (const Json* root = body->Find(resource.root)) return *root;
  if (std::string(resource.path) == "inventories") return *body;
  return std::nullopt;
}

HttpReply Create(ApiCall& call, const Resource& resource,
                 ReferenceTable* table) {
  const std::optional<Json> root = ReadRoot(call, resource);
  const std::string path = resource.path;
  const bool array = root && root->is_array() && path == "categories";
  if (!root || (!array && !root->is_object())) {
    return InvalidSentence(
        absl::StrCat(resource.root, " must be an array of objects"));
  }
  const std::vector<Json> rows = array ? root->items() : std::vector{*root};
  for (const Json& row : rows) {
    const std::string field = Refusal(row, *table, path);
    if (!field.empty()) return Refuse(path, field);
  }
  Json stored = Json::Array();
  for (const Json& row : rows) {
    Json without_id = row;
    without_id.Remove("id");
    stored.Append(table->Put(WithTimes(std::move(without_id), path)));
  }
  if (!array) return One(resource, stored.items().front(), 201);
  return JsonReply(201, absl::StrCat("{\"", path, "\":", stored.ToText(), "}"));
}

}  // namespace

bool IsReferenceResource(const std::string& resource) {
  return FindResource(resource) != nullptr;
}

HttpReply AnswerReference(ApiCall& call,
                          const std::vector<std::string>& segments) {
  const Resource& resource = *FindResource(segments[0]);
  if (const auto hit = call.Hit("absent_resources")) {
    const std::vector<std::string> named = hit->List("resources");
    if (std::find(named.begin(), named.end(), segments[0]) != named.end()) {
      return UrlNotFound();
    }
  }
  const std::lock_guard<std::mutex> lock(call.company->mutex);
  ReferenceTable& table = call.company->reference[segments[0]];
  const std::string& method = call.request.method;
  if (segments.size() == 1) {
    if (method == "GET") return List(call, resource, &table);
    if (method == "POST" && resource.creates) {
      return Create(call, resource, &table);
    }
    return UrlNotFound();
  }
  int64_t id = 0;
  if (segments.size() != 2) return UrlNotFound();
  if (!absl::SimpleAtoi(segments[1], &id) || table.Find(id) == nullptr) {
    return Missing(resource, segments[1]);
  }
  if (method == "GET") return One(resource, *table.Find(id), 200);
  if ((method != "PUT" && method != "PATCH") || !resource.updates) {
    return UrlNotFound();
  }
  const std::optional<Json> root = ReadRoot(call, resource);
  if (!root || !root->is_object()) {
    return InvalidSentence(absl::StrCat(resource.root, " must be an object"));
  }
  table.Change(id, *root);
  return One(resource, *table.Find(id), 200);
}

}  // namespace qantara::simulator
