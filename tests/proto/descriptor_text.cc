#include "tests/proto/descriptor_text.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/descriptor.pb.h"

namespace qantara::tests {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::DescriptorProto;
using google::protobuf::EnumDescriptor;
using google::protobuf::EnumDescriptorProto;
using google::protobuf::FieldDescriptor;
using google::protobuf::FileDescriptor;
using google::protobuf::MethodDescriptor;
using google::protobuf::OneofDescriptor;
using google::protobuf::ServiceDescriptor;

std::string TypeOf(const FieldDescriptor& field) {
  if (field.message_type() != nullptr) {
    return field.message_type()->full_name();
  }
  if (field.enum_type() != nullptr) return field.enum_type()->full_name();
  return field.type_name();
}

std::string LabelOf(const FieldDescriptor& field) {
  if (field.is_repeated()) return "repeated ";
  // `optional` as written: presence without a oneof or a message.
  if (field.has_optional_keyword()) return "optional ";
  return "";
}

std::string DescribeField(const FieldDescriptor& field) {
  std::string line =
      absl::StrCat("field ", field.full_name(), " = ", field.number(), " ",
                   LabelOf(field), TypeOf(field));
  std::string default_json;
  bool upper = false;
  for (const char c : field.name()) {
    if (c == '_') {
      upper = true;
      continue;
    }
    default_json += upper && c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c;
    upper = false;
  }
  if (field.json_name() != default_json) {
    absl::StrAppend(&line, " json ", field.json_name());
  }
  return line;
}

// One line per member: a further one removes no recorded line.
void DescribeOneof(const OneofDescriptor& oneof,
                   std::vector<std::string>* lines) {
  for (int i = 0; i < oneof.field_count(); ++i) {
    lines->push_back(absl::StrCat("oneof ", oneof.full_name(), ": ",
                                  oneof.field(i)->name()));
  }
}

// `beyond_end` is 1 where the end of a range is its first free number.
template <typename Proto>
void DescribeReserved(absl::string_view owner, const Proto& proto,
                      int beyond_end, std::vector<std::string>* lines) {
  for (const auto& range : proto.reserved_range()) {
    lines->push_back(absl::StrCat("reserved ", owner, " ", range.start(),
                                  " to ", range.end() - beyond_end));
  }
  for (const std::string& name : proto.reserved_name()) {
    lines->push_back(absl::StrCat("reserved ", owner, " ", name));
  }
}

void DescribeEnum(const EnumDescriptor& type, std::vector<std::string>* lines) {
  lines->push_back(absl::StrCat("enum ", type.full_name()));
  for (int i = 0; i < type.value_count(); ++i) {
    lines->push_back(absl::StrCat("value ", type.full_name(), ".",
                                  type.value(i)->name(), " = ",
                                  type.value(i)->number()));
  }
  EnumDescriptorProto proto;
  type.CopyTo(&proto);
  DescribeReserved(type.full_name(), proto, 0, lines);
}

void DescribeMessage(const Descriptor& type, std::vector<std::string>* lines) {
  lines->push_back(absl::StrCat("message ", type.full_name()));
  for (int i = 0; i < type.field_count(); ++i) {
    lines->push_back(DescribeField(*type.field(i)));
  }
  for (int i = 0; i < type.real_oneof_decl_count(); ++i) {
    DescribeOneof(*type.oneof_decl(i), lines);
  }
  DescriptorProto proto;
  type.CopyTo(&proto);
  DescribeReserved(type.full_name(), proto, 1, lines);
  for (int i = 0; i < type.enum_type_count(); ++i) {
    DescribeEnum(*type.enum_type(i), lines);
  }
  for (int i = 0; i < type.nested_type_count(); ++i) {
    if (type.nested_type(i)->options().map_entry()) continue;
    DescribeMessage(*type.nested_type(i), lines);
  }
}

void DescribeService(const ServiceDescriptor& service,
                     std::vector<std::string>* lines) {
  lines->push_back(absl::StrCat("service ", service.full_name()));
  for (int i = 0; i < service.method_count(); ++i) {
    const MethodDescriptor& method = *service.method(i);
    lines->push_back(absl::StrCat("rpc ", method.full_name(), "(",
                                  method.client_streaming() ? "stream " : "",
                                  method.input_type()->full_name(),
                                  ") returns (",
                                  method.server_streaming() ? "stream " : "",
                                  method.output_type()->full_name(), ")"));
  }
}

// Adds the element's name when it has no comment. Works for every descriptor.
template <typename Element>
void CheckComment(const Element& element, std::vector<std::string>* missing) {
  google::protobuf::SourceLocation location;
  if (element.GetSourceLocation(&location) &&
      (!location.leading_comments.empty() ||
       !location.trailing_comments.empty())) {
    return;
  }
  missing->push_back(element.full_name());
}

void CheckEnum(const EnumDescriptor& type, std::vector<std::string>* missing) {
  CheckComment(type, missing);
  for (int i = 0; i < type.value_count(); ++i) {
    CheckComment(*type.value(i), missing);
  }
}

void CheckMessage(const Descriptor& type, std::vector<std::string>* missing) {
  if (type.options().map_entry()) return;
  CheckComment(type, missing);
  for (int i = 0; i < type.field_count(); ++i) {
    CheckComment(*type.field(i), missing);
  }
  for (int i = 0; i < type.real_oneof_decl_count(); ++i) {
    CheckComment(*type.oneof_decl(i), missing);
  }
  for (int i = 0; i < type.enum_type_count(); ++i) {
    CheckEnum(*type.enum_type(i), missing);
  }
  for (int i = 0; i < type.nested_type_count(); ++i) {
    CheckMessage(*type.nested_type(i), missing);
  }
}

}  // namespace

std::vector<std::string> DescribeFile(const FileDescriptor& file) {
  std::vector<std::string> lines;
  for (int i = 0; i < file.service_count(); ++i) {
    DescribeService(*file.service(i), &lines);
  }
  for (int i = 0; i < file.enum_type_count(); ++i) {
    DescribeEnum(*file.enum_type(i), &lines);
  }
  for (int i = 0; i < file.message_type_count(); ++i) {
    DescribeMessage(*file.message_type(i), &lines);
  }
  return lines;
}

std::vector<std::string> UncommentedElements(const FileDescriptor& file) {
  std::vector<std::string> missing;
  for (int i = 0; i < file.service_count(); ++i) {
    CheckComment(*file.service(i), &missing);
    for (int j = 0; j < file.service(i)->method_count(); ++j) {
      CheckComment(*file.service(i)->method(j), &missing);
    }
  }
  for (int i = 0; i < file.enum_type_count(); ++i) {
    CheckEnum(*file.enum_type(i), &missing);
  }
  for (int i = 0; i < file.message_type_count(); ++i) {
    CheckMessage(*file.message_type(i), &missing);
  }
  return missing;
}

}  // namespace qantara::tests
