// The records of the simulated Qoyod, as the admin endpoints see them.
#ifndef TOOLS_SIMULATOR_QOYOD_RECORDS_H_
#define TOOLS_SIMULATOR_QOYOD_RECORDS_H_

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "tools/simulator/admin.h"
#include "tools/simulator/http_message.h"
#include "tools/simulator/json.h"
#include "tools/simulator/world.h"

namespace qantara::simulator {

// /_admin/products, /_admin/reference and /_admin/stock.
class QoyodRecords : public ProviderRecords {
 public:
  std::optional<HttpReply> Answer(const HttpRequest& request,
                                  const World& world) const override;
  Json State(Company& company) const override;
  void Forget(bool products, bool reference, Company& company) const override;
  absl::Status Load(bool examples, const std::string& lines,
                    Company& company) const override;
};

}  // namespace qantara::simulator

#endif  // TOOLS_SIMULATOR_QOYOD_RECORDS_H_
