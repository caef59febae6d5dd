// The simulated Qoyod API 2.0: its routes and refusals.
#ifndef TOOLS_SIMULATOR_QOYOD_API_H_
#define TOOLS_SIMULATOR_QOYOD_API_H_

#include <string>

#include "tools/simulator/api.h"
#include "tools/simulator/api_call.h"
#include "tools/simulator/http_message.h"

namespace qantara::simulator {

// Below "/2.0" and "/api/2.0"; tokens at any path that ends with
// "/oauth/token".
class QoyodApi : public ProviderApi {
 public:
  std::string PathBelowBase(const std::string& path) const override;
  bool IsOpen(const HttpRequest& request) const override;
  HttpReply Answer(ApiCall& call) const override;
  HttpReply Refuse(ApiCall& call, int status) const override;
};

}  // namespace qantara::simulator

#endif  // TOOLS_SIMULATOR_QOYOD_API_H_
