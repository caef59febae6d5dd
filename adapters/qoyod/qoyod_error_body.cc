#include "adapters/qoyod/qoyod_error_body.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "adapters/gateway/provider_problem.h"
#include "adapters/json/json_reader.h"

namespace qantara::adapters {
namespace {

using rapidjson::Value;

// How deep messages may be nested below a field.
constexpr int kMaxMessageDepth = 4;

// What routers and web servers say, in lower case; no text of Qoyod's about a
// record or an empty list is one of these.
constexpr absl::string_view kNoSuchPath[] = {"url not found", "no route",
                                             "routing error"};
constexpr absl::string_view kNoSuchPathExactly[] = {
    "not found", "404 not found", "404 page not found", "page not found"};

bool SaysNoSuchPath(absl::string_view text) {
  const std::string lower =
      absl::AsciiStrToLower(absl::StripAsciiWhitespace(text));
  return std::any_of(
             std::begin(kNoSuchPath), std::end(kNoSuchPath),
             [&](auto phrase) { return absl::StrContains(lower, phrase); }) ||
         std::find(std::begin(kNoSuchPathExactly), std::end(kNoSuchPathExactly),
                   lower) != std::end(kNoSuchPathExactly);
}

// Collects messages out of one JSON value.
class Collector {
 public:
  Collector(v1::ErrorReason reason, ErrorBody* body)
      : reason_(reason), body_(body) {}

  void Add(absl::string_view field, absl::string_view text) {
    if (SaysNoSuchPath(text)) body_->says_no_such_path = true;
    const std::string message = ProviderMessage(text);
    if (message.empty() || body_->problems.size() >= kMaxProviderProblems) {
      return;
    }
    v1::ItemProblem problem = ProblemOf(reason_, message);
    problem.set_field(ProviderMessage(field));
    body_->problems.push_back(std::move(problem));
  }

  // Texts, lists of texts, and objects of either by field, to a depth.
  void AddAll(absl::string_view field, const Value& value, int depth = 0) {
    if (const std::optional<std::string> text = TextOf(value)) {
      Add(field, *text);
    } else if (depth >= kMaxMessageDepth) {
      return;
    } else if (value.IsArray()) {
      for (const Value& element : value.GetArray()) {
        AddAll(field, element, depth + 1);
      }
    } else if (value.IsObject()) {
      for (const auto& member : value.GetObject()) {
        const std::string name = *TextOf(member.name);
        const std::string path =
            field.empty() ? name : absl::StrCat(field, ".", name);
        AddAll(path, member.value, depth + 1);
      }
    }
  }

 private:
  const v1::ErrorReason reason_;
  ErrorBody* const body_;
};

// The bare form {"base": ["message"]}.
bool IsListsByField(const Value& answer) {
  return answer.MemberCount() > 0 &&
         std::all_of(answer.MemberBegin(), answer.MemberEnd(),
                     [](const auto& member) { return member.value.IsArray(); });
}

void ReadObject(const Value& answer, v1::ErrorReason reason, ErrorBody* body) {
  Collector collect(reason, body);
  const Value* errors = FindMember(answer, "errors");
  const Value* error = FindMember(answer, "error");
  const Value* messages = FindMember(answer, "messages");
  if (answer.MemberCount() == 1 && answer.MemberBegin()->value.IsString()) {
    body->form = ErrorForm::kOneMember;
    collect.Add("", *TextOf(answer.MemberBegin()->value));
    return;
  }
  if (IsListsByField(answer) && errors == nullptr && messages == nullptr) {
    body->form = ErrorForm::kFields;
    collect.AddAll("", answer);
    return;
  }
  body->form = errors != nullptr || messages != nullptr ? ErrorForm::kFields
                                                        : ErrorForm::kUnknown;
  if (errors != nullptr) collect.AddAll("", *errors);
  if (messages != nullptr) collect.AddAll("", *messages);
  if (!body->problems.empty()) return;
  if (error != nullptr && error->IsObject())
    error = FindMember(*error, "message");
  if (error != nullptr) collect.AddAll("", *error);
  const Value* message = FindMember(answer, "message");
  if (body->problems.empty() && message != nullptr) {
    collect.AddAll("", *message);
  }
}

}  // namespace

bool HoldsErrors(const Value& answer) {
  for (const absl::string_view name : {"errors", "error"}) {
    const Value* value = FindMember(answer, name);
    if (value == nullptr) continue;
    if (value->IsString() && value->GetStringLength() > 0) return true;
    if (value->IsArray() && !value->Empty()) return true;
    if (value->IsObject() && !value->ObjectEmpty()) return true;
  }
  return false;
}

ErrorBody ReadErrorBody(absl::string_view text, v1::ErrorReason reason) {
  ErrorBody body;
  absl::ConsumePrefix(&text, "\xef\xbb\xbf");
  text = absl::StripAsciiWhitespace(text);
  if (text.empty()) return body;
  if (text[0] == '<') {
    body.form = ErrorForm::kHtml;
    body.problems.push_back(ProblemOf(reason, WebPageMessage(text)));
    return body;
  }
  const absl::StatusOr<rapidjson::Document> json = ParseJson(text);
  if (json.ok() && json->IsObject()) {
    ReadObject(*json, reason, &body);
    return body;
  }
  Collector collect(reason, &body);
  if (json.ok() && !json->IsString()) {
    body.form = ErrorForm::kUnknown;
    collect.AddAll("", *json);
    return body;
  }
  // What looks like JSON and is none was cut off on its way.
  body.form = !json.ok() && (text[0] == '{' || text[0] == '[')
                  ? ErrorForm::kUnknown
                  : ErrorForm::kSentence;
  collect.Add("", json.ok() ? *TextOf(*json) : std::string(text));
  return body;
}

}  // namespace qantara::adapters
