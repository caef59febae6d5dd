// What a connection and an import allow in a line.
#ifndef QANTARA_DOMAIN_LINE_RULES_H_
#define QANTARA_DOMAIN_LINE_RULES_H_

namespace qantara::domain {

// The rules that lines are checked against.
struct LineRules {
  // Whether remote, category, tax, unit and account ids must be digits: true
  // for a connection to Qoyod, false for one to Qwoty. Fields of the other
  // provider are refused.
  bool numeric_ids = true;
  // Whether a line may come without a SKU.
  bool allow_missing_sku = false;
};

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_LINE_RULES_H_
