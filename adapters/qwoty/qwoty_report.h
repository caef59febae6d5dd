// What an HTTP result of Qwoty means, on top of adapters/gateway/http_verdict.
#ifndef QANTARA_ADAPTERS_QWOTY_QWOTY_REPORT_H_
#define QANTARA_ADAPTERS_QWOTY_QWOTY_REPORT_H_

#include "absl/time/time.h"
#include "adapters/http/http_transport.h"
#include "domain/ports/product_gateway.h"

namespace qantara::adapters {

// Which endpoint was called: the same 404 means different things.
enum class QwotyCall {
  kCreate,  // POST /products
  kUpdate,  // PATCH /products/{id}
  kGet,     // GET /products/{id}
  kList,    // GET /products
};

// A result without its records.
struct QwotyReport {
  domain::CallReport report;
  // A 404 in Qwoty's own form whose error is "Product not found" (kUpdate,
  // kGet). Its router and other resources use the same form.
  bool nothing_there = false;
};

bool IsWrite(QwotyCall call);

// Reads a result that is no 200 or 201, or has no complete answer. In Qwoty's
// own form these are refusals like 400 and 422: a 409, as a name is in use, and
// a 404 on a write that says that a catalog or a category is not found. `now`
// is for a Retry-After that is a date.
QwotyReport ReportQwotyFailure(QwotyCall call, const HttpResult& result,
                               absl::Time now);

// Reads a 200 or 201 whose body is not what success looks like: refused where
// it says so itself, else not known for a write.
domain::CallReport ReportQwotyUnreadable(QwotyCall call,
                                         const HttpResult& result);

}  // namespace qantara::adapters

#endif  // QANTARA_ADAPTERS_QWOTY_QWOTY_REPORT_H_
