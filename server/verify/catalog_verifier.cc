#include "server/verify/catalog_verifier.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "domain/error.h"
#include "domain/error_catalog.h"
#include "server/poller/readable.h"

namespace qantara::server {
namespace {

using domain::Effect;
using domain::PageAnswer;
using domain::RecordAnswer;

constexpr domain::Lane kLane = domain::Lane::kPoll;

// Reading a catalog takes minutes.
constexpr char kBusyMillis[] = "30000";

absl::Status Unavailable(v1::ErrorReason reason, absl::string_view message) {
  return domain::MakeError(absl::StatusCode::kUnavailable, reason, message);
}

// The gate knows when the provider may be asked again.
absl::Status NotAsked(int64_t free_in_millis) {
  constexpr int64_t kLeastMillis = 5000;
  const int64_t wait = std::max(free_in_millis, kLeastMillis);
  return domain::MakeError(absl::StatusCode::kUnavailable,
                           v1::ERROR_REASON_PROVIDER_UNAVAILABLE,
                           "the provider could not be asked for too long",
                           {{domain::kRetryAfterMillis, absl::StrCat(wait)}});
}

}  // namespace

CatalogVerifier::CatalogVerifier(const VerifierContext& context)
    : context_(context),
      fresh_(context.log, context.tables),
      actor_(context.clock, [this] { return Step(); }) {}

CatalogVerifier::~CatalogVerifier() { Stop(); }

void CatalogVerifier::Stop() {
  actor_.Stop();
  if (run_ == nullptr) return;
  End(Unavailable(v1::ERROR_REASON_LOG_UNAVAILABLE, "the server is stopping"));
}

void CatalogVerifier::Verify(VerifyOptions options,
                             std::shared_ptr<VerifyCall> call) {
  if (busy_.exchange(true)) {
    call->End(domain::MakeError(absl::StatusCode::kResourceExhausted,
                                v1::ERROR_REASON_OVERLOADED,
                                "the connection is verifying already",
                                {{domain::kRetryAfterMillis, kBusyMillis}}));
    return;
  }
  actor_.Post([this, options = std::move(options), call = std::move(call)] {
    run_ = std::make_shared<Run>(options, call);
    run_->give_up_at = context_.clock.BootMillis() + context_.patience_millis;
    call->OnChange([this] { actor_.Wake(); });
  });
}

int64_t CatalogVerifier::Step() {
  if (run_ == nullptr) return Actor::kNever;
  if (run_->call->is_gone()) {
    End(absl::CancelledError("the client is gone"));
    return Actor::kNever;
  }
  if (run_->waiting || run_->call->is_full()) return Actor::kNever;
  return Work();
}

int64_t CatalogVerifier::Work() {
  const int64_t now = context_.clock.BootMillis();
  if (!Check(CheckReadable(context_.status.state()))) return Actor::kNever;
  if (now >= run_->give_up_at) {
    End(NotAsked(context_.gate.FreeAt() - now));
    return Actor::kNever;
  }
  switch (run_->stage) {
    case Stage::kLoad:
      Load();
      break;
    case Stage::kRead:
      return ReadPage();
    case Stage::kSettle:
      return Settle();
    case Stage::kRecord:
      Record();
      break;
  }
  return run_ == nullptr ? Actor::kNever : now;
}

void CatalogVerifier::Load() {
  const auto tables = fresh_.Get();
  if (!Check(tables.status())) return;
  if (!Check(run_->verification.Load(**tables, context_.clock.Now()))) return;
  run_->stage = Stage::kRead;
}

domain::RequestBudget::Grant CatalogVerifier::Enter() {
  const auto grant = context_.gate.TryEnter(kLane);
  run_->waiting = grant.granted;
  return grant;
}

template <typename Answer>
std::function<void(Answer)> CatalogVerifier::Answered(
    std::function<void(const Answer&)> take) {
  return [this, weak = std::weak_ptr<Run>(run_),
          take = std::move(take)](Answer answer) {
    context_.gate.Leave("verify", answer.report);
    actor_.Post([this, weak, take, answer = std::move(answer)] {
      if (run_ == nullptr || weak.lock() != run_) return;
      run_->waiting = false;
      take(answer);
    });
  };
}

bool CatalogVerifier::IsUsable(const domain::CallReport& report) {
  if (report.effect == Effect::kConfirmed) {
    run_->failures = 0;
    run_->give_up_at = context_.clock.BootMillis() + context_.patience_millis;
    return true;
  }
  // The gate paces what follows; throttling is no failure.
  if (report.reason == v1::ERROR_REASON_OVERLOADED) {
    run_->give_up_at = context_.clock.BootMillis() + context_.patience_millis;
  } else if (++run_->failures >= CatalogWalk::kMaxFailures) {
    GiveUp(report);
  }
  return false;
}

int64_t CatalogVerifier::ReadPage() {
  const domain::Position asked = context_.tables.position();
  const auto grant = Enter();
  if (!grant.granted) return grant.retry_at;
  const domain::ListQuery query = run_->verification.walk().Ask();
  const auto take = [this, asked, query](const PageAnswer& answer) {
    std::vector<const v1::RemoteProduct*> fresh;
    CatalogWalk& walk = run_->verification.walk();
    const CatalogWalk::Step step = walk.Take(query, answer, &fresh);
    // Where rows keep moving, the doubts are settled by asking.
    const bool ended = step == CatalogWalk::Step::kComplete ||
                       (walk.read_every_page() && walk.saw_as_many());
    if (step != CatalogWalk::Step::kOn && !ended) {
      return GiveUp(answer.report);
    }
    // The walk counts itself how often a page fails.
    run_->failures = 0;
    if (!IsUsable(answer.report)) return;
    const auto tables = fresh_.Get();
    if (!Check(tables.status())) return;
    if (!Check(run_->verification.TakeRecords(fresh, asked, **tables))) return;
    if (ended) run_->stage = Stage::kSettle;
  };
  context_.gateway.List(query, Answered<PageAnswer>(take));
  return Actor::kNever;
}

int64_t CatalogVerifier::Settle() {
  const int64_t now = context_.clock.BootMillis();
  if (run_->doubt.has_value()) {
    if (run_->doubt->wants_record) return AskForRecord();
    if (run_->doubt->wants_look_up) return AskForLookUp();
  }
  const auto tables = fresh_.Get();
  if (!Check(tables.status())) return Actor::kNever;
  if (run_->doubt.has_value()) {
    if (!Check(run_->verification.Conclude(*run_->doubt, **tables))) {
      return Actor::kNever;
    }
    run_->doubt.reset();
    return now;
  }
  auto doubt = run_->verification.NextDoubt(**tables);
  if (!Check(doubt.status())) return Actor::kNever;
  run_->doubt = *std::move(doubt);
  if (!run_->doubt.has_value() && !run_->verification.has_doubts()) {
    run_->stage = Stage::kRecord;
  }
  return now;
}

int64_t CatalogVerifier::AskForRecord() {
  const auto grant = Enter();
  if (!grant.granted) return grant.retry_at;
  const auto take = [this](const RecordAnswer& answer) {
    if (!IsUsable(answer.report)) return;
    Verification::TakeRecord(answer.record, &*run_->doubt);
  };
  context_.gateway.Get(run_->doubt->item.remote_id,
                       Answered<RecordAnswer>(take));
  return Actor::kNever;
}

int64_t CatalogVerifier::AskForLookUp() {
  const auto grant = Enter();
  if (!grant.granted) return grant.retry_at;
  domain::ListQuery query;
  query.sku = run_->doubt->item.sku;
  const auto take = [this](const PageAnswer& answer) {
    // Where a SKU cannot be asked for, the pages have told what there is.
    const bool lacks = answer.report.reason == v1::ERROR_REASON_PROVIDER_LACKS;
    if (!lacks && !IsUsable(answer.report)) return;
    Verification::TakeLookUp(answer.records, &*run_->doubt);
  };
  context_.gateway.List(query, Answered<PageAnswer>(take));
  return Actor::kNever;
}

void CatalogVerifier::Record() {
  const auto tables = fresh_.Get();
  if (!Check(tables.status())) return;
  auto command = run_->verification.Finish(**tables, context_.clock.Now());
  if (!Check(command.status())) return;
  v1::VerifyImportResponse last;
  *last.mutable_receipt() = command->receipt;
  if (!Check(context_.bus.Execute(*std::move(command)).status())) return;
  run_->call->Tell(std::move(last));
  End(absl::OkStatus());
}

bool CatalogVerifier::Check(const absl::Status& status) {
  if (!status.ok()) End(status);
  return status.ok();
}

void CatalogVerifier::GiveUp(const domain::CallReport& report) {
  std::string message = "the provider could not be read completely";
  if (!report.problems.empty()) {
    absl::StrAppend(&message, ": ", report.problems.front().message());
  }
  End(Unavailable(report.reason == v1::ERROR_REASON_UNSPECIFIED
                      ? v1::ERROR_REASON_PROVIDER_UNAVAILABLE
                      : report.reason,
                  message));
}

void CatalogVerifier::End(const absl::Status& status) {
  const std::shared_ptr<Run> run = std::exchange(run_, nullptr);
  run->call->OnChange(nullptr);
  // Whoever sees the end may ask again at once.
  busy_ = false;
  run->call->End(status);
}

}  // namespace qantara::server
