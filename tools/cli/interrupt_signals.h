// Ctrl-C and SIGTERM as an Interruption.
#ifndef TOOLS_CLI_INTERRUPT_SIGNALS_H_
#define TOOLS_CLI_INTERRUPT_SIGNALS_H_

#include <csignal>
#include <thread>

#include "tools/cli/interruption.h"

namespace qantara::tools {

// While it lives, the first SIGINT or SIGTERM triggers the interruption; the
// second ends the process at once with code 130. Must be made before any other
// thread, because it blocks the two signals in its own thread and in those made
// later.
class InterruptSignals {
 public:
  // `interruption` must outlive the object.
  explicit InterruptSignals(Interruption& interruption);
  ~InterruptSignals();
  InterruptSignals(const InterruptSignals&) = delete;
  InterruptSignals& operator=(const InterruptSignals&) = delete;

 private:
  void Run();

  Interruption& interruption_;
  sigset_t signals_;
  std::thread thread_;
};

}  // namespace qantara::tools

#endif  // TOOLS_CLI_INTERRUPT_SIGNALS_H_
