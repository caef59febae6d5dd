#include "store/head_marker.h"

#include <algorithm>

#include "absl/memory/memory.h"
#include "absl/strings/str_cat.h"
#include "domain/error.h"
#include "domain/ports/failpoints.h"
#include "domain/status_macros.h"
#include "store/big_endian.h"
#include "store/rocksdb_status.h"

namespace qantara::store {
namespace {

constexpr char kMagic[] = "QNTRHEAD";
constexpr size_t kMagicBytes = sizeof(kMagic) - 1;
constexpr size_t kCheckedBytes = kMagicBytes + kNumberBytes + kDigestBytes;
constexpr size_t kBlocks = 2;

// The first bytes of the block's own digest.
absl::string_view CheckOf(absl::string_view checked, Digest* digest) {
  ChainDigest sum(Digest(), ChainForm::kValues);
  sum.Add(checked);
  *digest = sum.Finish();
  return absl::string_view(digest->data(), kNumberBytes);
}

// Writes a whole new file beside the old one and puts it in its place.
rocksdb::Status Replace(rocksdb::Env& env, const std::string& path,
                        const std::string& block) {
  std::string bytes = block;
  bytes.resize(HeadMarker::kBlockDistance);
  bytes += block;
  const std::string fresh = absl::StrCat(path, ".new");
  std::unique_ptr<rocksdb::WritableFile> file;
  rocksdb::Status status =
      env.NewWritableFile(fresh, &file, rocksdb::EnvOptions());
  if (status.ok()) status = file->Append(bytes);
  if (status.ok()) status = file->Fsync();
  if (status.ok()) status = file->Close();
  domain::Reach(domain::Failpoint::kMarkerReplace);
  if (status.ok()) status = env.RenameFile(fresh, path);
  domain::Reach(domain::Failpoint::kMarkerReplaced);
  std::unique_ptr<rocksdb::Directory> directory;
  if (status.ok()) {
    status = env.NewDirectory(path.substr(0, path.rfind('/')), &directory);
  }
  return status.ok() ? directory->Fsync() : status;
}

}  // namespace

std::string HeadMarker::EncodeBlock(const Head& head) {
  std::string block(kMagic, kMagicBytes);
  AppendNumber(head.position, &block);
  block.append(head.digest.data(), head.digest.size());
  Digest digest;
  absl::StrAppend(&block, CheckOf(block, &digest));
  block.resize(kBlockBytes);
  return block;
}

std::optional<Head> HeadMarker::DecodeBlock(absl::string_view block) {
  if (block.size() != kBlockBytes) return std::nullopt;
  const absl::string_view checked = block.substr(0, kCheckedBytes);
  Digest digest;
  if (checked.substr(0, kMagicBytes) != kMagic ||
      block.substr(kCheckedBytes, kNumberBytes) != CheckOf(checked, &digest)) {
    return std::nullopt;
  }
  Head head;
  head.position = ReadNumber(checked.substr(kMagicBytes));
  const absl::string_view bytes = checked.substr(kMagicBytes + kNumberBytes);
  std::copy(bytes.begin(), bytes.end(), head.digest.begin());
  return head;
}

absl::StatusOr<std::optional<Head>> HeadMarker::Read(rocksdb::Env& env,
                                                     const std::string& path) {
  std::string bytes;
  const rocksdb::Status status = rocksdb::ReadFileToString(&env, path, &bytes);
  if (status.IsNotFound() || status.IsPathNotFound()) return std::nullopt;
  if (!status.ok()) return ToStatus(status, absl::StrCat("reading ", path));
  std::optional<Head> newest;
  for (size_t i = 0; i < kBlocks; ++i) {
    if (bytes.size() < i * kBlockDistance) break;
    const auto head = DecodeBlock(
        absl::string_view(bytes).substr(i * kBlockDistance, kBlockBytes));
    if (!head.has_value()) continue;
    if (!newest.has_value() || head->position > newest->position) newest = head;
  }
  if (newest.has_value()) return newest;
  return domain::MakeError(absl::StatusCode::kDataLoss,
                           v1::ERROR_REASON_LOG_DAMAGED,
                           absl::StrCat(path, " is unreadable"));
}

absl::StatusOr<std::unique_ptr<HeadMarker>> HeadMarker::Open(
    rocksdb::Env& env, const std::string& path, const Head& head) {
  QANTARA_RETURN_IF_ERROR(ToStatus(Replace(env, path, EncodeBlock(head)),
                                   absl::StrCat("writing ", path)));
  std::unique_ptr<rocksdb::RandomRWFile> file;
  QANTARA_RETURN_IF_ERROR(
      ToStatus(env.NewRandomRWFile(path, &file, rocksdb::EnvOptions()),
               absl::StrCat("opening ", path)));
  return absl::WrapUnique(new HeadMarker(std::move(file)));
}

absl::Status HeadMarker::Write(const Head& head) {
  const uint64_t offset = writes_++ % kBlocks * kBlockDistance;
  domain::Reach(domain::Failpoint::kMarkerWrite);
  const rocksdb::Status written = file_->Write(offset, EncodeBlock(head));
  domain::Reach(domain::Failpoint::kMarkerWritten);
  return ToStatus(written, "writing the head marker");
}

absl::Status HeadMarker::Sync() {
  return ToStatus(file_->Sync(), "syncing the head marker");
}

}  // namespace qantara::store
