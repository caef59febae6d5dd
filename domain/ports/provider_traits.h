// What delivery and the services must know of a provider before they ask it.
#ifndef QANTARA_DOMAIN_PORTS_PROVIDER_TRAITS_H_
#define QANTARA_DOMAIN_PORTS_PROVIDER_TRAITS_H_

#include <cstdint>

#include "domain/delivery/chunk_size.h"
#include "domain/line_rules.h"

namespace qantara::domain {

// The values here are Qoyod's.
struct ProviderTraits {
  // Most products of one creating request.
  uint32_t max_chunk = kMaxChunkSize;
  // Ids are numbers, and a record that is made later has a higher one: what
  // stands above a watermark is new. Without it ids are only compared for being
  // equal.
  bool ascending_ids = true;
  // Lists can be asked for one SKU, or for what is above an id. Where a
  // provider only says so, the answers show it.
  bool filters = true;
  // A product has a name (`api_name`) besides its SKU, derived where its client
  // gives none, and the provider refuses a second record with it.
  bool unique_names = false;
  // There are figures of stock, and locations.
  bool stock = true;
  // What a line may hold.
  LineRules rules;
};

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_PORTS_PROVIDER_TRAITS_H_
