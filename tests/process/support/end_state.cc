#include "tests/process/support/end_state.h"

#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"

namespace qantara::process {
namespace {

using simulator::Json;

constexpr size_t kProblemsMax = 20;

std::string CheckItem(ApiClient& api, const v1::ImportItem& item,
                      const std::map<std::string, std::string>& ids) {
  const std::string where = absl::StrCat("line ", item.line(), ": ");
  if (item.state() == v1::ITEM_STATE_INVALID) return "";
  const auto record = ids.find(item.sku());
  const std::string held = record == ids.end() ? "" : record->second;
  const v1::MappedProduct product = api.Product(item.sku());
  // A line that was unchanged is known by its product alone.
  const bool told =
      item.remote_id() == held || (item.state() == v1::ITEM_STATE_UNCHANGED &&
                                   item.product_id() == product.product_id());
  if (held.empty() || !told || product.remote_id() != held ||
      product.state() != v1::MAPPING_STATE_MAPPED) {
    return absl::StrCat(where, v1::ItemState_Name(item.state()), " with id \"",
                        item.remote_id(), "\", mapped to \"",
                        product.remote_id(), "\", the provider has \"", held,
                        "\"");
  }
  return "";
}

bool IsRead(const Json& entry) { return entry.TextAt("method") == "GET"; }

}  // namespace

uint32_t SumOf(const v1::ItemCounts& counts) {
  uint32_t sum = 0;
  const auto* reflection = counts.GetReflection();
  const auto* type = counts.GetDescriptor();
  for (int i = 0; i < type->field_count(); ++i) {
    sum += reflection->GetUInt32(counts, type->field(i));
  }
  return sum;
}

std::vector<std::string> CheckImport(ApiClient& api,
                                     const std::string& import_id,
                                     uint32_t lines,
                                     const std::vector<Json>& records) {
  std::vector<std::string> problems;
  const v1::Import import = api.Import(import_id);
  if (import.state() != v1::IMPORT_STATE_FINISHED || import.balance() != 0 ||
      import.received_lines() != lines || SumOf(import.counts()) != lines) {
    problems.push_back(absl::StrCat("not finished or not balanced: ",
                                    import.ShortDebugString()));
  }
  std::map<std::string, std::string> ids;
  for (const Json& record : records) {
    if (!ids.emplace(record.TextAt("sku"), record.TextAt("id")).second) {
      problems.push_back(
          absl::StrCat(record.TextAt("sku"), " is there more than once"));
    }
  }
  const std::vector<v1::ImportItem> items = api.Items(import_id);
  if (items.size() != lines) {
    problems.push_back(absl::StrCat(items.size(), " items are listed"));
  }
  for (const v1::ImportItem& item : items) {
    if (problems.size() >= kProblemsMax) break;
    std::string problem = CheckItem(api, item, ids);
    if (!problem.empty()) problems.push_back(std::move(problem));
  }
  return problems;
}

std::vector<std::string> SkusOf(const Json& entry) {
  std::vector<std::string> skus;
  const auto body = Json::Parse(entry.TextAt("body"));
  if (!body.ok() || body->items().size() != 1) return skus;
  const Json& root = body->items().front();
  if (root.is_object()) return {root.TextAt("sku")};
  for (const Json& item : root.items()) skus.push_back(item.TextAt("sku"));
  return skus;
}

std::vector<std::string> CheckJournal(const std::vector<Json>& journal) {
  std::vector<std::string> problems;
  std::set<std::string> sent_since_read;
  for (const Json& entry : journal) {
    if (problems.size() >= kProblemsMax) break;
    const std::string number = entry.TextAt("number");
    if (IsRead(entry)) {
      sent_since_read.clear();
      continue;
    }
    if (entry.TextAt("served_before") != "0") {
      problems.push_back(
          absl::StrCat("request ", number, " came on a used connection"));
    }
    // 429 says that nothing was applied.
    if (entry.TextAt("method") != "POST" || entry.TextAt("status") == "429") {
      continue;
    }
    for (const std::string& sku : SkusOf(entry)) {
      if (!sent_since_read.insert(sku).second) {
        problems.push_back(absl::StrCat("request ", number, " repeats ", sku,
                                        " and nothing was read before"));
      }
    }
  }
  return problems;
}

}  // namespace qantara::process
