// The configured connections, by name.
#ifndef QANTARA_SERVER_CORE_CONNECTIONS_H_
#define QANTARA_SERVER_CORE_CONNECTIONS_H_

#include <atomic>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "domain/line.h"
#include "server/config/connection_settings.h"
#include "server/config/provider_traits.h"
#include "server/core/connection_status.h"
#include "server/core/stock_refresher.h"

namespace qantara::server {

class ConnectionChecker;

// A pointer that may be replaced while others use what it led to before, which
// lives on. Thread-safe.
template <typename T>
class ReplaceablePointer {
 public:
  ReplaceablePointer& operator=(T* to) {
    pointer_.store(to);
    return *this;
  }
  T* get() const { return pointer_.load(); }
  T* operator->() const { return get(); }
  bool operator==(std::nullptr_t) const { return get() == nullptr; }

 private:
  std::atomic<T*> pointer_{nullptr};
};

// One connection: what is configured, and how it is. Thread-safe.
class Connection {
 public:
  explicit Connection(ConnectionSettings from)
      : traits(TraitsOf(from)), id_(from.id), settings_(std::move(from)) {}

  const std::string& id() const { return id_; }
  // As configured last.
  ConnectionSettings settings() const {
    const std::lock_guard lock(mutex_);
    return settings_;
  }
  // `settings` has the same id and provider.
  void Configure(ConnectionSettings settings) {
    const std::lock_guard lock(mutex_);
    settings_ = std::move(settings);
  }
  // What its provider allows in a line.
  domain::LineRules rules(bool allow_missing_sku = false) const {
    domain::LineRules rules = traits.rules;
    rules.allow_missing_sku = allow_missing_sku;
    return rules;
  }

  // What its provider can do.
  const domain::ProviderTraits traits;
  ConnectionStatus status;
  // Null: stock cannot be read now.
  ReplaceablePointer<StockRefresher> refresher;
  // The same for checks.
  ReplaceablePointer<ConnectionChecker> checker;

 private:
  const std::string id_;
  mutable std::mutex mutex_;
  ConnectionSettings settings_;  // Guarded by mutex_.
};

// All connections. Some may be added; none ever goes. Thread-safe.
class Connections {
 public:
  explicit Connections(std::vector<ConnectionSettings> settings);

  // Returns the connection; an empty name is the only one there is. `field` is
  // the path for errors.
  //
  // Errors: kNotFound (CONNECTION_NOT_FOUND); kInvalidArgument
  // (FIELD_REQUIRED) for an empty name where there are several.
  absl::StatusOr<Connection*> Find(absl::string_view name,
                                   absl::string_view field) const;

  // The same for a call about stock.
  //
  // Errors: kUnimplemented (PROVIDER_LACKS) where the provider has none.
  absl::StatusOr<Connection*> FindWithStock(absl::string_view name,
                                            absl::string_view field) const;

  // Those there are now, in the order in which they came. They live as long as
  // this.
  std::vector<Connection*> all() const;

  // Adds one whose name is not taken.
  Connection& Add(ConnectionSettings settings);

 private:
  mutable std::mutex mutex_;
  std::vector<std::unique_ptr<Connection>> all_;  // Guarded by mutex_.
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_CORE_CONNECTIONS_H_
