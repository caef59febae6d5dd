// What a provider says to people, within bounds.
#ifndef QANTARA_ADAPTERS_GATEWAY_PROVIDER_PROBLEM_H_
#define QANTARA_ADAPTERS_GATEWAY_PROVIDER_PROBLEM_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"
#include "qantara/v1/error_reason.pb.h"
#include "qantara/v1/state.pb.h"

namespace qantara::adapters {

// Bounds of what is kept of one body.
inline constexpr size_t kMaxProviderProblems = 50;
inline constexpr size_t kMaxProviderMessageCharacters = 500;

// The text as valid UTF-8 on one line, without outer space, within the bound.
std::string ProviderMessage(absl::string_view text);

// What to say of a web page that came in place of an answer: its title, where
// it has one.
std::string WebPageMessage(absl::string_view page);

// One problem without field. The message is taken as it is.
v1::ItemProblem ProblemOf(v1::ErrorReason reason, absl::string_view message);

}  // namespace qantara::adapters

#endif  // QANTARA_ADAPTERS_GATEWAY_PROVIDER_PROBLEM_H_
