#include "domain/error_catalog.h"

#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "domain/code_meanings.h"
#include "domain/error.h"

namespace qantara::domain {
namespace {

using Code = absl::StatusCode;

TEST(ErrorCatalogTest, HasEveryReasonOnce) {
  std::multiset<int> listed;
  for (const ErrorEntry& entry : ErrorCatalog()) listed.insert(entry.reason);
  const auto* reasons = v1::ErrorReason_descriptor();
  for (int i = 0; i < reasons->value_count(); ++i) {
    const auto* value = reasons->value(i);
    EXPECT_EQ(listed.count(value->number()), value->number() == 0 ? 0u : 1u)
        << value->name();
  }
}

void ExpectComplete(const ErrorMeaning& meaning, const std::string& name) {
  EXPECT_NE(meaning.codes.front(), Code::kOk) << name;
  EXPECT_NE(meaning.codes[0], meaning.codes[1]) << name;
  EXPECT_EQ(meaning.retry_seconds > 0, meaning.retry == Retry::kLater) << name;
  EXPECT_EQ(meaning.cause.back(), '.') << name;
  EXPECT_EQ(meaning.cure.back(), '.') << name;
}

TEST(ErrorCatalogTest, EveryRowSaysWhatItIsAndWhatHelps) {
  for (const ErrorEntry& entry : ErrorCatalog()) {
    ExpectComplete(entry.meaning, ReasonName(entry.reason));
  }
  for (const ErrorMeaning& meaning : CodeMeanings()) {
    ExpectComplete(meaning, absl::StatusCodeToString(meaning.codes.front()));
  }
}

// gRPC clients repeat these codes by themselves, so a reason that somebody has
// to cure may have them only where it says so: the credential.
TEST(ErrorCatalogTest, WaitingIsAdvisedWithCodesThatClientsWaitFor) {
  for (const ErrorEntry& entry : ErrorCatalog()) {
    const Code code = entry.meaning.codes.front();
    if (entry.meaning.retry == Retry::kLater) {
      EXPECT_TRUE(code == Code::kUnavailable ||
                  code == Code::kResourceExhausted)
          << ReasonName(entry.reason);
    } else if (code == Code::kUnavailable) {
      EXPECT_EQ(entry.reason, v1::ERROR_REASON_CREDENTIALS_NEEDED);
    }
  }
}

TEST(ErrorCatalogTest, ACodeThatIsNotListedGivesWayToTheUsualOne) {
  EXPECT_EQ(CodeFor(v1::ERROR_REASON_SKU_IN_USE, Code::kAlreadyExists),
            Code::kAlreadyExists);
  EXPECT_EQ(CodeFor(v1::ERROR_REASON_SKU_IN_USE, Code::kFailedPrecondition),
            Code::kFailedPrecondition);
  EXPECT_EQ(CodeFor(v1::ERROR_REASON_SKU_IN_USE, Code::kNotFound),
            Code::kAlreadyExists);
  EXPECT_EQ(CodeFor(v1::ERROR_REASON_BASE_URL_WRONG, Code::kUnavailable),
            Code::kFailedPrecondition);
  EXPECT_EQ(CodeFor(v1::ERROR_REASON_UNSPECIFIED, Code::kNotFound),
            Code::kNotFound);
}

TEST(ErrorCatalogTest, WhatPassesByItselfIsToldByReasonThenByCode) {
  EXPECT_TRUE(
      PassesByItself(Code::kResourceExhausted, v1::ERROR_REASON_OVERLOADED));
  EXPECT_TRUE(PassesByItself(Code::kUnavailable, v1::ERROR_REASON_UNSPECIFIED));
  EXPECT_FALSE(
      PassesByItself(Code::kUnavailable, v1::ERROR_REASON_CREDENTIALS_NEEDED));
  EXPECT_FALSE(PassesByItself(Code::kFailedPrecondition,
                              v1::ERROR_REASON_LOG_UNAVAILABLE));
  EXPECT_FALSE(
      PassesByItself(Code::kResourceExhausted, v1::ERROR_REASON_UNSPECIFIED));
}

TEST(ErrorCatalogTest, NamesAreReadBack) {
  EXPECT_EQ(ReasonOfName("SKU_IN_USE"), v1::ERROR_REASON_SKU_IN_USE);
  for (const char* name : {"", "SKU", "ERROR_REASON_SKU_IN_USE", "\xFF"}) {
    EXPECT_EQ(ReasonOfName(name), v1::ERROR_REASON_UNSPECIFIED) << name;
  }
  EXPECT_EQ(MeaningOf(Code::kDataLoss, v1::ERROR_REASON_UNSPECIFIED).help,
            MeaningOfCode(Code::kUnknown).help);
}

}  // namespace
}  // namespace qantara::domain
