#include "tools/cli/product_request.h"

#include <limits>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "tools/cli/import_options.h"
#include "tools/cli/product_fields.h"

namespace qantara::tools {
namespace {

using absl::InvalidArgumentError;
using absl::StrCat;

struct Assignment {
  CatalogField field;
  std::string value;
};

absl::StatusOr<Assignment> ReadAssignment(const std::string& word) {
  const size_t equals = word.find('=');
  if (equals == std::string::npos) {
    return InvalidArgumentError(
        StrCat("\"", word, "\" is not of the form field=value"));
  }
  const std::optional<CatalogField> field = FindField(word.substr(0, equals));
  if (!field.has_value()) {
    return InvalidArgumentError(StrCat("\"", word.substr(0, equals),
                                       "\" is no field; the fields are ",
                                       AllFieldNames()));
  }
  return Assignment{*field, word.substr(equals + 1)};
}

// The words from `first` on and the values of --set.
absl::StatusOr<std::vector<Assignment>> ReadAssignments(
    const Arguments& arguments, size_t first) {
  std::vector<std::string> words(arguments.words.begin() + first,
                                 arguments.words.end());
  const std::vector<std::string> more = arguments.Values("set");
  words.insert(words.end(), more.begin(), more.end());
  std::vector<Assignment> assignments;
  for (const std::string& word : words) {
    auto assignment = ReadAssignment(word);
    if (!assignment.ok()) return assignment.status();
    assignments.push_back(*std::move(assignment));
  }
  if (assignments.empty())
    return InvalidArgumentError("no field=value is given");
  return assignments;
}

absl::Status Set(const Assignment& assignment, v1::Product& product) {
  absl::Status status =
      SetProductField(assignment.field, assignment.value, product);
  if (status.ok()) return status;
  return InvalidArgumentError(
      StrCat(FieldName(assignment.field), ": ", status.message()));
}

absl::StatusOr<v1::WaitLevel> ReadWait(const Arguments& arguments) {
  const std::string text = arguments.Value("wait", "applied");
  if (text == "applied") return v1::WAIT_LEVEL_APPLIED;
  if (text == "durable") return v1::WAIT_LEVEL_DURABLE;
  return InvalidArgumentError(
      StrCat("--wait is applied or durable, not \"", text, "\""));
}

absl::Status ReadRevision(const Arguments& arguments,
                          v1::UpdateProductRequest& request) {
  const std::string text = arguments.Value("expected_revision");
  uint64_t revision = 0;
  if (text.empty()) return absl::OkStatus();
  if (!absl::SimpleAtoi(text, &revision)) {
    return InvalidArgumentError(
        StrCat("--expected_revision wants a number, not \"", text, "\""));
  }
  request.set_expected_revision(revision);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<v1::ProductKey> ReadProductKey(const Arguments& arguments,
                                              const std::string& text) {
  const std::string by = arguments.Value("by", "sku");
  v1::ProductKey key;
  if (by == "sku") {
    key.set_sku(text);
  } else if (by == "external_id") {
    key.set_external_id(text);
  } else if (by == "remote_id") {
    key.set_remote_id(text);
  } else if (by == "product_id") {
    key.set_product_id(text);
  } else {
    return InvalidArgumentError(StrCat(
        "--by is sku, external_id, remote_id or product_id, not \"", by, "\""));
  }
  return key;
}

absl::StatusOr<v1::UpdateProductRequest> ReadUpdate(
    const Arguments& arguments) {
  v1::UpdateProductRequest request;
  auto key = ReadProductKey(arguments, arguments.words[0]);
  if (!key.ok()) return key.status();
  *request.mutable_key() = *std::move(key);
  const auto assignments = ReadAssignments(arguments, 1);
  if (!assignments.ok()) return assignments.status();
  for (const Assignment& assignment : *assignments) {
    if (absl::Status status = Set(assignment, *request.mutable_product());
        !status.ok()) {
      return status;
    }
    request.mutable_update_mask()->add_paths(ProductPath(assignment.field));
  }
  if (const std::string mask = arguments.Value("update_mask"); !mask.empty()) {
    request.clear_update_mask();
    for (const absl::string_view path : absl::StrSplit(mask, ',')) {
      request.mutable_update_mask()->add_paths(std::string(path));
    }
  }
  const auto wait = ReadWait(arguments);
  if (!wait.ok()) return wait.status();
  request.set_wait(*wait);
  if (absl::Status status = ReadRevision(arguments, request); !status.ok())
    return status;
  request.set_request_id(arguments.Value("request_id"));
  return request;
}

absl::StatusOr<v1::CreateProductRequest> ReadCreate(
    const Arguments& arguments) {
  v1::CreateProductRequest request;
  const auto assignments = ReadAssignments(arguments, 0);
  if (!assignments.ok()) return assignments.status();
  for (const Assignment& assignment : *assignments) {
    if (assignment.field == CatalogField::kExternalId) {
      request.set_external_id(assignment.value);
      continue;
    }
    if (absl::Status status = Set(assignment, *request.mutable_product());
        !status.ok()) {
      return status;
    }
  }
  const auto policy = ReadExistingPolicy(arguments);
  if (!policy.ok()) return policy.status();
  request.set_existing_policy(*policy);
  const auto wait = ReadWait(arguments);
  if (!wait.ok()) return wait.status();
  request.set_wait(*wait);
  request.set_request_id(arguments.Value("request_id"));
  return request;
}

}  // namespace qantara::tools
