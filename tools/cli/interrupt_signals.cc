#include "tools/cli/interrupt_signals.h"

#include <pthread.h>
#include <unistd.h>

namespace qantara::tools {
namespace {

constexpr int kInterruptedCode = 130;

// Sent by the destructor to its own thread.
constexpr int kStop = SIGUSR1;

}  // namespace

InterruptSignals::InterruptSignals(Interruption& interruption)
    : interruption_(interruption) {
  sigemptyset(&signals_);
  for (const int signal : {SIGINT, SIGTERM, kStop})
    sigaddset(&signals_, signal);
  pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
  thread_ = std::thread([this] { Run(); });
}

InterruptSignals::~InterruptSignals() {
  pthread_kill(thread_.native_handle(), kStop);
  thread_.join();
}

void InterruptSignals::Run() {
  int signal = 0;
  while (sigwait(&signals_, &signal) == 0 && signal != kStop) {
    if (interruption_.triggered()) _exit(kInterruptedCode);
    interruption_.Trigger();
  }
}

}  // namespace qantara::tools
