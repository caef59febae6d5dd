// GET /_admin/state and GET /_admin/journal.
#ifndef TOOLS_SIMULATOR_ADMIN_REPORTS_H_
#define TOOLS_SIMULATOR_ADMIN_REPORTS_H_

#include "tools/simulator/http_message.h"
#include "tools/simulator/world.h"

namespace qantara::simulator {

// One JSON object: products, requests, repeated SKUs, lost answers.
HttpReply ReportState(const World& world);

// JSON lines, one per request. Query: after, limit, body=0, method, path (a
// prefix of the target).
HttpReply ReportJournal(const HttpRequest& request, const World& world);

}  // namespace qantara::simulator

#endif  // TOOLS_SIMULATOR_ADMIN_REPORTS_H_
