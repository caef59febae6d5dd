// The flat keys of a request to Qwoty: `"inventory[sku]"` is one literal key.
#ifndef TOOLS_SIMULATOR_QWOTY_FIELDS_H_
#define TOOLS_SIMULATOR_QWOTY_FIELDS_H_

#include <string>
#include <vector>

#include "tools/simulator/json.h"

namespace qantara::simulator {

// What a request may do.
enum class QwotyWrite {
  kCreate,  // POST /products: api_name, recurrence_type and name are required.
  kPatch,   // PATCH /products/{id}: not api_name, recurrence_type and
            // catalog_ids.
  kPatchParent,  // PATCH /product-parents/{id}: name, description, is_active.
};

// Sets what `body` tells in `values`; null unsets. What is wrong is appended to
// `details` in the words of the specification; `values` is worth nothing then.
// Keys that Qwoty does not document change nothing and are named in `notes`.
void ApplyQwotyFields(const Json& body, QwotyWrite write, Json* values,
                      std::vector<std::string>* details,
                      std::vector<std::string>* notes);

}  // namespace qantara::simulator

#endif  // TOOLS_SIMULATOR_QWOTY_FIELDS_H_
