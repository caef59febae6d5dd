#include "tools/connection_check/connection_check.h"

#include <functional>
#include <future>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "qantara/v1/error_reason.pb.h"
#include "tools/cli/printable.h"

namespace qantara::tools {
namespace {

using domain::CallReport;
using domain::IdsAnswer;
using domain::PageAnswer;

// Between two looks whether the access token is there.
constexpr absl::Duration kTokenLook = absl::Milliseconds(20);
// Waited for longer than the request for it may take.
constexpr absl::Duration kTokenGrace = absl::Seconds(1);

// Waits for the one answer to a call.
template <typename Answer>
Answer Ask(const std::function<void(std::function<void(Answer)>)>& call) {
  std::promise<Answer> promise;
  auto answer = promise.get_future();
  call([&promise](Answer given) { promise.set_value(std::move(given)); });
  return answer.get();
}

CheckResult ResultOf(const CallReport& report) {
  // What the provider does not have was not asked for.
  if (report.effect == domain::Effect::kConfirmed ||
      report.reason == v1::ERROR_REASON_PROVIDER_LACKS) {
    return CheckResult::kAllWell;
  }
  const bool credential =
      report.reason == v1::ERROR_REASON_CREDENTIALS_NEEDED ||
      report.reason == v1::ERROR_REASON_PERMISSION_DENIED;
  return credential ? CheckResult::kCredentialsNeeded : CheckResult::kProblems;
}

std::string ProblemText(const CallReport& report) {
  std::string text = report.http_status == 0
                         ? "no answer"
                         : absl::StrCat("HTTP ", report.http_status);
  for (const v1::ItemProblem& problem : report.problems) {
    absl::StrAppend(&text, ": ", Printable(problem.message()));
  }
  return absl::StrCat(
      text, " [",
      std::string(absl::StripPrefix(v1::ErrorReason_Name(report.reason),
                                    "ERROR_REASON_")),
      "]");
}

// Writes one line and returns what it means.
CheckResult Tell(absl::string_view what, const CallReport& report,
                 const std::string& found, std::ostream& out) {
  const CheckResult result = ResultOf(report);
  out << absl::StrFormat(
             "  %-11s %s\n", what,
             result == CheckResult::kAllWell ? found : ProblemText(report))
      << std::flush;
  return result;
}

std::string ProductsText(const PageAnswer& page) {
  if (page.total.has_value()) return Grouped(*page.total);
  return page.row_count == 0 ? "0" : "some; the provider tells no number";
}

std::string IdsText(const IdsAnswer& answer) {
  return answer.absent ? "the provider has no such listing"
                       : Grouped(answer.ids.size());
}

}  // namespace

CheckResult AwaitCredential(const server::ConnectionSettings& settings,
                            adapters::Credentials& credentials,
                            std::ostream& out) {
  using State = adapters::CredentialStatus::State;
  const absl::Time deadline =
      absl::Now() + settings.provider().request_timeout + kTokenGrace;
  adapters::CredentialStatus status = credentials.Check();
  while (status.state == State::kRenewing && absl::Now() < deadline) {
    absl::SleepFor(kTokenLook);
    status = credentials.Check();
  }
  if (status.state == State::kUsable) return CheckResult::kAllWell;
  const std::string why = status.detail.empty()
                              ? "credential: no access token came in time"
                              : status.detail;
  out << "connection " << settings.id << "\n  " << Printable(why) << "\n"
      << std::flush;
  return status.state == State::kNeeded ? CheckResult::kCredentialsNeeded
                                        : CheckResult::kProblems;
}

CheckResult CheckConnection(const server::ConnectionSettings& settings,
                            domain::ProductGateway& gateway,
                            std::ostream& out) {
  out << "connection " << settings.id << " at " << settings.provider().base_url
      << "\n";
  const auto page = Ask<PageAnswer>([&](std::function<void(PageAnswer)> done) {
    domain::ListQuery query;
    query.per_page = 1;
    gateway.List(query, std::move(done));
  });
  CheckResult result = Tell("products", page.report, ProductsText(page), out);
  // What the first request could not do the others cannot do either.
  if (result != CheckResult::kAllWell) return result;
  const auto categories =
      Ask<IdsAnswer>([&](std::function<void(IdsAnswer)> done) {
        gateway.ListCategories(std::move(done));
      });
  const auto taxes = Ask<IdsAnswer>([&](std::function<void(IdsAnswer)> done) {
    gateway.ListTaxes(std::move(done));
  });
  for (const auto& [what, answer] :
       {std::pair<absl::string_view, const IdsAnswer&>("categories",
                                                       categories),
        std::pair<absl::string_view, const IdsAnswer&>("taxes", taxes)}) {
    const CheckResult told = Tell(what, answer.report, IdsText(answer), out);
    if (told != CheckResult::kAllWell) result = told;
  }
  return result;
}

}  // namespace qantara::tools
