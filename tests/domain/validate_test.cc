#include "domain/validate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "domain/error.h"
#include "domain/field_problems.h"
#include "tests/domain/text_proto.h"

namespace qantara::domain {
namespace {

using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr LineRules kQoyod;
constexpr LineRules kQwoty = {.numeric_ids = false};
constexpr LineRules kWithoutSku = {.allow_missing_sku = true};

std::string Repeated(const std::string& text, int count) {
  std::string repeated;
  for (int i = 0; i < count; ++i) repeated += text;
  return repeated;
}

struct Case {
  std::string name;
  std::string product;
  std::vector<std::string> problems = {};
  LineRules rules = kQoyod;
};

// What every case has unless it is about that.
std::string WithKeys(const std::string& fields) {
  return R"pb(sku: "A" name_en: "N")pb" + fields;
}

class CreateTest : public ::testing::TestWithParam<Case> {};

TEST_P(CreateTest, IsValidated) {
  const Case& c = GetParam();
  EXPECT_THAT(Summaries(ValidateProduct(FromText<v1::Product>(c.product),
                                        c.rules, /*for_update=*/false, "p.")),
              ElementsAreArray(c.problems));
}

const Case kKeys[] = {
    {"SkuAndEnglishNameSuffice", R"pb(sku: "A" name_en: "N")pb"},
    {"SkuAndArabicNameSuffice", R"pb(sku: "A" name_ar: "كوب")pb"},
    {"MissingSkuIsRefused", R"pb(name_en: "N")pb", {"SKU_REQUIRED p.sku"}},
    {"EmptySkuIsMissing",
     R"pb(sku: "" name_en: "N")pb",
     {"SKU_REQUIRED p.sku"}},
    {"MissingSkuPassesWhereAllowed", R"pb(name_en: "N")pb", {}, kWithoutSku},
    {"SkuOf250CharactersPasses",
     absl::StrCat(R"(name_en: "N" sku: ")", Repeated("ك", 250), "\"")},
    {"SkuOf251CharactersIsTooLong",
     absl::StrCat(R"(name_en: "N" sku: ")", Repeated("ك", 251), "\""),
     {"FIELD_TOO_LONG p.sku"}},
    {"SkuOf300BytesIsTooLong",
     absl::StrCat(R"(name_en: "N" sku: ")", Repeated("x", 300), "\""),
     {"FIELD_TOO_LONG p.sku"}},
    {"SkuMayHaveInnerSpacesAndSigns", R"pb(sku: "A&B + C#1/٣" name_en: "N")pb"},
    {"SkuWithOuterSpaceIsRefused",
     R"pb(sku: "A " name_en: "N")pb",
     {"INVISIBLE_CHARACTER p.sku"}},
    {"SkuWithZeroWidthSpaceIsRefused",
     "sku: \"A\u200b1\" name_en: \"N\"",
     {"INVISIBLE_CHARACTER p.sku"}},
    {"NamesAreRequired", R"pb(sku: "A")pb", {"NAME_REQUIRED p.name_en"}},
    {"BlankNamesAreNoNames",
     "sku: \"A\" name_en: \" \\n\" name_ar: \"\u00a0\u200b\"",
     {"NAME_REQUIRED p.name_en"}},
    {"OneBlankNamePasses", R"pb(sku: "A" name_en: "" name_ar: "كوب")pb"},
    {"NamesKeepSpacesAndLineBreaks",
     "sku: \"A\" name_en: \"  a\\n\\t b\u200e \""},
    {"NameOf250CharactersPasses",
     absl::StrCat(R"(sku: "A" name_ar: ")", Repeated("ك", 250), "\"")},
    {"NamesOf251CharactersAreTooLong",
     absl::StrCat(R"(sku: "A" name_ar: ")", Repeated("ك", 251),
                  R"(" name_en: ")", Repeated("x", 251), "\""),
     {"FIELD_TOO_LONG p.name_en", "FIELD_TOO_LONG p.name_ar"}},
    {"NameWithNulIsRefused",
     R"pb(sku: "A" name_en: "a\000b")pb",
     {"FIELD_INVALID p.name_en"}},
};

