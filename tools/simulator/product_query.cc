#include "tools/simulator/product_query.h"

#include <algorithm>
#include <limits>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "tools/simulator/text.h"

namespace qantara::simulator {
namespace {

struct MatcherName {
  const char* suffix;
  Matcher matcher;
};
// Longer suffixes stand before those they end with.
constexpr MatcherName kMatchers[] = {
    {"_not_null", Matcher::kNotNull},
    {"_not_eq", Matcher::kNotEq},
    {"_not_in", Matcher::kNotIn},
    {"_i_cont", Matcher::kCont},
    {"_null", Matcher::kNull},
    {"_gteq", Matcher::kGteq},
    {"_lteq", Matcher::kLteq},
    {"_cont", Matcher::kCont},
    {"_start", Matcher::kStart},
    {"_end", Matcher::kEnd},
    {"_eq", Matcher::kEq},
    {"_gt", Matcher::kGt},
    {"_lt", Matcher::kLt},
    {"_in", Matcher::kIn},
};

bool SplitFilter(absl::string_view filter, absl::string_view* column,
                 Matcher* matcher) {
  for (const MatcherName& name : kMatchers) {
    *column = filter;
    if (absl::ConsumeSuffix(column, name.suffix)) {
      *matcher = name.matcher;
      return true;
    }
  }
  return false;
}

bool Contains(const std::vector<std::string>& list, absl::string_view text) {
  return std::any_of(list.begin(), list.end(), [&](const std::string& s) {
    return s == "*" || absl::string_view(s) == text;
  });
}

int64_t PositiveOr(const std::string& text, int64_t fallback) {
  int64_t value = 0;
  return absl::SimpleAtoi(text, &value) && value > 0 ? value : fallback;
}

void ParseSort(const std::string& sort, ProductQuery* query) {
  const std::vector<std::string> words =
      absl::StrSplit(sort, ' ', absl::SkipEmpty());
  if (words.empty() || !ColumnKindOf(words[0])) return;
  query->sort_column = words[0];
  query->descending = words.size() > 1 && words[1] == "desc";
}

void AddFilter(absl::string_view filter, const std::string& value,
               ProductQuery* query) {
  absl::string_view column;
  Matcher matcher;
  if (value.empty() || !SplitFilter(filter, &column, &matcher)) return;
  const std::optional<ColumnKind> kind = ColumnKindOf(column);
  if (!kind) return;
  const bool presence =
      matcher == Matcher::kNull || matcher == Matcher::kNotNull;
  const std::optional<ColumnValue> parsed =
      presence ? ColumnValue(value) : ParseColumnValue(*kind, value);
  if (!parsed) return;
  if (matcher == Matcher::kIn || matcher == Matcher::kNotIn) {
    for (Predicate& predicate : query->predicates) {
      if (predicate.column == std::string(column) &&
          predicate.matcher == matcher) {
        predicate.values.push_back(*parsed);
        return;
      }
    }
  }
  query->predicates.push_back({std::string(column), matcher, {*parsed}});
}

bool Equal(const ColumnValue& a, const ColumnValue& b, bool ignores_case) {
  const auto* text_a = std::get_if<std::string>(&a);
  const auto* text_b = std::get_if<std::string>(&b);
  if (ignores_case && text_a != nullptr && text_b != nullptr) {
    return absl::EqualsIgnoreCase(*text_a, *text_b);
  }
  return CompareColumnValues(a, b) == 0;
}

bool TextMatches(Matcher matcher, const ColumnValue& value,
                 const ColumnValue& wanted) {
  const auto* text = std::get_if<std::string>(&value);
  const auto* part = std::get_if<std::string>(&wanted);
  if (text == nullptr || part == nullptr) return false;
  if (matcher == Matcher::kCont) {
    return absl::StrContains(absl::AsciiStrToLower(*text),
                             absl::AsciiStrToLower(*part));
  }
  return matcher == Matcher::kStart ? absl::StartsWithIgnoreCase(*text, *part)
                                    : absl::EndsWithIgnoreCase(*text, *part);
}

bool Matches(const Product& product, const Predicate& predicate,
             bool ignores_case) {
  const ColumnValue value = ColumnOf(product, predicate.column);
  const bool null = std::holds_alternative<std::monostate>(value);
  const auto any_equal = [&] {
    return std::any_of(
        predicate.values.begin(), predicate.values.end(),
        [&](const ColumnValue& v) { return Equal(value, v, ignores_case); });
  };
  const ColumnValue& wanted = predicate.values.front();
  switch (predicate.matcher) {
    case Matcher::kNull:
      return null == (std::get<std::string>(wanted) != "0" &&
                      std::get<std::string>(wanted) != "false");
    case Matcher::kNotNull:
      return !null;
    case Matcher::kEq:
    case Matcher::kIn:
      return !null && any_equal();
    case Matcher::kNotEq:
    case Matcher::kNotIn:
      return !null && !any_equal();
    case Matcher::kCont:
    case Matcher::kStart:
    case Matcher::kEnd:
      return TextMatches(predicate.matcher, value, wanted);
    case Matcher::kGt:
      return !null && CompareColumnValues(value, wanted) > 0;
    case Matcher::kGteq:
      return !null && CompareColumnValues(value, wanted) >= 0;
    case Matcher::kLt:
      return !null && CompareColumnValues(value, wanted) < 0;
    case Matcher::kLteq:
      return !null && CompareColumnValues(value, wanted) <= 0;
  }
  return false;
}

constexpr int64_t kIdMin = std::numeric_limits<int64_t>::min();
constexpr int64_t kIdMax = std::numeric_limits<int64_t>::max();

// Ids allowed by bounds on id: [low, high].
struct IdRange {
  int64_t low = kIdMin;
  int64_t high = kIdMax;
};

// Takes the predicates that are bounds on id out of `rest`.
IdRange TakeIdRange(std::vector<Predicate>* rest) {
  IdRange range;
  const auto narrows = [&](const Predicate& p) {
    if (p.column != "id") return false;
    const auto* id = std::get_if<int64_t>(&p.values.front());
    if (id == nullptr) return false;
    switch (p.matcher) {
      case Matcher::kGt:
        range.low = std::max(range.low, *id == kIdMax ? kIdMax : *id + 1);
        return true;
      case Matcher::kGteq:
        range.low = std::max(range.low, *id);
        return true;
      case Matcher::kLt:
        range.high = std::min(range.high, *id == kIdMin ? kIdMin : *id - 1);
        return true;
      case Matcher::kLteq:
        range.high = std::min(range.high, *id);
        return true;
      default:
        return false;
    }
  };
  rest->erase(std::remove_if(rest->begin(), rest->end(), narrows), rest->end());
  return range;
}

// Rows that an equality on SKU or id leaves, ordered by id; nothing when there
// is no such equality.
std::optional<std::vector<const Product*>> Indexed(const ProductQuery& query,
                                                   const ProductTable& table) {
  for (const Predicate& p : query.predicates) {
    if (p.matcher != Matcher::kEq && p.matcher != Matcher::kIn) continue;
    std::vector<int64_t> ids;
    for (const ColumnValue& value : p.values) {
      if (p.column == "id") {
        ids.push_back(std::get<int64_t>(value));
      } else if (p.column == "sku" && !query.equal_ignores_case) {
        const std::vector<int64_t> found =
            table.FindSku(std::get<std::string>(value));
        ids.insert(ids.end(), found.begin(), found.end());
      }
    }
    if (p.column != "id" && (p.column != "sku" || query.equal_ignores_case)) {
      continue;
    }
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    std::vector<const Product*> rows;
    for (const int64_t id : ids) {
      if (const Product* row = table.Find(id)) rows.push_back(row);
    }
    return rows;
  }
  return std::nullopt;
}

ProductPage Cut(const std::vector<const Product*>& all,
                const ProductQuery& query) {
  ProductPage page;
  page.total = static_cast<int64_t>(all.size());
  // Divided, not multiplied: a huge page number must not overflow.
  if ((query.page - 1) > page.total / query.per_page) return page;
  const int64_t from = std::min((query.page - 1) * query.per_page, page.total);
  const int64_t to = from + std::min(query.per_page, page.total - from);
  page.rows.assign(all.begin() + from, all.begin() + to);
  return page;
}

}  // namespace

ProductQuery ParseProductQuery(
    const std::vector<std::pair<std::string, std::string>>& parameters,
    const std::vector<std::string>& ignored) {
  ProductQuery query;
  for (const auto& [name, value] : parameters) {
    absl::string_view filter = name;
    if (name == "page") {
      query.page_text = value;
      query.page = PositiveOr(value, 1);
    } else if (name == "per_page") {
      query.per_page_text = value;
      query.per_page =
          std::min(PositiveOr(value, kPerPageDefault), kPerPageMax);
    } else if (absl::ConsumePrefix(&filter, "q[")) {
      absl::ConsumeSuffix(&filter, "[]");
      if (!absl::ConsumeSuffix(&filter, "]")) continue;
      if (filter == "s") {
        ParseSort(value, &query);
      } else if (!Contains(ignored, filter)) {
        AddFilter(filter, value, &query);
      }
    }
  }
  return query;
}

ProductPage RunProductQuery(const ProductQuery& query,
                            const ProductTable& table, int64_t now_ms) {
  const bool by_id = query.sort_column == "id";
  const bool all_visible = table.AllVisible(now_ms);
  std::vector<Predicate> rest = query.predicates;
  const IdRange range = TakeIdRange(&rest);
  const size_t low = table.LowerBound(range.low);
  const size_t high = range.high == kIdMax
                          ? table.rows().size()
                          : std::max(low, table.LowerBound(range.high + 1));

  if (rest.empty() && all_visible && by_id && !query.descending) {
    ProductPage page;
    page.total = static_cast<int64_t>(high - low);
    if ((query.page - 1) > page.total / query.per_page) return page;
    const int64_t from =
        std::min((query.page - 1) * query.per_page, page.total);
    const int64_t count = std::min(query.per_page, page.total - from);
    for (int64_t i = 0; i < count; ++i) {
      page.rows.push_back(
          table.rows()[low + static_cast<size_t>(from + i)].get());
    }
    return page;
  }

  std::vector<const Product*> matching;
  const auto consider = [&](const Product& product) {
    if (product.id < range.low || product.id > range.high) return;
    if (product.visible_ms > now_ms) return;
    for (const Predicate& predicate : rest) {
      if (!Matches(product, predicate, query.equal_ignores_case)) return;
    }
    matching.push_back(&product);
  };
  if (const auto indexed = Indexed(query, table)) {
    for (const Product* product : *indexed) consider(*product);
  } else {
    for (size_t i = low; i < high; ++i) consider(*table.rows()[i]);
  }
  if (!by_id || query.descending) {
    std::stable_sort(matching.begin(), matching.end(),
                     [&](const Product* a, const Product* b) {
                       const int order =
                           CompareColumnValues(ColumnOf(*a, query.sort_column),
                                               ColumnOf(*b, query.sort_column));
                       return query.descending ? order > 0 : order < 0;
                     });
  }
  return Cut(matching, query);
}

}  // namespace qantara::simulator
