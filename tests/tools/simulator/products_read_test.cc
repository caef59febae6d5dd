// GET /products and GET /products/{id} (fixtures F10 to F35).
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "gmock/gmock.h"
#include "tests/tools/simulator/simulator_fixture.h"

namespace qantara::simulator {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class ProductsReadTest : public SimulatorFixture {
 protected:
  void SetUp() override {
    SimulatorOptions options;
    options.examples = true;
    StartWith(options);
  }
};

TEST_F(ProductsReadTest, ListShowsTheSpecificationsExamples) {
  const RawAnswer answer = Get("/products?page=1&per_page=100");
  EXPECT_EQ(answer.status, 200);
  EXPECT_THAT(Skus(answer), ElementsAre("BW-001", "SVC-001"));
  EXPECT_THAT(answer.body,
              HasSubstr(R"("pagination":{"count":2,"total":2,"perPage":"100",)"
                        R"("currentPage":"1","totalPages":1})"));
  EXPECT_THAT(answer.body,
              HasSubstr(R"({"id":3,"name_en":"Main Warehouse",)"
                        R"("name_ar":"المستودع الرئيسي","stock":120})"));
}

TEST_F(ProductsReadTest, UntrackedProductHasNoFigures) {
  EXPECT_EQ(Field(Get("/products/43"), "inventories"), "[]");
  EXPECT_EQ(Field(Get("/products/43"), "track_quantity"), "0");
}

TEST_F(ProductsReadTest, NothingFoundIs404WithASentence) {
  for (const auto& [form, body] :
       std::vector<std::pair<std::string, std::string>>{
           {"json", "\"We found nothing\""},
           {"raw", "We found nothing"},
           {"arabic", "\"لم نجد شيئا\""},
           {"sentence",
            "\"We could not retrieve your products, we found nothing.\""}}) {
    Set(absl::StrCat("{\"empty_list\":\"", form, "\"}"));
    const RawAnswer answer = Get("/products?q[sku_eq]=NOPE");
    EXPECT_EQ(answer.status, 404);
    EXPECT_EQ(answer.body, body);
  }
  Set(R"({"empty_list":{"always":true}})");
  EXPECT_EQ(Get("/products").status, 404);
}

struct FilterCase {
  const char* query;
  std::vector<std::string> skus;
};

TEST_F(ProductsReadTest, FiltersSelectRows) {
  AdminPost("/_admin/products", R"([
      {"en_name":"Ampersand","sku":"A&B+C#1","category_id":42},
      {"en_name":"Twice","sku":"TWICE"},{"en_name":"Twice","sku":"TWICE"},
      {"name":"عربي","sku":"كوب","buying_price":3},
      {"en_name":"None","sku":null},{"en_name":"Zeros","sku":"007"}])");
  const std::vector<FilterCase> cases = {
      {"q[sku_eq]=BW-001", {"BW-001"}},
      {"q%5Bsku_eq%5D=BW-001", {"BW-001"}},
      {"q%5Bsku_eq%5D=A%26B%2BC%231", {"A&B+C#1"}},
      {"q[sku_eq]=TWICE", {"TWICE", "TWICE"}},
      {"q[sku_eq]=bw-001", {}},
      {"q[sku_eq]=%D9%83%D9%88%D8%A8", {"كوب"}},
      {"q[sku_eq]=7", {}},
      {"q[sku_cont]=-001", {"BW-001", "SVC-001"}},
      {"q[sku_in][]=007&q[sku_in][]=BW-001", {"BW-001", "007"}},
      {"q[id_in][]=43&q[id_in][]=42", {"BW-001", "SVC-001"}},
      {"q[category_id_eq]=42", {"A&B+C#1"}},
      {"q[id_gt]=42&q[id_lt]=1087", {"SVC-001"}},
      {"q[id_lteq]=42", {"BW-001"}},
      {"q[sku_null]=1", {""}},
      {"q[en_name_cont]=widget", {"BW-001"}},
      {"q[buying_price_gteq]=2.50", {"كوب"}},
      {"q[id_lt]=50&q[s]=id+desc", {"SVC-001", "BW-001"}},
      {"q[id_lt]=50&q[s]=selling_price%20desc", {"SVC-001", "BW-001"}},
      {"q[id_lt]=50&q[nonsense_eq]=1", {"BW-001", "SVC-001"}},
      {"q[id_lt]=50&q[name_en_cont]=widget", {"BW-001", "SVC-001"}},
      {"q[id_lt]=50&q[sku_eq]=", {"BW-001", "SVC-001"}},
      {"q[updated_at_gteq]=2100-01-01T00:00:00.000Z", {}},
      {"q[id_eq]=42&q[updated_at_gteq]=2000-01-01T00:00:00%2B03:00",
       {"BW-001"}},
  };
  for (const FilterCase& c : cases) {
    EXPECT_EQ(Skus(Get(absl::StrCat("/products?", c.query))), c.skus)
        << c.query;
  }
}

