// How far the log was when it was last written, kept outside of it.
//
// RocksDB cuts its log silently at a damaged record. Whoever finds the log
// shorter than its marker knows that acknowledged events are gone.
#ifndef QANTARA_STORE_HEAD_MARKER_H_
#define QANTARA_STORE_HEAD_MARKER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "domain/ports/event_log.h"
#include "rocksdb/env.h"
#include "store/chain_digest.h"

namespace qantara::store {

// The newest commit.
struct Head {
  domain::Position position = 0;
  Digest digest = {};

  bool operator==(const Head&) const = default;
};

// A file of two blocks that are overwritten in turn, so that a torn write
// leaves the other. Bytes: store/README.md. One thread at a time.
class HeadMarker {
 public:
  static constexpr size_t kBlockBytes = 64;
  // From block to block: they share no disk sector.
  static constexpr size_t kBlockDistance = 512;

  // Returns what the file says, or nothing where there is no file.
  //
  // Errors: kDataLoss when neither block is whole; kUnavailable.
  static absl::StatusOr<std::optional<Head>> Read(rocksdb::Env& env,
                                                  const std::string& path);

  // Opens the file for writing, makes it where it does not exist, and brings
  // it to `head` on disk.
  //
  // Errors: kUnavailable.
  static absl::StatusOr<std::unique_ptr<HeadMarker>> Open(
      rocksdb::Env& env, const std::string& path, const Head& head);

  // Overwrites the older block. `head` must be on disk already; the block
  // itself gets there when the system likes, or with `Sync`.
  absl::Status Write(const Head& head);

  absl::Status Sync();

  // The bytes of a block.
  static std::string EncodeBlock(const Head& head);
  static std::optional<Head> DecodeBlock(absl::string_view block);

 private:
  explicit HeadMarker(std::unique_ptr<rocksdb::RandomRWFile> file)
      : file_(std::move(file)) {}

  std::unique_ptr<rocksdb::RandomRWFile> file_;
  uint64_t writes_ = 0;
};

}  // namespace qantara::store

#endif  // QANTARA_STORE_HEAD_MARKER_H_
