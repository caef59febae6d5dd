// Parts of events as steps of a product's life, for one product.
#ifndef QANTARA_DOMAIN_EXPLAIN_STEP_MESSAGES_H_
#define QANTARA_DOMAIN_EXPLAIN_STEP_MESSAGES_H_

#include <cstdint>
#include <string>

#include "qantara/events/v1/event.pb.h"
#include "qantara/v1/explain.pb.h"

namespace qantara::domain {

// What is known of a request's effect, as clients are told.
v1::RequestOutcome ToRequestOutcome(events::v1::Answer answer);

// Where the item stands from now on.
v1::ItemResult ToItemResult(const events::v1::ItemOutcome& outcome);
v1::ItemResult ToItemResult(const std::string& import_id, uint32_t line,
                            const events::v1::AcceptedLine& accepted);

// The line as received. What it asks for is told where it was not found
// invalid.
v1::LineReceived ToLineReceived(const std::string& import_id, uint32_t line,
                                const events::v1::AcceptedLine& accepted);

// The request, for the item at `index` of it.
v1::CreatePlanned ToCreatePlanned(const events::v1::CreateIntended& intended,
                                  int index);

// The answer, for the item at `index` of it.
v1::CreateOutcome ToCreateOutcome(const events::v1::CreateAnswered& answered,
                                  int index);

v1::UpdateReceived ToUpdateReceived(
    const events::v1::ProductUpdateRecorded& recorded);

v1::UpdatePlanned ToUpdatePlanned(const events::v1::UpdateIntended& intended);

// `read_back`: an earlier outcome of the request was unknown.
v1::UpdateOutcome ToUpdateOutcome(const events::v1::UpdateAnswered& answered,
                                  bool read_back);

v1::ParkedRetry ToParkedRetry(const events::v1::ParkedRetried& retried);

v1::ParkedDiscard ToParkedDiscard(const events::v1::ParkedDiscarded& discarded);

v1::StockSeen ToStockSeen(const events::v1::ProductStock& stock);

// The figures as they stood when earlier events were cut.
v1::StockSeen ToStockSeen(const events::v1::KeptStock& kept);

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_EXPLAIN_STEP_MESSAGES_H_
