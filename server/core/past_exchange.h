// The last request that carried something and was not confirmed.
#ifndef QANTARA_SERVER_CORE_PAST_EXCHANGE_H_
#define QANTARA_SERVER_CORE_PAST_EXCHANGE_H_

#include <cstdint>
#include <optional>
#include <string>

#include "domain/ports/event_log.h"
#include "qantara/v1/state.pb.h"

namespace qantara::server {

// What was carried: a line of an import and its product, or an update.
struct Carried {
  std::string import_id;
  uint32_t line = 0;
  uint64_t update = 0;
  uint64_t product_id = 0;
};

// Events that are looked at for one exchange.
inline constexpr int kMaxStepsBack = 24;

// Walks back through the life of the product, from the event at `position`, to
// the answer of a request that carried it. Nothing where no such answer was
// recorded, or it is too far back, or an event cannot be read.
std::optional<v1::ProviderExchange> FindPastExchange(
    const domain::EventLog& log, Carried carried, domain::Position position);

}  // namespace qantara::server

#endif  // QANTARA_SERVER_CORE_PAST_EXCHANGE_H_
