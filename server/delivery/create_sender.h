// Claims items, sends one creating request, records its answer.
#ifndef QANTARA_SERVER_DELIVERY_CREATE_SENDER_H_
#define QANTARA_SERVER_DELIVERY_CREATE_SENDER_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <vector>

#include "domain/delivery/chunk_size.h"
#include "domain/delivery/outbound_item.h"
#include "server/delivery/delivery_context.h"

namespace qantara::server {

// Used on the worker's thread only.
class CreateSender {
 public:
  // `context` must outlive it. `changed` runs after an answer was recorded.
  CreateSender(DeliveryContext& context, std::function<void()> changed);

  // Sends `items` as one request, when the gate lets it: the intent is on disk
  // before it leaves. A single item travels as an object. Returns when to look
  // for work again: at once when it was sent.
  int64_t Send(std::vector<domain::OutboundItem> items, domain::Lane lane,
               const domain::ChunkPace& pace);

  // Whether the intent was written by this process and has no answer yet.
  bool IsUnderWay(uint64_t intent) const { return under_way_.contains(intent); }

 private:
  // A claimed request.
  struct Request {
    uint64_t intent = 0;
    std::vector<domain::OutboundItem> items;
    domain::ChunkPace pace;
  };

  void OnAnswered(const Request& request, const domain::CreateAnswer& answer);

  DeliveryContext& context_;
  const std::function<void()> changed_;
  std::set<uint64_t> under_way_;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_DELIVERY_CREATE_SENDER_H_
