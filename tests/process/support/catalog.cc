#include "tests/process/support/catalog.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace qantara::process {
namespace {

using simulator::Json;

constexpr size_t kProblemsMax = 20;
constexpr std::array<const char*, 4> kFields = {"sku", "name_en", "name_ar",
                                                "selling_price"};
constexpr absl::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::string Quoted(const std::string& cell) {
  return absl::StrCat("\"", absl::StrReplaceAll(cell, {{"\"", "\"\""}}), "\"");
}

using Record = std::vector<std::string>;

// RFC 4180, and nothing else.
absl::StatusOr<std::vector<Record>> ParseCsv(absl::string_view text) {
  std::vector<Record> records;
  Record record;
  std::string cell;
  bool quoted = false;
  bool any = false;
  const auto end_cell = [&] { record.push_back(std::exchange(cell, {})); };
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    any = true;
    if (quoted) {
      const bool doubled = c == '"' && absl::StartsWith(text.substr(i), "\"\"");
      if (doubled) ++i;
      if (c == '"' && !doubled) {
        quoted = false;
      } else {
        cell.push_back(c);
      }
    } else if (c == '"' && cell.empty()) {
      quoted = true;
    } else if (c == ',') {
      end_cell();
    } else if (c == '\n') {
      if (absl::EndsWith(cell, "\r")) cell.pop_back();
      end_cell();
      records.push_back(std::exchange(record, {}));
      any = false;
    } else {
      cell.push_back(c);
    }
  }
  if (quoted) return absl::InvalidArgumentError("a quote is never closed");
  if (any) {
    end_cell();
    records.push_back(std::move(record));
  }
  return records;
}

// The column of each field; -1 where there is none.
absl::StatusOr<std::array<int, kFields.size()>> FindColumns(
    const Record& header, absl::string_view map) {
  std::map<std::string, std::string> columns;
  for (absl::string_view pair : absl::StrSplit(map, ',', absl::SkipEmpty())) {
    columns.insert(absl::StrSplit(pair, absl::MaxSplits('=', 1)));
  }
  std::array<int, kFields.size()> found;
  for (size_t i = 0; i < kFields.size(); ++i) {
    const std::string name = columns.empty() ? kFields[i] : columns[kFields[i]];
    const auto at = std::find(header.begin(), header.end(), name);
    found[i] = at == header.end() ? -1 : static_cast<int>(at - header.begin());
    if (found[i] < 0 && !name.empty() && !columns.empty()) {
      return absl::InvalidArgumentError(absl::StrCat("no column ", name));
    }
  }
  if (found[0] < 0) return absl::InvalidArgumentError("no column for sku");
  return found;
}

// Text of a member that may be null.
std::string TextOf(const Json& record, absl::string_view key) {
  return record.TextAt(key);
}

void CompareRow(const CatalogRow& row, const Json& record,
                std::vector<std::string>& problems) {
  const auto compare = [&](const char* what, const std::string& wanted,
                           const std::string& held) {
    if (wanted == held) return;
    problems.push_back(absl::StrFormat("%s: %s is \"%s\", not \"%s\"", row.sku,
                                       what, held, wanted));
  };
  compare("name_en", row.name_en, TextOf(record, "name_en"));
  compare("name_ar", row.name_ar, TextOf(record, "name_ar"));
  compare("selling_price", PlainDecimal(row.selling_price),
          PlainDecimal(TextOf(record, "selling_price")));
}

}  // namespace

std::vector<CatalogRow> SampleRows(int count) {
  std::vector<CatalogRow> rows;
  rows.reserve(static_cast<size_t>(count));
  for (int i = 0; i < count; ++i) {
    CatalogRow row;
    row.sku = absl::StrFormat("%05d-كوب-A", i);
    row.name_en = absl::StrFormat("Mug, \"blue\" no. %d", i);
    row.name_ar = absl::StrFormat("كوب أزرق ٪ رقم %d ١٢٣", i);
    if (i % 7 == 3) row.name_ar += "\nسطر ثانٍ";
    if (i % 11 == 5) row.name_ar = absl::StrCat(" ", row.name_ar, "  ");
    row.selling_price = i % 3 == 0   ? absl::StrFormat("%d", i + 1)
                        : i % 3 == 1 ? absl::StrFormat("%d.50", i)
                                     : absl::StrFormat("%d.125", i);
    rows.push_back(std::move(row));
  }
  return rows;
}

