// GET /products and GET /products/{id}.
#ifndef TOOLS_SIMULATOR_PRODUCTS_READ_H_
#define TOOLS_SIMULATOR_PRODUCTS_READ_H_

#include <cstdint>

#include "tools/simulator/api_call.h"
#include "tools/simulator/http_message.h"
#include "tools/simulator/product_render.h"

namespace qantara::simulator {

// Both lock the company.
HttpReply ListProducts(ApiCall& call);
HttpReply GetProduct(ApiCall& call, int64_t id);

// 404 "Product not found" in the form that is switched on.
HttpReply ProductNotFound(ApiCall& call);

// How records look in this answer, by the switches.
RenderStyle StyleOf(ApiCall& call);

}  // namespace qantara::simulator

#endif  // TOOLS_SIMULATOR_PRODUCTS_READ_H_
