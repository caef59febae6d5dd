// Lines of a catalog, parsed and validated before anything is decided.
#ifndef QANTARA_DOMAIN_LINE_H_
#define QANTARA_DOMAIN_LINE_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "qantara/v1/product.pb.h"
#include "qantara/v1/state.pb.h"

namespace qantara::domain {

// A line as received, with everything that is wrong with it. A line with
// problems is accepted as INVALID: it never stops an import.
struct ParsedLine {
  // The line's bytes: a serialized v1::CatalogLine where there are no problems
  // and nothing was normalised; see ParseLine.
  std::string payload;
  // SHA-256 of `payload`, first 16 bytes.
  std::string digest;
  // As far as they could be read.
  std::string sku;
  std::string external_id;
  std::vector<v1::ItemProblem> problems;
};

// What a connection and an import allow.
struct LineRules {
  // Whether remote, category, tax, unit and account ids must be digits (Qoyod).
  bool numeric_ids = true;
  bool allow_missing_sku = false;
};

// Longest line in bytes; a longer one is INVALID and only its head is kept.
inline constexpr size_t kMaxLineBytes = 256 << 10;

// Parses and validates one line. Prices in Arabic digits are normalised in the
// payload; every other byte stays as received. Pure.
ParsedLine ParseLine(absl::string_view bytes, const LineRules& rules);

// Parses the payload of an accepted line without problems.
v1::CatalogLine LineOf(absl::string_view payload);

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_LINE_H_
