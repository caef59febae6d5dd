#include "tools/simulator/fault_switches.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace qantara::simulator {
namespace {

constexpr FaultSwitch kSwitches[] = {
    // Credentials.
    {"unauthorized", "F02 F83", "", ""},
    {"unauthorized_form", "F02 F83", "form=json|empty|text", "form"},
    {"token_lifetime", "F03", "requests#", "requests"},
    {"refresh_token", "F03", "form=kept|rotates|revoked", "form"},
    {"token_expires_in", "F03", "seconds#", "seconds"},
    {"token_fault", "F03", "form=refused|failed|lost|echo|html", "form"},
    {"token_delay_ms", "F03", "ms#", "ms"},
    {"refuse_raw_authorization", "F04", "", ""},
    {"forbidden", "F05 F83", "body$", ""},
    // Reading products.
    {"empty_list", "F11", "form=json|raw|arabic|sentence always?", "form"},
    {"page_past_end", "F13", "form=404|empty", "form"},
    {"paging_ignored", "F14 F84", "form=all|one_more", "form"},
    {"deep_page_500", "F15 F84", "from_page#", "from_page"},
    {"moving_rows", "F16 F84", "insert# delete#", ""},
    {"pagination_form", "F17", "form=strings|integers|missing|meta", "form"},
    {"filters_ignored", "F18", "filters*", "filters"},
    {"sku_eq_ignores_case", "F18", "", ""},
    {"single_form", "F21", "form=object|array", "form"},
    {"not_found_form", "F21", "form=json|raw|arabic", "form"},
    {"value_form", "F22",
     "price=number|integer|text|null track_quantity=integer|bool|text "
     "flags=integer|bool|text times=utc|offset",
     ""},
    {"null_values", "F23", "name_en? category_id? inventories?", ""},
    // Stock.
    {"stock_form", "F32", "form=number|text", "form"},
    {"untracked_stock", "F33", "", ""},
    {"list_single_differ", "F34", "sku$ shift#", "sku"},
    // Writing products.
    {"batch_status", "F41", "status#", "status"},
    {"batch_500", "F41", "", ""},
    {"drop_items", "F42", "skus* applied?", ""},
    {"shuffle_items", "F42", "", ""},
    {"change_sku", "F42", "skus* suffix$", "suffix"},
    {"bad_item", "F43 F81", "sku$ skus* field$ message$", "sku"},
    {"batch_not_atomic", "F43", "", ""},
    {"one_element", "F44", "form=products|product|product_array", "form"},
    {"unique_sku", "F45", "form=taken_by_id|taken", "form"},
    {"required", "F46",
     "fields* min_name_length# refuse_zero_price? refuse_is_sold? "
     "tax_reason? references?",
     "fields"},
    {"error_form", "F47", "form=E1|E9|E10|E11|E12", "form"},
    {"arabic_messages", "F47", "", ""},
    {"put_ignores", "F49 F85", "fields* keep_updated_at?", "fields"},
    {"write_excerpt", "F49", "", ""},
    {"lost_answer", "F51 F83", "how=close|reset|timeout|502|504 ms#", "how"},
    {"malformed_status", "F52 F81", "status#", "status"},
    {"errors_in_200", "F53 F87", "message$", ""},
    {"late_apply_ms", "F54 F83", "ms# jitter_ms# how=close|timeout|504", "ms"},
    {"read_lag_ms", "F55 F84", "ms# jitter_ms#", "ms"},
    // Reference data.
    {"empty_resources", "F60 F61 F62", "resources*", "resources"},
    {"absent_resources", "F61", "resources*", "resources"},
    {"reference_rows", "F60", "categories# taxes# inventories# accounts#",
     "categories"},
    // Limits and transport.
    {"rate_limit", "F70 F83", "requests_per_minute# retry_after$ window_ms#",
     "requests_per_minute"},
    {"throttle", "F70 F83", "retry_after$", "retry_after"},
    {"status_5xx", "F71 F83",
     "status# applied? body=json|html|text|empty|truncated skus*", "status"},
    {"empty_body", "F71 F83", "", ""},
    {"truncated_json", "F71 F83", "bytes#", "bytes"},
    {"wrong_content_type", "F71 F83", "content_type$", "content_type"},
    {"bom", "F71 F83", "", ""},
    {"chunked", "F71 F83", "", ""},
    {"gzip", "F71 F83", "", ""},
    {"latency_ms", "F72 F83", "ms# jitter_ms#", "ms"},
    {"processing_ms", "F72 F83", "ms#", "ms"},
    {"stall_body", "F72 F83", "after_bytes# ms# resume?", "ms"},
    {"cut_body", "F72 F83", "after_bytes# reset?", "after_bytes"},
    {"close_before_reading", "F72 F83", "", ""},
    {"reset_on_accept", "F72 F83", "", ""},
    {"redirect", "F73 F83", "status# location$", "location"},
    {"long_descriptions", "F74", "bytes#", "bytes"},
    // Qwoty only.
    {"create_status", "F80", "status#", "status"},
    {"validation_status", "F81", "status#", "status"},
    {"duplicate_api_name", "F82", "status# accepted?", "status"},
    {"list_form", "F84", "form=total|success", "form"},
    {"next_host", "F84", "host$", "host"},
    {"newest_first", "F84", "", ""},
    {"old_form", "F86", "", ""},
};

const FaultSwitch* FindSwitch(absl::string_view name) {
  for (const FaultSwitch& known : kSwitches) {
    if (name == known.name) return &known;
  }
  return nullptr;
}

bool IsNumberFrom0(const Json& value) {
  double number = 0;
  return value.is_number() && absl::SimpleAtod(value.text(), &number) &&
         number >= 0;
}

bool IsStrings(const Json& value) {
  if (value.is_string()) return true;
  return value.is_array() &&
         std::all_of(value.items().begin(), value.items().end(),
                     [](const Json& item) { return item.is_string(); });
}

// True when `value` fits `mark`, the part of a parameter's text after its name.
bool Fits(absl::string_view mark, const Json& value) {
  if (mark == "#") return IsNumberFrom0(value);
  if (mark == "?") return value.is_bool();
  if (mark == "*") return IsStrings(value);
  if (mark == "$") return value.is_string() || value.is_number();
  if (!absl::ConsumePrefix(&mark, "=")) return false;
  const std::vector<absl::string_view> forms = absl::StrSplit(mark, '|');
  return std::find(forms.begin(), forms.end(), value.text()) != forms.end();
}

// The mark of the parameter `name` in `parameters`; nothing when not listed.
std::optional<absl::string_view> MarkOf(absl::string_view parameters,
                                        absl::string_view name) {
  for (absl::string_view word :
       absl::StrSplit(parameters, ' ', absl::SkipEmpty())) {
    const size_t end = word.find_first_of("#?*$=");
    if (word.substr(0, end) == name) return word.substr(end);
  }
  return std::nullopt;
}

}  // namespace

