// Looks before a create: by SKU, or by refreshing the index.
#ifndef QANTARA_SERVER_DELIVERY_PRODUCT_LOOKUP_H_
#define QANTARA_SERVER_DELIVERY_PRODUCT_LOOKUP_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/types/span.h"
#include "qantara/v1/product.pb.h"
#include "server/delivery/delivery_context.h"

namespace qantara::server {

// Knows, for a SKU, whether it exists remotely, by a look that is not older
// than kLookMillis; makes the requests that are needed to know it, whichever
// way costs fewer. Used on the worker's thread only.
class ProductLookup {
 public:
  // `context` must outlive it.
  explicit ProductLookup(DeliveryContext& context) : context_(context) {}

  // What is looked for: the records that have the SKU, or the name where the
  // provider has names.
  struct Key {
    std::string sku;
    std::string api_name;

    bool empty() const { return sku.empty() && api_name.empty(); }
    // Whether the record is looked for.
    bool Names(const v1::RemoteProduct& record) const;
  };
  static Key KeyOf(const v1::Product& product);

  // Records with the key, none where it is absent; nothing while it is not
  // known, or known to exist without its record.
  std::optional<std::vector<v1::RemoteProduct>> Find(const Key& key);

  // Makes the next request towards knowing `wanted`, when one is needed and
  // none is under way. `waiting` is the number of items, beyond these, that a
  // sweep would serve too. Returns when to ask again.
  int64_t Advance(absl::Span<const Key> wanted, size_t waiting,
                  domain::Lane lane);

  // Whether asking for the key fails again and again: others need not wait for
  // it.
  bool IsFailing(const Key& key) const {
    return FailuresOf(key) >= kMaxSkuFailures;
  }

  // What is remembered of the record's keys is not true any more.
  void Forget(const v1::RemoteProduct& record);

 private:
  struct Look {
    int64_t began = 0;
    std::vector<v1::RemoteProduct> records;
  };

  // Requests for one SKU that fail in a row before it is looked for in another
  // way.
  static constexpr int kMaxSkuFailures = 3;

  // What a key is remembered by.
  static std::string TextOf(const Key& key);
  int FailuresOf(const Key& key) const;
  // Of a request for the key that was not confirmed.
  void Failed(const Key& key, const domain::CallReport& report);

  bool SweepPays(size_t waiting) const;
  int64_t LookUp(const Key& key, domain::Lane lane);
  void OnLookedUp(const Key& key, int64_t began,
                  const domain::PageAnswer& answer);
  int64_t LookUpById(const Key& key, domain::Lane lane);
  void OnReadById(const Key& key, const std::string& id, int64_t began,
                  const domain::RecordAnswer& answer);
  int64_t Refresh(domain::Lane lane);
  // `asked`: when the page was asked for.
  void OnRefreshed(const domain::PageAnswer& answer, int64_t asked);
  void TakeRows(const domain::PageAnswer& answer, int64_t asked);
  bool IsAllKnownBefore(const domain::PageAnswer& answer, int64_t asked) const;
  void TurnPage(const domain::PageAnswer& answer, int64_t asked);
  const Look* FreshLook(const Key& key) const;
  void DropStaleLooks();

  DeliveryContext& context_;
  // By TextOf.
  absl::flat_hash_map<std::string, Look> looks_;
  // Failures in a row of requests for one key; at most as many as looks.
  absl::flat_hash_map<std::string, int> failures_;
  // One reading of what is above the base id; page 0: none is under way. It
  // begins at the page before which everything should be known, goes back until
  // that is so, and then on to the end.
  struct Reading {
    uint32_t page = 0;
    int64_t began = 0;
    // Ids above this one are listed: at first the base.
    std::string above;
    bool onward = false;
    uint32_t back = 1;  // Pages of the last step back; each is twice as long.
    bool recorded = true;
  };
  Reading refresh_;
  // Pages behind the first one that failed, in a row. From kMaxDeepFailures on
  // a refresh begins at the first page above the base and goes on by id.
  int deep_failures_ = 0;
  bool waiting_ = false;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_DELIVERY_PRODUCT_LOOKUP_H_
