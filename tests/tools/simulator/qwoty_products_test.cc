// F80 to F82 and F84 to F87 of the contract.
#include <string>

#include "absl/strings/str_cat.h"
#include "tests/tools/simulator/qwoty_fixture.h"

namespace qantara::simulator {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class QwotyProductsTest : public QwotyFixture {};

constexpr char kSpecified[] = R"({
  "api_name": "second_widget", "recurrence_type": "one_off",
  "name": "Second Widget", "reference": "PROD-002",
  "catalog_ids": ["760e8400-e29b-41d4-a716-446655440009"],
  "inventory[sku]": "WID-002", "settings[unit_per_pack]": 1,
  "identifiers[erp]": "erp_456", "shipping[weight]": 2.50,
  "shipping[weight_unit]": "kg"})";

TEST_F(QwotyProductsTest, FlatKeysComeBackNested) {
  const RawAnswer answer = Post(kSpecified);
  EXPECT_EQ(answer.status, 201);
  EXPECT_EQ(At(answer, "success"), "true");
  EXPECT_EQ(At(answer, "data.inventory.sku"), "\"WID-002\"");
  EXPECT_EQ(At(answer, "data.settings.recurrence_type"), "\"one_off\"");
  EXPECT_EQ(At(answer, "data.identifiers.erp"), "\"erp_456\"");
  EXPECT_EQ(At(answer, "data.identifiers.crm"), "null");
  EXPECT_EQ(At(answer, "data.shipping.weight"), "2.50");
  EXPECT_EQ(At(answer, "data.is_active"), "true");
  EXPECT_EQ(At(answer, "data.recurrence_type"), "absent");
  EXPECT_THAT(At(answer, "data.catalog_ids"),
              HasSubstr("660e8400-e29b-41d4-a716-446655440001"));
  EXPECT_THAT(At(answer, "data.catalog_ids"),
              HasSubstr("760e8400-e29b-41d4-a716-446655440009"));
  EXPECT_EQ(At(answer, "data.id").size(), 38u);
  EXPECT_NE(At(answer, "data.id"), At(answer, "data.product_parent_id"));
  ASSERT_EQ(LastEntry().applied.size(), 1u);
  EXPECT_EQ(absl::StrCat("\"", LastEntry().applied[0].uuid, "\""),
            At(answer, "data.id"));
}

TEST_F(QwotyProductsTest, TheSpecificationsExampleIsThere) {
  const RawAnswer answer = Call("GET", absl::StrCat("/products/", kExampleId));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(At(answer, "data.api_name"), "\"premium_widget\"");
  EXPECT_EQ(At(answer, "data.product_parent_id"),
            absl::StrCat("\"", kExampleParentId, "\""));
  EXPECT_THAT(At(answer, "data.created_at"),
              ::testing::MatchesRegex("\"....-..-..T..:..:..Z\""));
}

TEST_F(QwotyProductsTest, StatusOfSuccessIsSwitchable) {
  Set(R"({"create_status":200})");
  EXPECT_EQ(PostNamed("a").status, 200);
}

TEST_F(QwotyProductsTest, WhatIsMissingIsToldInTheSpecifiedWords) {
  const RawAnswer answer = Post("{}");
  EXPECT_EQ(answer.status, 422);
  EXPECT_EQ(At(answer, "success"), "false");
  EXPECT_EQ(At(answer, "error"), "\"Validation error\"");
  constexpr char kDetails[] =
      "[\"Field 'api_name' is required\","
      "\"Field 'recurrence_type' is required (one_off | recurring)\","
      "\"Field 'name' is required\"]";
  EXPECT_EQ(At(answer, "details"), kDetails);
  Set(R"({"validation_status":400})");
  EXPECT_EQ(Post("{}").status, 400);
  EXPECT_EQ(Post("[]").status, 400);
  EXPECT_EQ(simulator_.ProductCount(), 1);
}

TEST_F(QwotyProductsTest, WrongFormsAreRefusedByName) {
  const RawAnswer answer = Post(R"({
    "api_name": "A-1", "recurrence_type": "weekly", "name": "x",
    "shipping[weight]": "2.5", "shipping[weight_unit]": "g",
    "category_ids": ["7"], "is_active": 1})");
  EXPECT_EQ(answer.status, 422);
  for (const char* key :
       {"api_name", "recurrence_type", "shipping[weight]",
        "shipping[weight_unit]", "category_ids", "is_active"}) {
    EXPECT_THAT(answer.body, HasSubstr(absl::StrCat("'", key, "'")));
  }
}

TEST_F(QwotyProductsTest, NestedKeysChangeNothingAndAreNoted) {
  const RawAnswer answer = Post(R"({"api_name":"a","recurrence_type":"one_off",
    "name":"x","inventory":{"sku":"S"}})");
  EXPECT_EQ(answer.status, 201);
  EXPECT_EQ(At(answer, "data.inventory.sku"), "null");
  EXPECT_THAT(LastEntry().notes, ElementsAre("no such key: inventory"));
}

TEST_F(QwotyProductsTest, ANameInUseIsRefusedUnlessSwitched) {
  EXPECT_EQ(PostNamed("premium_widget").status, 409);
  Set(R"({"duplicate_api_name":400})");
  EXPECT_EQ(PostNamed("premium_widget").status, 400);
  EXPECT_EQ(simulator_.ProductCount(), 1);
  Set(R"({"duplicate_api_name":{"accepted":true}})");
  EXPECT_EQ(PostNamed("premium_widget").status, 201);
  EXPECT_EQ(simulator_.State().Find("repeated_api_names")->keys().size(), 1u);
}

