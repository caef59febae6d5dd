// The delivery worker without clock, budget and threads: every rule of delivery
// that decides what is sent, and nothing else.
#ifndef QANTARA_TESTS_DOMAIN_SUPPORT_MODEL_WORKER_H_
#define QANTARA_TESTS_DOMAIN_SUPPORT_MODEL_WORKER_H_

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "domain/delivery/outbound_item.h"
#include "tests/domain/support/fake_provider.h"
#include "tests/domain/support/scenario.h"

namespace qantara::domain {

// Delivers what a scenario holds to a provider, one step at a time. Between
// steps anything may happen. It keeps no state that a restart needs.
class ModelWorker {
 public:
  ModelWorker(Scenario& scenario, FakeProvider& provider)
      : scenario_(scenario), provider_(provider) {}

  // Items per creating request.
  size_t chunk_size = 50;

  // Each returns whether there was anything to do.

  // Settles waiting items that need no request: unchanged, parked, linked.
  bool SettleWaiting();
  // Claims one creating request with waiting items; it is under way then.
  bool ClaimCreates();
  // The same with one half of a group of suspects.
  bool ClaimSuspects();
  // The same with one item of a mapped product.
  bool ClaimItemUpdate();
  // The same with the waiting updates of one product.
  bool ClaimUpdates();
  // Sends the claimed request `index` to the provider and records the answer.
  void Send(size_t index, Fate fate);
  // The process ends: what was claimed was sent with this fate, and nobody saw
  // an answer. The next one records the requests as interrupted.
  void Crash(Fate fate);
  // Reads back one unsettled request, after the wait-out: nothing lands later.
  bool ReadBack();

  // Blocks a waiting item of an unmapped product, or lets a blocked one go on.
  bool ToggleBlocked(uint64_t number);
  // Lets all blocked items go on.
  bool UnblockAll();

  // Does all of it, everything answered, until nothing is left to do; false
  // after too many steps.
  bool Drain();

  size_t under_way() const { return claimed_.size(); }
  int creates_claimed() const { return creates_claimed_; }

 private:
  struct Waiting {
    OutboundItem item;
    ParsedLine line;
    tables::v1::ItemRow row;
    tables::v1::ProductRow product;
    v1::ExistingPolicy policy = v1::EXISTING_POLICY_LINK;
    bool single = false;
  };
  struct Claimed {
    uint64_t intent = 0;
    // Of a creating request.
    std::vector<OutboundItem> items;
    // Of an updating one.
    std::optional<events::v1::UpdateIntended> update;
  };

  Waiting Load(const std::string& import_id, uint32_t line) const;
  // The first waiting item of each product, in the order of their turns.
  std::vector<Waiting> Turns() const;
  std::optional<events::v1::ItemOutcome> OutcomeWithoutRequest(
      const Waiting& waiting) const;
  bool ClaimItems(std::vector<OutboundItem> items);
  bool ClaimUpdate(uint64_t revision, events::v1::UpdateIntended intent);
  std::vector<OutboundItem> OpenItems(
      uint64_t position, const tables::v1::IntentRow& intent) const;
  void ReadBackCreate(uint64_t position, const tables::v1::IntentRow& intent);

  Scenario& scenario_;
  FakeProvider& provider_;
  std::vector<Claimed> claimed_;
  // Readings made so far by intent.
  std::map<uint64_t, int> readings_;
  int creates_claimed_ = 0;
};

}  // namespace qantara::domain

#endif  // QANTARA_TESTS_DOMAIN_SUPPORT_MODEL_WORKER_H_