TEST_F(ProductsReadTest, NamedFiltersCanBeIgnored) {
  Set(R"({"filters_ignored":["sku_eq"]})");
  EXPECT_EQ(Skus(Get("/products?q[sku_eq]=NOPE")).size(), 2);
  EXPECT_EQ(Skus(Get("/products?q[id_eq]=42")).size(), 1);
}

TEST_F(ProductsReadTest, EqualityMayIgnoreCase) {
  Set(R"({"sku_eq_ignores_case":true})");
  EXPECT_THAT(Skus(Get("/products?q[sku_eq]=bw-001")), ElementsAre("BW-001"));
}

TEST_F(ProductsReadTest, AnySkuIsKeptByteForByte) {
  for (const std::string& sku :
       {std::string(250, 'x'), std::string("  outer "),
        std::string("كوب‏"), std::string("0012")}) {
    Post(Batch({sku}));
    EXPECT_THAT(Skus(Get("/products?q[s]=id+desc&per_page=1")),
                ElementsAre(sku));
  }
}

TEST_F(ProductsReadTest, PagesCutTheListAndCountAsIntegers) {
  for (int i = 0; i < 11; ++i) Post(Batch({absl::StrCat("P", i)}));
  const RawAnswer answer = Get("/products?per_page=1&page=12");
  EXPECT_THAT(Skus(answer), ElementsAre("P9"));
  EXPECT_THAT(answer.body, HasSubstr(R"("perPage":"1","currentPage":"12",)"
                                     R"("totalPages":13)"));
}

TEST_F(ProductsReadTest, PageBehindTheEndIs404OrEmpty) {
  EXPECT_EQ(Get("/products?page=2").status, 404);
  EXPECT_EQ(Get("/products?page=9223372036854775807").status, 404);
  Set(R"({"page_past_end":"empty"})");
  const RawAnswer answer = Get("/products?page=2");
  EXPECT_EQ(answer.status, 200);
  EXPECT_THAT(answer.body, HasSubstr(R"({"products":[],)"));
}

TEST_F(ProductsReadTest, PagingCanBeIgnored) {
  Set(R"({"paging_ignored":"all"})");
  EXPECT_EQ(Skus(Get("/products?page=2&per_page=1")).size(), 2);
  Post(Batch({"C"}));
  Set(R"({"paging_ignored":"one_more"})");
  EXPECT_THAT(Skus(Get("/products?page=2&per_page=1")),
              ElementsAre("BW-001", "SVC-001"));
}

TEST_F(ProductsReadTest, DeepPagesFailWhereIdBoundsWork) {
  Set(R"({"deep_page_500":{}})");
  EXPECT_EQ(Get("/products?page=1&per_page=1").status, 200);
  EXPECT_EQ(Get("/products?page=2&per_page=1").status, 500);
  EXPECT_THAT(Skus(Get("/products?q[id_gt]=42&per_page=1")),
              ElementsAre("SVC-001"));
}

TEST_F(ProductsReadTest, RowsMoveBetweenPages) {
  Set(R"({"moving_rows":{"insert":1,"count":1}})");
  EXPECT_THAT(Skus(Get("/products?page=1&per_page=1")), ElementsAre("BW-001"));
  EXPECT_THAT(Skus(Get("/products?page=2&per_page=1")), ElementsAre("BW-001"));
  Set(R"({"moving_rows":{"delete":2,"count":1}})");
  Get("/products?page=1&per_page=1");
  EXPECT_THAT(Skus(Get("/products")), ElementsAre("SVC-001"));
}

TEST_F(ProductsReadTest, PaginationHasOtherForms) {
  Set(R"({"pagination_form":"integers"})");
  EXPECT_THAT(Get("/products").body,
              HasSubstr(R"("perPage":100,"currentPage":1)"));
  Set(R"({"pagination_form":"missing"})");
  EXPECT_THAT(Get("/products").body, Not(HasSubstr("pagination")));
  Set(R"({"pagination_form":"meta"})");
  EXPECT_THAT(Get("/products").body, HasSubstr(R"("total_count":2)"));
}

TEST_F(ProductsReadTest, SingleRecordHasOtherForms) {
  EXPECT_EQ(Get("/products/999").body, "\"Product not found\"");
  Set(R"({"single_form":"array","not_found_form":"raw"})");
  EXPECT_TRUE(absl::StartsWith(Get("/products/42").body, R"({"product":[{)"));
  EXPECT_EQ(Get("/products/999").body, "Product not found");
  EXPECT_EQ(Get("/products/999").status, 404);
}

