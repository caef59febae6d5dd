// Checks a configuration against the bounds that config.proto states, and fills
// in defaults.
#ifndef QANTARA_SERVER_CONFIG_CHECK_CONFIG_H_
#define QANTARA_SERVER_CONFIG_CHECK_CONFIG_H_

#include <string>
#include <vector>

#include "qantara/config/v1/config.pb.h"
#include "server/config/connection_settings.h"

namespace qantara::server {

// Something wrong, and where: `path` leads from ServerConfig to the field, as
// names and indexes, such as {"connections", 1}, {"qoyod", 0}, {"base_url", 0}.
struct ConfigProblem {
  struct Step {
    std::string field;
    int index = 0;
  };
  std::vector<Step> path;
  std::string message;
};

// The path as people write it: `connections[1].qoyod.base_url`.
std::string PathText(const ConfigProblem& problem);

// The settings, valid only where there is no problem.
struct CheckedConfig {
  std::vector<ConnectionSettings> connections;
  std::vector<ConfigProblem> problems;
};

// Reads the settings and lists everything that is wrong. Pure.
CheckedConfig CheckConfig(const config::v1::ServerConfig& config);

}  // namespace qantara::server

#endif  // QANTARA_SERVER_CONFIG_CHECK_CONFIG_H_
