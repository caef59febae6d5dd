// qantara: the operator's command line.

#include <google/protobuf/stubs/logging.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <optional>
#include <string>
#include <vector>

#include "tools/cli/interrupt_signals.h"
#include "tools/cli/interruption.h"
#include "tools/cli/run.h"

namespace {

std::string Environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

int TerminalWidth() {
  winsize size;
  return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

}  // namespace

int main(int argc, char** argv) {
  // Text that is not UTF-8 is reported once and by row, not by protobuf for
  // each value.
  google::protobuf::SetLogHandler(nullptr);
  // Between two calls gRPC looks at its sockets this often only; with its own
  // 5 s a server that is back would be found that late.
  setenv("GRPC_CLIENT_CHANNEL_BACKUP_POLL_INTERVAL_MS", "200", 0);
  qantara::tools::Interruption interruption;
  std::optional<qantara::tools::InterruptSignals> signals;
  const qantara::tools::Surroundings surroundings{
      std::cout,
      std::cerr,
      isatty(STDERR_FILENO) == 1,
      TerminalWidth(),
      Environment("QANTARA_SERVER"),
      Environment("QANTARA_CONNECTION"),
      interruption,
      [&] { signals.emplace(interruption); },
      isatty(STDOUT_FILENO) == 1 && Environment("NO_COLOR").empty(),
  };
  return static_cast<int>(qantara::tools::Run(
      std::vector<std::string>(argv + 1, argv + argc), surroundings));
}
