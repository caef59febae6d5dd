#include "store/commit_chain.h"

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "domain/status_macros.h"
#include "store/big_endian.h"
#include "store/chain_digest.h"
#include "store/rocksdb_status.h"

namespace qantara::store {
namespace {

std::unique_ptr<rocksdb::Iterator> Rows(const Database& database,
                                        LogFamily family) {
  return std::unique_ptr<rocksdb::Iterator>(
      database.db().NewIterator(CheckedRead(), database.family(family)));
}

// The commit under the iterator, or nothing at the end.
absl::StatusOr<std::optional<Commit>> CommitAt(const rocksdb::Iterator& rows) {
  if (!rows.Valid()) {
    QANTARA_RETURN_IF_ERROR(ToStatus(rows.status(), "reading the commits"));
    return std::nullopt;
  }
  QANTARA_ASSIGN_OR_RETURN(
      const domain::Position last,
      DecodeNumber(ToView(rows.key()), "the key of a commit"));
  QANTARA_ASSIGN_OR_RETURN(const Commit commit,
                           DecodeCommit(last, ToView(rows.value())));
  return commit;
}

// Digest of the commit before `first`.
absl::StatusOr<Digest> DigestBefore(const Database& database,
                                    domain::Position first) {
  if (first == 1) return Digest();
  QANTARA_ASSIGN_OR_RETURN(const auto previous,
                           FindCommit(database, first - 1));
  if (!previous.has_value()) {
    return DamagedAt(first, "the commit before it is missing");
  }
  return previous->digest;
}

absl::Status AddEvent(domain::Position position, absl::string_view value,
                      ChainForm form, EventCheck check, ChainDigest* digest) {
  QANTARA_ASSIGN_OR_RETURN(const auto event, DecodeEvent(position, value));
  QANTARA_RETURN_IF_ERROR(check(*event));
  if (form == ChainForm::kValueDigests) {
    QANTARA_ASSIGN_OR_RETURN(const Digest of_value,
                             ValueDigestOf(*event, value));
    digest->AddDigest(of_value);
    return absl::OkStatus();
  }
  if (event->event().has_event_cut()) {
    return DamagedAt(position, "it was cut out of a commit of whole values");
  }
  digest->Add(value);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::optional<Commit>> LastCommit(const Database& database) {
  const auto rows = Rows(database, kCommits);
  rows->SeekToLast();
  return CommitAt(*rows);
}

absl::StatusOr<std::optional<Commit>> FindCommit(const Database& database,
                                                 domain::Position last) {
  if (last == 0) return std::nullopt;
  QANTARA_ASSIGN_OR_RETURN(const auto commit, NextCommit(database, last - 1));
  if (!commit.has_value() || commit->last != last) return std::nullopt;
  return commit;
}

absl::StatusOr<std::optional<Commit>> NextCommit(const Database& database,
                                                 domain::Position after) {
  const auto rows = Rows(database, kCommits);
  rows->Seek(NumberBytes(after + 1));
  return CommitAt(*rows);
}

absl::Status CheckCommit(const Database& database, const Commit& commit,
                         EventCheck check) {
  QANTARA_ASSIGN_OR_RETURN(const Digest previous,
                           DigestBefore(database, commit.first));
  ChainDigest digest(previous, commit.form);
  const auto rows = Rows(database, kEvents);
  domain::Position position = commit.first;
  for (rows->Seek(NumberBytes(position));
       rows->Valid() && position <= commit.last; rows->Next(), ++position) {
    if (ToView(rows->key()) != NumberBytes(position)) break;
    QANTARA_RETURN_IF_ERROR(
        AddEvent(position, ToView(rows->value()), commit.form, check, &digest));
  }
  QANTARA_RETURN_IF_ERROR(
      ToStatus(rows->status(),
               absl::StrCat("reading the event at position ", position)));
  if (position <= commit.last) return DamagedAt(position, "it is missing");
  if (digest.Finish() != commit.digest) {
    return DamagedAt(commit.first,
                     absl::StrCat("the digest of positions ", commit.first,
                                  " to ", commit.last, " is another one"));
  }
  return absl::OkStatus();
}

absl::StatusOr<Commit> CheckNextCommit(const Database& database,
                                       domain::Position after,
                                       EventCheck check) {
  QANTARA_ASSIGN_OR_RETURN(const auto commit, NextCommit(database, after));
  if (!commit.has_value()) return DamagedAt(after + 1, "no commit holds it");
  if (commit->first != after + 1) {
    return DamagedAt(after + 1, "its commit begins elsewhere");
  }
  QANTARA_RETURN_IF_ERROR(CheckCommit(database, *commit, check));
  return *commit;
}

absl::StatusOr<domain::Position> LastEvent(const Database& database) {
  const auto rows = Rows(database, kEvents);
  rows->SeekToLast();
  if (rows->Valid()) return DecodeNumber(ToView(rows->key()), "an event's key");
  QANTARA_RETURN_IF_ERROR(ToStatus(rows->status(), "reading the events"));
  return 0;
}

}  // namespace qantara::store
