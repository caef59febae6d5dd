#include "tools/simulator/json.h"

#include <string>

#include "gtest/gtest.h"

namespace qantara::simulator {
namespace {

TEST(JsonTest, WritesBackWhatItRead) {
  const std::string text =
      R"({"n":25.00,"big":123456789012345678901234567890.10,"s":"كوب \"x\"\n",)"
      R"("a":[true,false,null,{}],"zero":"\u0000"})";
  const auto json = Json::Parse(text);
  ASSERT_TRUE(json.ok()) << json.status();
  EXPECT_EQ(json->ToText(), text);
}

TEST(JsonTest, TellsNumbersFromStrings) {
  const auto json = Json::Parse(R"({"n":7,"s":"7","f":7.5})");
  ASSERT_TRUE(json.ok());
  EXPECT_TRUE(json->Find("n")->is_number());
  EXPECT_TRUE(json->Find("s")->is_string());
  EXPECT_EQ(json->Find("s")->AsInteger(), 7);
  EXPECT_EQ(json->Find("f")->AsInteger(), std::nullopt);
}

TEST(JsonTest, LastOfRepeatedMembersCounts) {
  EXPECT_EQ(Json::Parse(R"({"a":"1","a":"2"})").value().TextAt("a"), "2");
}

TEST(JsonTest, RefusesWhatIsNotJson) {
  for (const std::string& text :
       {std::string(""), std::string("{"), std::string("{}x"),
        std::string("\"\xff\""), std::string("[01]"),
        std::string(200, '[') + std::string(200, ']')}) {
    EXPECT_FALSE(Json::Parse(text).ok()) << text;
  }
}

}  // namespace
}  // namespace qantara::simulator
