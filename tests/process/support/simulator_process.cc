#include "tests/process/support/simulator_process.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "tests/process/support/http_call.h"
#include "tests/process/support/must.h"

namespace qantara::process {
namespace {

using simulator::Json;

// A large catalog is loaded first.
constexpr absl::Duration kStartTimeout = absl::Minutes(3);
constexpr long kOk = 200;

std::string MustCall(const std::string& method, const std::string& url,
                     const std::string& body) {
  HttpAnswer answer = Must(CallHttp(method, url, body));
  if (answer.status != kOk) {
    Must(absl::InvalidArgumentError(
        absl::StrCat(method, " ", url, ": ", answer.status, " ", answer.body)));
  }
  return std::move(answer.body);
}

}  // namespace

SimulatorProcess::SimulatorProcess(const std::string& binary,
                                   const std::string& directory,
                                   std::vector<std::string> flags,
                                   const std::string& base) {
  ProgramCall call;
  call.program = binary;
  call.arguments = std::move(flags);
  call.arguments.insert(call.arguments.end(), {"--listen", "127.0.0.1:0"});
  call.output = directory + "/simulator";
  process_ = Must(Subprocess::Start(call));
  const std::string address =
      Must(process_->WaitForLine("listening ", kStartTimeout));
  admin_url_ = absl::StrCat("http://", address, "/_admin/");
  base_url_ = absl::StrCat("http://", address, base);
}

Json SimulatorProcess::Admin(const std::string& method, const std::string& path,
                             const std::string& body) {
  return Must(Json::Parse(MustCall(method, admin_url_ + path, body)));
}

std::vector<Json> SimulatorProcess::AdminLines(const std::string& path) {
  const std::string body = MustCall("GET", admin_url_ + path, "");
  std::vector<Json> rows;
  for (absl::string_view line : absl::StrSplit(body, '\n', absl::SkipEmpty())) {
    rows.push_back(Must(Json::Parse(line)));
  }
  return rows;
}

std::vector<Json> SimulatorProcess::Journal(int64_t after) {
  return AdminLines(absl::StrCat("journal?after=", after, "&limit=1000000"));
}

int64_t SimulatorProcess::CountSince(int64_t after, const std::string& method) {
  const auto entries = AdminLines(absl::StrCat(
      "journal?after=", after, "&limit=1000000&body=0&method=", method));
  return static_cast<int64_t>(entries.size());
}

int64_t SimulatorProcess::RequestsTotal() {
  const Json state = Admin("GET", "state");
  return state.Find("requests_total")->AsInteger().value_or(0);
}

int64_t SimulatorProcess::RequestCount(const std::string& kind) {
  const Json state = Admin("GET", "state");
  const Json* count = state.Find("requests")->Find(kind);
  return count == nullptr ? 0 : count->AsInteger().value_or(0);
}

}  // namespace qantara::process
