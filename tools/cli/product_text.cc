#include "tools/cli/product_text.h"

#include <google/protobuf/util/time_util.h>

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "tools/cli/printable.h"

namespace qantara::tools {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

std::string MappingName(v1::MappingState state) {
  return std::string(
      absl::StripPrefix(v1::MappingState_Name(state), "MAPPING_STATE_"));
}

void AddLine(absl::string_view name, absl::string_view value,
             std::string& out) {
  if (!value.empty())
    absl::StrAppendFormat(&out, "%-22s %s\n", name, Printable(value));
}

// Adds a line for each text, switch and enumeration that is set in `message`.
void AddFields(const Message& message, std::string& out) {
  std::vector<const FieldDescriptor*> fields;
  const auto* reflection = message.GetReflection();
  reflection->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    if (field->is_repeated()) continue;
    const absl::string_view name = field->name();
    switch (field->cpp_type()) {
      case FieldDescriptor::CPPTYPE_STRING:
        AddLine(name, reflection->GetString(message, field), out);
        break;
      case FieldDescriptor::CPPTYPE_BOOL:
        AddLine(name, reflection->GetBool(message, field) ? "true" : "false",
                out);
        break;
      case FieldDescriptor::CPPTYPE_ENUM:
        AddLine(name, reflection->GetEnum(message, field)->name(), out);
        break;
      default:
        break;
    }
  }
}

}  // namespace

std::string ProductText(const v1::MappedProduct& product) {
  std::string out;
  AddLine("sku", product.sku(), out);
  AddLine("former skus", absl::StrJoin(product.former_skus(), ", "), out);
  AddLine("external id", product.external_id(), out);
  AddLine("product id", product.product_id(), out);
  AddLine("remote id", product.remote_id(), out);
  AddLine("duplicates", absl::StrJoin(product.duplicate_remote_ids(), ", "),
          out);
  AddLine("former remote ids", absl::StrJoin(product.former_remote_ids(), ", "),
          out);
  AddLine("mapping", MappingName(product.state()), out);
  AddLine("revision", absl::StrCat(product.revision()), out);
  if (product.has_acknowledged()) {
    absl::StrAppend(&out, "the provider holds:\n");
    AddFields(product.acknowledged(), out);
    AddFields(product.acknowledged().qwoty(), out);
    if (product.acknowledged().has_update_time()) {
      AddLine("changed there",
              google::protobuf::util::TimeUtil::ToString(
                  product.acknowledged().update_time()),
              out);
    }
  } else {
    absl::StrAppend(&out, "wanted, not acknowledged yet:\n");
    AddFields(product.desired(), out);
    AddFields(product.desired().qoyod(), out);
    AddFields(product.desired().qwoty(), out);
  }
  AddLine("differs", absl::StrJoin(product.differing_fields(), ", "), out);
  if (product.pending_updates() > 0) {
    AddLine("updates waiting", absl::StrCat(product.pending_updates()), out);
  }
  if (product.write_open())
    AddLine("write", "under way, or its outcome is unknown", out);
  return out;
}

std::string ProductRow(const v1::MappedProduct& product) {
  const v1::RemoteProduct& held = product.acknowledged();
  const bool acknowledged = product.has_acknowledged();
  const v1::Product& wanted = product.desired();
  return absl::StrFormat(
      "%-24s  %-10s  %-9s  %10s  %s  %s", Printable(product.sku()),
      Printable(product.remote_id()), MappingName(product.state()),
      Printable(acknowledged ? held.selling_price() : wanted.selling_price()),
      Printable(acknowledged ? held.name_en() : wanted.name_en()),
      Printable(acknowledged ? held.name_ar() : wanted.name_ar()));
}

}  // namespace qantara::tools
