#include "domain/field_problems.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "domain/decimal.h"
#include "domain/text_checks.h"
#include "domain/utf8.h"

namespace qantara::domain {
namespace {

constexpr size_t kMaxNumericIdDigits = 18;
constexpr size_t kMaxOpaqueIdCharacters = 128;

bool IsNumericId(absl::string_view id) {
  return !id.empty() && id.size() <= kMaxNumericIdDigits && id[0] != '0' &&
         std::all_of(id.begin(), id.end(), absl::ascii_isdigit);
}

// Whether it has more than `limit` characters; no character is less than a
// byte, so most texts need no counting.
bool IsLonger(absl::string_view text, size_t limit) {
  return text.size() > limit && CountCharacters(text) > limit;
}

}  // namespace

void FieldProblems::Add(absl::string_view path, v1::ErrorReason reason,
                        absl::string_view message) {
  if (problems_.size() >= kMaxProblems) return;
  v1::ItemProblem& problem = problems_.emplace_back();
  problem.set_field(absl::StrCat(prefix_, path));
  problem.set_reason(reason);
  problem.set_message(std::string(message));
}

void FieldProblems::CheckText(absl::string_view path, absl::string_view text,
                              size_t limit) {
  if (IsLonger(text, limit)) {
    Add(path, v1::ERROR_REASON_FIELD_TOO_LONG,
        absl::StrCat("has ", CountCharacters(text), " characters; at most ",
                     limit, " are allowed"));
  }
  if (text.find('\0') != absl::string_view::npos) {
    Add(path, v1::ERROR_REASON_FIELD_INVALID, "has a NUL character (U+0000)");
  }
}

void FieldProblems::CheckCode(absl::string_view path, absl::string_view text,
                              size_t limit) {
  if (IsLonger(text, limit)) CheckText(path, text, limit);
  if (HasInvisible(text)) {
    Add(path, v1::ERROR_REASON_INVISIBLE_CHARACTER, DescribeInvisible(text));
  }
}

void FieldProblems::CheckDecimal(absl::string_view path, absl::string_view text,
                                 v1::ErrorReason reason) {
  if (ParsePrice(text).has_value()) return;
  if (IsBlank(text)) {
    Add(path, reason, "is blank; leave it out or give a decimal like 25.00");
    return;
  }
  Add(path, reason,
      absl::StrCat(Quoted(text),
                   " is not a plain decimal like 25.00: digits with at most "
                   "one point, at most ",
                   kMaxIntegerDigits, " before it and ", kMaxFractionDigits,
                   " after it"));
}

void FieldProblems::CheckId(absl::string_view path, absl::string_view id,
                            bool numeric) {
  if (numeric) {
    if (IsNumericId(id)) return;
    Add(path, v1::ERROR_REASON_FIELD_INVALID,
        id.empty()
            ? std::string("is empty; leave it out or give an id")
            : absl::StrCat(Quoted(id), " is not an id of this provider: 1 to ",
                           kMaxNumericIdDigits, " digits, the first not 0"));
    return;
  }
  if (!id.empty() && !IsLonger(id, kMaxOpaqueIdCharacters) &&
      !HasInvisible(id)) {
    return;
  }
  Add(path, v1::ERROR_REASON_FIELD_INVALID,
      absl::StrCat(Quoted(id), " is not an id: 1 to ", kMaxOpaqueIdCharacters,
                   " visible characters"));
}

void FieldProblems::CheckWord(absl::string_view path, absl::string_view word,
                              absl::Span<const absl::string_view> words) {
  if (std::find(words.begin(), words.end(), word) != words.end()) return;
  Add(path, v1::ERROR_REASON_FIELD_INVALID,
      absl::StrCat(Quoted(word), " is none of: ", absl::StrJoin(words, ", ")));
}

bool FieldProblems::CheckCount(absl::string_view path, size_t count,
                               size_t limit) {
  if (count <= limit) return true;
  Add(path, v1::ERROR_REASON_FIELD_TOO_LONG,
      absl::StrCat("has ", count, " entries; at most ", limit, " are allowed"));
  return false;
}

}  // namespace qantara::domain
