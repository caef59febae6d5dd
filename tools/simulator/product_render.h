// A product as an answer shows it: canonical names, and the variants of values
// that live tenants have shown.
#ifndef TOOLS_SIMULATOR_PRODUCT_RENDER_H_
#define TOOLS_SIMULATOR_PRODUCT_RENDER_H_

#include <string>

#include "tools/simulator/product.h"
#include "tools/simulator/reference_data.h"

namespace qantara::simulator {

enum class PriceForm { kNumber, kInteger, kText, kNull };
enum class FlagForm { kInteger, kBool, kText };

struct RenderStyle {
  bool inventories = true;  // False: the key is absent.
  // Only the fields that the specification's examples show.
  bool excerpt = false;
  PriceForm price = PriceForm::kNumber;  // kInteger only where it is exact.
  FlagForm track_quantity = FlagForm::kInteger;
  FlagForm sold_and_bought = FlagForm::kBool;
  bool time_offset = false;  // +03:00 instead of Z.
  bool stock_text = false;   // "120.0" instead of 120.
  bool null_name_en = false;
  bool null_category = false;
  // An untracked product shows figures nevertheless.
  bool untracked_stock = false;
  // Added to each stock figure, so that two endpoints disagree.
  int64_t stock_shift = 0;
  int padding_bytes = 0;  // Length of a made-up Arabic description.
};

// Appends the record to `out`. `locations` names the locations; figures at a
// location that is not in it are not shown.
void RenderProduct(const Product& product, const ReferenceTable& locations,
                   const RenderStyle& style, std::string* out);

}  // namespace qantara::simulator

#endif  // TOOLS_SIMULATOR_PRODUCT_RENDER_H_
