#include "tools/simulator/admin_reports.h"

#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "tools/simulator/admin_request.h"
#include "tools/simulator/replies.h"

namespace qantara::simulator {
namespace {

constexpr int64_t kJournalLinesDefault = 100'000;

}  // namespace

HttpReply ReportState(const World& world,
                      const std::function<Json(Company&)>& company_state) {
  Json companies = Json::Object();
  for (const auto& company : world.companies) {
    companies.Add(company->name, company_state(*company));
  }
  // The first company's figures also stand at the top: mostly there is one.
  Json state = Json::Object();
  const Json first = companies.items().front();
  for (size_t i = 0; i < first.keys().size(); ++i) {
    state.Add(first.keys()[i], first.items()[i]);
  }
  Json kinds = Json::Object();
  for (const auto& [kind, count] : world.journal.Counts()) {
    kinds.Add(kind, Json::Integer(count));
  }
  const Json totals = world.journal.Totals();
  const auto of = [&](const char* group, const char* name) {
    const Json* found = totals.Find(group)->Find(name);
    return found == nullptr ? Json::Integer(0) : *found;
  };
  state.Add("requests_total", *totals.Find("total"));
  state.Add("late_waiting", Json::Integer(world.late_waiting.load()));
  state.Add("requests", std::move(kinds));
  state.Add("statuses", *totals.Find("statuses"));
  state.Add("answers", *totals.Find("answers"));
  state.Add("answers_lost", of("answers", "lost"));
  state.Add("throttled", of("statuses", "429"));
  state.Add("held", Json::Integer(world.hold.waiting()));
  state.Add("companies", std::move(companies));
  return JsonReply(200, state.ToText());
}

HttpReply ReportJournal(const HttpRequest& request, const World& world) {
  const bool with_body = QueryText(request, "body", "1") != "0";
  const std::string method = QueryText(request, "method", "");
  const std::string path = QueryText(request, "path", "");
  std::string lines;
  for (const JournalEntry& entry :
       world.journal.Read(QueryNumber(request, "after", 0),
                          static_cast<size_t>(QueryNumber(
                              request, "limit", kJournalLinesDefault)))) {
    if (!method.empty() && entry.method != method) continue;
    if (!absl::StartsWith(entry.target, path)) continue;
    entry.ToJson(with_body).AppendTo(&lines);
    lines.push_back('\n');
  }
  HttpReply reply = JsonReply(200, std::move(lines));
  reply.content_type = "application/x-ndjson";
  return reply;
}

}  // namespace qantara::simulator
