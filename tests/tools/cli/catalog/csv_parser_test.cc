#include "tools/cli/catalog/csv_parser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace qantara::tools {
namespace {

using ::testing::HasSubstr;
using Rows = std::vector<std::vector<std::string>>;

struct Parsed {
  Rows rows;
  std::vector<uint32_t> lines;
  absl::Status status;
};

Parsed Parse(std::string text, size_t piece_bytes = kReadBytes,
             char delimiter = ',') {
  CsvParser parser(ReadText(std::move(text), piece_bytes), delimiter);
  Parsed parsed;
  CsvRow row;
  while (true) {
    const absl::StatusOr<bool> more = parser.Next(row);
    parsed.status = more.status();
    if (!more.ok() || !*more) return parsed;
    parsed.rows.push_back(row.cells);
    parsed.lines.push_back(row.line);
  }
}

struct Case {
  const char* name;
  std::string text;
  Rows rows;
  std::vector<uint32_t> lines;
};

class CsvParserTest : public ::testing::TestWithParam<Case> {};

TEST_P(CsvParserTest, SplitsHoweverTheTextArrives) {
  for (const size_t piece : {1, 2, 5, 1000}) {
    const Parsed parsed = Parse(GetParam().text, piece);
    EXPECT_TRUE(parsed.status.ok()) << parsed.status;
    EXPECT_EQ(parsed.rows, GetParam().rows);
    EXPECT_EQ(parsed.lines, GetParam().lines);
  }
}

const Case kCases[] = {
    {"Empty", "", {}, {}},
    {"Lf", "a,b\nc,d\n", {{"a", "b"}, {"c", "d"}}, {1, 2}},
    {"Crlf", "a,b\r\nc,d\r\n", {{"a", "b"}, {"c", "d"}}, {1, 2}},
    {"Cr", "a,b\rc,d\r", {{"a", "b"}, {"c", "d"}}, {1, 2}},
    {"NoFinalLineBreak", "a,b\nc,", {{"a", "b"}, {"c", ""}}, {1, 2}},
    {"EmptyLinesAreSkipped", "\r\n\na\r\n\r\nb\n\n", {{"a"}, {"b"}}, {3, 5}},
    {"EmptyQuotedCellIsARecord", "a\n\"\"\n", {{"a"}, {""}}, {1, 2}},
    {"LineBreaksInQuotesAreKept",
     "\"a\r\nb\nc\rd\",e\r\nf,g\r\n",
     {{"a\r\nb\nc\rd", "e"}, {"f", "g"}},
     {1, 5}},
    {"DoubledQuotes",
     "\"say \"\"hi\"\", now\",\"\"\"\"\n",
     {{"say \"hi\", now", "\""}},
     {1}},
    {"QuotedLastCellAtTheEnd", "a,\"b\"", {{"a", "b"}}, {1}},
    {"SpacesAreKept", " a , b\n", {{" a ", " b"}}, {1}},
    {"Arabic",
     "رمز,سعر\n\"كوب، أزرق\",٢٥\n",
     {{"رمز", "سعر"}, {"كوب، أزرق", "٢٥"}},
     {1, 2}},
};

INSTANTIATE_TEST_SUITE_P(All, CsvParserTest, ::testing::ValuesIn(kCases),
                         [](const auto& info) { return info.param.name; });

TEST(CsvParserErrorTest, MalformedTextNamesItsLine) {
  const std::string kBig(kMaxRecordBytes, 'x');
  struct Bad {
    std::string text;
    const char* message;
  };
  const Bad kBad[] = {
      {"a\nb\"c\n", "line 2: a quote inside an unquoted cell"},
      {"a\n\"b\"c\n", "line 2: text after a closing quote"},
      {"a\n\"b\nc\n", "the file ends inside a quote opened on line 2"},
      {std::string("a\nb\0\n", 5), "line 2: a NUL byte"},
      {"a\n" + kBig + "y\n", "line 2: the record is larger than 1048576"},
      {"a\n\"" + kBig + "y\n", "a quote opened on line 2 may have no end"},
      {std::string(kMaxCells, ',') + "\n", "more than 4096 cells"},
  };
  for (const Bad& bad : kBad) {
    const Parsed parsed = Parse(bad.text);
    EXPECT_EQ(parsed.status.code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(std::string(parsed.status.message()), HasSubstr(bad.message));
  }
}

TEST(CsvParserErrorTest, OtherDelimiters) {
  EXPECT_EQ(Parse("a;b,c\n", kReadBytes, ';').rows, (Rows{{"a", "b,c"}}));
  EXPECT_EQ(Parse("a\tb\n", kReadBytes, '\t').rows, (Rows{{"a", "b"}}));
}

}  // namespace
}  // namespace qantara::tools
