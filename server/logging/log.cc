#include "server/logging/log.h"

#include <google/protobuf/stubs/logging.h>
#include <grpc/support/log.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <memory>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "server/logging/json_line.h"

namespace qantara::server {
namespace {

// Longest value in bytes.
constexpr size_t kMaxValue = 4096;

spdlog::logger& Logger() {
  static spdlog::logger* const logger = [] {
    auto* made = new spdlog::logger(
        "qantara", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    made->set_pattern("%v");
    made->flush_on(spdlog::level::info);
    return made;
  }();
  return *logger;
}

const char* NameOf(LogLevel level) {
  switch (level) {
    case LogLevel::kInfo:
      return "info";
    case LogLevel::kWarning:
      return "warning";
    case LogLevel::kError:
      return "error";
  }
  return "error";
}

void LogProtobuf(google::protobuf::LogLevel level, const char*, int,
                 const std::string& message) {
  // Texts of clients that are not UTF-8 are answered with a status.
  if (level < google::protobuf::LOGLEVEL_FATAL) return;
  LogError("protobuf", {{"message", message}});
}

void LogGrpc(gpr_log_func_args* arguments) {
  if (arguments->severity != GPR_LOG_SEVERITY_ERROR) return;
  LogWarning("grpc", {{"message", arguments->message}});
}

}  // namespace

void Log(LogLevel level, absl::string_view event, const LogFields& fields) {
  std::string line = "{";
  AppendJsonField("time",
                  absl::FormatTime("%Y-%m-%dT%H:%M:%E3SZ", absl::Now(),
                                   absl::UTCTimeZone()),
                  &line);
  AppendJsonField("level", NameOf(level), &line);
  AppendJsonField("event", event, &line);
  for (const auto& [name, value] : fields) {
    AppendJsonField(name, absl::string_view(value).substr(0, kMaxValue), &line);
  }
  line += '}';
  Logger().info(line);
}

void CaptureLibraryLogs() {
  google::protobuf::SetLogHandler(&LogProtobuf);
  gpr_set_log_function(&LogGrpc);
}

}  // namespace qantara::server
