// Made-up catalog lines, of the size and kind that real ones have.
#ifndef QANTARA_TOOLS_BENCHMARK_CATALOG_LINES_H_
#define QANTARA_TOOLS_BENCHMARK_CATALOG_LINES_H_

#include <cstdint>

#include "qantara/v1/product.pb.h"

namespace qantara::tools {

// Returns line `number` of the catalog: SKU, English and Arabic name, prices,
// category, tax, description, barcode; about 200 bytes on the wire. Equal
// numbers give equal lines, and no two lines share a SKU.
v1::CatalogLine MakeCatalogLine(uint32_t number);

}  // namespace qantara::tools

#endif  // QANTARA_TOOLS_BENCHMARK_CATALOG_LINES_H_
