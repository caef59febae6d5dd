// Decides the lines of one batch, one after the other.
#ifndef QANTARA_DOMAIN_DECIDE_LINE_DECIDER_H_
#define QANTARA_DOMAIN_DECIDE_LINE_DECIDER_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "domain/line.h"
#include "domain/ports/tables.h"
#include "qantara/events/v1/event.pb.h"
#include "qantara/tables/v1/rows.pb.h"

namespace qantara::domain {

// Knows what the earlier lines of the batch did, which the state does not show
// yet. One thread; `state` must outlive it.
class LineDecider {
 public:
  // `import_position` opened the import, whose policy is `policy`.
  LineDecider(std::string connection, Position import_position,
              v1::ExistingPolicy policy, const TableReader& state);

  // Decides `line` and writes the decision to `out`: INVALID where it has
  // problems, PARKED where its SKU, or the external id that is its only key,
  // stands in an earlier line of the import or its keys belong to different
  // products, UNCHANGED where the provider holds all of it and no item of the
  // product is open, else QUEUED with its product.
  //
  // Errors: kDataLoss.
  absl::Status Decide(const ParsedLine& line, events::v1::AcceptedLine* out);

 private:
  // What an earlier line of the batch did to a product of the state.
  struct Known {
    std::string external_id;
    bool queued = false;
  };

  absl::StatusOr<uint64_t> FindBySku(const ParsedLine& line,
                                     events::v1::AcceptedLine* out);
  absl::StatusOr<uint64_t> FindByExternalId(const ParsedLine& line,
                                            events::v1::AcceptedLine* out);
  absl::StatusOr<std::optional<tables::v1::ProductRow>> FindProduct(
      const ParsedLine& line, events::v1::AcceptedLine* out);
  absl::Status QueueNew(const ParsedLine& line, events::v1::AcceptedLine* out);
  void DecideKnown(const ParsedLine& line,
                   const tables::v1::ProductRow& product,
                   events::v1::AcceptedLine* out);
  void TakeKeys(const ParsedLine& line, uint64_t product_id);
  const std::string& ExternalIdOf(const tables::v1::ProductRow& product) const;
  absl::StatusOr<uint64_t> NextProductId();

  const std::string connection_;
  const Position import_position_;
  const v1::ExistingPolicy policy_;
  const TableReader& state_;
  uint64_t next_product_id_ = 0;
  // Keys taken by earlier lines of this batch, with their products.
  absl::flat_hash_map<std::string, uint64_t> skus_;
  absl::flat_hash_map<std::string, uint64_t> external_ids_;
  absl::flat_hash_map<uint64_t, Known> known_;
};

// Whether the provider holds everything that the line asks for, as far as the
// events tell, and no update is under way or waiting that could change that.
// What differs in a linked record counts where `policy` is to update it.
bool IsUnchanged(const ParsedLine& line, const tables::v1::ProductRow& product,
                 v1::ExistingPolicy policy);

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_DECIDE_LINE_DECIDER_H_
