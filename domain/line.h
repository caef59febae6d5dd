// Lines of a catalog, parsed and validated before anything is decided.
#ifndef QANTARA_DOMAIN_LINE_H_
#define QANTARA_DOMAIN_LINE_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "domain/line_rules.h"
#include "qantara/v1/product.pb.h"
#include "qantara/v1/state.pb.h"

namespace qantara::domain {

// A line as received, with everything that is wrong with it. A line with
// problems is accepted as INVALID: it never stops an import.
struct ParsedLine {
  // The line's bytes as received. Without problems, a serialized
  // v1::CatalogLine whose decimals are normalised; with problems, whatever the
  // client sent, of a line over kMaxLineBytes only the first kKeptHeadBytes.
  std::string payload;
  // SHA-256 of `payload`, first 16 bytes.
  std::string digest;
  // As far as they could be read; of a line with problems, valid UTF-8 and cut
  // to the longest that is allowed.
  std::string sku;
  std::string external_id;
  // Paths of fields, below the product, that the provider has no place for: the
  // line is valid without them. None where there are problems.
  std::vector<std::string> not_taken;
  // At most kMaxProblems. A line that is no message has one, with an empty
  // path; a text that is no UTF-8 has its path.
  std::vector<v1::ItemProblem> problems;
};

// Longest line in bytes; a longer one is INVALID and only its head is kept.
inline constexpr size_t kMaxLineBytes = 256 << 10;
inline constexpr size_t kKeptHeadBytes = 1 << 10;

// Parses and validates one line; total: any bytes give a line. Decimals in
// Arabic digits or with zeros in front are normalised in the payload, which is
// then serialized again; otherwise every byte stays as received. Pure,
// thread-safe.
ParsedLine ParseLine(absl::string_view bytes, const LineRules& rules);

// Parses the payload of an accepted line without problems. Of other bytes, an
// empty line.
v1::CatalogLine LineOf(absl::string_view payload);

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_LINE_H_
