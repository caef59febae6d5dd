// POST /products and PUT /products/{id} (fixtures F40 to F55).
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "tests/tools/simulator/simulator_fixture.h"

namespace qantara::simulator {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

using ProductsWriteTest = SimulatorFixture;

constexpr char kMug[] =
    R"({"en_name":"Blue Ceramic Mug","name":"كوب سيراميك أزرق",)"
    R"("sku":"MUG-BLUE-001","selling_price":25.00,"category_id":42})";

std::string One(absl::string_view product) {
  return absl::StrCat(R"({"product":)", product, "}");
}

TEST_F(ProductsWriteTest, SingleCreateIs201WithCanonicalNamesAndDefaults) {
  const RawAnswer answer = Post(One(kMug));
  EXPECT_EQ(answer.status, 201);
  EXPECT_EQ(Field(answer, "id"), "1087");
  EXPECT_EQ(Field(answer, "name_en"), "\"Blue Ceramic Mug\"");
  EXPECT_EQ(Field(answer, "name_ar"), "\"كوب سيراميك أزرق\"");
  EXPECT_EQ(Field(answer, "type"), "\"Product\"");
  EXPECT_EQ(Field(answer, "selling_price"), "25.0");
  EXPECT_EQ(Field(answer, "is_sold"), "true");
  EXPECT_EQ(Field(answer, "is_bought"), "false");
  EXPECT_EQ(Field(answer, "track_quantity"), "0");
  EXPECT_EQ(Field(answer, "inventories"), "absent");
}

TEST_F(ProductsWriteTest, BatchIs200AndEqualSkusAreAccepted) {
  const RawAnswer answer = Post(Batch({"A", "B", "A"}));
  EXPECT_EQ(answer.status, 200);
  EXPECT_THAT(Skus(answer), ElementsAre("A", "B", "A"));
  EXPECT_THAT(simulator_.RepeatedSkus(), ElementsAre("A"));
  EXPECT_EQ(simulator_.ProductCount(), 3);
}

TEST_F(ProductsWriteTest, PriceDigitsAreKept) {
  Post(R"({"product":{"en_name":"x","selling_price":0.1000000000000000055,
                      "buying_price":"12345678901234567.89"}})");
  const RawAnswer answer = Get("/products/1087");
  EXPECT_EQ(Field(answer, "selling_price"), "0.1000000000000000055");
  EXPECT_EQ(Field(answer, "buying_price"), "12345678901234567.89");
}

TEST_F(ProductsWriteTest, BatchStatusAndBatchCrash) {
  Set(R"({"batch_status":201})");
  EXPECT_EQ(Post(Batch({"A", "B"})).status, 201);
  Set(R"({"batch_500":true})");
  EXPECT_EQ(Post(Batch({"C"})).status, 500);
  EXPECT_EQ(Post(One(kMug)).status, 201);
  EXPECT_EQ(simulator_.ProductCount(), 3);
}

TEST_F(ProductsWriteTest, DroppedItemsAreMissingFromTheAnswer) {
  Set(R"({"drop_items":{"skus":["B"]}})");
  EXPECT_THAT(Skus(Post(Batch({"A", "B", "C"}))), ElementsAre("A", "C"));
  EXPECT_EQ(simulator_.ProductCount(), 2);
  Set(R"({"drop_items":{"skus":["B"],"applied":true}})");
  EXPECT_THAT(Skus(Post(Batch({"B", "D"}))), ElementsAre("D"));
  EXPECT_EQ(simulator_.ProductCount(), 4);
}

TEST_F(ProductsWriteTest, ItemsComeShuffledOrWithAnotherSku) {
  std::vector<std::string> skus;
  for (int i = 0; i < 10; ++i) skus.push_back(absl::StrCat("S", i));
  Set(R"({"shuffle_items":true})");
  const std::vector<std::string> shown = Skus(Post(Batch(skus)));
  EXPECT_NE(shown, skus);
  EXPECT_THAT(shown, ::testing::UnorderedElementsAreArray(skus));
  Set(R"({"shuffle_items":false,"change_sku":{"skus":["X"],"suffix":" "}})");
  EXPECT_THAT(Skus(Post(Batch({"X", "Y"}))), ElementsAre("X ", "Y"));
}

