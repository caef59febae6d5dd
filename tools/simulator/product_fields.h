// Turns the object of a write request into changes of a product: aliases,
// defaults, validation.
#ifndef TOOLS_SIMULATOR_PRODUCT_FIELDS_H_
#define TOOLS_SIMULATOR_PRODUCT_FIELDS_H_

#include <set>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "tools/simulator/json.h"
#include "tools/simulator/messages.h"
#include "tools/simulator/product.h"
#include "tools/simulator/reference_data.h"

namespace qantara::simulator {

// What a write must satisfy. The defaults are those of the specification;
// the rest is what single tenants ask for.
struct WriteRules {
  const ReferenceTables* reference = nullptr;  // Null: ids are not checked.
  bool creating = true;
  bool arabic = false;  // Language of the messages.
  size_t name_characters_min = 0;
  // Request fields without which a create is refused; "base_price" stands for
  // at least one price.
  std::set<std::string> required;
  bool refuse_zero_price = false;
  bool refuse_is_sold = false;        // is_sold and is_bought in the request.
  bool needs_tax_reason = false;      // For taxes with code Z or E.
  bool check_all_references = false;  // Units, accounts and reasons too.
  // Fields (any alias) that are accepted and not applied.
  std::set<std::string> ignored;
};

inline constexpr size_t kNameCharactersMax = 250;

// Applies the members of `request` to `product`. Unknown members are ignored.
// What is wrong is added to `errors`; `product` is then to be thrown away.
// Anything odd that is no error (two aliases that differ) goes to `notes`.
void ApplyFields(const Json& request, const WriteRules& rules, Product* product,
                 FieldErrors* errors, std::vector<std::string>* notes);

}  // namespace qantara::simulator

#endif  // TOOLS_SIMULATOR_PRODUCT_FIELDS_H_