const Case kFields[] = {
    {"EveryTypePasses", WithKeys("type: PRODUCT_TYPE_RECIPE")},
    {"UnknownTypeIsRefused", WithKeys("type: 77"), {"FIELD_INVALID p.type"}},
    {"ProductMayBeTracked",
     WithKeys("type: PRODUCT_TYPE_PRODUCT track_quantity: true")},
    {"UnspecifiedTypeMayBeTracked", WithKeys("track_quantity: true")},
    {"ServiceIsNotTracked",
     WithKeys("type: PRODUCT_TYPE_SERVICE track_quantity: true"),
     {"FIELDS_CONFLICT p.track_quantity"}},
    {"ServiceMaySayThatItIsNotTracked",
     WithKeys("type: PRODUCT_TYPE_SERVICE track_quantity: false")},
    {"PricesPass",
     WithKeys(R"pb(selling_price: "25.00" buying_price: "٢٥٫٠٠")pb")},
    {"BothPricesAreChecked",
     WithKeys(R"pb(selling_price: "12,50" buying_price: "-1")pb"),
     {"PRICE_INVALID p.selling_price", "PRICE_INVALID p.buying_price"}},
    {"BlankPriceIsRefused",
     WithKeys(R"pb(selling_price: "")pb"),
     {"PRICE_INVALID p.selling_price"}},
    {"NumericIdsPass", WithKeys(R"pb(category_id: "12"
                                     tax_id: "999999999999999999")pb")},
    {"IdsAreDigitsAtQoyod",
     WithKeys(R"pb(category_id: "a" tax_id: "1,2")pb"),
     {"FIELD_INVALID p.category_id", "FIELD_INVALID p.tax_id"}},
    {"IdsHaveNoZeroInFront",
     WithKeys(R"pb(category_id: "0" tax_id: "012")pb"),
     {"FIELD_INVALID p.category_id", "FIELD_INVALID p.tax_id"}},
    {"IdsAreNotEmptyNorTooLong",
     WithKeys(R"pb(category_id: "" tax_id: "1234567890123456789")pb"),
     {"FIELD_INVALID p.category_id", "FIELD_INVALID p.tax_id"}},
    {"IdsInArabicDigitsAreRefused",
     WithKeys(R"pb(category_id: "١٢")pb"),
     {"FIELD_INVALID p.category_id"}},
    {"IdsAreOpaqueAtQwoty",
     WithKeys(R"pb(category_id: "0b6f-4c" tax_id: "x")pb"),
     {},
     kQwoty},
    {"OpaqueIdsAreVisible",
     WithKeys(R"pb(category_id: " a" tax_id: "")pb"),
     {"FIELD_INVALID p.category_id", "FIELD_INVALID p.tax_id"},
     kQwoty},
    {"LongTextsPass",
     WithKeys(absl::StrCat("description: \"", Repeated("ك", 10'000),
                           "\" barcode: \"", Repeated("1", 250), "\""))},
    {"LongerTextsAreTooLong",
     WithKeys(absl::StrCat("description: \"", Repeated("ك", 10'001),
                           "\" barcode: \"", Repeated("1", 251), "\"")),
     {"FIELD_TOO_LONG p.description", "FIELD_TOO_LONG p.barcode"}},
    {"AllProblemsAreReported",
     R"pb(sku: " " type: 9 selling_price: "1e3" category_id: "x")pb",
     {"INVISIBLE_CHARACTER p.sku", "NAME_REQUIRED p.name_en",
      "FIELD_INVALID p.type", "PRICE_INVALID p.selling_price",
      "FIELD_INVALID p.category_id"}},
};

std::string NameOf(const ::testing::TestParamInfo<Case>& info) {
  return info.param.name;
}

INSTANTIATE_TEST_SUITE_P(Keys, CreateTest, ::testing::ValuesIn(kKeys), NameOf);
INSTANTIATE_TEST_SUITE_P(Fields, CreateTest, ::testing::ValuesIn(kFields),
                         NameOf);

class UpdateTest : public ::testing::TestWithParam<Case> {};

TEST_P(UpdateTest, IsValidated) {
  const Case& c = GetParam();
  EXPECT_THAT(Summaries(ValidateProduct(FromText<v1::Product>(c.product),
                                        c.rules, /*for_update=*/true, "p.")),
              ElementsAreArray(c.problems));
}

const Case kUpdates[] = {
    {"OnePriceSuffices", R"pb(selling_price: "30.00")pb"},
    {"NothingPasses", ""},
    {"SkuMayChange", R"pb(sku: "MUG-BLUE-002")pb"},
    {"SkuMayNotBeRemoved", R"pb(sku: "")pb", {"SKU_REQUIRED p.sku"}},
    {"SkuMayNotBeRemovedEvenWhereAbsentOnesPass",
     R"pb(sku: "")pb",
     {"SKU_REQUIRED p.sku"},
     kWithoutSku},
    {"NewSkuIsChecked", R"pb(sku: "A ")pb", {"INVISIBLE_CHARACTER p.sku"}},
    {"OneNameMayBeEmptied", R"pb(name_en: "")pb"},
    {"BothNamesMayNotBeEmptied",
     R"pb(name_en: "" name_ar: " ")pb",
     {"NAME_REQUIRED p.name_en"}},
    {"TypeIsImmutable",
     "type: PRODUCT_TYPE_PRODUCT",
     {"FIELD_IMMUTABLE p.type"}},
    {"TrackingMayChange", "track_quantity: true"},
    {"PriceIsChecked",
     R"pb(buying_price: " 5")pb",
     {"PRICE_INVALID p.buying_price"}},
};

INSTANTIATE_TEST_SUITE_P(All, UpdateTest, ::testing::ValuesIn(kUpdates),
                         NameOf);

TEST(ValidateProductTest, MessagesSayWhatIsWanted) {
  const auto problems = ValidateProduct(
      FromText<v1::Product>(WithKeys(R"pb(selling_price: " "
                                          buying_price: "12,50")pb")),
      kQoyod, /*for_update=*/false, "product.");
  ASSERT_EQ(problems.size(), 2u);
  EXPECT_THAT(problems[0].message(), HasSubstr("is blank"));
  EXPECT_THAT(problems[1].message(), HasSubstr("\"12,50\" is not a plain"));
  EXPECT_THAT(problems[1].message(), HasSubstr("25.00"));
}

TEST(ValidateExternalIdTest, ChecksTheForm) {
  EXPECT_THAT(ValidateExternalId("", "external_id"), IsEmpty());
  EXPECT_THAT(ValidateExternalId("gid://shop/Product/1", "external_id"),
              IsEmpty());
  EXPECT_THAT(ValidateExternalId(Repeated("ك", 128), "external_id"), IsEmpty());
  EXPECT_THAT(Summaries(ValidateExternalId(Repeated("x", 129), "external_id")),
              ElementsAre("FIELD_TOO_LONG external_id"));
  EXPECT_THAT(Summaries(ValidateExternalId("a\u200f", "external_id")),
              ElementsAre("INVISIBLE_CHARACTER external_id"));
}

TEST(NormalizeDecimalsTest, ChangesNothingThatIsNormal) {
  auto product =
      FromText<v1::Product>(WithKeys(R"pb(selling_price: "25.00"
                                          qoyod { sale_item: true })pb"));
  const std::string before = product.SerializeAsString();
  EXPECT_FALSE(NormalizeDecimals(&product));
  EXPECT_EQ(product.SerializeAsString(), before);
}

TEST(NormalizeDecimalsTest, ChangesEveryDecimal) {
  auto product =
      FromText<v1::Product>(R"pb(
        name_ar: "٢٥"
        selling_price: "٢٥٫٠٠"
        buying_price: "007"
        qoyod { reorder_points { location_id: "1" quantity: "٣" } }
        qwoty {
          unit_per_pack: "٦"
          weight: "١"
          height: "٢"
          length: "٣"
          width: "٤"
        })pb");
  EXPECT_TRUE(NormalizeDecimals(&product));
  const auto expected =
      FromText<v1::Product>(R"pb(
        name_ar: "٢٥"
        selling_price: "25.00"
        buying_price: "7"
        qoyod { reorder_points { location_id: "1" quantity: "3" } }
        qwoty {
          unit_per_pack: "6"
          weight: "1"
          height: "2"
          length: "3"
          width: "4"
        })pb");
  EXPECT_EQ(product.DebugString(), expected.DebugString());
  EXPECT_FALSE(NormalizeDecimals(&product));
}

TEST(NormalizeDecimalsTest, LeavesAbsentFieldsAbsent) {
  v1::Product product;
  EXPECT_FALSE(NormalizeDecimals(&product));
  EXPECT_EQ(product.ByteSizeLong(), 0u);
}

TEST(ValidateClientIdTest, TakesLettersDigitsAndThreeSigns) {
  for (const std::string& id :
       {std::string("a"), std::string("2026-05-18_full.v2"),
        Repeated("x", 128)}) {
    EXPECT_TRUE(ValidateClientId(id, "import_id").ok()) << id;
  }
  EXPECT_EQ(GetReason(ValidateClientId("", "import_id")),
            v1::ERROR_REASON_FIELD_REQUIRED);
  EXPECT_EQ(GetReason(ValidateClientId(Repeated("x", 129), "import_id")),
            v1::ERROR_REASON_FIELD_TOO_LONG);
  for (const std::string& id :
       {std::string("a b"), std::string("a/b"), std::string("~a"),
        std::string("كوب"), std::string("a\0b", 3), std::string("a\n"),
        std::string("\xff")}) {
    const absl::Status status = ValidateClientId(id, "import_id");
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    EXPECT_EQ(GetReason(status), v1::ERROR_REASON_FIELD_INVALID);
    EXPECT_THAT(std::string(status.message()), HasSubstr("import_id"));
  }
}

}  // namespace
}  // namespace qantara::domain
