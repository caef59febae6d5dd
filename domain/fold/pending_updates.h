// What updates that wait change around them: the queue, and the SKUs that they
// reserve. Part of domain/fold/fold.h.
#ifndef QANTARA_DOMAIN_FOLD_PENDING_UPDATES_H_
#define QANTARA_DOMAIN_FOLD_PENDING_UPDATES_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "domain/ports/tables.h"
#include "qantara/tables/v1/rows.pb.h"

namespace qantara::domain {

// Puts the product into the queue under its oldest waiting update.
void Enqueue(const std::string& connection,
             const tables::v1::ProductRow& product, TableView& view);

// Takes it out of the queue again.
void Dequeue(const std::string& connection,
             const tables::v1::ProductRow& product, TableView& view);

// Points the SKU to the product; what is known of imports that carried it
// stays.
absl::Status PointSku(const std::string& connection, const std::string& sku,
                      const tables::v1::ProductRow& product, bool former,
                      TableView& view);

// The new SKU becomes the product's, the old one a name it still answers to.
absl::Status ChangeSku(const std::string& connection, const std::string& sku,
                       tables::v1::ProductRow* product, TableView& view);

// Releases what the settled updates had reserved.
absl::Status ReleaseSkus(const std::string& connection,
                         absl::Span<const uint64_t> updates,
                         const tables::v1::ProductRow& product,
                         TableView& view);

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_FOLD_PENDING_UPDATES_H_
