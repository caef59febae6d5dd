// What a connection and an import allow in a line.
#ifndef QANTARA_DOMAIN_LINE_RULES_H_
#define QANTARA_DOMAIN_LINE_RULES_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "qantara/v1/product.pb.h"
#include "qantara/v1/state.pb.h"

namespace qantara::domain {

// The rules that lines are checked against.
struct LineRules {
  // What is wrong, for the provider alone, with a product that is created or
  // updated. Paths begin with `prefix`. Pure.
  using Check = std::vector<v1::ItemProblem> (*)(const v1::Product& product,
                                                 bool for_update,
                                                 absl::string_view prefix);
  // Paths of present fields that the provider has no place for. Pure.
  using Lacking = std::vector<std::string> (*)(const v1::Product& product,
                                               bool for_update);

  // Whether remote, category, tax, unit and account ids must be digits: true
  // for a connection to Qoyod, false for one to Qwoty. Fields of the other
  // provider are refused.
  bool numeric_ids = true;
  // Whether a line may come without a SKU.
  bool allow_missing_sku = false;
  // Null: nothing but the general rules.
  Check check = nullptr;
  // Null: it takes every field.
  Lacking lacking = nullptr;
};

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_LINE_RULES_H_
