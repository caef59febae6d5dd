// Requests about single products, from words and options.
#ifndef TOOLS_CLI_PRODUCT_REQUEST_H_
#define TOOLS_CLI_PRODUCT_REQUEST_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "qantara/v1/product_service.pb.h"
#include "tools/cli/arguments.h"

namespace qantara::tools {

// Returns the key `text`, of the kind that --by names: sku (the usual one),
// external_id, remote_id or product_id.
//
// Errors: kInvalidArgument for another --by.
absl::StatusOr<v1::ProductKey> ReadProductKey(const Arguments& arguments,
                                              const std::string& text);

// Returns the request of `product update KEY field=value...`: the words after
// the first one and the values of --set. The mask names exactly the fields
// given, unless --update_mask says another.
//
// Errors: kInvalidArgument for a word without `=`, an unknown field, a
// malformed switch or type, no field at all, or a malformed option.
absl::StatusOr<v1::UpdateProductRequest> ReadUpdate(const Arguments& arguments);

// Returns the request of `product create field=value...`; `external_id` is
// taken too.
//
// Errors: as ReadUpdate.
absl::StatusOr<v1::CreateProductRequest> ReadCreate(const Arguments& arguments);

}  // namespace qantara::tools

#endif  // TOOLS_CLI_PRODUCT_REQUEST_H_
