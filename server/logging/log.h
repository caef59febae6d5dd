// The server's log: one JSON object per line on standard error.
//
// Never given a credential, nor the content of a product.
#ifndef QANTARA_SERVER_LOGGING_LOG_H_
#define QANTARA_SERVER_LOGGING_LOG_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

namespace qantara::server {

enum class LogLevel { kInfo, kWarning, kError };

// Values that programs look for.
using LogFields = std::vector<std::pair<std::string, std::string>>;

// Writes `{"time":...,"level":...,"event":...,FIELDS}`. `event` is a fixed word
// such as `started`. Thread-safe.
void Log(LogLevel level, absl::string_view event, const LogFields& fields = {});

inline void LogInfo(absl::string_view event, const LogFields& fields = {}) {
  Log(LogLevel::kInfo, event, fields);
}
inline void LogWarning(absl::string_view event, const LogFields& fields = {}) {
  Log(LogLevel::kWarning, event, fields);
}
inline void LogError(absl::string_view event, const LogFields& fields = {}) {
  Log(LogLevel::kError, event, fields);
}

// Sends what gRPC and Protocol Buffers log the same way. Call once, early.
void CaptureLibraryLogs();

}  // namespace qantara::server

#endif  // QANTARA_SERVER_LOGGING_LOG_H_
