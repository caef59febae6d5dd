// Integers as eight bytes, so that byte order is numeric order.
#ifndef QANTARA_STORE_BIG_ENDIAN_H_
#define QANTARA_STORE_BIG_ENDIAN_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace qantara::store {

inline constexpr size_t kNumberBytes = 8;

inline void AppendNumber(uint64_t number, std::string* out) {
  for (int shift = 56; shift >= 0; shift -= 8) {
    out->push_back(static_cast<char>((number >> shift) & 0xff));
  }
}

inline std::string NumberBytes(uint64_t number) {
  std::string bytes;
  AppendNumber(number, &bytes);
  return bytes;
}

// Reads the first eight bytes; there must be as many.
inline uint64_t ReadNumber(absl::string_view bytes) {
  uint64_t number = 0;
  for (size_t i = 0; i < kNumberBytes; ++i) {
    number = (number << 8) | static_cast<uint8_t>(bytes[i]);
  }
  return number;
}

}  // namespace qantara::store

#endif  // QANTARA_STORE_BIG_ENDIAN_H_
