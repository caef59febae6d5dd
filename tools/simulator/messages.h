// The sentences of Qoyod's validation errors, in English and Arabic.
#ifndef TOOLS_SIMULATOR_MESSAGES_H_
#define TOOLS_SIMULATOR_MESSAGES_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "tools/simulator/json.h"

namespace qantara::simulator {

enum class Message {
  kDoesNotExist,
  kCantBeBlank,
  kCantBeBlankCapital,
  kEnterProductName,
  kSelectTaxes,
  kMustBeANumber,
  kTooLong,
  kTooShort,
  kNotInList,
  kEnterPrice,
  kAlreadyTaken,
  kInvalid,
  kNeedsReason,
};

std::string MessageText(Message message, bool arabic);

// Messages by field, as a 422 carries them. Keeps the order in which fields
// came; the same message twice on one field is kept once.
class FieldErrors {
 public:
  void Add(absl::string_view field, std::string message);
  bool empty() const { return fields_.empty(); }

  // {"field":["message",...],...}
  Json ToJson() const;
  // ["field message",...]
  Json ToSentences() const;

 private:
  std::vector<std::pair<std::string, std::vector<std::string>>> fields_;
};

}  // namespace qantara::simulator

#endif  // TOOLS_SIMULATOR_MESSAGES_H_
