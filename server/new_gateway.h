// Makes the gateway and the credential that a connection's settings ask for.
#ifndef QANTARA_SERVER_NEW_GATEWAY_H_
#define QANTARA_SERVER_NEW_GATEWAY_H_

#include <string>

#include "adapters/http/http_transport.h"
#include "domain/ports/clock.h"
#include "server/connection_runtime.h"

namespace qantara::server {

// Folder of the data directory with the tokens that providers rotate. No part
// of the log and of backups: a token from a backup was used up long ago.
inline constexpr char kCredentialsFolder[] = "credentials";

// Both references must outlive the gateways. Tokens go into
// DATA_DIR/credentials/ CONNECTION.token, for connections with a refresh token
// only.
GatewayFactory NewGatewayFactory(const domain::Clock& clock,
                                 adapters::HttpTransport& transport,
                                 const std::string& data_dir);

}  // namespace qantara::server

#endif  // QANTARA_SERVER_NEW_GATEWAY_H_
