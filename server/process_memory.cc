#include "server/process_memory.h"

#include <malloc.h>

#include <cstdlib>

namespace qantara::server {
namespace {

// Allocations from this size on are given back to the system when they end,
// whatever lies behind them; else the allocator raises the limit to 32 MiB, and
// memtables leave holes.
constexpr int kReturnedBytes = 256 << 10;
constexpr int kKeptFreeBytes = 1 << 20;
// Each heap keeps holes of its own. Small allocations are served by caches of
// the threads and need none.
constexpr int kHeaps = 4;
// Where on, each connection that waits for its next byte holds a buffer of
// 8 KiB, whatever GRPC_ARG_TCP_READ_CHUNK_SIZE says.
constexpr char kReadChunksOff[] = "-tcp_read_chunks";

}  // namespace

void SetUpProcessMemory() {
  mallopt(M_MMAP_THRESHOLD, kReturnedBytes);
  mallopt(M_TRIM_THRESHOLD, kKeptFreeBytes);
  mallopt(M_ARENA_MAX, kHeaps);
  setenv("GRPC_EXPERIMENTS", kReadChunksOff, /*overwrite=*/0);
}

}  // namespace qantara::server
