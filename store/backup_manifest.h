// What a backup says about itself, in its file `BACKUP`.
#ifndef QANTARA_STORE_BACKUP_MANIFEST_H_
#define QANTARA_STORE_BACKUP_MANIFEST_H_

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "qantara/events/v1/backup.pb.h"
#include "rocksdb/env.h"

namespace qantara::store {

// Writes it and syncs it.
//
// Errors: kUnavailable.
absl::Status WriteManifest(rocksdb::Env& env, const std::string& directory,
                           const events::v1::BackupManifest& manifest);

// Returns what `directory` says, or nothing where it is no backup. A null `env`
// is the machine's own.
//
// Errors: kDataLoss when the file is unreadable; kUnavailable.
absl::StatusOr<std::optional<events::v1::BackupManifest>> ReadManifest(
    rocksdb::Env* env, const std::string& directory);

}  // namespace qantara::store

#endif  // QANTARA_STORE_BACKUP_MANIFEST_H_
