#include "domain/decide/paused.h"

#include "domain/restored.h"
#include "domain/status_macros.h"

namespace qantara::domain {

absl::StatusOr<bool> IsPaused(const TableReader& state,
                              const std::string& connection) {
  QANTARA_ASSIGN_OR_RETURN(const PauseState pause, PauseOf(state, connection));
  return pause.paused;
}

absl::Status CheckNotPaused(const TableReader& state,
                            const std::string& connection) {
  QANTARA_ASSIGN_OR_RETURN(const bool paused, IsPaused(state, connection));
  if (paused) return absl::AbortedError("the connection is paused");
  return absl::OkStatus();
}

absl::Status CheckSweptSinceRestore(const TableReader& state,
                                    const std::string& connection) {
  QANTARA_ASSIGN_OR_RETURN(const Position restored,
                           AwaitedSweep(state, connection));
  if (restored == 0) return absl::OkStatus();
  return absl::AbortedError("no complete sweep since the log was restored");
}

}  // namespace qantara::domain
