// The items of all imports of a connection.
#ifndef QANTARA_SERVER_CORE_IMPORT_SUMS_H_
#define QANTARA_SERVER_CORE_IMPORT_SUMS_H_

#include <array>
#include <cstdint>
#include <string>

#include "domain/ports/tables.h"
#include "qantara/v1/state.pb.h"

namespace qantara::server {

struct ImportSums {
  // Number of items in each state, at its number.
  std::array<uint64_t, v1::ItemState_ARRAYSIZE> items = {};
  // Sum of what each import received and does not account for, whatever its
  // sign; always 0.
  int64_t balance = 0;
};

// Reads the row of every import. One that cannot be read does not balance.
ImportSums SumImports(const domain::TableSnapshot& tables,
                      const std::string& connection);

}  // namespace qantara::server

#endif  // QANTARA_SERVER_CORE_IMPORT_SUMS_H_
