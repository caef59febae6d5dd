// One verification of one import: what was read so far, and what follows.
#ifndef QANTARA_SERVER_VERIFY_VERIFICATION_H_
#define QANTARA_SERVER_VERIFY_VERIFICATION_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "domain/commands.h"
#include "domain/ports/product_gateway.h"
#include "domain/ports/tables.h"
#include "domain/verify/difference_counts.h"
#include "domain/verify/import_check.h"
#include "qantara/tables/v1/rows.pb.h"
#include "qantara/v1/catalog_service.pb.h"
#include "server/poller/catalog_walk.h"
#include "server/verify/verify_call.h"

namespace qantara::server {

// What to verify, and how thoroughly.
struct VerifyOptions {
  std::string connection;
  std::string import_id;
  v1::VerifyFields fields = v1::VERIFY_FIELDS_ALL;
  size_t sample_size = 0;
};

// Reads tables and compares; makes no requests. Differences go to the call as
// they are found. An item whose product changes here while it is looked at is
// looked at again, kMaxLooks times in all; one that is being written is not
// compared.
// Errors of all: kDataLoss. Not thread-safe.
class Verification {
 public:
  // Most items of one verification: their ids and SKUs stay in memory.
  static constexpr size_t kMaxItems = 2'000'000;
  // What a sweep notes about a product changes it too, hence more than once.
  static constexpr int kMaxLooks = 4;

  // `call` must outlive it.
  Verification(VerifyOptions options, VerifyCall& call)
      : options_(std::move(options)), call_(call) {}

  // Begins with the items of the import.
  //
  // Errors: kNotFound (IMPORT_NOT_FOUND); kFailedPrecondition
  // (IMPORT_NOT_FINISHED); kResourceExhausted (OVERLOADED) for too many items.
  absl::Status Load(const domain::TableSnapshot& tables, absl::Time now);

  // First every page is taken. `asked` is the position that the tables showed
  // before the page was asked for, `tables` are those of now.
  CatalogWalk& walk() { return walk_; }
  absl::Status TakeRecords(const std::vector<const v1::RemoteProduct*>& records,
                           domain::Position asked,
                           const domain::TableReader& tables);

  // An item that the pages left unclear.
  struct Doubt {
    size_t index = 0;
    domain::CheckedItem item;  // As it shall be now.
    domain::Sighting sighting;
    // The answer about its record, where one was wanted.
    std::optional<v1::RemoteProduct> record;
    domain::Position asked = 0;
    bool wants_record = false;
    bool wants_look_up = false;
  };

  // Then every doubt is settled. Nothing: there is none left. Those that need
  // no request are settled inside, as long as the client reads.
  absl::StatusOr<std::optional<Doubt>> NextDoubt(
      const domain::TableSnapshot& tables);
  // The record of the doubt's item was read; without `record` it is gone.
  static void TakeRecord(const std::optional<v1::RemoteProduct>& record,
                         Doubt* doubt);
  // Its SKU was looked up.
  static void TakeLookUp(const std::vector<v1::RemoteProduct>& records,
                         Doubt* doubt);
  // A doubt whose product changed since it was asked about may come again.
  absl::Status Conclude(const Doubt& doubt, const domain::TableReader& tables);
  bool has_doubts() const { return next_doubt_ < doubts_.size(); }

  // At the end the records are counted and the receipt is made.
  absl::StatusOr<domain::RecordVerification> Finish(
      const domain::TableReader& tables, absl::Time now);

 private:
  absl::Status AddItem(const domain::TableSnapshot& tables, uint32_t line,
                       const tables::v1::ItemRow& row);
  absl::StatusOr<tables::v1::ProductRow> ProductOf(
      size_t index, const domain::TableReader& tables) const;
  bool WantsFields(size_t index) const;
  // Compares the fields of an item, or notes that it must be asked again.
  // Returns whether they could be compared.
  bool CompareFields(const domain::CheckedItem& item,
                     const tables::v1::ProductRow& row,
                     const v1::RemoteProduct& record, domain::Position asked);
  // Has the item asked about again, or leaves it out.
  void LookAgain(size_t index);
  // Adds the items that identities or fields left unclear, in order.
  void CollectDoubts();
  absl::StatusOr<std::optional<Doubt>> DoubtOf(
      size_t index, const domain::TableReader& tables);
  void Tell(v1::VerifyDifference difference);

  const VerifyOptions options_;
  VerifyCall& call_;
  absl::Time began_;
  domain::Position began_position_ = 0;
  domain::ImportCheck check_;
  CatalogWalk walk_;
  domain::DifferenceCounts counts_;
  // Items whose fields could not be compared with their page.
  std::vector<size_t> again_;
  std::vector<size_t> doubts_;
  // How often the items that changed meanwhile were looked at.
  absl::flat_hash_map<size_t, int> looks_;
  size_t next_doubt_ = 0;
  bool doubts_collected_ = false;
  size_t items_with_fields_ = 0;
  // Items that were being written, or kept changing; they are not compared.
  size_t left_out_ = 0;
  // Records that no page showed, and that are there nevertheless.
  size_t unlisted_ = 0;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_VERIFY_VERIFICATION_H_
