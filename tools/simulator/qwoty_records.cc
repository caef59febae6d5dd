#include "tools/simulator/qwoty_records.h"

#include <algorithm>
#include <cstdint>
#include <mutex>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "tools/simulator/admin_request.h"
#include "tools/simulator/qwoty_render.h"
#include "tools/simulator/qwoty_table.h"
#include "tools/simulator/replies.h"
#include "tools/simulator/text.h"

namespace qantara::simulator {
namespace {

// The ids of rows added by hand do not depend on --seed.
constexpr uint64_t kHandSeed = 0x51776f7479;

// The specification's answer.
constexpr char kExample[] =
    R"({"id":"880e8400-e29b-41d4-a716-446655440003",)"
    R"("product_parent_id":"550e8400-e29b-41d4-a716-446655440000",)"
    R"("api_name":"premium_widget","recurrence_type":"one_off",)"
    R"("name":"Premium Widget","reference":"PROD-001",)"
    R"("description":"High-quality widget for professional use",)"
    R"("category_ids":["770e8400-e29b-41d4-a716-446655440002"],)"
    R"("inventory[sku]":"WID-PRE-001","settings[unit_per_pack]":1,)"
    R"("accounting[ledger_account]":"4010","identifiers[crm]":"crm_123",)"
    R"("identifiers[erp]":"erp_456","identifiers[accounting]":"acc_789",)"
    R"("shipping[weight]":2.5,"shipping[weight_unit]":"kg",)"
    R"("shipping[height]":10,"shipping[length]":30,"shipping[width]":20,)"
    R"("shipping[length_unit]":"cm","shipping[country_of_origin]":"FR",)"
    R"("shipping[harmonized_system_code]":"8471.30"})";

// Adds a row as it is given. The company must be locked.
absl::StatusOr<std::string> AddVariant(Json row, Company& company) {
  if (!row.is_object()) {
    return absl::InvalidArgumentError("a product is a JSON object");
  }
  QwotyVariant variant;
  variant.id = row.TextAt("id");
  variant.parent_id = row.TextAt("product_parent_id");
  row.Remove("id");
  row.Remove("product_parent_id");
  variant.values = std::move(row);
  variant.created_ms = variant.updated_ms = NowMs();
  return company.variants.Insert(kHandSeed, std::move(variant)).id;
}

HttpReply AddRows(const HttpRequest& request, Company& company) {
  const absl::StatusOr<Json> body = AdminBody(request);
  if (!body.ok()) return AdminRefusal(body.status());
  const std::vector<Json> rows =
      body->is_array() ? body->items() : std::vector{*body};
  const std::lock_guard<std::mutex> lock(company.mutex);
  Json ids = Json::Array();
  for (const Json& row : rows) {
    const absl::StatusOr<std::string> id = AddVariant(row, company);
    if (!id.ok()) return AdminRefusal(id.status());
    ids.Append(Json::String(*id));
  }
  Json reply = Json::Object();
  reply.Add("ids", std::move(ids));
  return JsonReply(200, reply.ToText());
}

HttpReply ListRows(const HttpRequest& request, Company& company) {
  const std::string sku = QueryText(request, "sku", "");
  const std::lock_guard<std::mutex> lock(company.mutex);
  std::string lines;
  for (const auto& row : company.variants.rows()) {
    if (!sku.empty() && row->values.TextAt("inventory[sku]") != sku) continue;
    RenderVariant(*row, false, &lines);
    lines.push_back('\n');
  }
  HttpReply reply = JsonReply(200, std::move(lines));
  reply.content_type = "application/x-ndjson";
  return reply;
}

HttpReply ChangeRow(const HttpRequest& request, const std::string& id,
                    Company& company) {
  const absl::StatusOr<Json> body = AdminBody(request);
  if (!body.ok()) return AdminRefusal(body.status());
  const std::lock_guard<std::mutex> lock(company.mutex);
  const QwotyVariant* current = company.variants.Find(id);
  if (current == nullptr) {
    return AdminRefusal(absl::NotFoundError("no such product"));
  }
  QwotyVariant changed = *current;
  for (size_t i = 0; i < body->keys().size(); ++i) {
    changed.values.Set(body->keys()[i], body->items()[i]);
  }
  changed.updated_ms = std::max(NowMs(), changed.updated_ms + 1);
  company.variants.Replace(std::move(changed));
  return AdminDone();
}

HttpReply DeleteRow(const std::string& id, Company& company) {
  const std::lock_guard<std::mutex> lock(company.mutex);
  if (company.variants.Erase(id)) return AdminDone();
  return AdminRefusal(absl::NotFoundError("no such product"));
}

Json RepeatedState(const QwotyTable& table, absl::string_view key) {
  Json repeated = Json::Object();
  for (const auto& [value, ids] : table.Repeated(key)) {
    Json list = Json::Array();
    for (const std::string& id : ids) list.Append(Json::String(id));
    repeated.Add(value, std::move(list));
  }
  return repeated;
}

}  // namespace

std::optional<HttpReply> QwotyRecords::Answer(const HttpRequest& request,
                                              const World& world) const {
  const std::vector<std::string> path = AdminPath(request);
  if (path.empty() || path[0] != "products") return std::nullopt;
  Company* company = AdminCompany(request, world);
  if (company == nullptr) {
    return AdminRefusal(absl::NotFoundError("no such company"));
  }
  const std::string& method = request.method;
  if (path.size() == 1 && method == "GET") return ListRows(request, *company);
  if (path.size() == 1 && method == "POST") return AddRows(request, *company);
  if (path.size() == 2 && method == "PUT") {
    return ChangeRow(request, path[1], *company);
  }
  if (path.size() == 2 && method == "DELETE") {
    return DeleteRow(path[1], *company);
  }
  return std::nullopt;
}

Json QwotyRecords::State(Company& company) const {
  const std::lock_guard<std::mutex> lock(company.mutex);
  const QwotyTable& table = company.variants;
  Json state = Json::Object();
  state.Add("products",
            Json::Integer(static_cast<int64_t>(table.rows().size())));
  state.Add("repeated_skus", RepeatedState(table, "inventory[sku]"));
  state.Add("repeated_api_names", RepeatedState(table, "api_name"));
  return state;
}

void QwotyRecords::Forget(bool products, bool, Company& company) const {
  const std::lock_guard<std::mutex> lock(company.mutex);
  if (products) company.variants.Clear();
}

absl::Status QwotyRecords::Load(bool examples, const std::string& lines,
                                Company& company) const {
  const std::string all = absl::StrCat(examples ? kExample : "", "\n", lines);
  const std::lock_guard<std::mutex> lock(company.mutex);
  int64_t number = -1;  // Line 0 is the example.
  for (absl::string_view line : absl::StrSplit(all, '\n')) {
    ++number;
    if (line.empty() || line == "\r") continue;
    absl::StatusOr<Json> row = Json::Parse(line);
    const absl::Status status =
        row.ok() ? AddVariant(*std::move(row), company).status() : row.status();
    if (!status.ok()) {
      return absl::InvalidArgumentError(
          absl::StrCat("line ", number, ": ", status.message()));
    }
  }
  return absl::OkStatus();
}

}  // namespace qantara::simulator
