#include "server/logging/json_line.h"

#include <gtest/gtest.h>

namespace qantara::server {
namespace {

std::string Quoted(absl::string_view text) {
  std::string out;
  AppendJsonText(text, &out);
  return out;
}

TEST(JsonLine, EscapesWhatJsonDoesNotTake) {
  EXPECT_EQ(Quoted("a\"b\\c\n"), "\"a\\\"b\\\\c\\u000a\"");
  EXPECT_EQ(Quoted("شاي"), "\"شاي\"");
  EXPECT_EQ(Quoted("a\xff"), "\"a\xef\xbf\xbd\"");
}

TEST(JsonLine, FieldsAreSeparated) {
  std::string out = "{";
  AppendJsonField("a", "1", &out);
  AppendJsonField("b", "2", &out);
  EXPECT_EQ(out, "{\"a\":\"1\",\"b\":\"2\"");
}

}  // namespace
}  // namespace qantara::server
