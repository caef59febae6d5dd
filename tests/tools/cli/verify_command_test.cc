#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/tools/cli/command_line.h"

namespace qantara::tools {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

v1::VerifyImportResponse Message(const std::string& text) {
  v1::VerifyImportResponse message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message));
  return message;
}

class VerifyCommandTest : public CommandLineTest {};

TEST_F(VerifyCommandTest, NothingThatDiffersIsExitCodeZero) {
  server_.catalog.verification = {
      Message("progress { records_read: 100 records_total: 7635 }"),
      Message("receipt { items: 7635 items_with_fields: 7635 records: 7640 "
              "expected_records: 7640 }")};
  EXPECT_EQ(Run({"import", "verify", "spring"}), 0) << err();
  EXPECT_EQ(server_.catalog.verify.connection(), "riyadh-store");
  EXPECT_EQ(server_.catalog.verify.import_id(), "spring");
  EXPECT_EQ(server_.catalog.verify.fields(), v1::VERIFY_FIELDS_ALL);
  EXPECT_EQ(out(),
            "compared 7,635 items, the fields of 7,635; the provider holds "
            "7,640 records, expected 7,640\nno differences\n");
}

TEST_F(VerifyCommandTest, EachDifferenceIsALineAndExitCodeOne) {
  server_.catalog.verification = {
      Message("difference { kind: VERIFY_DIFFERENCE_KIND_MISSING line: 12 "
              "sku: 'A\\n1' message: 'record 900 is gone' }"),
      Message("difference { kind: VERIFY_DIFFERENCE_KIND_COUNT "
              "message: 'the provider holds 6 records, not 7' }"),
      Message("receipt { items: 7 records: 6 expected_records: 7 differences "
              "{ kind: VERIFY_DIFFERENCE_KIND_MISSING count: 1 } differences "
              "{ kind: VERIFY_DIFFERENCE_KIND_COUNT count: 1 } }")};
  EXPECT_EQ(Run({"import", "verify", "spring"}), 1);
  EXPECT_THAT(out(),
              HasSubstr("MISSING    line 12  sku \"A\\x0A1\"  record 900 "
                        "is gone\n"));
  EXPECT_THAT(out(), HasSubstr("COUNT      the provider holds 6 records"));
  EXPECT_THAT(out(), HasSubstr("differences: MISSING 1 COUNT 1\n"));
}

TEST_F(VerifyCommandTest, WhatNobodyCountedIsSaidToBeUnknown) {
  server_.catalog.verification = {Message("receipt { items: 1 records: 0 }")};
  EXPECT_EQ(
      Run({"import", "verify", "spring", "--fields=sample", "--sample=20"}), 0);
  EXPECT_EQ(server_.catalog.verify.fields(), v1::VERIFY_FIELDS_SAMPLE);
  EXPECT_EQ(server_.catalog.verify.sample_size(), 20u);
  EXPECT_THAT(out(), HasSubstr("how many to expect is not known"));
}

TEST_F(VerifyCommandTest, AReadingThatIsNotCompleteHasNoReceipt) {
  server_.catalog.verification_end =
      grpc::Status(grpc::StatusCode::UNAVAILABLE, "could not be read");
  EXPECT_EQ(Run({"import", "verify", "spring", "--fields", "none"}), 3);
  EXPECT_THAT(err(), HasSubstr("could not be read"));
  EXPECT_THAT(out(), Not(HasSubstr("no differences")));
}

TEST_F(VerifyCommandTest, JsonIsAnObjectALineWithoutProgress) {
  server_.catalog.verification = {Message("progress { records_read: 100 }"),
                                  Message("receipt { items: 1 records: 1 }")};
  EXPECT_EQ(Run({"import", "verify", "spring", "--json"}), 0);
  EXPECT_THAT(out(), HasSubstr("{\"receipt\":{"));
  EXPECT_THAT(out(), Not(HasSubstr("progress")));
}

TEST_F(VerifyCommandTest, UnknownFieldsAndSamplesAreUsageErrors) {
  EXPECT_EQ(Run({"import", "verify", "spring", "--fields=some"}), 2);
  EXPECT_EQ(Run({"import", "verify", "spring", "--sample=0"}), 2);
  EXPECT_EQ(Run({"import", "verify"}), 2);
}

}  // namespace
}  // namespace qantara::tools