TEST_F(ProductsWriteTest, OneBadItemRefusesTheBatchWithoutSayingWhich) {
  Set(R"({"bad_item":{"sku":"B","field":"tax_id","message":"no"}})");
  const RawAnswer answer = Post(Batch({"A", "B", "C"}));
  EXPECT_EQ(answer.status, 422);
  EXPECT_EQ(answer.body, R"({"errors":{"tax_id":["no"]}})");
  EXPECT_EQ(simulator_.ProductCount(), 0);
  Set(R"({"batch_not_atomic":true})");
  EXPECT_EQ(Post(Batch({"A", "B", "C"})).status, 422);
  EXPECT_THAT(Skus(Get("/products")), ElementsAre("A"));
  EXPECT_THAT(LastEntry().applied, ::testing::IsEmpty());
}

TEST_F(ProductsWriteTest, BadByRateIsBadForGood) {
  Set(R"({"bad_item":{"rate":0.5}})");
  int bad = 0;
  for (int i = 0; i < 20; ++i) {
    const std::string batch = Batch({absl::StrCat("R", i)});
    const int status = Post(batch).status;
    EXPECT_EQ(Post(batch).status, status);
    bad += status == 422 ? 1 : 0;
  }
  EXPECT_GT(bad, 0);
  EXPECT_LT(bad, 20);
}

TEST_F(ProductsWriteTest, BatchOfOneHasThreeForms) {
  EXPECT_THAT(Post(Batch({"A"})).body, HasSubstr(R"({"products":[{)"));
  Set(R"({"one_element":"product"})");
  EXPECT_THAT(Post(Batch({"A"})).body, HasSubstr(R"({"product":{)"));
  EXPECT_EQ(Post(Batch({"A"})).status, 201);
  Set(R"({"one_element":"product_array"})");
  EXPECT_THAT(Post(Batch({"A"})).body, HasSubstr(R"({"product":[{)"));
}

TEST_F(ProductsWriteTest, UniqueSkuNamesTheOwner) {
  Post(One(kMug));
  Set(R"({"unique_sku":true})");
  EXPECT_THAT(Post(One(kMug)).body,
              HasSubstr(R"("sku":["Reference is already taken by id 1087"])"));
  Set(R"({"unique_sku":"taken"})");
  EXPECT_THAT(Post(One(kMug)).body, HasSubstr("has already been taken"));
  EXPECT_EQ(Put(1087, One(R"({"sku":"MUG-BLUE-001"})")).status, 200);
}

struct RefusalCase {
  const char* product;
  const char* errors;
};

TEST_F(ProductsWriteTest, RefusesWhatTheSpecificationRefuses) {
  const std::string long_name(251, 'x');
  const std::string too_long =
      absl::StrCat(R"({"en_name":")", long_name, "\"}");
  const std::vector<RefusalCase> cases = {
      {R"({"sku":"X"})", R"("en_name":["can't be blank"])"},
      {R"({"en_name":"  ","name":null})", R"("en_name":["can't be blank"])"},
      {R"({"en_name":"x","category_id":999})",
       R"("category_id":["does not exist"])"},
      {R"({"en_name":"x","tax_id":999})", R"("tax_id":["does not exist"])"},
      {R"({"en_name":"x","tax_id":[1]})",
       R"("tax_id":["Please select taxes"])"},
      {R"({"en_name":"x","selling_price":"12,50"})",
       R"("selling_price":["must be a number"])"},
      {R"({"en_name":"x","type":"Toy"})",
       R"("type":["is not included in the list"])"},
      {too_long.c_str(), R"("en_name":["is too long)"},
  };
  for (const RefusalCase& c : cases) {
    const RawAnswer answer = Post(One(c.product));
    EXPECT_EQ(answer.status, 422) << c.product;
    EXPECT_THAT(answer.body, HasSubstr(c.errors));
  }
  const std::string longest(250, 'x');
  EXPECT_EQ(Post(One(absl::StrCat(R"({"name":")", longest, "\"}"))).status,
            201);
}

