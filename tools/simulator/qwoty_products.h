// GET, POST and PATCH of products at the simulated Qwoty.
#ifndef TOOLS_SIMULATOR_QWOTY_PRODUCTS_H_
#define TOOLS_SIMULATOR_QWOTY_PRODUCTS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "tools/simulator/api_call.h"
#include "tools/simulator/http_message.h"
#include "tools/simulator/qwoty_fields.h"

namespace qantara::simulator {

// {"success":false,"error":...}, with details where there are some.
HttpReply QwotyError(int status, absl::string_view error,
                     const std::vector<std::string>& details = {});

HttpReply ListVariants(ApiCall& call);
HttpReply CreateVariant(ApiCall& call);
// `id` is that of the variant or of its parent.
HttpReply GetVariant(ApiCall& call, const std::string& id);
HttpReply PatchVariant(ApiCall& call, const std::string& id, QwotyWrite write);

}  // namespace qantara::simulator

#endif  // TOOLS_SIMULATOR_QWOTY_PRODUCTS_H_
