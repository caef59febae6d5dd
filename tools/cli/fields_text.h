// Fields of a product in one line.
#ifndef TOOLS_CLI_FIELDS_TEXT_H_
#define TOOLS_CLI_FIELDS_TEXT_H_

#include <string>

#include "qantara/v1/product.pb.h"

namespace qantara::tools {

// Returns what is present, such as `selling_price "30", qoyod.sale_item true`;
// of a list the number of its entries. Empty where nothing is.
std::string FieldsText(const v1::Product& product);

}  // namespace qantara::tools

#endif  // TOOLS_CLI_FIELDS_TEXT_H_
