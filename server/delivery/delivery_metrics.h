// What delivery counts for operators.
#ifndef QANTARA_SERVER_DELIVERY_DELIVERY_METRICS_H_
#define QANTARA_SERVER_DELIVERY_DELIVERY_METRICS_H_

#include <string>

#include "absl/strings/string_view.h"

namespace qantara::server {

// Thread-safe; must not block.
class DeliveryMetrics {
 public:
  virtual ~DeliveryMetrics() = default;

  // A request was answered. `operation` is a fixed word such as `create`;
  // `code` the HTTP status, 0 where there was no answer.
  virtual void CountRequest(const std::string& connection,
                            absl::string_view operation, int code) = 0;
  // The start found requests without a recorded outcome.
  virtual void CountIntentsRecovered(const std::string& connection,
                                     int intents) = 0;
  // Items whose outcome is unknown at present.
  virtual void SetUnknownItems(const std::string& connection, int items) = 0;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_DELIVERY_DELIVERY_METRICS_H_
