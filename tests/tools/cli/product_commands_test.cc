#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/tools/cli/command_line.h"

namespace qantara::tools {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class ProductCommandsTest : public CommandLineTest {};

TEST_F(ProductCommandsTest, AnUpdateNamesExactlyTheFieldsGiven) {
  server_.products.update_answer.set_state(v1::UPDATE_STATE_APPLIED);
  EXPECT_EQ(Run({"product", "update", "MUG=1", "selling-price=30.00", "--set",
                 "sku=MUG-2", "sale_item=yes", "--request_id=r1"}),
            0)
      << err();
  const v1::UpdateProductRequest& request = server_.products.update;
  EXPECT_EQ(request.connection(), "riyadh-store");
  EXPECT_EQ(request.request_id(), "r1");
  EXPECT_EQ(request.key().sku(), "MUG=1");
  EXPECT_EQ(request.product().selling_price(), "30.00");
  EXPECT_EQ(request.product().sku(), "MUG-2");
  EXPECT_TRUE(request.product().qoyod().sale_item());
  EXPECT_EQ(request.wait(), v1::WAIT_LEVEL_APPLIED);
  EXPECT_THAT(request.update_mask().paths(),
              ElementsAre("selling_price", "qoyod.sale_item", "sku"));
  EXPECT_THAT(out(), HasSubstr("APPLIED"));
}

TEST_F(ProductCommandsTest, AMaskOfOnesOwnReachesTheServer) {
  EXPECT_EQ(Run({"product", "update", "77", "--by=remote_id", "name_en=x",
                 "--update_mask=name_en,wings", "--wait=durable",
                 "--expected_revision=4"}),
            0)
      << err();
  const v1::UpdateProductRequest& request = server_.products.update;
  EXPECT_EQ(request.key().remote_id(), "77");
  EXPECT_THAT(request.update_mask().paths(), ElementsAre("name_en", "wings"));
  EXPECT_EQ(request.wait(), v1::WAIT_LEVEL_DURABLE);
  EXPECT_EQ(request.expected_revision(), 4u);
}

TEST_F(ProductCommandsTest, ARejectedUpdateIsExitCodeOne) {
  server_.products.update_answer.set_state(v1::UPDATE_STATE_REJECTED);
  server_.products.update_answer.set_reason(v1::ERROR_REASON_PROVIDER_REJECTED);
  EXPECT_EQ(Run({"product", "update", "A", "name_en=x"}), 1);
  EXPECT_THAT(out(), HasSubstr("REJECTED [PROVIDER_REJECTED]"));
  EXPECT_EQ(err(),
            "qantara: the update did not go through (PROVIDER_REJECTED; try: "
            "qantara product get KEY)\n");
}

TEST_F(ProductCommandsTest, WrongFieldsAreUsageErrors) {
  EXPECT_EQ(Run({"product", "update", "A"}), 2);
  EXPECT_EQ(Run({"product", "update", "A", "wings=2"}), 2);
  EXPECT_THAT(err(), HasSubstr("\"wings\" is no field; the fields are"));
  EXPECT_EQ(Run({"product", "update", "A", "name_en"}), 2);
  EXPECT_EQ(Run({"product", "update", "A", "track_quantity=maybe"}), 2);
  EXPECT_EQ(Run({"product", "update", "A", "type=Boat"}), 2);
  EXPECT_EQ(Run({"product", "update", "A", "external_id=1"}), 2);
  EXPECT_EQ(Run({"product", "get", "A", "--by=heart"}), 2);
}

TEST_F(ProductCommandsTest, AnErrorShowsItsReasonAndFields) {
  server_.products.status =
      grpc::Status(grpc::StatusCode::INVALID_ARGUMENT, "one field is wrong");
  EXPECT_EQ(Run({"product", "create", "name_en=x"}), 2);
  EXPECT_EQ(err(),
            "qantara: one field is wrong (INVALID_ARGUMENT; try: qantara "
            "product create --help)\n");
}

TEST_F(ProductCommandsTest, ACreatedProductIsShown) {
  server_.products.product.set_remote_id("10873");
  server_.products.product.mutable_acknowledged()->set_selling_price("30.0");
  EXPECT_EQ(Run({"product", "create", "sku=A", "external_id=e1", "type=Service",
                 "--existing=fail"}),
            0)
      << err();
  EXPECT_EQ(server_.products.create.external_id(), "e1");
  EXPECT_EQ(server_.products.create.product().type(), v1::PRODUCT_TYPE_SERVICE);
  EXPECT_EQ(server_.products.create.existing_policy(),
            v1::EXISTING_POLICY_FAIL);
  EXPECT_THAT(out(), HasSubstr("10873"));
  EXPECT_THAT(out(), HasSubstr("selling_price"));
}

TEST_F(ProductCommandsTest, TextOfOthersCannotSteerTheTerminal) {
  server_.products.product.set_sku("A\x1b[2J");
  EXPECT_EQ(Run({"product", "get", "A"}), 0);
  EXPECT_THAT(out(), HasSubstr("A\\x1B[2J"));
}

}  // namespace
}  // namespace qantara::tools