TEST_F(ProductsReadTest, ValuesHaveOtherForms) {
  Set(R"({"value_form":{"price":"text","track_quantity":"bool",
                        "flags":"integer","times":"offset"}})");
  const RawAnswer answer = Get("/products/42");
  EXPECT_EQ(Field(answer, "selling_price"), "\"25.0\"");
  EXPECT_EQ(Field(answer, "track_quantity"), "true");
  EXPECT_EQ(Field(answer, "is_sold"), "1");
  EXPECT_THAT(Field(answer, "created_at"), HasSubstr("+03:00"));
  Set(R"({"value_form":{"price":"integer","track_quantity":"text"}})");
  EXPECT_EQ(Field(Get("/products/42"), "selling_price"), "25");
  EXPECT_EQ(Field(Get("/products/42"), "track_quantity"), "\"1\"");
  Set(R"({"value_form":{"price":"null"}})");
  EXPECT_EQ(Field(Get("/products/42"), "selling_price"), "null");
}

TEST_F(ProductsReadTest, ValuesCanBeNullOrAbsent) {
  Set(R"({"null_values":{"name_en":true,"category_id":true,
                         "inventories":true}})");
  const RawAnswer answer = Get("/products/42");
  EXPECT_EQ(Field(answer, "name_en"), "null");
  EXPECT_EQ(Field(answer, "category_id"), "null");
  EXPECT_EQ(Field(answer, "inventories"), "absent");
}

TEST_F(ProductsReadTest, StockTakesNegativeZeroAndDecimalFigures) {
  for (const auto& [set, shown] :
       std::vector<std::pair<std::string, std::string>>{
           {"-3", "-3"}, {"0", "0"}, {"12.50", "12.5"}}) {
    AdminPost("/_admin/stock",
              absl::StrCat(R"({"id":42,"location_id":3,"set":)", set, "}"));
    EXPECT_THAT(Field(Get("/products/42"), "inventories"),
                HasSubstr(absl::StrCat(R"("stock":)", shown, "}")));
  }
  Set(R"({"stock_form":"text"})");
  EXPECT_THAT(Field(Get("/products/42"), "inventories"),
              HasSubstr(R"("stock":"12.5"})"));
}

TEST_F(ProductsReadTest, StockMovesByDeltaAndAtRandom) {
  AdminPost("/_admin/stock", R"({"sku":"BW-001","delta":-120.25})");
  EXPECT_THAT(Field(Get("/products/42"), "inventories"),
              HasSubstr(R"("stock":-0.25)"));
  const std::string before = Get("/products/42").body;
  AdminPost("/_admin/stock", R"({"random":{"products":5}})");
  EXPECT_NE(Get("/products/42").body, before);
  EXPECT_EQ(
      simulator_.Admin("POST", "/_admin/stock", R"({"id":9,"set":1})").status,
      404);
}

TEST_F(ProductsReadTest, TrackedProductWithoutMovementHasNoFigures) {
  Post(R"({"product":{"en_name":"x","sku":"NEW","track_quantity":1}})");
  EXPECT_EQ(Field(Get("/products/1087"), "inventories"), "[]");
}

TEST_F(ProductsReadTest, FiguresCanBeWrong) {
  Set(R"({"untracked_stock":true})");
  EXPECT_THAT(Field(Get("/products/43"), "inventories"),
              HasSubstr(R"("stock":7)"));
  Set(R"({"list_single_differ":{"sku":"BW-001","shift":5}})");
  EXPECT_THAT(Get("/products").body, HasSubstr(R"("stock":125)"));
  EXPECT_THAT(Get("/products/42").body, HasSubstr(R"("stock":120)"));
}

TEST_F(ProductsReadTest, LocationsAreRenamedAndRemoved) {
  simulator_.Admin("PUT", "/_admin/reference/inventories/3",
                   R"({"name":"Renamed"})");
  EXPECT_THAT(Get("/products/42").body, HasSubstr("Renamed"));
  simulator_.Admin("DELETE", "/_admin/reference/inventories/3");
  EXPECT_THAT(Get("/products/42").body, Not(HasSubstr("Renamed")));
  EXPECT_THAT(Get("/products/42").body, HasSubstr(R"("stock":15)"));
}

TEST_F(ProductsReadTest, DescriptionsCanBeLong) {
  Set(R"({"long_descriptions":5000})");
  EXPECT_GT(Field(Get("/products/42"), "description").size(), 5000);
}

TEST_F(ProductsReadTest, NewRowsCanBeHiddenFromListsOnly) {
  Set(R"({"read_lag_ms":3600000})");
  Post(Batch({"HIDDEN"}));
  EXPECT_THAT(Skus(Get("/products?q[sku_eq]=HIDDEN")), IsEmpty());
  EXPECT_EQ(Skus(Get("/products")).size(), 2);
  EXPECT_EQ(Get("/products/1087").status, 200);
  EXPECT_THAT(simulator_.Admin("GET", "/_admin/products").body,
              HasSubstr("HIDDEN"));
}

TEST_F(ProductsReadTest, RowsAreHiddenForDifferentTimes) {
  Set(R"({"read_lag_ms":{"ms":0,"jitter_ms":1000000000}})");
  Post(Batch({"HIDDEN"}));
  EXPECT_EQ(Skus(Get("/products")).size(), 2);
}

}  // namespace
}  // namespace qantara::simulator
