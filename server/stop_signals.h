// The signals that ask a program to stop, or to read its configuration again.
#ifndef QANTARA_SERVER_STOP_SIGNALS_H_
#define QANTARA_SERVER_STOP_SIGNALS_H_

#include <signal.h>

namespace qantara::server {

// SIGINT, SIGTERM and SIGHUP, taken by Wait alone. Make it before any thread.
class StopSignals {
 public:
  StopSignals() {
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGINT);
    sigaddset(&signals_, SIGTERM);
    sigaddset(&signals_, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
  }

  // Returns the number of the next one.
  int Wait() const {
    int signal = 0;
    sigwait(&signals_, &signal);
    return signal;
  }

 private:
  sigset_t signals_;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_STOP_SIGNALS_H_
