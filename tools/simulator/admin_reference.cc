#include "tools/simulator/admin_reference.h"

#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "tools/simulator/admin_request.h"
#include "tools/simulator/reference_api.h"
#include "tools/simulator/replies.h"

namespace qantara::simulator {
namespace {

HttpReply ListRows(const ReferenceTable& table) {
  Json rows = Json::Array();
  for (const Json& row : table.rows()) rows.Append(row);
  return JsonReply(200, rows.ToText());
}

HttpReply AddRows(const Json& body, ReferenceTable* table) {
  Json added = Json::Array();
  for (const Json& row : body.is_array() ? body.items() : std::vector{body}) {
    if (!row.is_object()) {
      return AdminRefusal(absl::InvalidArgumentError("rows are objects"));
    }
    added.Append(table->Put(row));
  }
  return JsonReply(200, added.ToText());
}

}  // namespace

HttpReply AdminReference(const HttpRequest& request, const World& world) {
  const std::vector<std::string> path = AdminPath(request);
  Company* company = AdminCompany(request, world);
  if (company == nullptr || path.size() < 2 || !IsReferenceResource(path[1])) {
    return AdminRefusal(absl::NotFoundError("no such company or resource"));
  }
  const absl::StatusOr<Json> body = AdminBody(request);
  if (!body.ok()) return AdminRefusal(body.status());
  const std::lock_guard<std::mutex> lock(company->mutex);
  ReferenceTable& table = company->reference[path[1]];
  if (path.size() == 2) {
    if (request.method == "GET") return ListRows(table);
    if (request.method == "POST") return AddRows(*body, &table);
    if (request.method == "DELETE") {
      table.Clear();
      return AdminDone();
    }
    return UrlNotFound();
  }
  int64_t id = 0;
  if (!absl::SimpleAtoi(path[2], &id) || table.Find(id) == nullptr) {
    return AdminRefusal(absl::NotFoundError("no such row"));
  }
  if (request.method == "PUT") table.Change(id, *body);
  if (request.method == "DELETE") table.Erase(id);
  return AdminDone();
}

}  // namespace qantara::simulator
