#include "tools/cli/fields_text.h"

#include <google/protobuf/message.h>

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tools/cli/printable.h"

namespace qantara::tools {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

void AddFields(const Message& message, const std::string& prefix,
               std::vector<std::string>& out) {
  const auto* reflection = message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    const std::string name = absl::StrCat(prefix, field->name());
    if (field->is_repeated()) {
      out.push_back(absl::StrCat(
          name, " with ", reflection->FieldSize(message, field), " entries"));
      continue;
    }
    switch (field->cpp_type()) {
      case FieldDescriptor::CPPTYPE_STRING:
        out.push_back(absl::StrCat(
            name, " \"", Printable(reflection->GetString(message, field)),
            "\""));
        break;
      case FieldDescriptor::CPPTYPE_BOOL:
        out.push_back(absl::StrCat(
            name, reflection->GetBool(message, field) ? " true" : " false"));
        break;
      case FieldDescriptor::CPPTYPE_ENUM:
        out.push_back(absl::StrCat(
            name, " ", reflection->GetEnum(message, field)->name()));
        break;
      case FieldDescriptor::CPPTYPE_MESSAGE:
        AddFields(reflection->GetMessage(message, field), name + ".", out);
        break;
      default:
        break;
    }
  }
}

}  // namespace

std::string FieldsText(const v1::Product& product) {
  std::vector<std::string> out;
  AddFields(product, "", out);
  return absl::StrJoin(out, ", ");
}

}  // namespace qantara::tools
