// GET /_admin/state and GET /_admin/journal.
#ifndef TOOLS_SIMULATOR_ADMIN_REPORTS_H_
#define TOOLS_SIMULATOR_ADMIN_REPORTS_H_

#include <functional>

#include "tools/simulator/http_message.h"
#include "tools/simulator/json.h"
#include "tools/simulator/world.h"

namespace qantara::simulator {

// One JSON object: requests, lost answers, and what `company_state` tells of
// each company, such as products and repeated SKUs.
HttpReply ReportState(const World& world,
                      const std::function<Json(Company&)>& company_state);

// JSON lines, one per request. Query: after, limit, body=0, method, path (a
// prefix of the target).
HttpReply ReportJournal(const HttpRequest& request, const World& world);

}  // namespace qantara::simulator

#endif  // TOOLS_SIMULATOR_ADMIN_REPORTS_H_
