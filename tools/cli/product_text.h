// A product as people read it.
#ifndef TOOLS_CLI_PRODUCT_TEXT_H_
#define TOOLS_CLI_PRODUCT_TEXT_H_

#include <string>

#include "qantara/v1/product.pb.h"

namespace qantara::tools {

// Returns a line for each thing that is known: keys, mapping, the provider's
// record as last acknowledged (or what is wanted, before there is one), and
// what is still open.
std::string ProductText(const v1::MappedProduct& product);

// Returns one line: SKU, remote id, mapping, price, names.
std::string ProductRow(const v1::MappedProduct& product);

}  // namespace qantara::tools

#endif  // TOOLS_CLI_PRODUCT_TEXT_H_
