// Lets this process die, or tell, at a failpoint: for tests of crashes.
#ifndef QANTARA_SERVER_FAILPOINT_SWITCH_H_
#define QANTARA_SERVER_FAILPOINT_SWITCH_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace qantara::server {

struct FailpointOptions {
  // NAME or NAME@N: when that failpoint is passed the N-th time (1 when left
  // out), the process gets SIGKILL: no destructor runs, nothing is flushed.
  std::string kill_at;
  // File to which the name of every failpoint that is passed is appended, a
  // line each, in the order in which they are passed.
  std::string trace;

  bool any() const { return !kill_at.empty() || !trace.empty(); }
};

// Arms failpoints for the rest of the process. Call it once, before anything
// is started. Nothing is armed when there is an error.
//
// Errors: kInvalidArgument: no failpoint has that name, or N is not a positive
// number; kUnavailable: the trace cannot be written.
absl::Status ArmFailpoints(const FailpointOptions& options);

// Every failpoint, a line each: name, tab, meaning.
std::string FailpointList();

}  // namespace qantara::server

#endif  // QANTARA_SERVER_FAILPOINT_SWITCH_H_
