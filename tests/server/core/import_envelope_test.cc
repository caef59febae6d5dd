#include "server/core/import_envelope.h"

#include <gtest/gtest.h>

#include <string>

#include "domain/error.h"

namespace qantara::server {
namespace {

using Kind = ImportEnvelope::Kind;

TEST(ImportEnvelope, KeepsLinesAsBytes) {
  v1::ImportCatalogRequest request;
  request.mutable_batch()->set_first_line(7);
  request.mutable_batch()->add_lines()->set_external_id("a");
  request.mutable_batch()->add_lines();
  const std::string bytes = request.SerializeAsString();
  const auto envelope = ParseImportEnvelope(bytes);
  ASSERT_TRUE(envelope.ok()) << envelope.status();
  EXPECT_EQ(envelope->kind, Kind::kBatch);
  EXPECT_EQ(envelope->first_line, 7);
  ASSERT_EQ(envelope->lines.size(), 2);
  EXPECT_EQ(envelope->lines[0], request.batch().lines(0).SerializeAsString());
  EXPECT_EQ(envelope->lines[1], "");
}

TEST(ImportEnvelope, ReadsHeaderAndEnd) {
  v1::ImportCatalogRequest request;
  request.mutable_header()->set_import_id("spring");
  auto envelope = ParseImportEnvelope(request.SerializeAsString());
  ASSERT_TRUE(envelope.ok());
  EXPECT_EQ(envelope->header.import_id(), "spring");
  request.mutable_end()->set_last_line(9);
  envelope = ParseImportEnvelope(request.SerializeAsString());
  ASSERT_TRUE(envelope.ok());
  EXPECT_EQ(envelope->kind, Kind::kEnd);
  EXPECT_EQ(envelope->last_line, 9);
}

TEST(ImportEnvelope, SkipsFieldsOfTheFuture) {
  v1::ImportCatalogRequest request;
  request.mutable_end();
  // Field 100, a number; field 101, a text.
  const std::string bytes =
      request.SerializeAsString() + std::string("\xa0\x06\x01\xaa\x06\x01x", 7);
  EXPECT_TRUE(ParseImportEnvelope(bytes).ok());
}

struct Case {
  const char* name;
  std::string bytes;
  v1::ErrorReason reason;
  const char* field;
};

class BadEnvelope : public ::testing::TestWithParam<Case> {};

TEST_P(BadEnvelope, NamesTheField) {
  const auto envelope = ParseImportEnvelope(GetParam().bytes);
  EXPECT_EQ(domain::GetReason(envelope.status()), GetParam().reason);
  const auto problems = domain::GetProblems(envelope.status());
  ASSERT_EQ(problems.size(), 1);
  EXPECT_EQ(problems[0].field(), GetParam().field);
}

const Case kCases[] = {
    {"Nothing", "", v1::ERROR_REASON_FIELD_REQUIRED, "kind"},
    {"Garbage", "\xff\xff\xff", v1::ERROR_REASON_MESSAGE_MALFORMED, "kind"},
    {"KindIsANumber", std::string("\x08\x01", 2),
     v1::ERROR_REASON_MESSAGE_MALFORMED, "kind"},
    {"TwoKinds", std::string("\x1a\x00\x0a\x00", 4),
     v1::ERROR_REASON_MESSAGE_MALFORMED, "kind"},
    {"LengthBeyondTheEnd", std::string("\x12\x7f\x08\x01", 4),
     v1::ERROR_REASON_MESSAGE_MALFORMED, "kind"},
    {"LineIsANumber", std::string("\x12\x02\x10\x01", 4),
     v1::ERROR_REASON_MESSAGE_MALFORMED, "batch.lines"},
    {"BatchIsCutOff", std::string("\x12\x02\x12\x05", 4),
     v1::ERROR_REASON_MESSAGE_MALFORMED, "batch"},
    {"FirstLineTooLarge", std::string("\x12\x06\x08\xff\xff\xff\xff\x7f", 8),
     v1::ERROR_REASON_MESSAGE_MALFORMED, "batch.first_line"},
    {"NoLines", std::string("\x12\x00", 2), v1::ERROR_REASON_FIELD_REQUIRED,
     "batch.lines"},
    {"ConnectionIsNotUtf8", std::string("\x0a\x03\x0a\x01\xff", 5),
     v1::ERROR_REASON_INVALID_UTF8, "header.connection"},
    {"HeaderIsCutOff", std::string("\x0a\x02\x0a\x05", 4),
     v1::ERROR_REASON_MESSAGE_MALFORMED, "header"},
    {"EndIsCutOff", std::string("\x1a\x01\x08", 3),
     v1::ERROR_REASON_MESSAGE_MALFORMED, "end"},
};

INSTANTIATE_TEST_SUITE_P(All, BadEnvelope, ::testing::ValuesIn(kCases),
                         [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace qantara::server
