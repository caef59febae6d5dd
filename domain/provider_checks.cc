#include "domain/provider_checks.h"

#include <algorithm>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace qantara::domain {
namespace {

constexpr size_t kMaxShortTextCharacters = 250;

void CheckReorderPoints(const v1::QoyodProduct& qoyod,
                        FieldProblems& problems) {
  const auto& points = qoyod.reorder_points();
  if (!problems.CheckCount("qoyod.reorder_points", points.size(),
                           kMaxListEntries)) {
    return;
  }
  for (int i = 0; i < points.size(); ++i) {
    const std::string entry = absl::StrCat("qoyod.reorder_points[", i, "]");
    problems.CheckId(absl::StrCat(entry, ".location_id"),
                     points[i].location_id(), /*numeric=*/true);
    problems.CheckDecimal(absl::StrCat(entry, ".quantity"),
                          points[i].quantity(), v1::ERROR_REASON_FIELD_INVALID);
  }
}

void CheckQoyod(const v1::QoyodProduct& qoyod, FieldProblems& problems) {
  const auto check_id = [&](bool present, absl::string_view path,
                            absl::string_view id) {
    if (present) problems.CheckId(path, id, /*numeric=*/true);
  };
  check_id(qoyod.has_unit_type_id(), "qoyod.unit_type_id",
           qoyod.unit_type_id());
  check_id(qoyod.has_sales_account_id(), "qoyod.sales_account_id",
           qoyod.sales_account_id());
  check_id(qoyod.has_cogs_account_id(), "qoyod.cogs_account_id",
           qoyod.cogs_account_id());
  check_id(qoyod.has_purchase_account_id(), "qoyod.purchase_account_id",
           qoyod.purchase_account_id());
  check_id(qoyod.has_special_tax_reason_id(), "qoyod.special_tax_reason_id",
           qoyod.special_tax_reason_id());
  problems.CheckText("qoyod.terms_and_conditions", qoyod.terms_and_conditions(),
                     kMaxLongTextCharacters);
  check_id(qoyod.has_attribute_set_id(), "qoyod.attribute_set_id",
           qoyod.attribute_set_id());
  CheckReorderPoints(qoyod, problems);
}

using Ids = google::protobuf::RepeatedPtrField<std::string>;

void CheckIds(absl::string_view path, const Ids& ids, FieldProblems& problems) {
  if (!problems.CheckCount(path, ids.size(), kMaxListEntries)) return;
  for (int i = 0; i < ids.size(); ++i) {
    problems.CheckId(absl::StrCat(path, "[", i, "]"), ids[i],
                     /*numeric=*/false);
  }
}

void CheckApiName(const v1::QwotyProduct& qwoty, FieldProblems& problems) {
  if (!qwoty.has_api_name()) return;
  const std::string& name = qwoty.api_name();
  const bool valid = std::all_of(name.begin(), name.end(), [](char c) {
    return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '_';
  });
  if (name.empty() || !valid) {
    problems.Add("qwoty.api_name", v1::ERROR_REASON_FIELD_INVALID,
                 "takes lowercase letters, digits and underscores only");
  }
  problems.CheckText("qwoty.api_name", name, kMaxShortTextCharacters);
}

void CheckQwotyWords(const v1::QwotyProduct& qwoty, FieldProblems& problems) {
  if (qwoty.has_recurrence_type()) {
    problems.CheckWord("qwoty.recurrence_type", qwoty.recurrence_type(),
                       {"one_off", "recurring"});
  }
  if (qwoty.has_weight_unit()) {
    problems.CheckWord("qwoty.weight_unit", qwoty.weight_unit(), {"kg", "lbs"});
  }
  const std::string& country = qwoty.country_of_origin();
  const bool is_code =
      (country.size() == 2 || country.size() == 3) &&
      std::all_of(country.begin(), country.end(), absl::ascii_isalpha);
  if (qwoty.has_country_of_origin() && !is_code) {
    problems.Add("qwoty.country_of_origin", v1::ERROR_REASON_FIELD_INVALID,
                 "is not an ISO 3166 country code like SA");
  }
}

void CheckQwoty(const v1::QwotyProduct& qwoty, FieldProblems& problems) {
  const auto check_text = [&](absl::string_view path, const std::string& text) {
    problems.CheckText(path, text, kMaxShortTextCharacters);
  };
  const auto check_decimal = [&](bool present, absl::string_view path,
                                 const std::string& text) {
    if (!present) return;
    problems.CheckDecimal(path, text, v1::ERROR_REASON_FIELD_INVALID);
  };
  CheckApiName(qwoty, problems);
  CheckQwotyWords(qwoty, problems);
  check_text("qwoty.reference", qwoty.reference());
  CheckIds("qwoty.catalog_ids", qwoty.catalog_ids(), problems);
  CheckIds("qwoty.category_ids", qwoty.category_ids(), problems);
  check_decimal(qwoty.has_unit_per_pack(), "qwoty.unit_per_pack",
                qwoty.unit_per_pack());
  check_text("qwoty.ledger_account", qwoty.ledger_account());
  check_text("qwoty.crm_id", qwoty.crm_id());
  check_text("qwoty.erp_id", qwoty.erp_id());
  check_text("qwoty.accounting_id", qwoty.accounting_id());
  check_decimal(qwoty.has_weight(), "qwoty.weight", qwoty.weight());
  check_decimal(qwoty.has_height(), "qwoty.height", qwoty.height());
  check_decimal(qwoty.has_length(), "qwoty.length", qwoty.length());
  check_decimal(qwoty.has_width(), "qwoty.width", qwoty.width());
  check_text("qwoty.length_unit", qwoty.length_unit());
  check_text("qwoty.harmonized_system_code", qwoty.harmonized_system_code());
}

}  // namespace

void CheckProviderFields(const v1::Product& product, const LineRules& rules,
                         FieldProblems& problems) {
  const bool is_qoyod = rules.numeric_ids;
  if (product.has_qoyod()) {
    if (is_qoyod) {
      CheckQoyod(product.qoyod(), problems);
    } else {
      problems.Add("qoyod", v1::ERROR_REASON_FIELD_INVALID,
                   "belongs to another provider");
    }
  }
  if (product.has_qwoty()) {
    if (is_qoyod) {
      problems.Add("qwoty", v1::ERROR_REASON_FIELD_INVALID,
                   "belongs to another provider");
    } else {
      CheckQwoty(product.qwoty(), problems);
    }
  }
}

}  // namespace qantara::domain
