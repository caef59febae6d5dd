// POST /oauth/token: access and refresh tokens for clients.
#ifndef TOOLS_SIMULATOR_TOKEN_ENDPOINT_H_
#define TOOLS_SIMULATOR_TOKEN_ENDPOINT_H_

#include "tools/simulator/api_call.h"
#include "tools/simulator/http_message.h"

namespace qantara::simulator {

// Answers grant_type client_credentials, refresh_token or authorization_code,
// given as a form or as JSON. client_id is the company's name, client_secret
// its first API key; both stand in the body or come as HTTP Basic. Sets
// call.company and call.credential.
HttpReply GiveToken(ApiCall& call);

}  // namespace qantara::simulator

#endif  // TOOLS_SIMULATOR_TOKEN_ENDPOINT_H_
