#include "tools/cli/parked_key.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace qantara::tools {
namespace {

constexpr char kUpdate[] = "update:";
constexpr char kCreate[] = "create:";

}  // namespace

absl::StatusOr<v1::ParkedKey> ReadParkedKey(const std::string& text) {
  v1::ParkedKey key;
  absl::string_view rest = text;
  if (absl::ConsumePrefix(&rest, kUpdate) && !rest.empty()) {
    key.set_update_request_id(std::string(rest));
    return key;
  }
  if (absl::ConsumePrefix(&rest, kCreate) && !rest.empty()) {
    key.set_create_request_id(std::string(rest));
    return key;
  }
  const size_t slash = rest.rfind('/');
  uint32_t line = 0;
  if (slash != absl::string_view::npos && slash > 0 &&
      absl::SimpleAtoi(rest.substr(slash + 1), &line) && line > 0) {
    key.mutable_item()->set_import_id(std::string(rest.substr(0, slash)));
    key.mutable_item()->set_line(line);
    return key;
  }
  return absl::InvalidArgumentError(
      absl::StrCat("\"", text,
                   "\" is no key; say IMPORT/LINE, update:REQUEST_ID or "
                   "create:REQUEST_ID, as `qantara parked` prints them"));
}

std::string ParkedKeyText(const v1::ParkedKey& key) {
  switch (key.key_case()) {
    case v1::ParkedKey::kItem:
      return absl::StrCat(key.item().import_id(), "/", key.item().line());
    case v1::ParkedKey::kUpdateRequestId:
      return absl::StrCat(kUpdate, key.update_request_id());
    case v1::ParkedKey::kCreateRequestId:
      return absl::StrCat(kCreate, key.create_request_id());
    case v1::ParkedKey::KEY_NOT_SET:
      break;
  }
  return "";
}

}  // namespace qantara::tools
