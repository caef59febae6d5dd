// A call of FreshStock on its way to its answer.
#ifndef QANTARA_SERVER_INVENTORY_WAITING_CALL_H_
#define QANTARA_SERVER_INVENTORY_WAITING_CALL_H_

#include <algorithm>
#include <cstdint>
#include <functional>
#include <memory>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "domain/error.h"
#include "server/inventory/fresh_stock.h"

namespace qantara::server {

// Everything that a call needs.
template <typename Request, typename Response>
struct WaitingCall {
  using Answer = AnswerTo<Response>;

  // `from` bounds the calls that exist at once.
  WaitingCall(Core& c, std::shared_ptr<Slots> from, const Request& r,
              const WriteCall& call, Answer a)
      : core(c),
        slots(std::move(from)),
        slot(slots->Take()),
        request(r),
        scope(call.scope),
        deadline(core.clock.BootMillis() + PatienceOf(call)),
        answer(std::move(a)) {}

  // Runs `look` soon, on the executor; answers with an error where too many
  // calls are waiting.
  static void Start(const std::shared_ptr<WaitingCall>& self,
                    std::function<void()> look) {
    const bool taken = self->slot != nullptr &&
                       self->core.executor.TrySchedule(std::move(look));
    if (taken) return;
    self->answer(domain::MakeError(absl::StatusCode::kResourceExhausted,
                                   v1::ERROR_REASON_OVERLOADED,
                                   "too many calls wait; try again"));
  }

  Core& core;
  // A reading may hold this longer than the service lives.
  const std::shared_ptr<Slots> slots;
  const Slots::Slot slot;
  const Request request;
  const std::shared_ptr<CallScope> scope;
  // By Clock::BootMillis.
  const int64_t deadline;
  const Answer answer;
  // Set before anything is looked up.
  const Connection* connection = nullptr;

 private:
  static int64_t PatienceOf(const WriteCall& call) {
    // gRPC tells a call without a deadline as one in some hundred years.
    constexpr absl::Duration kNever = absl::Hours(24 * 365);
    const absl::Duration patience =
        call.patience > kNever
            ? FreshStock::kUsualPatience
            : std::min(call.patience, FreshStock::kMaxPatience);
    return absl::ToInt64Milliseconds(patience);
  }
};

// The error of a connection whose stock nobody can read now.
inline absl::Status CannotRead() {
  return domain::MakeError(absl::StatusCode::kUnavailable,
                           v1::ERROR_REASON_PROVIDER_UNAVAILABLE,
                           "the provider cannot be asked for stock now");
}

}  // namespace qantara::server

#endif  // QANTARA_SERVER_INVENTORY_WAITING_CALL_H_
