#include "tools/simulator/replies.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "tools/simulator/json.h"
#include "tools/simulator/text.h"

namespace qantara::simulator {
namespace {

constexpr int64_t kRetryDateMs = 2000;

}  // namespace

HttpReply JsonReply(int status, std::string body) {
  HttpReply reply;
  reply.status = status;
  reply.body = std::move(body);
  return reply;
}

HttpReply SentenceReply(absl::string_view form, absl::string_view sentence,
                        absl::string_view arabic_sentence) {
  if (form == "raw") {
    HttpReply reply = JsonReply(404, std::string(sentence));
    reply.content_type = "text/plain; charset=utf-8";
    return reply;
  }
  return JsonReply(
      404,
      Json::String(form == "arabic" ? arabic_sentence : sentence).ToText());
}

HttpReply UrlNotFound() {
  return JsonReply(404, R"({"message":"URL not found"})");
}

HttpReply Unauthorized(ApiCall& call) {
  const std::string form = call.Form("unauthorized_form", "json");
  HttpReply reply =
      JsonReply(401, R"({"error":"Unauthorized - Invalid API key"})");
  if (form == "empty") {
    reply.body.clear();
    reply.content_type.clear();
  } else if (form == "text") {
    reply.body = "Unauthorized";
    reply.content_type = "text/plain; charset=utf-8";
  }
  return reply;
}

HttpReply Invalid(ApiCall& call, const FieldErrors& errors) {
  const std::string form = call.Form("error_form", "E1");
  const std::string fields = errors.ToJson().ToText();
  const Json sentences = errors.ToSentences();
  if (form == "E9") {
    return JsonReply(422, absl::StrCat(R"({"error":"Invalid resource",)",
                                       R"("messages":)", fields, "}"));
  }
  if (form == "E10") {
    return JsonReply(422,
                     absl::StrCat(R"({"errors":)", sentences.ToText(), "}"));
  }
  if (form == "E11") {
    const std::string first =
        sentences.items().empty() ? "" : sentences.items().front().text();
    return InvalidSentence(first);
  }
  if (form == "E12") return JsonReply(422, fields);
  return JsonReply(422, absl::StrCat(R"({"errors":)", fields, "}"));
}

HttpReply InvalidSentence(absl::string_view sentence) {
  Json body = Json::Object();
  body.Add("errors", Json::String(sentence));
  return JsonReply(422, body.ToText());
}

HttpReply ServerFailure(int status, absl::string_view body_form) {
  const std::string reason(ReasonPhrase(status));
  HttpReply reply = JsonReply(
      status,
      absl::StrCat(R"({"status":)", status, R"(,"error":")", reason, R"("})"));
  if (body_form == "truncated") {
    reply.body.resize(reply.body.size() / 2);
  } else if (body_form == "html") {
    reply.content_type = "text/html";
    reply.body = absl::StrCat("<html><head><title>", status, " ", reason,
                              "</title></head><body><center><h1>", status, " ",
                              reason, "</h1></center></body></html>\n");
  } else if (body_form == "text") {
    reply.content_type = "text/plain";
    reply.body = reason;
  } else if (body_form == "empty") {
    reply.content_type.clear();
    reply.body.clear();
  }
  return reply;
}

void AddRetryAfter(absl::string_view retry_after, HttpReply* reply) {
  if (retry_after == "date") {
    reply->headers.emplace_back("Retry-After",
                                HttpDate(NowMs() + kRetryDateMs));
  } else if (retry_after != "missing") {
    reply->headers.emplace_back("Retry-After", retry_after);
  }
}

}  // namespace qantara::simulator
