// The flags of the server.
#ifndef QANTARA_SERVER_OPTIONS_H_
#define QANTARA_SERVER_OPTIONS_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "server/failpoint_switch.h"

namespace qantara::server {

// What the flags say.
struct Options {
  // Configuration file, text form of qantara.config.v1.ServerConfig.
  std::string config;
  // Directory of the log and the tables; made where it does not exist.
  std::string data_dir;
  // HOST:PORT; port 0 picks one.
  std::string listen;
  // HOST:PORT for metrics; empty: none.
  std::string metrics_listen;
  // Folder of all backups; empty: DATA_DIR/backups.
  std::string backup_dir;
  // For tests of crashes.
  FailpointOptions failpoints;
  // Only to print the failpoints.
  bool list_failpoints = false;
};

// Reads the flags from the command line and checks them.
//
// Errors: kInvalidArgument that names the flag: one is missing or malformed, or
// an address is not a loopback one and --insecure_any_address is not given.
// With --list_failpoints nothing is required.
absl::StatusOr<Options> ParseOptions(int argc, char** argv);

// Whether HOST of `HOST:PORT` is this machine's own: `localhost`, `127.x.x.x`
// or `[::1]`.
//
// Errors: kInvalidArgument where it is not HOST:PORT.
absl::StatusOr<bool> IsLoopback(absl::string_view address);

}  // namespace qantara::server

#endif  // QANTARA_SERVER_OPTIONS_H_
