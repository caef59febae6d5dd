// What the provider of a connection can do.
#ifndef QANTARA_SERVER_CONFIG_PROVIDER_TRAITS_H_
#define QANTARA_SERVER_CONFIG_PROVIDER_TRAITS_H_

#include "domain/ports/provider_traits.h"
#include "server/config/connection_settings.h"

namespace qantara::server {

// The one place, beside the gateway's, where providers are told apart.
domain::ProviderTraits TraitsOf(const ConnectionSettings& settings);

}  // namespace qantara::server

#endif  // QANTARA_SERVER_CONFIG_PROVIDER_TRAITS_H_
