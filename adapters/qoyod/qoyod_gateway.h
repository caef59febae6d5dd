// Products in one company's account at Qoyod, by its API 2.0.
#ifndef QANTARA_ADAPTERS_QOYOD_QOYOD_GATEWAY_H_
#define QANTARA_ADAPTERS_QOYOD_QOYOD_GATEWAY_H_

#include <functional>
#include <memory>
#include <string>

#include "absl/types/span.h"
#include "adapters/credentials/credentials.h"
#include "adapters/gateway/signed_calls.h"
#include "adapters/http/http_transport.h"
#include "adapters/qoyod/qoyod_report.h"
#include "domain/ports/clock.h"
#include "domain/ports/product_gateway.h"

namespace qantara::adapters {

using QoyodOptions = ProviderAddress;

// Credentials are handled as SignedCalls says.
//
// A product that CheckQoyodProduct objects to cannot be prepared: its body is
// empty, and an empty body is refused (FIELD_INVALID) without being sent.
class QoyodGateway : public domain::ProductGateway {
 public:
  // The clock and the transport must outlive the gateway.
  QoyodGateway(QoyodOptions options, std::shared_ptr<Credentials> credentials,
               const domain::Clock& clock, HttpTransport& transport);
  QoyodGateway(const QoyodGateway&) = delete;
  QoyodGateway& operator=(const QoyodGateway&) = delete;

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
  void ListIds(QoyodCall call, const char* endpoint,
               std::function<void(domain::IdsAnswer)> done);

  SignedCalls calls_;
};

}  // namespace qantara::adapters

#endif  // QANTARA_ADAPTERS_QOYOD_QOYOD_GATEWAY_H_