std::string ToCsv(const std::vector<CatalogRow>& rows) {
  std::string csv = "sku,name_en,name_ar,selling_price\n";
  for (const CatalogRow& row : rows) {
    absl::StrAppend(&csv, Quoted(row.sku), ",", Quoted(row.name_en), ",",
                    Quoted(row.name_ar), ",", row.selling_price, "\n");
  }
  return csv;
}

absl::StatusOr<std::vector<CatalogRow>> FromCsv(absl::string_view text,
                                                absl::string_view map) {
  absl::ConsumePrefix(&text, kByteOrderMark);
  const auto records = ParseCsv(text);
  if (!records.ok()) return records.status();
  if (records->empty()) return absl::InvalidArgumentError("no header");
  const auto columns = FindColumns(records->front(), map);
  if (!columns.ok()) return columns.status();
  std::vector<CatalogRow> rows;
  for (size_t i = 1; i < records->size(); ++i) {
    const Record& record = (*records)[i];
    if (record == Record{""}) continue;
    const auto cell = [&](size_t field) {
      const int at = (*columns)[field];
      const bool there = at >= 0 && static_cast<size_t>(at) < record.size();
      return there ? record[static_cast<size_t>(at)] : std::string();
    };
    rows.push_back({std::string(absl::StripAsciiWhitespace(cell(0))), cell(1),
                    cell(2), cell(3)});
  }
  return rows;
}

std::string PlainDecimal(absl::string_view text) {
  std::string plain =
      absl::StrReplaceAll(absl::StripAsciiWhitespace(text), {{"٠", "0"},
                                                             {"١", "1"},
                                                             {"٢", "2"},
                                                             {"٣", "3"},
                                                             {"٤", "4"},
                                                             {"٥", "5"},
                                                             {"٦", "6"},
                                                             {"٧", "7"},
                                                             {"٨", "8"},
                                                             {"٩", "9"},
                                                             {"٫", "."}});
  if (absl::StrContains(plain, ".")) {
    while (absl::EndsWith(plain, "0")) plain.pop_back();
    if (absl::EndsWith(plain, ".")) plain.pop_back();
  }
  const size_t digit = plain.find_first_not_of('0');
  plain.erase(0, digit == std::string::npos ? plain.size() : digit);
  if (plain.empty() && !text.empty()) return "0";
  return absl::StartsWith(plain, ".") ? "0" + plain : plain;
}

std::vector<std::string> CompareRecords(const std::vector<CatalogRow>& rows,
                                        const std::vector<Json>& records) {
  std::map<std::string, std::vector<const Json*>> by_sku;
  for (const Json& record : records) {
    by_sku[TextOf(record, "sku")].push_back(&record);
  }
  std::vector<std::string> problems;
  for (const CatalogRow& row : rows) {
    if (row.selling_price.empty()) continue;
    const auto found = by_sku.find(row.sku);
    const size_t times = found == by_sku.end() ? 0 : found->second.size();
    if (times == 1) {
      CompareRow(row, *found->second.front(), problems);
    } else {
      problems.push_back(absl::StrCat(row.sku, ": there ", times, " times"));
    }
    if (times > 0) by_sku.erase(found);
  }
  for (const auto& entry : by_sku) {
    problems.push_back(absl::StrCat("\"", entry.first, "\" is too much"));
  }
  if (problems.size() > kProblemsMax) problems.resize(kProblemsMax);
  return problems;
}

size_t CountPriced(const std::vector<CatalogRow>& rows) {
  return static_cast<size_t>(std::count_if(
      rows.begin(), rows.end(),
      [](const CatalogRow& row) { return !row.selling_price.empty(); }));
}

}  // namespace qantara::process
