// Page tokens: opaque to clients, bound to the call that made them.
#ifndef QANTARA_SERVER_CORE_PAGE_TOKEN_H_
#define QANTARA_SERVER_CORE_PAGE_TOKEN_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace qantara::server {

// A page ends at this size, even when fewer rows than wanted are in it: clients
// take messages of 4 MiB.
inline constexpr size_t kMaxPageBytes = 2 << 20;

// Makes a token that continues after `key`. `scope` says which call and which
// filter it belongs to.
std::string MakePageToken(absl::string_view scope, absl::string_view key);

// Returns the key in `token`, or "" for an empty token.
//
// Errors: kInvalidArgument (TOKEN_INVALID, field `page_token`) when it was not
// made by MakePageToken for this scope.
absl::StatusOr<std::string> ReadPageToken(absl::string_view scope,
                                          absl::string_view token);

// Returns the number of rows of a page: `wanted`, or `absent` where that is 0.
//
// Errors: kInvalidArgument (FIELD_INVALID, field `page_size`) above 1,000.
absl::StatusOr<size_t> ReadPageSize(uint32_t wanted, uint32_t absent);

}  // namespace qantara::server

#endif  // QANTARA_SERVER_CORE_PAGE_TOKEN_H_
