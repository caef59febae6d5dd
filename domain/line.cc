#include "domain/line.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "domain/digest.h"
#include "domain/field_problems.h"
#include "domain/utf8.h"
#include "domain/validate.h"
#include "domain/wire_text.h"

namespace qantara::domain {
namespace {

v1::ItemProblem MakeProblem(absl::string_view field, v1::ErrorReason reason,
                            absl::string_view message) {
  v1::ItemProblem problem;
  problem.set_field(std::string(field));
  problem.set_reason(reason);
  problem.set_message(std::string(message));
  return problem;
}

std::vector<v1::ItemProblem> ProblemsOf(const v1::CatalogLine& line,
                                        const LineRules& rules) {
  std::vector<v1::ItemProblem> problems =
      ValidateExternalId(line.external_id(), "external_id");
  std::vector<v1::ItemProblem> of_product =
      ValidateProduct(line.product(), rules, /*for_update=*/false, "product.");
  if (problems.empty()) return of_product;
  std::move(of_product.begin(), of_product.end(), std::back_inserter(problems));
  return problems;
}

// Reads the keys of a line that is INVALID anyway, for the report.
void ReadKeys(absl::string_view bytes, ParsedLine* parsed) {
  const absl::string_view sku = FindText(
      bytes,
      {v1::CatalogLine::kProductFieldNumber, v1::Product::kSkuFieldNumber});
  const absl::string_view external_id =
      FindText(bytes, {v1::CatalogLine::kExternalIdFieldNumber});
  parsed->sku = std::string(FirstCharacters(sku, kMaxSkuCharacters));
  parsed->external_id =
      std::string(FirstCharacters(external_id, kMaxExternalIdCharacters));
}

ParsedLine OversizedLine(absl::string_view bytes) {
  ParsedLine parsed;
  parsed.payload = std::string(bytes.substr(0, kKeptHeadBytes));
  parsed.digest = Digest16(parsed.payload);
  ReadKeys(bytes, &parsed);
  parsed.problems.push_back(MakeProblem(
      "", v1::ERROR_REASON_MESSAGE_TOO_LARGE,
      absl::StrCat("the line has ", bytes.size(), " bytes; at most ",
                   kMaxLineBytes, " are allowed")));
  return parsed;
}

// Problems of a line that the parser refused.
std::vector<v1::ItemProblem> ProblemsOfUnreadable(absl::string_view bytes,
                                                  const LineRules& rules) {
  std::string readable(bytes);
  const std::vector<std::string> paths =
      ReplaceInvalidText(*v1::CatalogLine::descriptor(), &readable);
  v1::CatalogLine line;
  if (!line.ParseFromString(readable)) {
    return {MakeProblem("", v1::ERROR_REASON_MESSAGE_MALFORMED,
                        "the bytes are not a qantara.v1.CatalogLine")};
  }
  std::vector<v1::ItemProblem> problems;
  problems.reserve(paths.size());
  for (const std::string& path : paths) {
    problems.push_back(
        MakeProblem(path, v1::ERROR_REASON_INVALID_UTF8, "is not valid UTF-8"));
  }
  // What else is wrong, except with the question marks.
  for (v1::ItemProblem& problem : ProblemsOf(line, rules)) {
    const bool replaced =
        std::find(paths.begin(), paths.end(), problem.field()) != paths.end();
    if (!replaced) problems.push_back(std::move(problem));
  }
  return problems;
}

}  // namespace

ParsedLine ParseLine(absl::string_view bytes, const LineRules& rules) {
  if (bytes.size() > kMaxLineBytes) return OversizedLine(bytes);
  ParsedLine parsed;
  v1::CatalogLine line;
  const bool readable =
      line.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
  parsed.problems =
      readable ? ProblemsOf(line, rules) : ProblemsOfUnreadable(bytes, rules);
  if (!parsed.problems.empty()) {
    if (parsed.problems.size() > kMaxProblems) {
      parsed.problems.resize(kMaxProblems);
    }
    ReadKeys(bytes, &parsed);
    parsed.payload = std::string(bytes);
  } else {
    if (rules.lacking != nullptr) {
      parsed.not_taken = rules.lacking(line.product(), /*for_update=*/false);
    }
    parsed.payload = NormalizeDecimals(line.mutable_product())
                         ? line.SerializeAsString()
                         : std::string(bytes);
    parsed.sku = std::move(*line.mutable_product()->mutable_sku());
    parsed.external_id = std::move(*line.mutable_external_id());
  }
  parsed.digest = Digest16(parsed.payload);
  return parsed;
}

v1::CatalogLine LineOf(absl::string_view payload) {
  v1::CatalogLine line;
  if (!line.ParseFromArray(payload.data(), static_cast<int>(payload.size()))) {
    line.Clear();
  }
  return line;
}

}  // namespace qantara::domain
