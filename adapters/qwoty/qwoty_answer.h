// Whole answers of Qwoty, as the port wants them; pure.
#ifndef QANTARA_ADAPTERS_QWOTY_QWOTY_ANSWER_H_
#define QANTARA_ADAPTERS_QWOTY_QWOTY_ANSWER_H_

#include <string>

#include "absl/time/time.h"
#include "adapters/http/http_transport.h"
#include "adapters/qwoty/qwoty_report.h"
#include "domain/ports/product_gateway.h"

namespace qantara::adapters {

// `now` is for a Retry-After that is a date. Records tell Qwoty's own fields in
// `qwoty`, and the product that the variant belongs to in `parent_id`.

// Confirmed by a 200 or 201 with a record whose id is a UUID.
domain::CreateAnswer ReadQwotyCreate(const HttpResult& result, absl::Time now);

// kUpdate or kGet. Confirmed by a record whose own id or whose parent's id is
// `remote_id` in either case of letters, and told under that id; a get also by
// the answer that there is none.
domain::RecordAnswer ReadQwotyRecord(QwotyCall call, const HttpResult& result,
                                     const std::string& remote_id,
                                     absl::Time now);

// Confirmed by a 200 with an array. An empty one is an empty page. Rows whose
// id is no UUID are counted, not told.
domain::PageAnswer ReadQwotyPage(const HttpResult& result, absl::Time now);

}  // namespace qantara::adapters

#endif  // QANTARA_ADAPTERS_QWOTY_QWOTY_ANSWER_H_
