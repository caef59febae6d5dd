// The configuration file, read.
#ifndef QANTARA_SERVER_CONFIG_LOAD_CONFIG_H_
#define QANTARA_SERVER_CONFIG_LOAD_CONFIG_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "server/config/connection_settings.h"

namespace qantara::server {

// Largest configuration file in bytes.
inline constexpr size_t kMaxConfigBytes = 1 << 20;

// Parses the text form of `qantara.config.v1.ServerConfig` and checks it. Lines
// of the message read `file:line:column: field: what is wrong`.
//
// Errors: kInvalidArgument with every problem found.
absl::StatusOr<std::vector<ConnectionSettings>> ParseConfig(
    absl::string_view text, absl::string_view file);

// The same from the file at `path`.
//
// Errors: kNotFound when it cannot be read; kInvalidArgument.
absl::StatusOr<std::vector<ConnectionSettings>> LoadConfig(
    const std::string& path);

}  // namespace qantara::server

#endif  // QANTARA_SERVER_CONFIG_LOAD_CONFIG_H_