absl::Span<const FaultSwitch> FaultSwitches() { return kSwitches; }

bool Owns(SwitchOwner provider, const FaultSwitch& known) {
  const std::vector<absl::string_view> fixtures =
      absl::StrSplit(known.fixtures, ' ');
  return std::any_of(fixtures.begin(), fixtures.end(),
                     [provider](absl::string_view fixture) {
                       const bool qwoty = absl::StartsWith(fixture, "F8");
                       return qwoty == (provider == SwitchOwner::kQwoty);
                     });
}

absl::StatusOr<Json> NormalizeFault(SwitchOwner provider,
                                    absl::string_view name, const Json& given) {
  const FaultSwitch* known = FindSwitch(name);
  if (known == nullptr || !Owns(provider, *known)) {
    return absl::InvalidArgumentError(absl::StrCat("no switch ", name));
  }
  Json parameters = Json::Object();
  if (given.is_object()) {
    parameters = given;
  } else if (!given.is_bool()) {
    if (*known->scalar == '\0') {
      return absl::InvalidArgumentError(
          absl::StrCat(name, " takes true or an object"));
    }
    parameters.Add(known->scalar, given);
  }
  for (size_t i = 0; i < parameters.keys().size(); ++i) {
    const std::string& key = parameters.keys()[i];
    std::optional<absl::string_view> mark = MarkOf(known->parameters, key);
    if (!mark) mark = MarkOf(kCommonParameters, key);
    if (!mark) {
      return absl::InvalidArgumentError(
          absl::StrCat(name, " has no parameter ", key));
    }
    if (!Fits(*mark, parameters.items()[i])) {
      return absl::InvalidArgumentError(absl::StrCat(
          name, ".", key, " cannot be ", parameters.items()[i].ToText()));
    }
  }
  return parameters;
}

}  // namespace qantara::simulator
