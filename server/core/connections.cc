#include "server/core/connections.h"

#include "absl/strings/str_cat.h"
#include "domain/error.h"
#include "domain/status_macros.h"
#include "server/core/invalid.h"

namespace qantara::server {

Connections::Connections(std::vector<ConnectionSettings> settings) {
  for (ConnectionSettings& one : settings) Add(std::move(one));
}

std::vector<Connection*> Connections::all() const {
  std::vector<Connection*> all;
  const std::lock_guard lock(mutex_);
  for (const auto& connection : all_) all.push_back(connection.get());
  return all;
}

Connection& Connections::Add(ConnectionSettings settings) {
  const std::lock_guard lock(mutex_);
  all_.push_back(std::make_unique<Connection>(std::move(settings)));
  return *all_.back();
}

absl::StatusOr<Connection*> Connections::Find(absl::string_view name,
                                              absl::string_view field) const {
  const std::lock_guard lock(mutex_);
  if (name.empty()) {
    if (all_.size() == 1) return all_.front().get();
    return Invalid(field, v1::ERROR_REASON_FIELD_REQUIRED,
                   "required, because several connections are configured");
  }
  for (const auto& connection : all_) {
    if (connection->id() == name) return connection.get();
  }
  return domain::MakeError(absl::StatusCode::kNotFound,
                           v1::ERROR_REASON_CONNECTION_NOT_FOUND,
                           absl::StrCat(field, ": no connection `",
                                        name.substr(0, 64), "` is configured"),
                           {{"field", std::string(field)},
                            {"connection", std::string(name.substr(0, 64))}});
}

absl::StatusOr<Connection*> Connections::FindWithStock(
    absl::string_view name, absl::string_view field) const {
  QANTARA_ASSIGN_OR_RETURN(Connection * connection, Find(name, field));
  if (connection->traits.stock) return connection;
  return domain::MakeError(
      absl::StatusCode::kUnimplemented, v1::ERROR_REASON_PROVIDER_LACKS,
      absl::StrCat("the provider of connection `", connection->id(),
                   "` has products only: no stock and no locations"),
      {{"connection", connection->id()}});
}

}  // namespace qantara::server
