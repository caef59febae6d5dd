// Who is calling: the three credential forms.
#ifndef TOOLS_SIMULATOR_CREDENTIALS_H_
#define TOOLS_SIMULATOR_CREDENTIALS_H_

#include "tools/simulator/api_call.h"

namespace qantara::simulator {

// Finds the company by `API-KEY: key`, `Authorization: Bearer token` or
// `Authorization: key`, and sets call.company and call.credential. Two
// credentials that name different companies count as none. Qwoty knows bearer
// tokens only.
void Authenticate(ApiCall& call);

}  // namespace qantara::simulator

#endif  // TOOLS_SIMULATOR_CREDENTIALS_H_
