#include "tests/domain/decide/decide_case.h"

namespace qantara::domain {
namespace {

// Locations: what is new, renamed, or the default one now.
class DecideLocationsTest : public ::testing::TestWithParam<DecideCase> {};

TEST_P(DecideLocationsTest, Decides) { RunCase(GetParam()); }

const RemoteLocation kMain = {"3", "Main", "رئيسي", true};

std::string Stock(const std::string& location) {
  return "id: '7' sku: 'A' track_quantity: true stock_told: true stock { "
         "location_id: '3' quantity: '5' " +
         location + " }";
}

const DecideCase kListed[] = {
    {"AListedLocationIsNewWithItsFlag",
     {},
     ObserveLocations({kMain}),
     {R"pb(locations_observed {
             observe_time { seconds: 1790000000 }
             locations {
               location_id: "3"
               name_en: "Main"
               name_ar: "رئيسي"
               is_default: true
             }
           })pb"}},
    {"TheSameListingIsNoEvent",
     {ObserveLocations({kMain})},
     ObserveLocations({kMain}),
     {}},
    {"AnEmptyListingSaysNothing",
     {ObserveLocations({kMain})},
     ObserveLocations({}),
     {}},
    {"WhatIsNotToldStays",
     {ObserveLocations({kMain})},
     ObserveLocations({{"3", "", "", std::nullopt}}),
     {}},
    {"AnotherDefaultIsToldForBoth",
     {ObserveLocations({kMain, {"4", "Shop", "", false}})},
     ObserveLocations({{"4", "Shop", "", true}, {"3", "Main", "", false}}),
     {R"pb(locations_observed {
             observe_time { seconds: 1790000001 }
             locations {
               location_id: "3"
               name_en: "Main"
               name_ar: "رئيسي"
               is_default: false
               previous_name_en: "Main"
               previous_name_ar: "رئيسي"
             }
             locations {
               location_id: "4"
               name_en: "Shop"
               is_default: true
               previous_name_en: "Shop"
               previous_name_ar: ""
             }
           })pb"}},
    {"ALocationWithoutIdIsNone",
     {},
     ObserveLocations({{"", "Main", "", true}}),
     {}},
    {"OfALocationThatProductsNameOnlyTheFlagCounts",
     {ObserveStock({Stock("name_en: 'Main'")})},
     ObserveLocations({{"3", "MAIN ", "", true}}, {"3"}),
     {R"pb(locations_observed {
             observe_time { seconds: 1790000002 }
             locations {
               location_id: "3"
               name_en: "Main"
               is_default: true
               previous_name_en: "Main"
               previous_name_ar: ""
             }
           })pb"}},
    {"ALocationThatIsSaidToBeNamedAndIsNotIsNew",
     {},
     ObserveLocations({{"3", "Main", "", std::nullopt}}, {"3"}),
     {R"pb(locations_observed {
             observe_time { seconds: 1790000000 }
             locations { location_id: "3" name_en: "Main" }
           })pb"}},
};
INSTANTIATE_TEST_SUITE_P(Listed, DecideLocationsTest,
                         ::testing::ValuesIn(kListed), NameOfCase);

const DecideCase kNamedByProducts[] = {
    {"ProductsKeepTheFlagOfTheListing",
     {ObserveLocations({kMain}),
      ObserveStock({Stock("name_en: 'Main' name_ar: 'رئيسي'")})},
     ObserveStock({Stock("name_en: 'New' name_ar: 'جديد'")}),
     {R"pb(locations_observed {
             observe_time { seconds: 1790000002 }
             locations {
               location_id: "3"
               name_en: "New"
               name_ar: "جديد"
               is_default: true
               previous_name_en: "Main"
               previous_name_ar: "رئيسي"
             }
           })pb"}},
    {"AProductThatTellsNoNameChangesNone",
     {ObserveStock({Stock("name_en: 'Main'")})},
     ObserveStock({Stock("")}),
     {}},
    {"OneArabicNameIsEnough",
     {ObserveStock({Stock("name_en: 'Main'")})},
     ObserveStock({Stock("name_ar: 'رئيسي'")}),
     {R"pb(locations_observed {
             observe_time { seconds: 1790000002 }
             locations {
               location_id: "3"
               name_en: "Main"
               name_ar: "رئيسي"
               previous_name_en: "Main"
               previous_name_ar: ""
             }
           })pb"}},
    {"WhatAnUntrackedProductListsIsNoLocation",
     {ObserveStock({"id: '7' sku: 'A' track_quantity: false"})},
     ObserveStock({"id: '7' sku: 'A' track_quantity: false stock_told: true "
                   "stock { location_id: '3' name_en: 'Main' quantity: '5' }"}),
     {}},
    {"TheLastProductOfAReadingNamesIt",
     {ObserveStock({Stock("name_en: 'Main'"),
                    "id: '8' track_quantity: true stock_told: true "
                    "stock { location_id: '3' quantity: '1' }"})},
     ObserveStock({Stock("name_en: 'New'"),
                   "id: '8' track_quantity: true stock_told: true "
                   "stock { location_id: '3' name_en: 'Main' quantity: '1' }"}),
     {}},
};
INSTANTIATE_TEST_SUITE_P(NamedByProducts, DecideLocationsTest,
                         ::testing::ValuesIn(kNamedByProducts), NameOfCase);

}  // namespace
}  // namespace qantara::domain
