// Categories, taxes, units, accounts and locations (fixtures F60 to F62).
#include <string>

#include "gmock/gmock.h"
#include "tests/tools/simulator/simulator_fixture.h"

namespace qantara::simulator {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class ReferenceApiTest : public SimulatorFixture {
 protected:
  size_t Rows(absl::string_view target, const char* key) {
    const Json json = Json::Parse(Get(target).body).value_or(Json());
    const Json* rows = json.Find(key);
    return rows == nullptr ? 0 : rows->items().size();
  }
};

TEST_F(ReferenceApiTest, CategoriesAreUnpagedAndHaveTwoLevels) {
  Set(R"({"reference_rows":101})");
  EXPECT_EQ(Rows("/categories?page=1&per_page=100", "categories"), 101);
  EXPECT_THAT(Get("/categories").body, Not(HasSubstr("pagination")));
  EXPECT_EQ(Rows("/categories?q[level_eq]=1", "categories"), 1);
  EXPECT_EQ(Rows("/categories?q[parent_id_eq]=42", "categories"), 1);
  EXPECT_EQ(Rows("/categories?q[name_cont]=kitchen", "categories"), 1);
}

TEST_F(ReferenceApiTest, CategoriesAreCreatedAloneAndInArrays) {
  const RawAnswer one = Call("POST", "/2.0/categories",
                             R"({"category":{"name":"New","parent_id":42}})");
  EXPECT_EQ(one.status, 201);
  EXPECT_THAT(one.body, HasSubstr(R"({"category":{"id":44,"name":"New")"));
  const RawAnswer many = Call("POST", "/2.0/categories",
                              R"({"category":[{"name":"A"},{"name":"B"}]})");
  EXPECT_EQ(many.status, 201);
  EXPECT_THAT(many.body, HasSubstr(R"({"categories":[{"id":45)"));
  EXPECT_EQ(Call("POST", "/2.0/categories", R"({"category":[]})").body,
            R"({"categories":[]})");
  EXPECT_EQ(Post(R"({"product":{"en_name":"x","category_id":46}})").status,
            201);
}

TEST_F(ReferenceApiTest, WrongCategoriesAreRefusedAsAWhole) {
  for (const char* body :
       {R"({"category":[{"name":"A"},{}]})", R"({"category":7})", "{",
        R"({"category":{"name":"third level","parent_id":43}})"}) {
    EXPECT_EQ(Call("POST", "/2.0/categories", body).status, 422) << body;
  }
  EXPECT_EQ(Rows("/categories?q[name_cont]=A", "categories"),
            Rows("/categories?q[name_cont]=a", "categories"));
  EXPECT_EQ(Get("/categories/999").body,
            R"({"invoice":"category with id: 999 is not found"})");
}

TEST_F(ReferenceApiTest, EmptyListsDiffer) {
  Set(R"({"empty_resources":["categories","taxes","product_unit_types"]})");
  EXPECT_EQ(Get("/categories").body,
            "\"We could not retrieve your categories, we found nothing.\"");
  EXPECT_EQ(Get("/categories").status, 404);
  EXPECT_EQ(Get("/product_unit_types").status, 404);
  EXPECT_EQ(Get("/taxes").status, 200);
  EXPECT_THAT(Get("/taxes").body, HasSubstr(R"({"taxes":[],"pagination":)"));
}

TEST_F(ReferenceApiTest, TaxesArePagedWithIntegers) {
  EXPECT_THAT(Get("/taxes").body,
              HasSubstr(R"("pagination":{"count":3,"total":3,"perPage":100,)"
                        R"("currentPage":1,"totalPages":1})"));
  EXPECT_EQ(Rows("/taxes?page=2&per_page=2", "taxes"), 1);
  EXPECT_EQ(Rows("/taxes?page=9&per_page=2", "taxes"), 0);
  EXPECT_EQ(Rows("/taxes?q[code_eq]=Z", "taxes"), 1);
  EXPECT_EQ(Rows("/taxes?q[unknown_eq]=Z", "taxes"), 3);
  EXPECT_THAT(Get("/taxes/1").body, HasSubstr(R"({"tax":{"id":1)"));
  Set(R"({"absent_resources":["taxes"]})");
  EXPECT_EQ(Get("/taxes").body, R"({"message":"URL not found"})");
}

TEST_F(ReferenceApiTest, AccountsArePagedOnlyWithBothParameters) {
  EXPECT_THAT(Get("/accounts?per_page=1").body, Not(HasSubstr("pagination")));
  EXPECT_EQ(Rows("/accounts?per_page=1&page=1", "accounts"), 1);
  const RawAnswer refused =
      Call("POST", "/2.0/accounts", R"({"account":{"en_name":"x"}})");
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, HasSubstr(R"({"error":"Invalid resource",)"));
}

TEST_F(ReferenceApiTest, LocationsNameThemselvesTheirOwnWay) {
  EXPECT_THAT(Get("/inventories").body,
              HasSubstr(R"("name":"Main Warehouse","ar_name":)"));
  EXPECT_EQ(Get("/inventories/99").body, R"({"error":"Inventory not found"})");
  EXPECT_EQ(Call("POST", "/2.0/inventories", R"({"name":"Dammam"})").status,
            201);
  EXPECT_EQ(Call("POST", "/2.0/inventories", "{}").body,
            R"({"errors":["name can't be blank"]})");
}

TEST_F(ReferenceApiTest, OtherResourcesAnswerAsQoyodDoes) {
  EXPECT_THAT(Get("/special_tax_reasons").body, HasSubstr("VATEX-SA-32"));
  EXPECT_EQ(Get("/contacts").body, R"({"message":"Invalid ID"})");
  EXPECT_EQ(Get("/customers").status, 404);
  EXPECT_EQ(Call("DELETE", "/2.0/products/1").status, 404);
  EXPECT_EQ(Call("POST", "/2.0/taxes", "{}").status, 404);
}

}  // namespace
}  // namespace qantara::simulator