TEST_F(ProductsWriteTest, TenantsRequireMore) {
  Set(R"({"required":{"fields":["tax_id","selling_price","cogs_account_id",
          "base_price","name"],"min_name_length":3,"refuse_zero_price":true,
          "refuse_is_sold":true,"tax_reason":true}})");
  const std::string body = Post(One(R"({"en_name":"ab"})")).body;
  for (const char* part : {R"("tax_id":["Please select taxes"])",
                           R"("selling_price":["must be a number"])",
                           R"("cogs_account_id":["Can't be blank"])",
                           R"("base":["enter at least a purchase price)",
                           R"("name":["Please Enter The Product Name."])",
                           R"("en_name":["is too short)"}) {
    EXPECT_THAT(body, HasSubstr(part));
  }
  const std::string good =
      R"({"name":"abc","tax_id":2,"selling_price":1,"cogs_account_id":18)";
  EXPECT_THAT(Post(One(good + "}")).body, HasSubstr("special_tax_reason_id"));
  EXPECT_EQ(Post(One(good + R"(,"special_tax_reason_id":1})")).status, 201);
  EXPECT_EQ(Post(One(good + R"(,"special_tax_reason_id":3})")).status, 422);
  EXPECT_THAT(Post(One(good + R"(,"is_sold":true})")).body, HasSubstr("base"));
}

TEST_F(ProductsWriteTest, ErrorsHaveFiveShapesAndTwoLanguages) {
  const char* bad = R"({"en_name":"x","category_id":999})";
  for (const auto& [form, body] :
       std::vector<std::pair<std::string, std::string>>{
           {"E1", R"({"errors":{"category_id":["does not exist"]}})"},
           {"E9", R"({"error":"Invalid resource",)"
                  R"("messages":{"category_id":["does not exist"]}})"},
           {"E10", R"({"errors":["category_id does not exist"]})"},
           {"E11", R"({"errors":"category_id does not exist"})"},
           {"E12", R"({"category_id":["does not exist"]})"}}) {
    Set(absl::StrCat(R"({"error_form":")", form, "\"}"));
    EXPECT_EQ(Post(One(bad)).body, body);
  }
  Set(R"({"error_form":"E1","arabic_messages":true})");
  const char* arabic = R"({"errors":{"category_id":["غير موجود"]}})";
  EXPECT_EQ(Post(One(bad)).body, arabic);
  Set(R"({"arabic_messages":false})");
  EXPECT_EQ(Call("POST", "/2.0/products", One(bad),
                 absl::StrCat(RawClient::kTestKey, "\r\nLOCALE: ar"))
                .body,
            arabic);
}

TEST_F(ProductsWriteTest, AliasesAreAcceptedAndConflictsNoted) {
  Post(One(R"({"name_en":"E","ar_name":"ع"})"));
  const RawAnswer answer = Get("/products/1087");
  EXPECT_EQ(Field(answer, "name_en"), "\"E\"");
  EXPECT_EQ(Field(answer, "name_ar"), "\"ع\"");
  Post(One(R"({"name_en":"E","en_name":"F"})"));
  ASSERT_EQ(LastEntry().notes.size(), 1);
  EXPECT_EQ(Field(Get("/products/1088"), "name_en"), "\"F\"");
}

TEST_F(ProductsWriteTest, PutChangesOnlyWhatWasSent) {
  Post(One(kMug));
  const std::string before = Field(Get("/products/1087"), "updated_at");
  const RawAnswer answer =
      Put(1087,
          One(R"({"sku":"MUG-BLUE-002","buying_price":12,"type":"Service"})"));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(Field(answer, "sku"), "\"MUG-BLUE-002\"");
  EXPECT_EQ(Field(answer, "selling_price"), "25.0");
  EXPECT_EQ(Field(answer, "is_bought"), "true");
  EXPECT_EQ(Field(answer, "type"), "\"Product\"");
  EXPECT_GT(Field(answer, "updated_at"), before);
  EXPECT_THAT(Skus(Get("/products?q[sku_eq]=MUG-BLUE-001")),
              ::testing::IsEmpty());
  EXPECT_EQ(Skus(Get("/products?q[sku_eq]=MUG-BLUE-002")).size(), 1);
}

