// What an HTTP result of Qoyod means, on top of adapters/gateway/http_verdict.
#ifndef QANTARA_ADAPTERS_QOYOD_QOYOD_REPORT_H_
#define QANTARA_ADAPTERS_QOYOD_QOYOD_REPORT_H_

#include "absl/time/time.h"
#include "adapters/http/http_transport.h"
#include "domain/ports/product_gateway.h"

namespace qantara::adapters {

// Which endpoint was called: the same 404 means different things.
enum class QoyodCall {
  kCreate,      // POST /products
  kUpdate,      // PUT /products/{id}
  kGet,         // GET /products/{id}
  kList,        // GET /products
  kCategories,  // GET /categories
  kTaxes,       // GET /taxes
  kLocations,   // GET /inventories
};

// A result without its records.
struct QoyodReport {
  domain::CallReport report;
  // A 404 that says: no such product (kUpdate, kGet), nothing to list (kList,
  // kCategories), no such listing (kTaxes, kLocations).
  bool nothing_there = false;
};

bool IsWrite(QoyodCall call);

// Reads a result that is no 200 or 201, or has no complete answer. `now` is
// for a Retry-After that is a date.
QoyodReport ReportFailure(QoyodCall call, const HttpResult& result,
                          absl::Time now);

// Reads a 200 or 201 whose body is not what success looks like: refused where
// it holds errors, else not known for a write.
domain::CallReport ReportUnreadable(QoyodCall call, const HttpResult& result);

}  // namespace qantara::adapters

#endif  // QANTARA_ADAPTERS_QOYOD_QOYOD_REPORT_H_
