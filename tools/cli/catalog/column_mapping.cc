#include "tools/cli/catalog/column_mapping.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace qantara::tools {
namespace {

using absl::InvalidArgumentError;
using absl::StrCat;

// Returns the field before the first `=`; nothing when there is none.
std::optional<CatalogField> FieldOf(absl::string_view pair) {
  const size_t equals = pair.find('=');
  if (equals == absl::string_view::npos) return std::nullopt;
  return FindField(pair.substr(0, equals));
}

absl::Status AddPair(absl::string_view pair, ColumnMapping& mapping) {
  const size_t equals = pair.find('=');
  if (equals == absl::string_view::npos) {
    return InvalidArgumentError(
        StrCat("\"", pair, "\" is not of the form field=Column"));
  }
  const std::optional<CatalogField> field = FieldOf(pair);
  if (!field.has_value()) {
    return InvalidArgumentError(StrCat("\"", pair.substr(0, equals),
                                       "\" is no field; the fields are ",
                                       AllFieldNames()));
  }
  const std::string column(absl::StripAsciiWhitespace(pair.substr(equals + 1)));
  if (column.empty()) {
    return InvalidArgumentError(StrCat("\"", pair, "\" names no column"));
  }
  const auto [at, inserted] = mapping.columns.emplace(*field, column);
  if (!inserted && at->second != column) {
    return InvalidArgumentError(StrCat(FieldName(*field),
                                       " is mapped to both \"", at->second,
                                       "\" and \"", column, "\""));
  }
  return absl::OkStatus();
}

// Returns where `column` stands among `names`; names.size() when it is not
// there.
absl::StatusOr<size_t> FindColumn(const std::vector<std::string>& names,
                                  absl::string_view column) {
  const std::string normalized = NormalizedColumn(column);
  for (const bool exact : {true, false}) {
    size_t found = names.size();
    for (size_t i = 0; i < names.size(); ++i) {
      const bool same = exact ? absl::StripAsciiWhitespace(names[i]) == column
                              : NormalizedColumn(names[i]) == normalized;
      if (!same) continue;
      if (found != names.size()) {
        return InvalidArgumentError(
            StrCat("the column \"", column, "\" is there twice"));
      }
      found = i;
    }
    if (found != names.size()) return found;
  }
  return names.size();
}

absl::StatusOr<std::vector<BoundColumn>> BindMapped(
    const std::vector<std::string>& names, const ColumnMapping& mapping,
    bool all_required) {
  std::vector<BoundColumn> bound;
  for (const auto& [field, column] : mapping.columns) {
    const absl::StatusOr<size_t> index = FindColumn(names, column);
    if (!index.ok()) return index.status();
    if (*index < names.size()) {
      bound.push_back({field, *index});
    } else if (all_required) {
      return InvalidArgumentError(
          StrCat("there is no column \"", column, "\" for ", FieldName(field),
                 "; the columns are ", absl::StrJoin(names, ", ")));
    }
  }
  return bound;
}

// Whether `names` has an English name beside a column called just "name".
bool HasOtherEnglishName(const std::vector<std::string>& names) {
  return std::any_of(names.begin(), names.end(), [](const std::string& name) {
    return !IsBareName(name) && FindField(name) == CatalogField::kNameEn;
  });
}

absl::StatusOr<std::vector<BoundColumn>> BindByName(
    const std::vector<std::string>& names) {
  const bool bare_is_arabic = HasOtherEnglishName(names);
  std::map<CatalogField, size_t> found;
  for (size_t i = 0; i < names.size(); ++i) {
    std::optional<CatalogField> field = FindField(names[i]);
    if (!field.has_value()) continue;
    if (bare_is_arabic && IsBareName(names[i])) field = CatalogField::kNameAr;
    const auto [at, inserted] = found.emplace(*field, i);
    if (!inserted) {
      return InvalidArgumentError(
          StrCat("the columns \"", names[at->second], "\" and \"", names[i],
                 "\" both mean ", FieldName(*field), "; choose with --map ",
                 FieldName(*field), "=..."));
    }
  }
  std::vector<BoundColumn> bound;
  bound.reserve(found.size());
  for (const auto& [field, index] : found) bound.push_back({field, index});
  return bound;
}

}  // namespace

absl::Status AddMapOption(absl::string_view text, ColumnMapping& mapping) {
  std::string pair;
  for (absl::string_view piece : absl::StrSplit(text, ',')) {
    if (pair.empty()) {
      pair = std::string(piece);
    } else if (FieldOf(piece).has_value()) {
      if (absl::Status status = AddPair(pair, mapping); !status.ok())
        return status;
      pair = std::string(piece);
    } else {
      absl::StrAppend(&pair, ",", piece);
    }
  }
  return AddPair(pair, mapping);
}

absl::Status AddMapFile(absl::string_view text, ColumnMapping& mapping) {
  absl::ConsumePrefix(&text, "\xEF\xBB\xBF");
  int number = 0;
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    ++number;
    line = absl::StripAsciiWhitespace(line);
    if (line.empty() || line.front() == '#') continue;
    if (absl::Status status = AddPair(line, mapping); !status.ok()) {
      return InvalidArgumentError(
          StrCat("line ", number, ": ", status.message()));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<BoundColumn>> BindColumns(
    const std::vector<std::string>& names, const ColumnMapping& mapping,
    bool all_required) {
  if (mapping.columns.empty()) return BindByName(names);
  return BindMapped(names, mapping, all_required);
}

}  // namespace qantara::tools