TEST_F(ProductsWriteTest, PutMayIgnoreFieldsAndStandStill) {
  Post(One(kMug));
  const std::string before = Field(Get("/products/1087"), "updated_at");
  Set(R"({"put_ignores":{"fields":["selling_price"],"keep_updated_at":true}})");
  const RawAnswer answer =
      Put(1087, One(R"({"selling_price":30,"sku":"NEW"})"));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(Field(answer, "selling_price"), "25.0");
  EXPECT_EQ(Field(answer, "sku"), "\"NEW\"");
  EXPECT_EQ(Field(answer, "updated_at"), before);
}

TEST_F(ProductsWriteTest, AnswersMayShowLessThanIsStored) {
  Set(R"({"write_excerpt":true})");
  const RawAnswer answer =
      Post(One(R"({"en_name":"x","tax_id":1,"description":"d"})"));
  EXPECT_EQ(Field(answer, "tax_id"), "absent");
  EXPECT_EQ(Field(Get("/products/1087"), "tax_id"), "1");
  EXPECT_EQ(Field(Get("/products/1087"), "description"), "\"d\"");
}

TEST_F(ProductsWriteTest, PutOfADeletedProductIs404) {
  Post(One(kMug));
  simulator_.Admin("DELETE", "/_admin/products/1087");
  const RawAnswer answer = Put(1087, One(R"({"sku":"X"})"));
  EXPECT_EQ(answer.status, 404);
  EXPECT_EQ(answer.body, "\"Product not found\"");
}

TEST_F(ProductsWriteTest, BodiesWithoutARootAreRefused) {
  EXPECT_EQ(Post("{").status, 400);
  EXPECT_EQ(Post("").status, 400);
  EXPECT_EQ(Post(R"({"sku":"X"})").status, 422);
  EXPECT_EQ(Post(R"({"product":null})").status, 422);
  EXPECT_EQ(Post(R"({"product":7})").status, 422);
  EXPECT_EQ(Post(R"({"product":[7]})").status, 422);
  EXPECT_EQ(Post("{\"product\":{\"en_name\":\"\xff\"}}").status, 400);
  EXPECT_EQ(Post(std::string(100'000, '[')).status, 400);
  Set(R"({"malformed_status":422})");
  EXPECT_EQ(Post("{").status, 422);
  EXPECT_EQ(simulator_.ProductCount(), 0);
}

TEST_F(ProductsWriteTest, ErrorsMayComeWithStatus200) {
  Set(R"({"errors_in_200":true})");
  const RawAnswer answer = Post(Batch({"A"}));
  EXPECT_EQ(answer.status, 200);
  EXPECT_THAT(answer.body, HasSubstr("errors"));
  EXPECT_THAT(answer.body, Not(HasSubstr("products")));
  EXPECT_EQ(simulator_.ProductCount(), 0);
}

TEST_F(ProductsWriteTest, JournalSaysWhatWasApplied) {
  const std::string body = Batch({"A", "B"});
  Post(body);
  const JournalEntry entry = LastEntry();
  EXPECT_EQ(entry.method, "POST");
  EXPECT_EQ(entry.company, "main");
  EXPECT_EQ(entry.credential, "api_key");
  EXPECT_EQ(entry.body, body);
  EXPECT_EQ(entry.status, 200);
  EXPECT_EQ(entry.fate, Fate::kSent);
  ASSERT_EQ(entry.applied.size(), 2);
  EXPECT_EQ(entry.applied[1].action, "created");
  EXPECT_EQ(entry.applied[1].id, 1088);
  EXPECT_EQ(entry.applied[1].sku, "B");
  EXPECT_EQ(simulator_.RequestCount("POST", "/products"), 1);
}

}  // namespace
}  // namespace qantara::simulator
