// Checks of single values that collect what they find.
#ifndef QANTARA_DOMAIN_FIELD_PROBLEMS_H_
#define QANTARA_DOMAIN_FIELD_PROBLEMS_H_

#include <cstddef>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "qantara/v1/error_reason.pb.h"
#include "qantara/v1/state.pb.h"

namespace qantara::domain {

// Most problems that are kept of one item; what comes after is not reported.
inline constexpr size_t kMaxProblems = 100;

// The problems of one message. Values that are in order cost no allocation.
class FieldProblems {
 public:
  // All paths are reported with `prefix`, which must outlive this object.
  explicit FieldProblems(absl::string_view prefix) : prefix_(prefix) {}

  // Adds a problem.
  void Add(absl::string_view path, v1::ErrorReason reason,
           absl::string_view message);

  // FIELD_TOO_LONG above `limit` characters; FIELD_INVALID for a NUL, which no
  // provider stores.
  void CheckText(absl::string_view path, absl::string_view text, size_t limit);

  // CheckText, and INVISIBLE_CHARACTER: for what is compared, not read.
  void CheckCode(absl::string_view path, absl::string_view text, size_t limit);

  // `reason` unless it is a decimal that ParsePrice accepts.
  void CheckDecimal(absl::string_view path, absl::string_view text,
                    v1::ErrorReason reason);

  // FIELD_INVALID unless it is a provider's id: with `numeric` 1 to 18 digits
  // that begin with 1 to 9, otherwise 1 to 128 visible characters.
  void CheckId(absl::string_view path, absl::string_view id, bool numeric);

  // FIELD_INVALID unless it is one of `words`.
  void CheckWord(absl::string_view path, absl::string_view word,
                 absl::Span<const absl::string_view> words);

  // FIELD_TOO_LONG above `limit` entries. Returns whether there are no more, so
  // that they may be looked at.
  bool CheckCount(absl::string_view path, size_t count, size_t limit);

  // Returns the problems in the order found.
  std::vector<v1::ItemProblem> Take() && { return std::move(problems_); }

 private:
  const absl::string_view prefix_;
  std::vector<v1::ItemProblem> problems_;
};

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_FIELD_PROBLEMS_H_
