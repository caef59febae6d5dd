#include "tools/benchmark/catalog_lines.h"

#include <iterator>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace qantara::tools {
namespace {

struct Name {
  const char* en;
  const char* ar;
};

constexpr Name kThings[] = {
    {"Ceramic mug", "كوب خزفي"},
    {"Arabic coffee pot", "دلة قهوة عربية"},
    {"Dates, premium", "تمر فاخر"},
    {"Olive oil, cold pressed", "زيت زيتون بكر"},
    {"Prayer rug", "سجادة صلاة"},
    {"Paracetamol 500 mg tablets", "أقراص باراسيتامول ٥٠٠ ملغ"},
    {"Basmati rice", "أرز بسمتي"},
};

constexpr Name kKinds[] = {
    {"blue, 350 ml", "أزرق، ٣٥٠ مل"},
    {"white, large", "أبيض، كبير"},
    {"box of 24", "علبة ٢٤ حبة"},
    {"gift pack", "عبوة هدية"},
    {"family size, 5 kg", "حجم عائلي، ٥ كغ"},
};

// Spreads the line's number over the values of a field.
uint32_t Spread(uint32_t number, uint32_t values) {
  return static_cast<uint32_t>(uint64_t{number} * 2654435761U >> 7U) % values;
}

}  // namespace

v1::CatalogLine MakeCatalogLine(uint32_t number) {
  const Name& thing = kThings[Spread(number, std::size(kThings))];
  const Name& kind = kKinds[Spread(number + 1, std::size(kKinds))];
  v1::CatalogLine line;
  v1::Product& product = *line.mutable_product();
  product.set_sku(absl::StrFormat("SKU-%08d", number));
  product.set_name_en(absl::StrCat(thing.en, ", ", kind.en, ", no. ", number));
  product.set_name_ar(absl::StrCat(thing.ar, "، ", kind.ar, " رقم ", number));
  product.set_type(v1::PRODUCT_TYPE_PRODUCT);
  product.set_selling_price(
      absl::StrFormat("%d.%02d", 1 + Spread(number, 900), Spread(number, 100)));
  product.set_buying_price(absl::StrFormat("%d.5", Spread(number, 700)));
  product.set_track_quantity(true);
  product.set_category_id(absl::StrCat(1 + Spread(number, 40)));
  product.set_tax_id("1");
  product.set_description(
      absl::StrCat("Shelf ", Spread(number, 300), ", made in Riyadh"));
  product.set_barcode(absl::StrFormat("628%010d", number));
  return line;
}

}  // namespace qantara::tools
