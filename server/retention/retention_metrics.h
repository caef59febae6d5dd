// What retention counts for operators.
#ifndef QANTARA_SERVER_RETENTION_RETENTION_METRICS_H_
#define QANTARA_SERVER_RETENTION_RETENTION_METRICS_H_

#include <string>

#include "domain/ports/history_cutter.h"

namespace qantara::server {

// Thread-safe; must not block.
class RetentionMetrics {
 public:
  virtual ~RetentionMetrics() = default;

  // Events of the connection were cut.
  virtual void CountCut(const std::string& connection,
                        const domain::CutResult& result) = 0;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_RETENTION_RETENTION_METRICS_H_
