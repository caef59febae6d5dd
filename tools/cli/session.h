// What every command is given.
#ifndef TOOLS_CLI_SESSION_H_
#define TOOLS_CLI_SESSION_H_

#include <grpcpp/channel.h>

#include <functional>
#include <memory>
#include <ostream>
#include <string>

#include "absl/status/status.h"
#include "tools/cli/arguments.h"
#include "tools/cli/exit_code.h"
#include "tools/cli/interruption.h"
#include "tools/cli/progress_view.h"

namespace qantara::tools {

// One run of the program. The streams and the interruption outlive it.
struct Session {
  Arguments arguments;     // `words` without the command's own words.
  std::string server;      // HOST:PORT.
  std::string connection;  // Empty: the server's only one.
  bool json = false;       // Data as JSON on `out`.
  bool terminal = false;   // Whether `err` is a terminal.
  int width = 0;           // The terminal's columns.
  std::ostream& out;       // Data.
  std::ostream& err;       // Progress, notes and errors.
  Interruption& interruption;
  // Runs before the first thread is made, when the input was read: from here on
  // Ctrl-C detaches instead of ending the process.
  std::function<void()> before_connect;
  std::shared_ptr<grpc::Channel> channel;
  bool colours = false;  // Whether `out` is a terminal that wants them.
  std::string command;   // Its words, such as "import watch".

  // Prints the error, with the command that helps, and returns kUsage.
  ExitCode UsageError(const absl::Status& status) const;

  // Prints the failed call, with the command that helps, and returns its exit
  // code.
  ExitCode CallError(const grpc::Status& status) const;

  // Opens the channel and waits for the server, at most `--connect_timeout`.
  // Prints why and returns another code than kDone when that fails.
  ExitCode Connect();

  // How progress is shown on `err`.
  ProgressStyle progress_style() const;
};

}  // namespace qantara::tools

#endif  // TOOLS_CLI_SESSION_H_
