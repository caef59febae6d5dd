#include "tools/cli/import_id.h"

#include "absl/strings/str_cat.h"
#include "tools/cli/digest.h"

namespace qantara::tools {
namespace {

// Half of a SHA-256: enough to never meet by chance, short enough to type.
constexpr size_t kIdDigits = 32;

}  // namespace

std::string ImportIdOf(const std::string& file_sha256, CatalogFormat format,
                       const CatalogOptions& options,
                       const v1::ImportHeader& header) {
  Digest digest;
  digest.AddText(file_sha256);
  digest.AddText(absl::StrCat(static_cast<int>(format)));
  for (const auto& [field, column] : options.mapping.columns) {
    digest.AddText(absl::StrCat(FieldName(field), "=", column));
  }
  digest.AddText(options.omit_blank_price ? "omit" : "");
  digest.AddText(std::string(1, options.delimiter));
  digest.AddText(header.connection());
  digest.AddText(absl::StrCat(static_cast<int>(header.existing_policy())));
  digest.AddText(header.allow_missing_sku() ? "allow" : "");
  return digest.Hex().substr(0, kIdDigits);
}

std::string ImportIdOfTurn(const std::string& id, uint32_t turn) {
  return turn == 1 ? id : absl::StrCat(id, "-", turn);
}

}  // namespace qantara::tools
