// Reads the names of locations now and then.
#ifndef QANTARA_SERVER_POLLER_LOCATION_POLL_H_
#define QANTARA_SERVER_POLLER_LOCATION_POLL_H_

#include <cstdint>
#include <string>
#include <vector>

#include "domain/ports/clock.h"
#include "domain/ports/product_gateway.h"
#include "server/poller/gated_reads.h"
#include "server/poller/stock_recorder.h"

namespace qantara::server {

// At most one listing in kPauseMillis. Lives on its actor's thread.
class LocationPoll {
 public:
  static constexpr int64_t kPauseMillis = 10 * 60 * 1000;

  // The references must outlive it.
  LocationPoll(const domain::Clock& clock, GatedReads& reads,
               StockRecorder& recorder)
      : clock_(clock), reads_(reads), recorder_(recorder) {}

  // A sweep has ended whose products named these locations.
  void OnSwept(std::vector<std::string> named);

  // Sends the listing where it is due and granted; returns when to be called
  // again.
  int64_t Step();

 private:
  void Take(const domain::LocationsAnswer& answer);

  const domain::Clock& clock_;
  GatedReads& reads_;
  StockRecorder& recorder_;
  std::vector<std::string> named_;
  int64_t next_ = 0;
  bool wanted_ = false;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_POLLER_LOCATION_POLL_H_
