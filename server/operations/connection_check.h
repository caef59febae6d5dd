// Asks a provider whether a connection works, by reading only.
#ifndef QANTARA_SERVER_OPERATIONS_CONNECTION_CHECK_H_
#define QANTARA_SERVER_OPERATIONS_CONNECTION_CHECK_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "absl/time/time.h"
#include "domain/ports/clock.h"
#include "domain/ports/product_gateway.h"
#include "qantara/v1/connection_check.pb.h"

namespace qantara::server {

// What every request of a check passes.
class CheckDoor {
 public:
  struct Entry {
    // One request may be sent; Leave must follow.
    bool granted = false;
    // Otherwise: why nothing can be asked until somebody acts, or
    std::optional<domain::CallReport> closed;
    // when to come again, by Clock::BootMillis.
    int64_t retry_at = 0;
  };

  virtual ~CheckDoor() = default;

  virtual Entry TryEnter() = 0;
  virtual void Leave(const domain::CallReport& report) = 0;
};

// One check: seven GETs at the most, one after the other and each once. What
// the first one cannot do the others are not asked for.
class ConnectionCheck : public std::enable_shared_from_this<ConnectionCheck> {
 public:
  // Longest wait for the door, of all requests together.
  static constexpr absl::Duration kPatience = absl::Seconds(30);

  using Later = std::function<void(absl::Duration, std::function<void()>)>;

  // All references must outlive the check.
  struct Parts {
    std::string connection;
    std::string base_url;
    domain::ProductGateway& gateway;
    CheckDoor& door;
    const domain::Clock& clock;
    // Runs something after a while; never called where the door always grants.
    Later later;
  };

  // `done` runs once, on any thread, and must not block: but not after the
  // gateway is gone, and not when `later` drops what it was given.
  static void Start(Parts parts,
                    std::function<void(v1::CheckConnectionResponse)> done);

 private:
  enum class Question {
    kProducts,
    kCategories,
    kTaxes,
    kLocations,
    kSkuFilter,
    kIdFilter,
    kCategoryFilter,
    kNone,
  };

  static const char* NameOf(Question question);

  ConnectionCheck(Parts parts,
                  std::function<void(v1::CheckConnectionResponse)> done);

  // Each runs when the one before has ended.
  void Next();
  void Ask();
  template <typename Answer>
  std::function<void(Answer)> Answered(
      void (ConnectionCheck::*take)(const Answer&));
  void TakeProducts(const domain::PageAnswer& answer);
  void TakeIds(const domain::IdsAnswer& answer);
  void TakeLocations(const domain::LocationsAnswer& answer);
  void TakeProbe(const domain::PageAnswer& answer);
  v1::CheckStep& AddStep(const domain::CallReport& report);
  void SetSkew(const domain::CallReport& report);
  void End();

  const Parts parts_;
  const std::function<void(v1::CheckConnectionResponse)> done_;
  const int64_t give_up_at_;
  Question question_ = Question::kProducts;
  absl::Time asked_;
  // Whether there are products, so that filters can be told apart.
  bool has_rows_ = false;
  v1::CheckConnectionResponse response_;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_OPERATIONS_CONNECTION_CHECK_H_
