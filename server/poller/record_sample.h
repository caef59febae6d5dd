// A few records of a sweep, chosen at random while they pass by.
#ifndef QANTARA_SERVER_POLLER_RECORD_SAMPLE_H_
#define QANTARA_SERVER_POLLER_RECORD_SAMPLE_H_

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "qantara/v1/product.pb.h"

namespace qantara::server {

// Every record has the same chance; those with figures are preferred, because
// they can disagree about more. Not thread-safe.
class RecordSample {
 public:
  static constexpr size_t kSize = 3;

  // `wanted`: records that are in the sample in any case.
  RecordSample(uint32_t seed, absl::flat_hash_set<std::string> wanted)
      : random_(seed), wanted_(std::move(wanted)) {}

  void See(const v1::RemoteProduct& record);

  // The sample: what was wanted and seen, and up to kSize others.
  std::vector<v1::RemoteProduct> Take();

 private:
  // A reservoir: after n records each of them is in it with the same chance.
  struct Reservoir {
    std::vector<v1::RemoteProduct> records;
    uint64_t seen = 0;
  };

  void Offer(const v1::RemoteProduct& record, Reservoir* reservoir);

  std::mt19937 random_;
  const absl::flat_hash_set<std::string> wanted_;
  std::vector<v1::RemoteProduct> found_;
  Reservoir with_figures_;
  Reservoir others_;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_POLLER_RECORD_SAMPLE_H_
