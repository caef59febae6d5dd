// The program, apart from main's process-wide things.
#ifndef TOOLS_CLI_RUN_H_
#define TOOLS_CLI_RUN_H_

#include <functional>
#include <ostream>
#include <string>
#include <vector>

#include "tools/cli/exit_code.h"
#include "tools/cli/interruption.h"

namespace qantara::tools {

// What the program is given by its surroundings.
struct Surroundings {
  std::ostream& out;
  std::ostream& err;
  bool terminal = false;   // Whether `err` is one.
  int width = 0;           // Its columns.
  std::string server;      // $QANTARA_SERVER; may be empty.
  std::string connection;  // $QANTARA_CONNECTION; may be empty.
  Interruption& interruption;
  std::function<void()> before_connect;  // As Session's.
  bool colours = false;  // Whether `out` is a terminal that wants them.
};

// Runs one command line (without the program's name) and returns its exit code.
ExitCode Run(const std::vector<std::string>& command_line,
             const Surroundings& surroundings);

}  // namespace qantara::tools

#endif  // TOOLS_CLI_RUN_H_