TEST_F(QwotyProductsTest, AListIsPagedAndTellsTheNextPage) {
  for (const char* name : {"b", "c"}) PostNamed(name);
  const RawAnswer first = Call("GET", "/products?limit=2&page=1");
  EXPECT_EQ(first.status, 200);
  EXPECT_EQ(At(first, "success"), "absent");
  EXPECT_EQ(At(first, "total"), "3");
  EXPECT_THAT(Each(first, "api_name"), ElementsAre("premium_widget", "b"));
  EXPECT_THAT(At(first, "next"), HasSubstr("/api/products?limit=2&page=2"));
  const RawAnswer last = Call("GET", "/products?limit=2&page=2");
  EXPECT_THAT(Each(last, "api_name"), ElementsAre("c"));
  EXPECT_EQ(At(last, "next"), "null");
  const RawAnswer past = Call("GET", "/products?limit=2&page=3");
  EXPECT_EQ(past.status, 200);
  EXPECT_EQ(At(past, "data"), "[]");
}

TEST_F(QwotyProductsTest, NoPageIsTooFar) {
  for (const char* page : {"4611686018427387905", "9223372036854775807"}) {
    for (const char* limit : {"1", "2", "100"}) {
      const RawAnswer answer =
          Call("GET", absl::StrCat("/products?limit=", limit, "&page=", page));
      EXPECT_EQ(answer.status, 200);
      EXPECT_EQ(At(answer, "data"), "[]");
      EXPECT_EQ(At(answer, "next"), "null");
    }
  }
}

TEST_F(QwotyProductsTest, ListsComeInOtherFormsAndOrders) {
  PostNamed("b");
  Set(R"({"list_form":"success","newest_first":true})");
  const RawAnswer answer = Call("GET", "/products");
  EXPECT_EQ(At(answer, "success"), "true");
  EXPECT_EQ(At(answer, "total"), "absent");
  EXPECT_THAT(Each(answer, "api_name"), ElementsAre("b", "premium_widget"));
  Set(R"({"list_form":false,"next_host":"https://evil.invalid"})");
  EXPECT_THAT(At(Call("GET", "/products?limit=1"), "next"),
              HasSubstr("https://evil.invalid/api"));
  Set(R"({"paging_ignored":"all"})");
  EXPECT_EQ(Each(Call("GET", "/products?limit=1&page=2"), "id").size(), 2u);
}

TEST_F(QwotyProductsTest, RowsMoveBetweenPages) {
  PostNamed("b");
  Set(R"({"moving_rows":{"delete":1}})");
  EXPECT_THAT(Each(Call("GET", "/products?limit=1&page=1"), "api_name"),
              ElementsAre("premium_widget"));
  EXPECT_THAT(Each(Call("GET", "/products?limit=1&page=2"), "api_name"),
              IsEmpty());
}

TEST_F(QwotyProductsTest, ReadLagHidesARowFromListsOnly) {
  Set(R"({"read_lag_ms":600000})");
  const RawAnswer made = PostNamed("late");
  EXPECT_THAT(Each(Call("GET", "/products"), "api_name"),
              ElementsAre("premium_widget"));
  const std::string id = At(made, "data.id").substr(1, 36);
  EXPECT_EQ(Call("GET", absl::StrCat("/products/", id)).status, 200);
}

TEST_F(QwotyProductsTest, PatchIsPartial) {
  const std::string path = absl::StrCat("/products/", kExampleId);
  const RawAnswer answer =
      Call("PATCH", path, R"({"name":"New","shipping[weight]":3})");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(At(answer, "data.name"), "\"New\"");
  EXPECT_EQ(At(answer, "data.shipping.weight"), "3");
  EXPECT_EQ(At(answer, "data.inventory.sku"), "\"WID-PRE-001\"");
  EXPECT_EQ(Call("PATCH", path, R"({"api_name":"x"})").status, 422);
  EXPECT_EQ(Call("PATCH", "/products/none", "{}").status, 404);
  EXPECT_EQ(simulator_.RequestCount("PATCH", "/products/{id}"), 2);
}

TEST_F(QwotyProductsTest, AParentRefusesAReference) {
  const std::string path = absl::StrCat("/product-parents/", kExampleParentId);
  EXPECT_EQ(Call("PATCH", path, R"({"reference":"x"})").status, 422);
  EXPECT_EQ(Call("PATCH", path, R"({"name":"x"})").status, 200);
}

TEST_F(QwotyProductsTest, TheOldFormKnowsParentsOnly) {
  Set(R"({"old_form":true})");
  const RawAnswer answer =
      Call("GET", absl::StrCat("/products/", kExampleParentId));
  EXPECT_EQ(At(answer, "data.id"), absl::StrCat("\"", kExampleParentId, "\""));
  EXPECT_EQ(At(answer, "data.product_parent_id"), "absent");
  EXPECT_EQ(At(answer, "data.id_crm"), "\"crm_123\"");
}

TEST_F(QwotyProductsTest, SuccessByStatusOnlyChangesNothing) {
  Set(R"({"errors_in_200":true})");
  const RawAnswer answer = PostNamed("a");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(At(answer, "success"), "false");
  EXPECT_EQ(simulator_.ProductCount(), 1);
}

}  // namespace
}  // namespace qantara::simulator
