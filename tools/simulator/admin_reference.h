// Reference data changed by hand: /_admin/reference/{resource}[/{id}].
#ifndef TOOLS_SIMULATOR_ADMIN_REFERENCE_H_
#define TOOLS_SIMULATOR_ADMIN_REFERENCE_H_

#include "tools/simulator/http_message.h"
#include "tools/simulator/world.h"

namespace qantara::simulator {

// POST adds a row (or an array of them), PUT changes one, DELETE removes one,
// GET lists them.
HttpReply AdminReference(const HttpRequest& request, const World& world);

}  // namespace qantara::simulator

#endif  // TOOLS_SIMULATOR_ADMIN_REFERENCE_H_
