// Messages written as text, for tables of tests.
#ifndef QANTARA_TESTS_DOMAIN_TEXT_PROTO_H_
#define QANTARA_TESTS_DOMAIN_TEXT_PROTO_H_

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "domain/error.h"
#include "qantara/v1/state.pb.h"

namespace qantara::domain {

// Parses the text format; a mistake in it fails the test.
template <typename Message>
Message FromText(const std::string& text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message))
      << text;
  return message;
}

// The problems as `REASON field`, in order.
inline std::vector<std::string> Summaries(
    const std::vector<v1::ItemProblem>& problems) {
  std::vector<std::string> summaries;
  for (const v1::ItemProblem& problem : problems) {
    EXPECT_FALSE(problem.message().empty()) << problem.DebugString();
    summaries.push_back(ReasonName(problem.reason()) + " " + problem.field());
  }
  return summaries;
}

}  // namespace qantara::domain

#endif  // QANTARA_TESTS_DOMAIN_TEXT_PROTO_H_
