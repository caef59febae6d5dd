#include "server/core/parked_patch.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "domain/product_fields.h"
#include "server/core/invalid.h"

namespace qantara::server {
namespace {

// Longest path of an error.
constexpr size_t kMaxPathBytes = 100;

bool Contains(const std::vector<std::string>& paths, const std::string& path) {
  return std::find(paths.begin(), paths.end(), path) != paths.end();
}

}  // namespace

bool ParkedPatch::changes_nothing() const {
  return cleared.empty() && domain::PresentFields(values).empty();
}

void ParkedPatch::Clear(v1::Product* product) const {
  for (const std::string& path : cleared) domain::ClearField(path, product);
}

void ParkedPatch::Apply(v1::Product* product) const {
  Clear(product);
  domain::MergeFields(values, product);
}

absl::StatusOr<ParkedPatch> ReadPatch(const v1::RetryParkedRequest& request) {
  ParkedPatch patch;
  patch.values = request.patch();
  if (!request.has_patch_mask()) return patch;
  const std::vector<std::string> paths(request.patch_mask().paths().begin(),
                                       request.patch_mask().paths().end());
  if (paths.empty()) {
    return Invalid("patch_mask", v1::ERROR_REASON_MASK_INVALID,
                   "names no field");
  }
  const std::vector<std::string> present =
      domain::PresentFields(request.patch());
  for (const std::string& path : present) {
    if (!Contains(paths, path)) domain::ClearField(path, &patch.values);
  }
  for (const std::string& path : paths) {
    if (!domain::IsField(path)) {
      return Invalid("patch_mask", v1::ERROR_REASON_MASK_INVALID,
                     absl::StrCat("no field has the path ",
                                  path.substr(0, kMaxPathBytes)));
    }
    if (!Contains(present, path)) patch.cleared.push_back(path);
  }
  return patch;
}

}  // namespace qantara::server
