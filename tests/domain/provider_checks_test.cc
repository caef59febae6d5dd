#include "domain/provider_checks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "tests/domain/text_proto.h"

namespace qantara::domain {
namespace {

using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::IsEmpty;

constexpr LineRules kQoyod;
constexpr LineRules kQwoty = {.numeric_ids = false};

std::vector<std::string> Check(const v1::Product& product,
                               const LineRules& rules) {
  FieldProblems problems("");
  CheckProviderFields(product, rules, problems);
  return Summaries(std::move(problems).Take());
}

struct Case {
  std::string name;
  LineRules rules;
  std::string product;
  std::vector<std::string> problems = {};
};

class ProviderFieldsTest : public ::testing::TestWithParam<Case> {};

TEST_P(ProviderFieldsTest, AreChecked) {
  const Case& c = GetParam();
  EXPECT_THAT(Check(FromText<v1::Product>(c.product), c.rules),
              ElementsAreArray(c.problems));
}

const Case kCases[] = {
    {"NonePasses", kQoyod, ""},
    {"EmptyQoyodPasses", kQoyod, "qoyod {}"},
    {"EmptyQwotyPasses", kQwoty, "qwoty {}"},
    {"QwotyAtQoyodIsRefused", kQoyod, "qwoty {}", {"FIELD_INVALID qwoty"}},
    {"QoyodAtQwotyIsRefused", kQwoty, "qoyod {}", {"FIELD_INVALID qoyod"}},
    {"AllQoyodFieldsPass", kQoyod,
     R"pb(qoyod {
            sale_item: true
            purchase_item: false
            unit_type_id: "1"
            sales_account_id: "2"
            cogs_account_id: "3"
            purchase_account_id: "4"
            pos_product: true
            special_tax_reason_id: "5"
            buying_price_inclusive: true
            selling_price_inclusive: false
            terms_and_conditions: "شروط\n"
            attribute_set_id: "6"
            reorder_points { location_id: "7" quantity: "٢٫٥" }
          })pb"},
    {"QoyodIdsAreDigits",
     kQoyod,
     R"pb(qoyod {
            unit_type_id: "a"
            sales_account_id: "b"
            cogs_account_id: "c"
            purchase_account_id: "d"
            special_tax_reason_id: ""
            attribute_set_id: "0"
          })pb",
     {"FIELD_INVALID qoyod.unit_type_id",
      "FIELD_INVALID qoyod.sales_account_id",
      "FIELD_INVALID qoyod.cogs_account_id",
      "FIELD_INVALID qoyod.purchase_account_id",
      "FIELD_INVALID qoyod.special_tax_reason_id",
      "FIELD_INVALID qoyod.attribute_set_id"}},
    {"ReorderPointsAreChecked",
     kQoyod,
     R"pb(qoyod {
            reorder_points { location_id: "7" quantity: "-1" }
            reorder_points {}
          })pb",
     {"FIELD_INVALID qoyod.reorder_points[0].quantity",
      "FIELD_INVALID qoyod.reorder_points[1].location_id",
      "FIELD_INVALID qoyod.reorder_points[1].quantity"}},
    {"AllQwotyFieldsPass", kQwoty,
     R"pb(qwoty {
            api_name: "mug_blue_001"
            recurrence_type: "one_off"
            reference: "R"
            is_active: true
            catalog_ids: "0b6f"
            category_ids: "0b70"
            unit_per_pack: "6"
            ledger_account: "707"
            crm_id: "c"
            erp_id: "e"
            accounting_id: "4619"
            weight: "0.5"
            weight_unit: "lbs"
            height: "1"
            length: "2"
            width: "3"
            length_unit: "cm"
            country_of_origin: "SA"
            harmonized_system_code: "6911.10"
          })pb"},
    {"QwotyWordsAndFormsAreChecked",
     kQwoty,
     R"pb(qwoty {
            api_name: "Mug-1"
            recurrence_type: "monthly"
            weight_unit: "g"
            country_of_origin: "Saudi Arabia"
            catalog_ids: "ok"
            catalog_ids: ""
            unit_per_pack: "six"
            weight: "1,5"
            width: ""
          })pb",
     {"FIELD_INVALID qwoty.api_name", "FIELD_INVALID qwoty.recurrence_type",
      "FIELD_INVALID qwoty.weight_unit",
      "FIELD_INVALID qwoty.country_of_origin",
      "FIELD_INVALID qwoty.catalog_ids[1]", "FIELD_INVALID qwoty.unit_per_pack",
      "FIELD_INVALID qwoty.weight", "FIELD_INVALID qwoty.width"}},
    {"EmptyApiNameIsRefused",
     kQwoty,
     R"pb(qwoty { api_name: "" })pb",
     {"FIELD_INVALID qwoty.api_name"}},
};

INSTANTIATE_TEST_SUITE_P(All, ProviderFieldsTest, ::testing::ValuesIn(kCases),
                         [](const auto& info) { return info.param.name; });

TEST(ProviderFieldsTest, ListsAreBounded) {
  v1::Product qoyod;
  for (int i = 0; i < 100; ++i) {
    v1::ReorderPoint& point = *qoyod.mutable_qoyod()->add_reorder_points();
    point.set_location_id("1");
    point.set_quantity("1");
  }
  EXPECT_THAT(Check(qoyod, kQoyod), IsEmpty());
  qoyod.mutable_qoyod()->add_reorder_points();
  EXPECT_THAT(Check(qoyod, kQoyod),
              ElementsAre("FIELD_TOO_LONG qoyod.reorder_points"));

  v1::Product qwoty;
  for (int i = 0; i < 101; ++i) {
    qwoty.mutable_qwoty()->add_catalog_ids("x");
    qwoty.mutable_qwoty()->add_category_ids("x");
  }
  EXPECT_THAT(Check(qwoty, kQwoty),
              ElementsAre("FIELD_TOO_LONG qwoty.catalog_ids",
                          "FIELD_TOO_LONG qwoty.category_ids"));
}

TEST(ProviderFieldsTest, ProblemsAreBounded) {
  v1::Product product;
  for (int i = 0; i < 100; ++i) {
    product.mutable_qoyod()->add_reorder_points();
  }
  EXPECT_EQ(Check(product, kQoyod).size(), kMaxProblems);
}

}  // namespace
}  // namespace qantara::domain
