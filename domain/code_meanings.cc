#include "domain/code_meanings.h"

namespace qantara::domain {
namespace {

using Code = absl::StatusCode;

constexpr absl::string_view kStatus = "status";
// Where the address, or who calls, may be wrong.
constexpr absl::string_view kReach = "status --server HOST:PORT";
// The command's own --help.
constexpr absl::string_view kOwnHelp;

// The first stands for every code that is not listed.
constexpr ErrorMeaning kCodes[] = {
    {{Code::kUnknown},
     Retry::kNo,
     0,
     "Something that is not expected.",
     "See the server's log.",
     kStatus},
    {{Code::kInternal},
     Retry::kLater,
     5,
     "A fault of the server, or a stream that broke.",
     "See the server's log.",
     kStatus},
    {{Code::kCancelled},
     Retry::kNo,
     0,
     "The client left.",
     "Nothing is to be done; what was recorded goes on.",
     kStatus},
    {{Code::kDeadlineExceeded},
     Retry::kLater,
     5,
     "It took longer than the client would wait; a write that was recorded "
     "goes on.",
     "Ask again with the same request_id.",
     kStatus},
    {{Code::kUnavailable},
     Retry::kLater,
     1,
     "The server cannot be reached, or is going away.",
     "Check its address and that it runs.",
     kReach},
    {{Code::kUnauthenticated},
     Retry::kAfterCure,
     0,
     "The server, or what stands before it, wants to know the caller.",
     "Give the credential that it wants.",
     kReach},
    {{Code::kUnimplemented},
     Retry::kNo,
     0,
     "The server does not have the call.",
     "Use a server of the client's release or later.",
     kStatus},
    {{Code::kInvalidArgument},
     Retry::kNo,
     0,
     "The command line or its input is wrong; nothing was sent.",
     "Correct what the text names.",
     kOwnHelp},
    {{Code::kNotFound},
     Retry::kNo,
     0,
     "A file is not there.",
     "Correct its name.",
     kOwnHelp},
    {{Code::kResourceExhausted},
     Retry::kNo,
     0,
     "A bound is reached, as that of a message's size.",
     "Send or ask for less.",
     kOwnHelp},
    {{Code::kAborted},
     Retry::kAfterCure,
     0,
     "Something changed meanwhile.",
     "Read it and decide again.",
     kStatus},
};

}  // namespace

absl::Span<const ErrorMeaning> CodeMeanings() { return kCodes; }

const ErrorMeaning& MeaningOfCode(absl::StatusCode code) {
  for (const ErrorMeaning& meaning : kCodes) {
    if (meaning.codes.front() == code) return meaning;
  }
  return kCodes[0];
}

}  // namespace qantara::domain
