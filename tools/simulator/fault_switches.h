// The list of switches: every way in which the simulator can be told to
// misbehave, with the parameters each one takes.
#ifndef TOOLS_SIMULATOR_FAULT_SWITCHES_H_
#define TOOLS_SIMULATOR_FAULT_SWITCHES_H_

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "tools/simulator/json.h"

namespace qantara::simulator {

struct FaultSwitch {
  const char* name;
  const char* fixtures;  // "F42 F43", as the contract numbers them.
  // Space-separated, with a type mark: `ms#` a number not below 0, `applied?`
  // a bool, `skus*` a string or a list of strings, `message$` a string,
  // `form=a|b` one of these.
  const char* parameters;
  // The parameter that a bare value sets ("latency_ms": 200); may be empty.
  const char* scalar;
};

// All switches, in the order of their fixtures.
absl::Span<const FaultSwitch> FaultSwitches();

// Whose switches there are. Fixtures F80 to F87 are Qwoty's, the others
// Qoyod's.
enum class SwitchOwner { kQoyod, kQwoty };
bool Owns(SwitchOwner provider, const FaultSwitch& known);

// Parameters that every switch takes: which requests it is for, and how often
// it strikes.
inline constexpr char kCommonParameters[] =
    "rate# count# skip# methods* path$ company$";

// Turns what was given for the provider's switch `name` into an object of
// parameters: true is {}, a bare value is the switch's scalar parameter.
// Errors: kInvalidArgument naming the unknown switch, the unknown parameter, or
// the parameter whose value does not fit.
absl::StatusOr<Json> NormalizeFault(SwitchOwner provider,
                                    absl::string_view name, const Json& given);

}  // namespace qantara::simulator

#endif  // TOOLS_SIMULATOR_FAULT_SWITCHES_H_
