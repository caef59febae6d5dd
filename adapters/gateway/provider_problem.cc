#include "adapters/gateway/provider_problem.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "adapters/json/json_reader.h"
#include "domain/utf8.h"

namespace qantara::adapters {

std::string ProviderMessage(absl::string_view text) {
  std::string message = ValidText(absl::StripAsciiWhitespace(text));
  std::replace_if(
      message.begin(), message.end(),
      [](char c) { return absl::ascii_iscntrl(static_cast<unsigned char>(c)); },
      ' ');
  return std::string(
      domain::FirstCharacters(message, kMaxProviderMessageCharacters));
}

std::string WebPageMessage(absl::string_view page) {
  const std::string lower = absl::AsciiStrToLower(page);
  const size_t open = lower.find("<title>");
  const size_t close = lower.find("</title>");
  std::string title;
  if (open != std::string::npos && close != std::string::npos && open < close) {
    const size_t begin = open + absl::string_view("<title>").size();
    title = ProviderMessage(page.substr(begin, close - begin));
  }
  return title.empty() ? "a web page instead of an answer"
                       : absl::StrCat("a web page: ", title);
}

v1::ItemProblem ProblemOf(v1::ErrorReason reason, absl::string_view message) {
  v1::ItemProblem problem;
  problem.set_reason(reason);
  problem.set_message(std::string(message));
  return problem;
}

}  // namespace qantara::adapters
