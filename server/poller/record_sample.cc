#include "server/poller/record_sample.h"

#include <utility>

namespace qantara::server {

void RecordSample::Offer(const v1::RemoteProduct& record,
                         Reservoir* reservoir) {
  ++reservoir->seen;
  if (reservoir->records.size() < kSize) {
    reservoir->records.push_back(record);
    return;
  }
  const uint64_t place =
      std::uniform_int_distribution<uint64_t>(0, reservoir->seen - 1)(random_);
  if (place < kSize) reservoir->records[place] = record;
}

void RecordSample::See(const v1::RemoteProduct& record) {
  if (wanted_.contains(record.id())) {
    found_.push_back(record);
    return;
  }
  const bool figures = record.track_quantity() && record.stock_size() > 0;
  Offer(record, figures ? &with_figures_ : &others_);
}

std::vector<v1::RemoteProduct> RecordSample::Take() {
  std::vector<v1::RemoteProduct> sample = std::move(found_);
  const size_t full = sample.size() + kSize;
  for (Reservoir* reservoir : {&with_figures_, &others_}) {
    for (v1::RemoteProduct& record : reservoir->records) {
      if (sample.size() < full) sample.push_back(std::move(record));
    }
    reservoir->records.clear();
  }
  return sample;
}

}  // namespace qantara::server
