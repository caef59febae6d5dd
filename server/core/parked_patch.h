// A patch of something parked: which fields get which values.
#ifndef QANTARA_SERVER_CORE_PARKED_PATCH_H_
#define QANTARA_SERVER_CORE_PARKED_PATCH_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "qantara/v1/operations_service.pb.h"
#include "qantara/v1/product.pb.h"

namespace qantara::server {

struct ParkedPatch {
  // Exactly the fields that get a value.
  v1::Product values;
  // Paths of those that are cleared.
  std::vector<std::string> cleared;

  bool changes_nothing() const;
  // Clears and sets; the rest of `product` stays.
  void Apply(v1::Product* product) const;
  void Clear(v1::Product* product) const;
};

// Reads the patch of the request.
//
// Errors: kInvalidArgument (MASK_INVALID), field `patch_mask`, for an unknown
// path, or a mask without any.
absl::StatusOr<ParkedPatch> ReadPatch(const v1::RetryParkedRequest& request);

}  // namespace qantara::server

#endif  // QANTARA_SERVER_CORE_PARKED_PATCH_H_
