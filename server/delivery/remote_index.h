// Which SKUs exist remotely: what sweeps, looks and answers told.
//
// A cache, not truth. Every record up to the base id is known; above it only
// those that were told. After a restart it begins with what the tables hold.
// Thread-safe.
#ifndef QANTARA_SERVER_DELIVERY_REMOTE_INDEX_H_
#define QANTARA_SERVER_DELIVERY_REMOTE_INDEX_H_

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "domain/ports/provider_traits.h"
#include "qantara/v1/product.pb.h"

namespace qantara::server {

// How old a look may be when a creating request leaves.
inline constexpr int64_t kLookMillis = 30'000;
// Bytes of records that are kept for linking; beyond it only ids are.
inline constexpr size_t kIndexRecordBytes = 64 << 20;

class RemoteIndex {
 public:
  // Whether a filter, `q[id_gt]` or `q[sku_eq]`, is honoured by this provider.
  enum class Filter { kNotKnown, kHonoured, kIgnored };

  // Without filters both are ignored from the start. Where ids do not ascend
  // there is no base id, and nothing is above any: only sweeps tell what is
  // absent.
  explicit RemoteIndex(const domain::ProviderTraits& traits = {});

  // A sweep began at `now`; rows follow, then CompleteSweep when it saw all.
  void BeginSweep(int64_t now);
  // A row of the sweep. `keep_record` when it is not mapped yet.
  void AddSwept(const v1::RemoteProduct& record, bool keep_record);
  // A record that was known and that the sweep did not show: it may exist, but
  // no list shows it.
  void AddUnseen(const std::string& id, const std::string& sku);
  // It took `took` milliseconds. Returns the new base id.
  std::string CompleteSweep(int64_t took = 0);
  // The sweep did not see everything: what it saw is kept, nothing is absent.
  void AbandonSweep();
  // Whether the last sweep that ended was abandoned: the provider may fail on
  // pages far down.
  bool sweep_failed() const;

  // A record that a look or an answer told. Lists show it from `visible_from`
  // on at the latest: a write shows after the read lag, a row of a list now.
  void Add(const v1::RemoteProduct& record, bool keep_record,
           int64_t visible_from);

  // Begins with what the tables hold: records up to `base_id` were swept by a
  // process before this one; nothing is fresh. Lists show all of them from
  // `visible_from` on at the latest.
  void Restore(const std::string& base_id,
               const std::vector<v1::RemoteProduct>& records,
               int64_t visible_from);
  // The provider said that the record is gone. Where its SKU is told, the
  // record is looked for there only.
  void RemoveId(absl::string_view id);
  void Remove(absl::string_view id, const std::string& sku);
  // A reading that lasted from `began` to `ended` showed every record above the
  // base id that was visible at `began`. The base becomes the highest id known
  // when a reading ended, once a later one began at least `read_lag` after that
  // end: then no record below it can turn up any more. Returns the new base, or
  // nothing when it stays.
  std::optional<std::string> Confirm(int64_t began, int64_t ended,
                                     int64_t read_lag);

  // Whether absence can be believed: there was a complete sweep, refreshed not
  // longer than kLookMillis ago. Where a provider that refuses a name in use
  // cannot be asked for what is new, a sweep is believed at least as long again
  // as it took: else a large catalog would be read for ever and nothing sent.
  bool IsFresh(int64_t now) const;
  // Whether there was a complete sweep that a refresh can build on.
  bool IsComplete() const;

  // What is known of one SKU, or of the record with one name.
  struct Known {
    std::vector<std::string> ids;
    // All records, or empty where at least one is not kept.
    std::vector<v1::RemoteProduct> records;
  };
  // `api_name` empty: none.
  Known Find(absl::string_view sku, absl::string_view api_name = {}) const;

  // An id that some process saw.
  void SawId(const std::string& id);
  // Highest id seen; empty when none was.
  std::string highest_id() const;
  // Id up to which every record is known.
  std::string base_id() const;
  // When lists show, at the latest, all that was restored above the base id; 0:
  // nothing was.
  int64_t restored_shown_at() const;
  // Whether a record above the base id is known.
  bool IsKnownAbove(const std::string& id) const;
  // How many records above `id` are known, about: what nobody told of is not
  // counted, and below the base id the whole catalog is.
  size_t CountKnownAbove(const std::string& id) const;
  // How many SKUs are known; the provider may hold more.
  size_t CountKnown() const;
  // A list showed the record at `now`.
  void Saw(const std::string& id, int64_t now);
  // How many records above the base id are known that stand before each one
  // that lists may not show yet at `now`.
  size_t KnownFromBase(int64_t now) const;
  // Whether those known above the base id and below `id` are exactly `rows`,
  // and lists show each of them at `now`. Then a list in which so many rows
  // stand between the two holds none that is not known.
  bool AreAllKnownBelow(absl::string_view id, size_t rows, int64_t now) const;
  // Rows that the provider last said it has; 0: it said nothing.
  size_t total() const;
  void set_total(size_t total);

  Filter id_filter() const;
  void set_id_filter(Filter filter);
  Filter sku_filter() const;
  void set_sku_filter(Filter filter);

 private:
  struct Entry {
    std::string id;
    // Serialized, without id and SKU; empty: not kept.
    std::string record;
    // The sweep during or after which it was last told.
    uint32_t sweep = 0;
  };
  using Entries = absl::flat_hash_map<std::string, std::vector<Entry>>;
  // The record that has a name.
  struct Named {
    std::string id;
    uint32_t sweep = 0;
  };

  void Drop(absl::string_view id, std::vector<Entry>* same_sku);
  Known FindBySku(absl::string_view sku) const;
  void DropName(absl::string_view id);
  void SetBase(std::string base_id);
  void Keep(const v1::RemoteProduct& record, bool keep_record);
  void Know(const std::string& id, int64_t visible_from);

  const bool ascending_ids_;
  const bool unique_names_;
  mutable std::mutex mutex_;
  // All below are guarded by mutex_.
  Entries entries_;
  absl::flat_hash_map<std::string, Named> names_;
  uint32_t sweep_ = 0;  // Counts sweeps.
  std::string swept_highest_;
  std::string base_id_;
  // Known ids above the base, and from when on lists show them for sure.
  absl::flat_hash_map<std::string, int64_t> above_;
  int64_t restored_shown_at_ = 0;
  // Highest id at some confirmation: the next base.
  std::string next_base_;
  std::optional<int64_t> next_base_at_;
  bool sweeping_ = false;
  bool sweep_failed_ = false;
  bool complete_ = false;
  bool fresh_ = false;  // There was a look since the start.
  int64_t sweep_began_ = 0;
  int64_t as_of_ = 0;
  int64_t look_millis_ = kLookMillis;
  size_t record_bytes_ = 0;
  std::string highest_id_;
  size_t total_ = 0;
  Filter id_filter_ = Filter::kNotKnown;
  Filter sku_filter_ = Filter::kNotKnown;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_DELIVERY_REMOTE_INDEX_H_
