#include "tools/simulator/admin_products.h"

#include <algorithm>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "tools/simulator/admin_request.h"
#include "tools/simulator/decimal_text.h"
#include "tools/simulator/product_fields.h"
#include "tools/simulator/product_render.h"
#include "tools/simulator/replies.h"
#include "tools/simulator/stock.h"
#include "tools/simulator/text.h"

namespace qantara::simulator {
namespace {

constexpr int64_t kRowsDefault = 1'000'000;

absl::Status SetFigures(const Json& fields, Product* product) {
  const Json* figures = fields.Find("inventories");
  if (figures == nullptr) return absl::OkStatus();
  product->inventories.clear();
  for (const Json& figure : figures->items()) {
    const Json* id = figure.Find("id");
    const auto stock = ParseDecimal(figure.TextAt("stock"));
    if (id == nullptr || !id->AsInteger() || !stock) {
      return absl::InvalidArgumentError("inventories need id and stock");
    }
    SetStock(*id->AsInteger(), *stock, product);
  }
  return absl::OkStatus();
}

absl::Status SetFields(const Json& fields, bool creating, Product* product) {
  if (!fields.is_object()) {
    return absl::InvalidArgumentError("a product is a JSON object");
  }
  WriteRules rules;
  rules.creating = creating;
  FieldErrors errors;
  std::vector<std::string> notes;
  ApplyFields(fields, rules, product, &errors, &notes);
  // A row without a name cannot come through the API, but does exist.
  const bool nameless = !product->name_en && !product->name_ar;
  if (!errors.empty() && !nameless) {
    return absl::InvalidArgumentError(errors.ToJson().ToText());
  }
  return SetFigures(fields, product);
}

HttpReply ListRows(const HttpRequest& request, Company& company) {
  const std::lock_guard<std::mutex> lock(company.mutex);
  const ProductTable& table = company.products;
  const int64_t limit = QueryNumber(request, "limit", kRowsDefault);
  const std::string sku = QueryText(request, "sku", "");
  std::string lines;
  int64_t written = 0;
  for (size_t i = table.LowerBound(QueryNumber(request, "after", 0) + 1);
       i < table.rows().size() && written < limit; ++i) {
    const Product& row = *table.rows()[i];
    if (!sku.empty() && row.sku != sku) continue;
    RenderProduct(row, company.reference["inventories"], {}, &lines);
    lines.push_back('\n');
    ++written;
  }
  HttpReply reply = JsonReply(200, std::move(lines));
  reply.content_type = "application/x-ndjson";
  return reply;
}

HttpReply AddRows(const HttpRequest& request, Company& company) {
  const absl::StatusOr<Json> body = AdminBody(request);
  if (!body.ok()) return AdminRefusal(body.status());
  const std::vector<Json> rows =
      body->is_array() ? body->items() : std::vector{*body};
  const std::lock_guard<std::mutex> lock(company.mutex);
  Json ids = Json::Array();
  for (const Json& row : rows) {
    const absl::StatusOr<int64_t> id = AddProduct(row, &company);
    if (!id.ok()) return AdminRefusal(id.status());
    ids.Append(Json::Integer(*id));
  }
  Json reply = Json::Object();
  reply.Add("ids", std::move(ids));
  return JsonReply(200, reply.ToText());
}

HttpReply ChangeRow(const HttpRequest& request, int64_t id, Company& company) {
  const absl::StatusOr<Json> body = AdminBody(request);
  if (!body.ok()) return AdminRefusal(body.status());
  const std::lock_guard<std::mutex> lock(company.mutex);
  const Product* current = company.products.Find(id);
  if (current == nullptr) {
    return AdminRefusal(absl::NotFoundError("no such product"));
  }
  Product product = *current;
  if (absl::Status s = SetFields(*body, false, &product); !s.ok()) {
    return AdminRefusal(s);
  }
  if (body->Find("type") != nullptr) product.type = body->TextAt("type");
  product.updated_ms = std::max(NowMs(), product.updated_ms + 1);
  company.products.Replace(std::move(product));
  return AdminDone();
}

HttpReply DeleteRow(int64_t id, Company& company) {
  const std::lock_guard<std::mutex> lock(company.mutex);
  if (company.products.Erase(id)) return AdminDone();
  return AdminRefusal(absl::NotFoundError("no such product"));
}

}  // namespace

absl::StatusOr<int64_t> AddProduct(const Json& fields, Company* company) {
  Product product;
  if (absl::Status s = SetFields(fields, true, &product); !s.ok()) return s;
  const Json* id = fields.Find("id");
  if (id != nullptr) {
    const std::optional<int64_t> number = id->AsInteger();
    if (!number || *number <= 0) {
      return absl::InvalidArgumentError("id is not a positive number");
    }
    product.id = *number;
  }
  product.created_ms = product.updated_ms = NowMs();
  return company->products.Insert(std::move(product)).id;
}

absl::Status LoadProducts(absl::string_view lines, Company* company) {
  const std::lock_guard<std::mutex> lock(company->mutex);
  int64_t number = 0;
  for (absl::string_view line : absl::StrSplit(lines, '\n')) {
    ++number;
    if (line.empty() || line == "\r") continue;
    const absl::StatusOr<Json> fields = Json::Parse(line);
    const absl::Status status =
        fields.ok() ? AddProduct(*fields, company).status() : fields.status();
    if (!status.ok()) {
      return absl::InvalidArgumentError(
          absl::StrCat("line ", number, ": ", status.message()));
    }
  }
  return absl::OkStatus();
}

void AddExampleProducts(Company* company) {
  constexpr char kExamples[] =
      R"({"id":42,"name_en":"Blue Widget","name_ar":"أداة زرقاء",)"
      R"("sku":"BW-001","selling_price":25.0,"track_quantity":1,)"
      R"("category_id":7,"inventories":[{"id":3,"stock":120},)"
      R"({"id":4,"stock":15}]})"
      "\n"
      R"({"id":43,"name_en":"Consulting Service","name_ar":"خدمة استشارية",)"
      R"("sku":"SVC-001","type":"Service","selling_price":300.0})";
  // Constant text that a test loads: it cannot fail.
  LoadProducts(kExamples, company).IgnoreError();
}

HttpReply AdminProducts(const HttpRequest& request, const World& world) {
  Company* company = AdminCompany(request, world);
  if (company == nullptr) {
    return AdminRefusal(absl::NotFoundError("no such company"));
  }
  const std::vector<std::string> path = AdminPath(request);
  if (path.size() == 1) {
    if (request.method == "GET") return ListRows(request, *company);
    if (request.method == "POST") return AddRows(request, *company);
  }
  int64_t id = 0;
  if (path.size() == 2 && absl::SimpleAtoi(path[1], &id)) {
    if (request.method == "PUT") return ChangeRow(request, id, *company);
    if (request.method == "DELETE") return DeleteRow(id, *company);
  }
  return UrlNotFound();
}

HttpReply AdminStock(const HttpRequest& request, const World& world) {
  Company* company = AdminCompany(request, world);
  if (company == nullptr) {
    return AdminRefusal(absl::NotFoundError("no such company"));
  }
  const absl::StatusOr<Json> body = AdminBody(request);
  if (!body.ok()) return AdminRefusal(body.status());
  const std::lock_guard<std::mutex> lock(company->mutex);
  absl::StatusOr<Json> moved =
      body->Find("random") != nullptr
          ? MoveRandomStock(*body->Find("random"), world.faults.seed(), company)
          : MoveStock(*body, company);
  if (!moved.ok()) return AdminRefusal(moved.status());
  return JsonReply(200, moved->ToText());
}

}  // namespace qantara::simulator
