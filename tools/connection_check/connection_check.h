// Asks a provider whether a connection works, by reading only.
#ifndef QANTARA_TOOLS_CONNECTION_CHECK_CONNECTION_CHECK_H_
#define QANTARA_TOOLS_CONNECTION_CHECK_CONNECTION_CHECK_H_

#include <ostream>

#include "adapters/credentials/credentials.h"
#include "domain/ports/clock.h"
#include "domain/ports/product_gateway.h"
#include "server/config/connection_settings.h"

namespace qantara::tools {

// Exit codes of the program, the same as those of `qantara`.
enum class CheckResult {
  kAllWell = 0,
  // The provider cannot be reached, fails, or is not at the base URL.
  kProblems = 1,
  // The flags or the configuration are wrong; nothing was asked.
  kUsage = 2,
  // The provider refused the credential, or there is none.
  kCredentialsNeeded = 4,
};

// Waits until the credential can be used; asks for an access token where the
// connection uses OAuth. Writes why it cannot be used to `out`.
CheckResult AwaitCredential(const server::ConnectionSettings& settings,
                            adapters::Credentials& credentials,
                            std::ostream& out);

// Checks the connection as the server does
// (server/operations/connection_check.h), without its budget, and writes what
// was found to `out`, never a credential. Waits for each answer as long as the
// gateway does.
CheckResult CheckConnection(const server::ConnectionSettings& settings,
                            domain::ProductGateway& gateway,
                            const domain::Clock& clock, std::ostream& out);

}  // namespace qantara::tools

#endif  // QANTARA_TOOLS_CONNECTION_CHECK_CONNECTION_CHECK_H_
