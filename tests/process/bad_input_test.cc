// Hostile and broken clients: a clear status with the field's path; the import
// goes on where it can and is resumed where it cannot.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "tests/process/support/import_stream.h"
#include "tests/process/support/stage.h"
#include "tests/process/support/wait_until.h"

namespace qantara::process {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::StartsWith;
using v1::ImportCatalogResponse;

// Field 2 of a line is its product, field 3 of that its Arabic name; field 1 of
// a message is the header, field 3 of that its source name. The generated
// classes do not write bytes that are not UTF-8, so they are added raw.
constexpr char kBadText[] = "\x1a\x02\xff\xfe";

void AddRaw(int field, google::protobuf::Message& message) {
  message.GetReflection()->MutableUnknownFields(&message)->AddLengthDelimited(
      field, kBadText);
}

v1::CatalogLine Priced(const std::string& sku, const std::string& price) {
  v1::CatalogLine line = GoodLine(sku);
  line.mutable_product()->set_selling_price(price);
  return line;
}

v1::CatalogLine Nameless() {
  v1::CatalogLine line = GoodLine("N-1");
  line.mutable_product()->clear_name_en();
  line.mutable_product()->clear_name_ar();
  return line;
}

v1::CatalogLine BadText() {
  v1::CatalogLine line = GoodLine("U-1");
  AddRaw(2, line);
  return line;
}

struct BadLine {
  v1::CatalogLine line;
  std::string field;
  v1::ErrorReason reason;
};

TEST(BadInputTest, ABadLineIsInvalidWithItsFieldAndTheOthersGoOn) {
  const BadLine kBad[] = {
      {Nameless(), "product.name_en", v1::ERROR_REASON_NAME_REQUIRED},
      {GoodLine(std::string(300, 'S')), "product.sku",
       v1::ERROR_REASON_FIELD_TOO_LONG},
      {GoodLine("A\xE2\x80\x8B-1"), "product.sku",
       v1::ERROR_REASON_INVISIBLE_CHARACTER},
      {GoodLine(" A-1"), "product.sku", v1::ERROR_REASON_INVISIBLE_CHARACTER},
      {BadText(), "product.name_ar", v1::ERROR_REASON_INVALID_UTF8},
      {Priced("P-1", "12,50"), "product.selling_price",
       v1::ERROR_REASON_PRICE_INVALID},
      {Priced("P-2", "1e3"), "product.selling_price",
       v1::ERROR_REASON_PRICE_INVALID},
      {Priced("P-3", "-1"), "product.selling_price",
       v1::ERROR_REASON_PRICE_INVALID},
      {Priced("P-4", ""), "product.selling_price",
       v1::ERROR_REASON_PRICE_INVALID},
  };
  Stage stage;
  ImportStream stream(stage.api());
  stream.WriteHeader("bad-lines");
  std::vector<v1::CatalogLine> lines;
  for (const BadLine& bad : kBad) lines.push_back(bad.line);
  lines.push_back(Priced("GOOD", "٢٥٫٠٠"));
  stream.WriteLines(1, lines);
  stream.WriteEnd();
  stream.ReadUntil(ImportCatalogResponse::kSummary);
  EXPECT_TRUE(stream.Finish().ok());

  const std::vector<v1::ImportItem> items = stage.api().Items("bad-lines");
  ASSERT_EQ(items.size(), lines.size());
  for (size_t i = 0; i < std::size(kBad); ++i) {
    EXPECT_EQ(items[i].state(), v1::ITEM_STATE_INVALID) << i;
    ASSERT_EQ(items[i].problems_size(), 1) << items[i].ShortDebugString();
    EXPECT_EQ(items[i].problems(0).field(), kBad[i].field) << i;
    EXPECT_EQ(items[i].problems(0).reason(), kBad[i].reason)
        << items[i].ShortDebugString();
  }
  EXPECT_EQ(items.back().state(), v1::ITEM_STATE_CREATED);
  const auto records = stage.simulator().Products();
  ASSERT_EQ(records.size(), 1);
  EXPECT_EQ(records[0].TextAt("sku"), "GOOD");
  EXPECT_EQ(records[0].TextAt("selling_price"), "25.0");
}

TEST(BadInputTest, AMessageOverTheBoundEndsTheStreamAndTheImportIsResumed) {
  Stage stage;
  {
    ImportStream stream(stage.api());
    stream.WriteHeader("too-large");
    stream.WriteLines(1, {GoodLine("A-1")});
    stream.ReadUntilDurable(1);
    v1::CatalogLine large = GoodLine("A-2");
    large.mutable_product()->set_description(std::string(size_t{5} << 20, 'x'));
    stream.WriteLines(2, {large});
    EXPECT_EQ(stream.Finish().error_code(),
              grpc::StatusCode::RESOURCE_EXHAUSTED);
  }
  ImportStream again(stage.api());
  again.WriteHeader("too-large");
  EXPECT_EQ(
      again.ReadUntil(ImportCatalogResponse::kOpened).opened().next_line(), 2);
  again.WriteLines(2, {GoodLine("A-2")});
  again.WriteEnd();
  again.ReadUntil(ImportCatalogResponse::kSummary);
  EXPECT_EQ(stage.api().Import("too-large").counts().created(), 2);
}

TEST(BadInputTest, AHeaderWithInvalidTextIsRefusedWithItsField) {
  Stage stage;
  ImportStream stream(stage.api());
  v1::ImportCatalogRequest request;
  AddRaw(1, request);
  stream.Write(request);
  const grpc::Status status = stream.Finish();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(ReasonOf(status), "INVALID_UTF8");
  EXPECT_THAT(FieldsOf(status), ElementsAre(StartsWith("header.source_name")));
  EXPECT_THAT(stage.api().Imports(), IsEmpty());
}

TEST(BadInputTest, AnUnknownConnectionIsNotFound) {
  Stage stage;
  ImportStream stream(stage.api());
  stream.WriteHeader("x", "jeddah-store");
  const grpc::Status status = stream.Finish();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(ReasonOf(status), "CONNECTION_NOT_FOUND");
}

TEST(BadInputTest, ASecondHeaderEndsTheStreamAndTheImportIsResumed) {
  Stage stage;
  {
    ImportStream stream(stage.api());
    stream.WriteHeader("twice");
    stream.WriteLines(1, {GoodLine("A-1")});
    stream.ReadUntilDurable(1);
    stream.WriteHeader("twice");
    const grpc::Status status = stream.Finish();
    EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
    EXPECT_EQ(ReasonOf(status), "HEADER_UNEXPECTED");
    EXPECT_THAT(FieldsOf(status), ElementsAre(StartsWith("header")));
  }
  ImportStream again(stage.api());
  again.WriteHeader("twice");
  again.WriteEnd();
  again.ReadUntil(ImportCatalogResponse::kSummary);
  EXPECT_EQ(stage.api().Import("twice").counts().created(), 1);
}

TEST(BadInputTest, AStreamThatBreaksOffIsResumedAndRepeatedLinesCountOnce) {
  Stage stage;
  std::vector<v1::CatalogLine> lines;
  for (int i = 1; i <= 10; ++i)
    lines.push_back(GoodLine(absl::StrCat("B-", i)));
  {
    ImportStream stream(stage.api());
    stream.WriteHeader("broken");
    stream.WriteLines(1, lines);
    stream.ReadUntilDurable(10);
    stream.BreakOff();
  }
  const v1::Import open = stage.api().Import("broken");
  EXPECT_EQ(open.state(), v1::IMPORT_STATE_OPEN);
  EXPECT_EQ(open.next_line(), 11);
  // What was received is delivered meanwhile.
  EXPECT_TRUE(WaitUntil(absl::Seconds(30), [&] {
    return stage.api().Import("broken").counts().created() == 10;
  }));
  stage.KillAndRestart();

  ImportStream again(stage.api());
  again.WriteHeader("broken");
  EXPECT_EQ(
      again.ReadUntil(ImportCatalogResponse::kOpened).opened().next_line(), 11);
  again.WriteLines(1, lines);
  again.WriteLines(11, {GoodLine("B-11")});
  again.WriteEnd();
  const auto summary =
      again.ReadUntil(ImportCatalogResponse::kSummary).summary();
  EXPECT_EQ(summary.received_lines(), 11);
  EXPECT_EQ(summary.counts().created(), 11);
  EXPECT_EQ(stage.simulator().Products().size(), 11);
}

// QANTARA_UNREAD_LINES asks for more lines than a quick run takes.
uint32_t UnreadLines() {
  uint32_t lines = 0;
  const char* wanted = std::getenv("QANTARA_UNREAD_LINES");
  return wanted != nullptr && absl::SimpleAtoi(wanted, &lines) ? lines : 50'000;
}

TEST(BadInputTest, AClientThatWritesAllBeforeItReadsFinishes) {
  constexpr uint32_t kBatch = 1000;
  constexpr absl::Duration kLongest = absl::Minutes(20);
  const uint32_t total = UnreadLines();
  Stage stage;
  ImportStream stream(stage.api(), kLongest);
  ASSERT_TRUE(stream.WriteHeader("unread"));
  for (uint32_t first = 1; first <= total; first += kBatch) {
    std::vector<v1::CatalogLine> lines;
    for (uint32_t line = first; line < first + kBatch; ++line) {
      // Invalid ones, so that nothing has to be delivered.
      lines.push_back(Priced(absl::StrCat("W-", line), "1e3"));
    }
    ASSERT_TRUE(stream.WriteLines(first, lines)) << first;
  }
  ASSERT_TRUE(stream.WriteEnd());
  const auto summary =
      stream.ReadUntil(ImportCatalogResponse::kSummary).summary();
  EXPECT_EQ(summary.received_lines(), total);
  EXPECT_EQ(summary.counts().invalid(), total);
  EXPECT_EQ(summary.balance(), 0);
  EXPECT_TRUE(stream.Finish().ok());
}

}  // namespace
}  // namespace qantara::process
