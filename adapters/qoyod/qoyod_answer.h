// Whole answers of Qoyod, as the port wants them; pure.
#ifndef QANTARA_ADAPTERS_QOYOD_QOYOD_ANSWER_H_
#define QANTARA_ADAPTERS_QOYOD_QOYOD_ANSWER_H_

#include <string>

#include "absl/time/time.h"
#include "adapters/http/http_transport.h"
#include "adapters/qoyod/qoyod_report.h"
#include "domain/ports/product_gateway.h"

namespace qantara::adapters {

// `now` is for a Retry-After that is a date.

// Confirmed by a 200 or 201 with `product` or `products`, whatever rows they
// hold.
domain::CreateAnswer ReadCreateAnswer(const HttpResult& result, absl::Time now);

// kUpdate or kGet. Confirmed by a record whose id is `remote_id`; a get also by
// the answer that there is none.
domain::RecordAnswer ReadRecordAnswer(QoyodCall call, const HttpResult& result,
                                      const std::string& remote_id,
                                      absl::Time now);

// Rows outside `query` are left out.
domain::PageAnswer ReadPageAnswer(const HttpResult& result,
                                  const domain::ListQuery& query,
                                  absl::Time now);

// kCategories or kTaxes.
domain::IdsAnswer ReadIdsAnswer(QoyodCall call, const HttpResult& result,
                                absl::Time now);

// A 404 of any kind: there is no such listing.
domain::LocationsAnswer ReadLocationsAnswer(const HttpResult& result,
                                            absl::Time now);

}  // namespace qantara::adapters

#endif  // QANTARA_ADAPTERS_QOYOD_QOYOD_ANSWER_H_
