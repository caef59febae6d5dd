#include "tools/simulator/products_read.h"

#include <algorithm>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tools/simulator/product_query.h"
#include "tools/simulator/replies.h"
#include "tools/simulator/text.h"

namespace qantara::simulator {
namespace {

constexpr int64_t kLongDescriptionBytes = 8000;

HttpReply FoundNothing(ApiCall& call) {
  const std::string form = call.Form("empty_list", "json");
  if (form == "sentence") {
    return SentenceReply(
        "json", "We could not retrieve your products, we found nothing.", "");
  }
  return SentenceReply(form, "We found nothing", "لم نجد شيئا");
}

// Adds and deletes rows at the beginning of the list, so that what comes after
// the page just read moves.
void MoveRows(ApiCall& call) {
  const std::optional<FaultParameters> hit = call.Hit("moving_rows");
  if (!hit) return;
  ProductTable& table = call.company->products;
  for (int64_t i = hit->Number("delete", 0); i > 0; --i) {
    if (!table.rows().empty()) table.Erase(table.rows().front()->id);
  }
  for (int64_t i = hit->Number("insert", 0); i > 0; --i) {
    Product product;
    if (!table.rows().empty() && table.rows().front()->id > 1) {
      product.id = table.rows().front()->id - 1;
    }
    product.name_en = "Row inserted between pages";
    product.created_ms = product.updated_ms = NowMs();
    const int64_t id = table.Insert(product).id;
    product.id = id;
    product.sku = absl::StrCat("MOVED-", id);
    table.Replace(std::move(product));
  }
}

std::string Pagination(ApiCall& call, const ProductQuery& query,
                       const ProductPage& page) {
  const std::string form = call.Form("pagination_form", "strings");
  if (form == "missing") return "";
  const int64_t pages =
      std::max<int64_t>(1, (page.total + query.per_page - 1) / query.per_page);
  if (form == "meta") {
    return absl::StrCat(",\"meta\":{\"current_page\":", query.page,
                        ",\"per_page\":", query.per_page,
                        ",\"total_pages\":", pages,
                        ",\"total_count\":", page.total, "}");
  }
  const char* quote = form == "strings" ? "\"" : "";
  return absl::StrCat(",\"pagination\":{\"count\":", page.rows.size(),
                      ",\"total\":", page.total, ",\"perPage\":", quote,
                      query.per_page, quote, ",\"currentPage\":", quote,
                      query.page, quote, ",\"totalPages\":", pages, "}");
}

// Runs the query, with paging as the switches have it.
ProductPage RunSwitched(ApiCall& call, ProductQuery query, int64_t now_ms) {
  const std::string ignored = call.Form("paging_ignored", "no");
  if (ignored == "all") {
    query.page = 1;
    query.per_page = std::max<int64_t>(
        1, static_cast<int64_t>(call.company->products.rows().size()));
  } else if (ignored == "one_more") {
    query.page = 1;
    ++query.per_page;
  }
  return RunProductQuery(query, call.company->products, now_ms);
}

FlagForm ParseFlagForm(const std::string& form) {
  if (form == "bool") return FlagForm::kBool;
  return form == "text" ? FlagForm::kText : FlagForm::kInteger;
}

}  // namespace

RenderStyle StyleOf(ApiCall& call) {
  RenderStyle style;
  if (const auto hit = call.Hit("value_form")) {
    const std::string price = hit->Text("price", "number");
    style.price = price == "text"      ? PriceForm::kText
                  : price == "integer" ? PriceForm::kInteger
                  : price == "null"    ? PriceForm::kNull
                                       : PriceForm::kNumber;
    style.track_quantity =
        ParseFlagForm(hit->Text("track_quantity", "integer"));
    style.sold_and_bought = ParseFlagForm(hit->Text("flags", "bool"));
    style.time_offset = hit->Text("times", "utc") == "offset";
  }
  if (const auto hit = call.Hit("null_values")) {
    style.null_name_en = hit->Flag("name_en", false);
    style.null_category = hit->Flag("category_id", false);
    style.inventories = !hit->Flag("inventories", false);
  }
  style.stock_text = call.Form("stock_form", "number") == "text";
  style.untracked_stock = call.Hit("untracked_stock").has_value();
  if (const auto hit = call.Hit("long_descriptions")) {
    style.padding_bytes = static_cast<int>(std::min<int64_t>(
        hit->Number("bytes", kLongDescriptionBytes), 1 << 20));
  }
  return style;
}

HttpReply ListProducts(ApiCall& call) {
  std::vector<std::string> ignored;
  if (const auto hit = call.Hit("filters_ignored")) {
    ignored = hit->List("filters");
    if (ignored.empty()) ignored.push_back("*");
  }
  ProductQuery query = ParseProductQuery(call.parameters, ignored);
  query.equal_ignores_case = call.Hit("sku_eq_ignores_case").has_value();
  if (const auto hit = call.Hit("deep_page_500")) {
    if (query.page >= hit->Number("from_page", 2)) {
      return ServerFailure(500, "json");
    }
  }
  const auto forced = call.Hit("empty_list");
  if (forced && forced->Flag("always", false)) return FoundNothing(call);

  const std::lock_guard<std::mutex> lock(call.company->mutex);
  const ProductPage page = RunSwitched(call, query, NowMs());
  if (page.rows.empty() &&
      (page.total == 0 || call.Form("page_past_end", "404") != "empty")) {
    return FoundNothing(call);
  }
  const RenderStyle style = StyleOf(call);
  const ReferenceTable& locations = call.company->reference["inventories"];
  std::string body = "{\"products\":[";
  for (const Product* product : page.rows) {
    if (product != page.rows.front()) body.push_back(',');
    RenderStyle shown = style;
    if (const auto hit = call.HitItem("list_single_differ",
                                      product->sku.value_or(""), true)) {
      shown.stock_shift = hit->Number("shift", 1);
    }
    RenderProduct(*product, locations, shown, &body);
  }
  absl::StrAppend(&body, "]", Pagination(call, query, page), "}");
  MoveRows(call);
  return JsonReply(200, std::move(body));
}

HttpReply ProductNotFound(ApiCall& call) {
  return SentenceReply(call.Form("not_found_form", "json"), "Product not found",
                       "المنتج غير موجود");
}

HttpReply GetProduct(ApiCall& call, int64_t id) {
  const std::lock_guard<std::mutex> lock(call.company->mutex);
  const Product* product = call.company->products.Find(id);
  if (product == nullptr) return ProductNotFound(call);
  const bool array = call.Form("single_form", "object") == "array";
  std::string body = array ? "{\"product\":[" : "{\"product\":";
  RenderProduct(*product, call.company->reference["inventories"], StyleOf(call),
                &body);
  body += array ? "]}" : "}";
  return JsonReply(200, std::move(body));
}

}  // namespace qantara::simulator
