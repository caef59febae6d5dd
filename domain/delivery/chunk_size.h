// How many items travel in one creating request.
#ifndef QANTARA_DOMAIN_DELIVERY_CHUNK_SIZE_H_
#define QANTARA_DOMAIN_DELIVERY_CHUNK_SIZE_H_

#include <algorithm>
#include <cstdint>

namespace qantara::domain {

// Specification 000: start with 50, raise only when stable.
inline constexpr uint32_t kFirstChunkSize = 50;
inline constexpr uint32_t kMaxChunkSize = 100;

// The size after a clean answer to a full chunk.
inline uint32_t GrownChunkSize(uint32_t size) {
  return std::min(kMaxChunkSize, size + 2);
}

// The size after a timeout, a 5xx or a missing item.
inline uint32_t HalvedChunkSize(uint32_t size) {
  return std::max<uint32_t>(1, size / 2);
}

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_DELIVERY_CHUNK_SIZE_H_
