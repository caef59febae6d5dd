// The example clients change one field of a product.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/process/support/catalog.h"
#include "tests/process/support/must.h"
#include "tests/process/support/stage.h"
#include "tests/tools/examples/example_client.h"

namespace qantara::examples {
namespace {

using process::Must;
using process::Stage;
using simulator::Json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr char kSku[] = "MUG-BLUE-001";

class UpdateTest : public ::testing::TestWithParam<std::string> {
 protected:
  UpdateTest() : client_(GetParam(), stage_.directory().path()) {
    const std::string file = stage_.directory().Write(
        "mugs.csv", process::ToCsv({{kSku, "Blue mug", "كوب أزرق", "25.00"}}));
    EXPECT_EQ(stage_.RunCli({"import", file}).exit_code, 0);
  }

  std::unique_ptr<process::Subprocess> Update(const std::string& sku,
                                              const std::string& price) {
    return client_.Start("update_product",
                         {stage_.server().address(), "order-17", sku, price});
  }

  // Bodies of the PUT requests so far.
  std::vector<std::string> Puts() {
    std::vector<std::string> bodies;
    for (const Json& entry : stage_.simulator().Journal()) {
      if (entry.TextAt("method") == "PUT") {
        bodies.push_back(entry.TextAt("body"));
      }
    }
    return bodies;
  }

  Stage stage_;
  ExampleClient client_;
};

TEST_P(UpdateTest, ExactlyOneFieldIsSentOnceAlsoAcrossAKill) {
  stage_.simulator().Admin(
      "POST", "hold",
      R"({"methods":["PUT"],"path":"/products","when":"after"})");
  const auto run = Update(kSku, "30.50");
  stage_.simulator().Admin("GET", "hold?waiting=1&timeout_ms=60000");
  stage_.server().Kill();
  stage_.simulator().Admin("DELETE", "hold");
  Must(stage_.server().Start());

  EXPECT_EQ(Must(run->Wait(kRunTimeout)), 0) << run->err();
  EXPECT_THAT(run->out(), HasSubstr("MUG-BLUE-001 UPDATE_STATE_APPLIED 30.5"));
  EXPECT_THAT(run->err(), HasSubstr("trying again after"));
  const auto puts = Puts();
  ASSERT_EQ(puts.size(), 1);
  const Json body = *Json::Parse(puts[0]);
  EXPECT_THAT(body.keys(), ElementsAre("product"));
  EXPECT_THAT(body.items()[0].keys(), ElementsAre("selling_price"));
  EXPECT_EQ(process::PlainDecimal(body.items()[0].TextAt("selling_price")),
            "30.5");
}

TEST_P(UpdateTest, ARefusalIsToldWithItsReasonAndField) {
  const auto unknown = Update("NOBODY-HAS-THIS", "1");
  EXPECT_EQ(Must(unknown->Wait(kRunTimeout)), 1);
  EXPECT_THAT(unknown->err(), HasSubstr("PRODUCT_NOT_FOUND"));
  EXPECT_THAT(unknown->err(), Not(HasSubstr("trying again")));
  const auto malformed = Update(kSku, "cheap");
  EXPECT_EQ(Must(malformed->Wait(kRunTimeout)), 1);
  EXPECT_THAT(malformed->err(), HasSubstr("PRICE_INVALID"));
  EXPECT_THAT(malformed->err(), HasSubstr("\n  product.selling_price: "));
  EXPECT_THAT(Puts(), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Examples, UpdateTest, ::testing::ValuesIn(Languages()),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace qantara::examples
