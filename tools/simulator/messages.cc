#include "tools/simulator/messages.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace qantara::simulator {

std::string MessageText(Message message, bool arabic) {
  switch (message) {
    case Message::kDoesNotExist:
      return arabic ? "غير موجود" : "does not exist";
    case Message::kCantBeBlank:
      return arabic ? "لا يمكن أن يكون فارغا" : "can't be blank";
    case Message::kCantBeBlankCapital:
      return arabic ? "لا يمكن أن يكون فارغا" : "Can't be blank";
    case Message::kEnterProductName:
      return arabic ? "الرجاء إدخال اسم المنتج."
                    : "Please Enter The Product Name.";
    case Message::kSelectTaxes:
      return arabic ? "الرجاء اختيار الضرائب" : "Please select taxes";
    case Message::kMustBeANumber:
      return arabic ? "يجب أن يكون رقما" : "must be a number";
    case Message::kTooLong:
      return arabic ? "طويل جدا (الحد الأقصى هو 250 حرفا)"
                    : "is too long (maximum is 250 characters)";
    case Message::kTooShort:
      return arabic ? "قصير جدا" : "is too short (minimum is 3 characters)";
    case Message::kNotInList:
      return arabic ? "غير متضمن في القائمة" : "is not included in the list";
    case Message::kEnterPrice:
      return arabic ? "أدخل سعر الشراء أو سعر البيع على الأقل للمتابعة."
                    : "enter at least a purchase price or a sales price to "
                      "continue.";
    case Message::kAlreadyTaken:
      return arabic ? "مستخدم من قبل" : "has already been taken";
    case Message::kInvalid:
      return arabic ? "غير صالح" : "is invalid";
    case Message::kNeedsReason:
      return arabic ? "الرجاء اختيار سبب الضريبة"
                    : "must be a reason of the tax's category";
  }
  return "";
}

void FieldErrors::Add(absl::string_view field, std::string message) {
  for (auto& [name, messages] : fields_) {
    if (name != field) continue;
    if (std::find(messages.begin(), messages.end(), message) ==
        messages.end()) {
      messages.push_back(std::move(message));
    }
    return;
  }
  fields_.push_back({std::string(field), {std::move(message)}});
}

Json FieldErrors::ToJson() const {
  Json object = Json::Object();
  for (const auto& [name, messages] : fields_) {
    Json list = Json::Array();
    for (const std::string& message : messages) {
      list.Append(Json::String(message));
    }
    object.Add(name, std::move(list));
  }
  return object;
}

Json FieldErrors::ToSentences() const {
  Json list = Json::Array();
  for (const auto& [name, messages] : fields_) {
    for (const std::string& message : messages) {
      list.Append(Json::String(absl::StrCat(name, " ", message)));
    }
  }
  return list;
}

}  // namespace qantara::simulator
