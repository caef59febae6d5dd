// Names that nobody else has.
#ifndef QANTARA_SERVER_CORE_RANDOM_ID_H_
#define QANTARA_SERVER_CORE_RANDOM_ID_H_

#include <string>

namespace qantara::server {

// Returns 32 hexadecimal digits from the system's source of randomness.
// Thread-safe.
std::string RandomId();

}  // namespace qantara::server

#endif  // QANTARA_SERVER_CORE_RANDOM_ID_H_
