// Makes the gateway that a connection's settings ask for.
#ifndef QANTARA_SERVER_NEW_GATEWAY_H_
#define QANTARA_SERVER_NEW_GATEWAY_H_

#include "adapters/http/http_transport.h"
#include "domain/ports/clock.h"
#include "server/connection_runtime.h"

namespace qantara::server {

// Both references must outlive the gateways.
GatewayFactory NewGatewayFactory(const domain::Clock& clock,
                                 adapters::HttpTransport& transport);

}  // namespace qantara::server

#endif  // QANTARA_SERVER_NEW_GATEWAY_H_
