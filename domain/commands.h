// Commands: what somebody wants to become true. The writer decides each on the
// state that all earlier ones left behind.
//
// Commands of clients may be refused; commands of workers report what happened
// and are refused only when they speak of a state that is no more.
#ifndef QANTARA_DOMAIN_COMMANDS_H_
#define QANTARA_DOMAIN_COMMANDS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "domain/line.h"
#include "domain/ports/event_log.h"
#include "domain/remote_location.h"
#include "qantara/events/v1/event.pb.h"
#include "qantara/v1/product.pb.h"
#include "qantara/v1/state.pb.h"
#include "qantara/v1/verification.pb.h"

namespace qantara::domain {

// Open an import, new or again.
struct OpenImport {
  std::string connection;
  std::string import_id;
  std::string source_name;
  v1::ExistingPolicy existing_policy = v1::EXISTING_POLICY_LINK;
  bool allow_missing_sku = false;
};

// Accept consecutive lines. Lines that were accepted before are checked and
// skipped.
struct AcceptLines {
  std::string connection;
  std::string import_id;
  uint32_t first_line = 0;  // 0: the next line.
  std::vector<ParsedLine> lines;
};

// Say that there are no more lines.
struct EndImport {
  std::string connection;
  std::string import_id;
  uint32_t last_line = 0;  // 0: whatever was received.
};

// What the three import commands answer.
struct ImportReply {
  uint32_t next_line = 1;
  bool ended = false;
};

// Create one product: an import of one line that is never listed.
struct CreateSingle {
  std::string connection;
  std::string request_id;
  std::string request_digest;
  v1::ExistingPolicy existing_policy = v1::EXISTING_POLICY_LINK;
  ParsedLine line;
};

// The item to follow; `product_id` is set when the product exists already and
// holds all of it, or when it was queued.
struct CreateSingleReply {
  std::string import_id;
  uint64_t product_id = 0;
};

// Names a product by one of its keys.
struct ProductSelector {
  enum class Kind { kSku, kExternalId, kRemoteId, kProductId };
  Kind kind = Kind::kSku;
  std::string value;
};

// Update the present fields of a product.
struct RecordUpdate {
  std::string connection;
  std::string request_id;
  std::string request_digest;
  ProductSelector product = {};
  v1::Product fields = {};
  std::optional<uint64_t> expected_revision = {};
};

// `update` is the position of the recorded update, for following it.
struct RecordUpdateReply {
  uint64_t update = 0;
  uint64_t product_id = 0;
};

// Claim items for one creating request. All of them, or none.
struct ClaimCreate {
  events::v1::CreateIntended intent;
};

// Claim one product for one updating request. Refused (kAborted) when the
// product changed since `product_revision`.
struct ClaimUpdate {
  uint64_t product_revision = 0;
  events::v1::UpdateIntended intent;
};

// `intent` is the position of the intent, which names it from now on.
struct ClaimReply {
  uint64_t intent = 0;
};

// Record the answer to a creating request.
struct RecordCreateAnswer {
  events::v1::CreateAnswered answered;
};

// Settle items that are QUEUED or BLOCKED, or, with an intent, items that are
// part of it and UNKNOWN. Items that are not so any more are left out.
struct SettleItems {
  events::v1::ItemsSettled settled;
};

// Record the answer to an updating request, or what reading back told.
struct RecordUpdateAnswer {
  events::v1::UpdateAnswered answered;
};

// Record the stock of products as read; unchanged ones leave no trace.
struct RecordStock {
  std::string connection;
  std::vector<v1::RemoteProduct> products;
  // Remote ids that the provider said are gone.
  std::vector<std::string> gone_ids;
  absl::Time observe_time;
};

// Record what a listing of locations says; unchanged ones leave no trace.
struct RecordLocations {
  std::string connection;
  std::vector<RemoteLocation> locations;
  // Ids that the products of the same sweep named: of these the default flag
  // counts only, so that two spellings of the provider do not alternate for
  // ever.
  std::vector<std::string> named_by_products;
  absl::Time observe_time;
};

// Record what somebody changed at the provider in mapped products, as read.
// What is as it was leaves no trace, and a product says nothing while writes of
// it are open, or when it changed here after `began`.
struct RecordDrift {
  std::string connection;
  std::vector<v1::RemoteProduct> products;
  absl::Time observe_time;
  // Position that the tables showed before the records were asked for.
  Position began = 0;
};

// Products per TakeStockSnapshot.
inline constexpr size_t kMaxSnapshotRows = 500;
// Bytes of the rows of one part; a single larger row is a part of its own.
inline constexpr size_t kMaxSnapshotBytes = 1 << 20;

// Write a part of the stock as it is folded now. Ids without stock are left
// out.
struct TakeStockSnapshot {
  std::string connection;
  std::vector<std::string> remote_ids;
};

// `position` is that of the event, 0 where no id has stock. `taken` ids from
// the front are in it; the others are for another command.
struct TakeStockSnapshotReply {
  Position position = 0;
  size_t taken = 0;
};

// Give the stock events up to `through_position` up, because the snapshot that
// begins at `snapshot_position` holds what they did.
struct CutStockHistory {
  std::string connection;
  Position through_position = 0;
  Position snapshot_position = 0;
};

// Record that the remote catalog was read completely up to an id.
struct RecordSweep {
  std::string connection;
  std::string highest_remote_id;
  // Records that it counted from end to end; absent: only a part was read.
  std::optional<uint64_t> total = {};
  // Position that the tables showed before the first page of a complete sweep
  // was asked for; 0: only a part was read.
  Position began = 0;
};

// Record what a verification of an import found.
struct RecordVerification {
  std::string connection;
  std::string import_id;
  v1::VerificationReceipt receipt;
};

// Names what is parked: a line of an import, where `import_id` is not empty,
// else an update by its request id.
struct ParkedName {
  std::string import_id;
  uint32_t line = 0;
  std::string update_request_id;
};

// Send something parked on its way again.
struct RetryParked {
  std::string connection;
  std::string request_id;
  std::string request_digest;
  ParkedName parked;
  // Its last event when its content was read.
  Position seen_position = 0;
  // Of a line: its content from now on, without problems, and whether that is
  // not what it was.
  ParsedLine line;
  bool patched = false;
  // Of an update: those of its fields that are not cleared, and new values.
  v1::Product fields;
  v1::Product patch;
  // Whether a record that an earlier request may have left is accepted.
  bool accept_duplicate = false;
  std::string note;
};

// Give something parked up.
struct DiscardParked {
  std::string connection;
  std::string request_id;
  std::string request_digest;
  ParkedName parked;
  std::string note;
};

// Let nothing leave any more.
struct PauseConnection {
  std::string connection;
  std::string note;
};

// Let work go on.
struct ResumeConnection {
  std::string connection;
  std::string note;
};

// What commands without an answer of their own answer.
struct NoReply {};

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_COMMANDS_H_
