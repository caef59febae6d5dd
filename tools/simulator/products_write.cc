#include "tools/simulator/products_write.h"

#include <algorithm>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tools/simulator/messages.h"
#include "tools/simulator/product_fields.h"
#include "tools/simulator/products_read.h"
#include "tools/simulator/replies.h"
#include "tools/simulator/text.h"

namespace qantara::simulator {
namespace {

// The value under the root key, or the answer when there is none.
std::optional<HttpReply> ReadRoot(ApiCall& call, Json* product) {
  absl::StatusOr<Json> body = Json::Parse(call.request.body);
  const auto status = [&](int usual) {
    const auto hit = call.Hit("malformed_status");
    return hit ? static_cast<int>(hit->Number("status", usual)) : usual;
  };
  if (!body.ok()) {
    call.notes.push_back(absl::StrCat("malformed: ", body.status().message()));
    return ServerFailure(status(400), "json");
  }
  const Json* root = body->Find("product");
  if (root == nullptr || root->is_null()) {
    HttpReply reply =
        InvalidSentence("param is missing or the value is empty: product");
    reply.status = status(422);
    return reply;
  }
  *product = *root;
  return std::nullopt;
}

WriteRules RulesOf(ApiCall& call, bool creating) {
  WriteRules rules;
  rules.reference = &call.company->reference;
  rules.creating = creating;
  rules.arabic = call.arabic || call.Hit("arabic_messages").has_value();
  if (const auto hit = call.Hit("required")) {
    const std::vector<std::string> fields = hit->List("fields");
    rules.required.insert(fields.begin(), fields.end());
    rules.name_characters_min =
        static_cast<size_t>(hit->Number("min_name_length", 0));
    rules.refuse_zero_price = hit->Flag("refuse_zero_price", false);
    rules.refuse_is_sold = hit->Flag("refuse_is_sold", false);
    rules.needs_tax_reason = hit->Flag("tax_reason", false);
    rules.check_all_references = hit->Flag("references", false);
  }
  return rules;
}

// Refuses a SKU that another row has, when SKUs are switched to be unique.
void CheckUnique(ApiCall& call, const Product& product, bool arabic,
                 FieldErrors* errors) {
  const auto hit = call.Hit("unique_sku");
  if (!hit || !product.sku || product.sku->empty()) return;
  for (const int64_t id : call.company->products.FindSku(*product.sku)) {
    if (id == product.id) continue;
    errors->Add("sku",
                hit->Text("form", "taken_by_id") == "taken"
                    ? MessageText(Message::kAlreadyTaken, arabic)
                    : absl::StrCat("Reference is already taken by id ", id));
    return;
  }
}

// The products of a create request, before any of them is stored.
struct Drafts {
  std::vector<Product> products;
  FieldErrors errors;
  size_t good_before_first_bad = 0;
};

Drafts Draft(ApiCall& call, const std::vector<const Json*>& items) {
  Drafts drafts;
  const WriteRules rules = RulesOf(call, true);
  for (const Json* item : items) {
    Product product;
    FieldErrors& errors = drafts.errors;
    ApplyFields(*item, rules, &product, &errors, &call.notes);
    CheckUnique(call, product, rules.arabic, &errors);
    const std::string sku = product.sku.value_or("");
    if (const auto hit = call.HitItem("bad_item", sku, true)) {
      errors.Add(
          hit->Text("field", "base"),
          hit->Text("message", MessageText(Message::kInvalid, rules.arabic)));
    }
    if (const auto hit = call.HitItem("change_sku", sku, false)) {
      product.sku = sku + hit->Text("suffix", "-ALTERED");
    }
    if (errors.empty()) drafts.good_before_first_bad++;
    drafts.products.push_back(std::move(product));
  }
  return drafts;
}

int64_t Store(ApiCall& call, Product product) {
  const auto lag = call.Hit("read_lag_ms");
  product.created_ms = product.updated_ms = NowMs();
  product.visible_ms = product.created_ms;
  if (lag) {
    const double share = MixedFraction(call.world.faults.seed(), "read_lag",
                                       product.sku.value_or(""));
    product.visible_ms +=
        lag->Number("ms", 0) +
        static_cast<int64_t>(share * lag->Fraction("jitter_ms", 0));
  }
  const Product& stored = call.company->products.Insert(std::move(product));
  call.applied.push_back({"created", stored.id, stored.sku.value_or("")});
  return stored.id;
}

// Stores the drafts, except those that a switch drops. Returns the ids that
// the answer shows.
std::vector<int64_t> StoreBatch(ApiCall& call, std::vector<Product> products) {
  std::vector<int64_t> shown;
  for (Product& product : products) {
    const auto drop =
        call.HitItem("drop_items", product.sku.value_or(""), false);
    if (drop && !drop->Flag("applied", false)) continue;
    const int64_t id = Store(call, std::move(product));
    if (!drop) shown.push_back(id);
  }
  if (call.Hit("shuffle_items")) {
    const uint64_t seed = call.world.faults.seed();
    std::sort(shown.begin(), shown.end(), [&](int64_t a, int64_t b) {
      return MixedHash(seed, "shuffle", absl::StrCat(a)) <
             MixedHash(seed, "shuffle", absl::StrCat(b));
    });
  }
  return shown;
}

std::string Records(ApiCall& call, const std::vector<int64_t>& ids) {
  RenderStyle style = StyleOf(call);
  style.inventories = false;
  style.excerpt = call.Hit("write_excerpt").has_value();
  std::string out;
  for (const int64_t id : ids) {
    if (!out.empty()) out.push_back(',');
    RenderProduct(*call.company->products.Find(id),
                  call.company->reference["inventories"], style, &out);
  }
  return out;
}

HttpReply BatchReply(ApiCall& call, const std::vector<int64_t>& ids,
                     size_t sent) {
  const std::string records = Records(call, ids);
  if (sent == 1 && ids.size() == 1) {
    const std::string form = call.Form("one_element", "products");
    if (form == "product") {
      return JsonReply(201, absl::StrCat("{\"product\":", records, "}"));
    }
    if (form == "product_array") {
      return JsonReply(201, absl::StrCat("{\"product\":[", records, "]}"));
    }
  }
  const auto hit = call.Hit("batch_status");
  return JsonReply(hit ? static_cast<int>(hit->Number("status", 201)) : 200,
                   absl::StrCat("{\"products\":[", records, "]}"));
}

HttpReply CreateBatch(ApiCall& call, const Json& array) {
  if (call.Hit("batch_500")) return ServerFailure(500, "json");
  std::vector<const Json*> items;
  for (const Json& item : array.items()) {
    if (!item.is_object()) {
      return InvalidSentence("product must be an array of objects");
    }
    items.push_back(&item);
  }
  const std::lock_guard<std::mutex> lock(call.company->mutex);
  Drafts drafts = Draft(call, items);
  if (!drafts.errors.empty()) {
    if (call.Hit("batch_not_atomic")) {
      drafts.products.resize(drafts.good_before_first_bad);
      StoreBatch(call, std::move(drafts.products));
    }
    return Invalid(call, drafts.errors);
  }
  const std::vector<int64_t> shown =
      StoreBatch(call, std::move(drafts.products));
  return BatchReply(call, shown, items.size());
}

HttpReply CreateOne(ApiCall& call, const Json& item) {
  const std::lock_guard<std::mutex> lock(call.company->mutex);
  Drafts drafts = Draft(call, {&item});
  if (!drafts.errors.empty()) return Invalid(call, drafts.errors);
  const int64_t id = Store(call, std::move(drafts.products.front()));
  return JsonReply(201,
                   absl::StrCat("{\"product\":", Records(call, {id}), "}"));
}

// A success by status that carries errors and changes nothing.
std::optional<HttpReply> ErrorsIn200(ApiCall& call) {
  const auto hit = call.Hit("errors_in_200");
  if (!hit) return std::nullopt;
  FieldErrors errors;
  errors.Add("base", hit->Text("message", "could not be saved"));
  return JsonReply(200,
                   absl::StrCat("{\"errors\":", errors.ToJson().ToText(), "}"));
}

}  // namespace

HttpReply CreateProducts(ApiCall& call) {
  Json root;
  if (auto refusal = ReadRoot(call, &root)) return *refusal;
  if (auto refusal = ErrorsIn200(call)) return *refusal;
  if (root.is_array()) return CreateBatch(call, root);
  if (root.is_object()) return CreateOne(call, root);
  return InvalidSentence("product must be an object or an array of objects");
}

HttpReply UpdateProduct(ApiCall& call, int64_t id) {
  Json root;
  if (auto refusal = ReadRoot(call, &root)) return *refusal;
  if (auto refusal = ErrorsIn200(call)) return *refusal;
  if (!root.is_object()) return InvalidSentence("product must be an object");
  const std::lock_guard<std::mutex> lock(call.company->mutex);
  const Product* current = call.company->products.Find(id);
  if (current == nullptr) return ProductNotFound(call);

  WriteRules rules = RulesOf(call, false);
  const auto ignores = call.Hit("put_ignores");
  if (ignores) {
    const std::vector<std::string> fields = ignores->List("fields");
    rules.ignored.insert(fields.begin(), fields.end());
  }
  Product changed = *current;
  FieldErrors errors;
  ApplyFields(root, rules, &changed, &errors, &call.notes);
  CheckUnique(call, changed, rules.arabic, &errors);
  if (const auto hit =
          call.HitItem("bad_item", changed.sku.value_or(""), true)) {
    errors.Add(
        hit->Text("field", "base"),
        hit->Text("message", MessageText(Message::kInvalid, rules.arabic)));
  }
  if (!errors.empty()) return Invalid(call, errors);
  if (!ignores || !ignores->Flag("keep_updated_at", false)) {
    changed.updated_ms = std::max(NowMs(), changed.updated_ms + 1);
  }
  call.applied.push_back({"updated", id, changed.sku.value_or("")});
  call.company->products.Replace(std::move(changed));
  return JsonReply(200,
                   absl::StrCat("{\"product\":", Records(call, {id}), "}"));
}

}  // namespace qantara::simulator
