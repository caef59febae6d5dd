// Products in one workspace at Qwoty (specification 004).
//
// Listing, reading and changing are not in the specification; they follow the
// provider's public documents.
#ifndef QANTARA_ADAPTERS_QWOTY_QWOTY_GATEWAY_H_
#define QANTARA_ADAPTERS_QWOTY_QWOTY_GATEWAY_H_

#include <functional>
#include <memory>
#include <string>

#include "absl/types/span.h"
#include "adapters/credentials/credentials.h"
#include "adapters/gateway/signed_calls.h"
#include "adapters/http/http_transport.h"
#include "domain/ports/clock.h"
#include "domain/ports/product_gateway.h"

namespace qantara::adapters {

// How to reach one workspace.
struct QwotyOptions {
  // Name of the connection: a part of the names that are derived.
  std::string connection;
  // API root, such as `https://qwoty.app/api`.
  ProviderAddress address;
};

// Credentials are handled as SignedCalls says.
//
// Creating takes one product per request. A product that CheckQwotyProduct
// objects to, several products, or an update without any field that Qwoty
// knows, cannot be prepared: the body is empty, and an empty body is refused
// (FIELD_INVALID) without being sent. An update of the Arabic name alone is one
// of these. A product without `api_name` gets the one that DeriveApiName makes
// of the connection and its SKU.
//
// Qwoty has no filters, no taxes and no stock, and its categories are not
// documented: what asks for these is not applied (PROVIDER_LACKS), and nothing
// is sent. Ids have no order. A page holds at most as many rows as Qwoty likes:
// a walk ends with a page without rows.
class QwotyGateway : public domain::ProductGateway {
 public:
  // The clock and the transport must outlive the gateway.
  QwotyGateway(QwotyOptions options, std::shared_ptr<Credentials> credentials,
               const domain::Clock& clock, HttpTransport& transport);
  QwotyGateway(const QwotyGateway&) = delete;
  QwotyGateway& operator=(const QwotyGateway&) = delete;

  domain::PreparedWrite PrepareCreate(absl::Span<const v1::Product> products,
                                      bool single) const override;
  domain::PreparedWrite PrepareUpdate(const v1::Product& fields) const override;
  void Create(const domain::PreparedWrite& write, domain::WriteWindow window,
              std::function<void(domain::CreateAnswer)> done) override;
  void Update(const std::string& remote_id, const domain::PreparedWrite& write,
              domain::WriteWindow window,
              std::function<void(domain::RecordAnswer)> done) override;
  void Get(const std::string& remote_id,
           std::function<void(domain::RecordAnswer)> done) override;
  void List(const domain::ListQuery& query,
            std::function<void(domain::PageAnswer)> done) override;
  void ListCategories(std::function<void(domain::IdsAnswer)> done) override;
  void ListTaxes(std::function<void(domain::IdsAnswer)> done) override;
  void ListLocations(
      std::function<void(domain::LocationsAnswer)> done) override;

 private:
  const std::string connection_;
  SignedCalls calls_;
};

}  // namespace qantara::adapters

#endif  // QANTARA_ADAPTERS_QWOTY_QWOTY_GATEWAY_H_
