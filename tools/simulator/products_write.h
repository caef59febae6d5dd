// POST /products, single and batch, and PUT /products/{id}.
#ifndef TOOLS_SIMULATOR_PRODUCTS_WRITE_H_
#define TOOLS_SIMULATOR_PRODUCTS_WRITE_H_

#include <cstdint>

#include "tools/simulator/api_call.h"
#include "tools/simulator/http_message.h"

namespace qantara::simulator {

// Both lock the company, and list in call.applied what they stored.
HttpReply CreateProducts(ApiCall& call);
HttpReply UpdateProduct(ApiCall& call, int64_t id);

}  // namespace qantara::simulator

#endif  // TOOLS_SIMULATOR_PRODUCTS_WRITE_H_
