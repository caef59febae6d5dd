#include "server/core/random_id.h"

#include <random>

#include "absl/strings/str_format.h"

namespace qantara::server {

std::string RandomId() {
  std::random_device device;
  std::string id;
  for (int i = 0; i < 4; ++i) absl::StrAppendFormat(&id, "%08x", device());
  return id;
}

}  // namespace qantara::server
