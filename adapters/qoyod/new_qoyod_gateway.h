// Makes a gateway out of its part of the configuration.
#ifndef QANTARA_ADAPTERS_QOYOD_NEW_QOYOD_GATEWAY_H_
#define QANTARA_ADAPTERS_QOYOD_NEW_QOYOD_GATEWAY_H_

#include <memory>

#include "adapters/credentials/credential_source.h"
#include "adapters/http/http_transport.h"
#include "adapters/qoyod/qoyod_gateway.h"
#include "domain/ports/clock.h"
#include "domain/ports/product_gateway.h"
#include "qantara/config/v1/config.pb.h"

namespace qantara::adapters {

// What the configuration says, with the defaults that its comments promise. It
// must have been validated: a base URL, one credential, bounds kept.
QoyodOptions QoyodOptionsOf(const config::v1::Qoyod& config);

// Where the configuration says that a key or an access token is. OAuth is not
// among these: such a connection's credential is made by whoever knows where
// its tokens are kept.
CredentialOptions CredentialOptionsOf(const config::v1::Qoyod& config);

// A gateway with such a credential. The clock and the transport must outlive
// it.
std::unique_ptr<domain::ProductGateway> NewQoyodGateway(
    const config::v1::Qoyod& config, const domain::Clock& clock,
    HttpTransport& transport);

}  // namespace qantara::adapters

#endif  // QANTARA_ADAPTERS_QOYOD_NEW_QOYOD_GATEWAY_H_
