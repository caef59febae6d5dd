#include "tools/simulator/qwoty_products.h"

#include <algorithm>
#include <cstdint>
#include <mutex>
#include <optional>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "tools/simulator/json.h"
#include "tools/simulator/qwoty_render.h"
#include "tools/simulator/qwoty_table.h"
#include "tools/simulator/replies.h"
#include "tools/simulator/text.h"

namespace qantara::simulator {
namespace {

constexpr int64_t kLimitDefault = 30;
constexpr int64_t kLimitMax = 100;
// Later pages are as empty, and nothing that is made of the number overflows.
constexpr int64_t kPageMax = 1'000'000'000;
constexpr char kSku[] = "inventory[sku]";

int64_t NumberOf(const ApiCall& call, absl::string_view name,
                 int64_t fallback) {
  for (const auto& [key, value] : call.parameters) {
    int64_t number = 0;
    if (absl::string_view(key) == name && absl::SimpleAtoi(value, &number) &&
        number > 0) {
      return number;
    }
  }
  return fallback;
}

HttpReply Invalid(ApiCall& call, const std::vector<std::string>& details) {
  const auto hit = call.Hit("validation_status");
  return QwotyError(hit ? static_cast<int>(hit->Number("status", 422)) : 422,
                    "Validation error", details);
}

HttpReply Record(ApiCall& call, int status, const QwotyVariant& variant) {
  std::string body = R"({"success":true,"data":)";
  RenderVariant(variant, call.Hit("old_form").has_value(), &body);
  body.push_back('}');
  return JsonReply(status, std::move(body));
}

// The object in the body, or the answer when there is none.
std::optional<HttpReply> ReadBody(ApiCall& call, Json* object) {
  absl::StatusOr<Json> body = Json::Parse(call.request.body);
  if (body.ok() && body->is_object()) {
    *object = *std::move(body);
  } else {
    const auto hit = call.Hit("malformed_status");
    return QwotyError(hit ? static_cast<int>(hit->Number("status", 400)) : 400,
                      "Invalid JSON");
  }
  // A success by status that says otherwise and changes nothing.
  if (const auto hit = call.Hit("errors_in_200")) {
    return QwotyError(200, hit->Text("message", "Product was not saved"));
  }
  return std::nullopt;
}

// What a switch finds wrong with a product.
void AddSwitchedFault(ApiCall& call, const std::string& sku,
                      std::vector<std::string>* details) {
  if (const auto hit = call.HitItem("bad_item", sku, true)) {
    details->push_back(hit->Text(
        "message",
        absl::StrCat("Field '", hit->Text("field", "name"), "' is invalid")));
  }
}

std::optional<HttpReply> Duplicate(ApiCall& call, const std::string& api_name) {
  if (!call.company->variants.HasApiName(api_name)) return std::nullopt;
  const auto hit = call.Hit("duplicate_api_name");
  if (hit && hit->Flag("accepted", false)) return std::nullopt;
  return QwotyError(hit ? static_cast<int>(hit->Number("status", 409)) : 409,
                    "Validation error", {"Field 'api_name' must be unique"});
}

int64_t LagOf(ApiCall& call, const std::string& sku) {
  const auto lag = call.Hit("read_lag_ms");
  if (!lag) return 0;
  const double share = MixedFraction(call.world.faults.seed(), "read_lag", sku);
  return lag->Number("ms", 0) +
         static_cast<int64_t>(share * lag->Fraction("jitter_ms", 0));
}

// The rows that lists show now, in their order.
std::vector<const QwotyVariant*> VisibleRows(ApiCall& call) {
  std::vector<const QwotyVariant*> visible;
  const int64_t now_ms = NowMs();
  for (const auto& row : call.company->variants.rows()) {
    if (row->visible_ms <= now_ms) visible.push_back(row.get());
  }
  if (call.Hit("newest_first")) std::reverse(visible.begin(), visible.end());
  return visible;
}

// Adds and deletes rows at the beginning, so that what comes after the page
// just read moves.
void MoveRows(ApiCall& call) {
  const auto hit = call.Hit("moving_rows");
  if (!hit) return;
  QwotyTable& table = call.company->variants;
  for (int64_t i = hit->Number("delete", 0); i > 0; --i) {
    if (!table.rows().empty()) {
      table.Erase(std::string(table.rows().front()->id));
    }
  }
  for (int64_t i = hit->Number("insert", 0); i > 0; --i) {
    QwotyVariant row;
    row.created_ms = row.updated_ms = NowMs();
    const std::string name = absl::StrCat("moved_", table.rows().size());
    row.values.Add("name", Json::String(name));
    row.values.Add("api_name", Json::String(name));
    table.Insert(call.world.faults.seed(), std::move(row));
  }
}

// The address of the page after this one; null after the last.
std::string NextOf(ApiCall& call, int64_t limit, int64_t page, bool more) {
  if (!more) return "null";
  std::string host = absl::StrCat("http://", call.request.Header("Host"));
  if (const auto hit = call.Hit("next_host")) {
    host = hit->Text("host", "https://elsewhere.invalid");
  }
  return Json::String(absl::StrCat(host, "/api/products?limit=", limit,
                                   "&page=", page + 1))
      .ToText();
}

}  // namespace

HttpReply QwotyError(int status, absl::string_view error,
                     const std::vector<std::string>& details) {
  Json body = Json::Object();
  body.Add("success", Json::Bool(false));
  body.Add("error", Json::String(error));
  if (!details.empty()) {
    Json list = Json::Array();
    for (const std::string& detail : details) {
      list.Append(Json::String(detail));
    }
    body.Add("details", std::move(list));
  }
  return JsonReply(status, body.ToText());
}

HttpReply ListVariants(ApiCall& call) {
  const int64_t limit =
      std::min(kLimitMax, NumberOf(call, "limit", kLimitDefault));
  const int64_t page = std::min(kPageMax, NumberOf(call, "page", 1));
  if (const auto hit = call.Hit("deep_page_500")) {
    if (page >= hit->Number("from_page", 2)) return ServerFailure(500, "json");
  }
  const std::lock_guard<std::mutex> lock(call.company->mutex);
  const std::vector<const QwotyVariant*> rows = VisibleRows(call);
  const auto total = static_cast<int64_t>(rows.size());
  int64_t begin = std::min(total, (page - 1) * limit);
  int64_t end = std::min(total, begin + limit);
  const std::string ignored = call.Form("paging_ignored", "no");
  if (ignored != "no") {
    begin = 0;
    end = ignored == "all" ? total : std::min(total, limit + 1);
  }
  const bool old_form = call.Hit("old_form").has_value();
  std::string data = "[";
  for (int64_t i = begin; i < end; ++i) {
    if (i > begin) data.push_back(',');
    RenderVariant(*rows[static_cast<size_t>(i)], old_form, &data);
  }
  data.push_back(']');
  std::string body = call.Form("list_form", "total") == "success"
                         ? absl::StrCat(R"({"success":true,"data":)", data, "}")
                         : absl::StrCat(R"({"total":)", total, R"(,"next":)",
                                        NextOf(call, limit, page, end < total),
                                        R"(,"data":)", data, "}");
  MoveRows(call);
  return JsonReply(200, std::move(body));
}

HttpReply CreateVariant(ApiCall& call) {
  Json body;
  if (auto refusal = ReadBody(call, &body)) return *refusal;
  const std::lock_guard<std::mutex> lock(call.company->mutex);
  QwotyVariant variant;
  std::vector<std::string> details;
  ApplyQwotyFields(body, QwotyWrite::kCreate, &variant.values, &details,
                   &call.notes);
  const std::string sku = variant.values.TextAt(kSku);
  AddSwitchedFault(call, sku, &details);
  if (!details.empty()) return Invalid(call, details);
  if (auto refusal = Duplicate(call, variant.values.TextAt("api_name"))) {
    return *refusal;
  }
  variant.created_ms = variant.updated_ms = NowMs();
  variant.visible_ms = variant.created_ms + LagOf(call, sku);
  const QwotyVariant& stored = call.company->variants.Insert(
      call.world.faults.seed(), std::move(variant));
  call.applied.push_back({"created", 0, sku, stored.id});
  const auto hit = call.Hit("create_status");
  return Record(call, hit ? static_cast<int>(hit->Number("status", 200)) : 201,
                stored);
}

HttpReply GetVariant(ApiCall& call, const std::string& id) {
  const std::lock_guard<std::mutex> lock(call.company->mutex);
  const QwotyVariant* variant = call.company->variants.Find(id);
  if (variant == nullptr) return QwotyError(404, "Product not found");
  return Record(call, 200, *variant);
}

HttpReply PatchVariant(ApiCall& call, const std::string& id, QwotyWrite write) {
  Json body;
  if (auto refusal = ReadBody(call, &body)) return *refusal;
  const std::lock_guard<std::mutex> lock(call.company->mutex);
  const QwotyVariant* current = call.company->variants.Find(id);
  if (current == nullptr) return QwotyError(404, "Product not found");
  const auto ignores = call.Hit("put_ignores");
  if (ignores) {
    for (const std::string& key : ignores->List("fields")) body.Remove(key);
  }
  QwotyVariant changed = *current;
  std::vector<std::string> details;
  ApplyQwotyFields(body, write, &changed.values, &details, &call.notes);
  const std::string sku = changed.values.TextAt(kSku);
  AddSwitchedFault(call, sku, &details);
  if (!details.empty()) return Invalid(call, details);
  if (!ignores || !ignores->Flag("keep_updated_at", false)) {
    changed.updated_ms = std::max(NowMs(), changed.updated_ms + 1);
  }
  call.applied.push_back({"updated", 0, sku, changed.id});
  call.company->variants.Replace(changed);
  return Record(call, 200, changed);
}

}  // namespace qantara::simulator
