// Records as Qwoty answers them: nested, although requests are flat.
#ifndef TOOLS_SIMULATOR_QWOTY_RENDER_H_
#define TOOLS_SIMULATOR_QWOTY_RENDER_H_

#include <string>

#include "tools/simulator/qwoty_table.h"

namespace qantara::simulator {

// Every workspace lists every product in this catalog.
inline constexpr char kDefaultCatalogId[] =
    "660e8400-e29b-41d4-a716-446655440001";
inline constexpr char kWorkspaceId[] = "990e8400-e29b-41d4-a716-446655440004";

// Appends one record. `old_form` is that of older documents: the parent's id,
// `id_crm` and its sisters at the top, no `product_parent_id`.
void RenderVariant(const QwotyVariant& variant, bool old_form,
                   std::string* out);

}  // namespace qantara::simulator

#endif  // TOOLS_SIMULATOR_QWOTY_RENDER_H_
