#include "tools/simulator/qoyod_records.h"

#include <cstdint>
#include <mutex>
#include <utility>
#include <vector>

#include "tools/simulator/admin_products.h"
#include "tools/simulator/admin_reference.h"
#include "tools/simulator/admin_request.h"

namespace qantara::simulator {

std::optional<HttpReply> QoyodRecords::Answer(const HttpRequest& request,
                                              const World& world) const {
  const std::vector<std::string> path = AdminPath(request);
  const std::string part = path.empty() ? "" : path[0];
  if (part == "products") return AdminProducts(request, world);
  if (part == "reference") return AdminReference(request, world);
  if (part == "stock" && request.method == "POST") {
    return AdminStock(request, world);
  }
  return std::nullopt;
}

Json QoyodRecords::State(Company& company) const {
  const std::lock_guard<std::mutex> lock(company.mutex);
  Json repeated = Json::Object();
  for (const auto& [sku, ids] : company.products.RepeatedSkus()) {
    Json list = Json::Array();
    for (const int64_t id : ids) list.Append(Json::Integer(id));
    repeated.Add(sku, std::move(list));
  }
  int64_t without_sku = 0;
  for (const auto& row : company.products.rows()) {
    if (!row->sku || row->sku->empty()) ++without_sku;
  }
  const auto& rows = company.products.rows();
  Json state = Json::Object();
  state.Add("products", Json::Integer(static_cast<int64_t>(rows.size())));
  state.Add("highest_id", Json::Integer(rows.empty() ? 0 : rows.back()->id));
  state.Add("products_without_sku", Json::Integer(without_sku));
  state.Add("repeated_skus", std::move(repeated));
  return state;
}

void QoyodRecords::Forget(bool products, bool reference,
                          Company& company) const {
  const std::lock_guard<std::mutex> lock(company.mutex);
  if (products) company.products = ProductTable(kFirstProductId);
  if (reference) company.reference = DefaultReferenceTables();
}

absl::Status QoyodRecords::Load(bool examples, const std::string& lines,
                                Company& company) const {
  if (examples) AddExampleProducts(&company);
  return LoadProducts(lines, &company);
}

}  // namespace qantara::simulator
