// A provider in memory that misbehaves as it is told: a model of what a POST or
// PUT can do, without HTTP.
#ifndef QANTARA_TESTS_DOMAIN_SUPPORT_FAKE_PROVIDER_H_
#define QANTARA_TESTS_DOMAIN_SUPPORT_FAKE_PROVIDER_H_

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/types/span.h"
#include "domain/ports/product_gateway.h"
#include "qantara/v1/product.pb.h"

namespace qantara::domain {

// What happens to one request.
enum class Fate {
  kAnswered,    // Applied and answered.
  kLost,        // Applied; the answer is lost.
  kVanished,    // Not applied; that is not known.
  kLate,        // Like kLost, but applied only when LandLate is called.
  kNotApplied,  // Not applied, and that is known.
  kDropped,     // Applied without its first item, which the answer lacks too.
};
inline constexpr int kFateCount = 6;

// Records by id; ids rise. SKUs are not unique there. Not thread-safe.
class FakeProvider {
 public:
  // Which SKUs are refused on creation, always with the whole request; what
  // stands before them in it is applied where `applies_in_part`.
  std::set<std::string> guilty_skus;
  bool applies_in_part = false;
  // A SKU that exists is refused, with a message on `sku`.
  bool refuses_known_skus = false;
  // A price that an update is refused for; empty: none.
  std::string refused_price;

  CreateAnswer Create(absl::Span<const v1::Product> products, Fate fate);
  RecordAnswer Update(const std::string& remote_id, const v1::Product& fields,
                      Fate fate);
  RecordAnswer Get(const std::string& remote_id) const;

  // Applies what is late.
  void LandLate();
  // Somebody adds, changes or removes a record by hand.
  void AddByHand(const std::string& sku);
  void ChangeByHand(const std::string& remote_id, const std::string& price);
  void RemoveByHand(const std::string& remote_id) { records_.erase(remote_id); }

  std::vector<v1::RemoteProduct> WithSku(const std::string& sku) const;
  std::vector<v1::RemoteProduct> All() const;
  // Highest id given so far; empty: none.
  std::string highest_id() const;
  // Creating requests that arrived.
  int creates() const { return creates_; }
  // SKUs of records that were made by hand.
  const std::set<std::string>& by_hand() const { return by_hand_; }
  // Ids of records that were changed by hand.
  const std::set<std::string>& changed_by_hand() const {
    return changed_by_hand_;
  }

 private:
  v1::RemoteProduct Add(const v1::Product& product);
  // The index of the first product that is refused, or their number.
  size_t FirstRefused(absl::Span<const v1::Product> products,
                      std::string* field) const;

  std::map<std::string, v1::RemoteProduct> records_;
  std::vector<std::function<void()>> late_;
  std::set<std::string> by_hand_;
  std::set<std::string> changed_by_hand_;
  uint64_t last_id_ = 0;
  int creates_ = 0;
};

}  // namespace qantara::domain

#endif  // QANTARA_TESTS_DOMAIN_SUPPORT_FAKE_PROVIDER_H_
