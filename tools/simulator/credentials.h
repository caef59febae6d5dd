// Who is calling: the three credential forms, and the token endpoint.
#ifndef TOOLS_SIMULATOR_CREDENTIALS_H_
#define TOOLS_SIMULATOR_CREDENTIALS_H_

#include "tools/simulator/api_call.h"
#include "tools/simulator/http_message.h"

namespace qantara::simulator {

// Finds the company by `API-KEY: key`, `Authorization: Bearer token` or
// `Authorization: key`, and sets call.company and call.credential. Two
// credentials that name different companies count as none.
void Authenticate(ApiCall& call);

// POST /oauth/token: grant_type client_credentials, refresh_token or
// authorization_code, as a form or as JSON; client_id is the company's name,
// client_secret its first API key.
HttpReply GiveToken(ApiCall& call);

}  // namespace qantara::simulator

#endif  // TOOLS_SIMULATOR_CREDENTIALS_H_
