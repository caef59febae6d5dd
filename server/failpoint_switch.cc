#include "server/failpoint_switch.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <optional>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "domain/ports/failpoints.h"
#include "domain/status_macros.h"

namespace qantara::server {
namespace {

using domain::Failpoint;
using domain::FailpointInfo;
using domain::kFailpoints;

constexpr mode_t kTraceMode = 0600;

// Written before the hook is set, never afterwards.
std::optional<Failpoint> deadly_point;
uint64_t deadly_pass = 0;
int trace_file = -1;
std::array<std::string, domain::kFailpointCount> trace_lines;

std::array<std::atomic<uint64_t>, domain::kFailpointCount> passes;

void OnReached(Failpoint point) {
  const auto index = static_cast<size_t>(point);
  const uint64_t pass = passes[index].fetch_add(1) + 1;
  if (trace_file >= 0) {
    const std::string& line = trace_lines[index];
    // A trace that lacks a line fails the test that reads it.
    const ssize_t written = write(trace_file, line.data(), line.size());
    static_cast<void>(written);
  }
  if (point != deadly_point || pass != deadly_pass) return;
  kill(getpid(), SIGKILL);
  while (true) pause();
}

absl::StatusOr<Failpoint> Find(absl::string_view name) {
  for (const FailpointInfo& info : kFailpoints) {
    if (name == info.name) return info.point;
  }
  return absl::InvalidArgumentError(
      absl::StrCat("--failpoint: no failpoint is named `", name,
                   "`; --list_failpoints prints all"));
}

absl::Status ArmKill(absl::string_view kill_at) {
  const std::pair<absl::string_view, absl::string_view> parts =
      absl::StrSplit(kill_at, absl::MaxSplits('@', 1));
  QANTARA_ASSIGN_OR_RETURN(deadly_point, Find(parts.first));
  deadly_pass = 1;
  const bool counted = parts.first.size() != kill_at.size();
  if (counted &&
      (!absl::SimpleAtoi(parts.second, &deadly_pass) || deadly_pass == 0)) {
    deadly_point.reset();
    return absl::InvalidArgumentError(absl::StrCat(
        "--failpoint: `", parts.second, "` is not a positive number"));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status ArmFailpoints(const FailpointOptions& options) {
  if (!options.trace.empty()) {
    for (const FailpointInfo& info : kFailpoints) {
      trace_lines[static_cast<size_t>(info.point)] =
          absl::StrCat(info.name, "\n");
    }
    trace_file = open(options.trace.c_str(),
                      O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, kTraceMode);
    if (trace_file < 0) {
      return absl::UnavailableError(
          absl::StrCat("--failpoint_trace: cannot write ", options.trace));
    }
  }
  if (!options.kill_at.empty()) {
    QANTARA_RETURN_IF_ERROR(ArmKill(options.kill_at));
  }
  if (options.any()) domain::SetFailpointHook(&OnReached);
  return absl::OkStatus();
}

std::string FailpointList() {
  std::string list;
  for (const FailpointInfo& info : kFailpoints) {
    absl::StrAppend(&list, info.name, "\t", info.meaning, "\n");
  }
  return list;
}

}  // namespace qantara::server
