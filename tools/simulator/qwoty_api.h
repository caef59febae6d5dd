// The simulated Qwoty API: its routes and refusals.
#ifndef TOOLS_SIMULATOR_QWOTY_API_H_
#define TOOLS_SIMULATOR_QWOTY_API_H_

#include <string>

#include "tools/simulator/api.h"
#include "tools/simulator/api_call.h"
#include "tools/simulator/http_message.h"

namespace qantara::simulator {

// Below "/api": products and product-parents.
class QwotyApi : public ProviderApi {
 public:
  std::string PathBelowBase(const std::string& path) const override;
  bool IsOpen(const HttpRequest& request) const override;
  HttpReply Answer(ApiCall& call) const override;
  HttpReply Refuse(ApiCall& call, int status) const override;
};

}  // namespace qantara::simulator

#endif  // TOOLS_SIMULATOR_QWOTY_API_H_
