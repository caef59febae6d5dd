// How many items travel in one creating request.
#ifndef QANTARA_DOMAIN_DELIVERY_CHUNK_SIZE_H_
#define QANTARA_DOMAIN_DELIVERY_CHUNK_SIZE_H_

#include <algorithm>
#include <cstdint>

namespace qantara::domain {

// Specification 000: start with 50, raise only when stable.
inline constexpr uint32_t kFirstChunkSize = 50;
inline constexpr uint32_t kMaxChunkSize = 100;
// Clean answers to single items before several travel together again: a
// provider that fails on every batch costs one wait-out per so many items.
inline constexpr uint32_t kCleanSingles = 100;
// How often the provider may fail on an item, or on an update, before it is
// parked.
inline constexpr uint32_t kMaxFailures = 10;

// Where a connection's chunks stand.
struct ChunkPace {
  uint32_t size = kFirstChunkSize;
  // Clean answers to single items since the size is 1.
  uint32_t clean_singles = 0;
  // Most that the provider takes.
  uint32_t limit = kMaxChunkSize;
};

// The size after a clean answer to a full chunk.
inline uint32_t GrownChunkSize(const ChunkPace& pace) {
  if (pace.size == 1 && pace.clean_singles + 1 < kCleanSingles) return 1;
  return std::min(pace.limit, pace.size + 2);
}

// The size after a timeout, a 5xx or a missing item.
inline uint32_t HalvedChunkSize(uint32_t size) {
  return std::max<uint32_t>(1, size / 2);
}

// In what company an item may travel that the provider failed on so often: one
// that spoils every chunk is alone in the end, and the others get through.
inline uint32_t CompanyOf(uint32_t failures) {
  return failures == 0 ? kMaxChunkSize
                       : std::max<uint32_t>(
                             1, kFirstChunkSize >> std::min(failures, 10u));
}

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_DELIVERY_CHUNK_SIZE_H_
