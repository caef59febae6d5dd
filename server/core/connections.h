// The configured connections, by name.
#ifndef QANTARA_SERVER_CORE_CONNECTIONS_H_
#define QANTARA_SERVER_CORE_CONNECTIONS_H_

#include <memory>
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

// One connection: what is configured, and how it is.
struct Connection {
  explicit Connection(ConnectionSettings from)
      : settings(std::move(from)), traits(TraitsOf(settings)) {}

  const std::string& id() const { return settings.id; }
  // What its provider allows in a line.
  domain::LineRules rules(bool allow_missing_sku = false) const {
    domain::LineRules rules = traits.rules;
    rules.allow_missing_sku = allow_missing_sku;
    return rules;
  }

  const ConnectionSettings settings;
  const domain::ProviderTraits traits;
  ConnectionStatus status;
  // Set before the first call is served; null: stock cannot be read now.
  StockRefresher* refresher = nullptr;
};

// All connections; fixed after construction. Thread-safe.
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

  const std::vector<std::unique_ptr<Connection>>& all() const { return all_; }

 private:
  std::vector<std::unique_ptr<Connection>> all_;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_CORE_CONNECTIONS_H_
