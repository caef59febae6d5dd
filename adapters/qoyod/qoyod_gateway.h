// Products in one company's account at Qoyod, by its API 2.0.
#ifndef QANTARA_ADAPTERS_QOYOD_QOYOD_GATEWAY_H_
#define QANTARA_ADAPTERS_QOYOD_QOYOD_GATEWAY_H_

#include <functional>
#include <memory>
#include <string>

#include "absl/time/time.h"
#include "absl/types/span.h"
#include "adapters/credentials/credentials.h"
#include "adapters/http/http_transport.h"
#include "adapters/qoyod/callback_gate.h"
#include "adapters/qoyod/qoyod_report.h"
#include "domain/ports/clock.h"
#include "domain/ports/product_gateway.h"

namespace qantara::adapters {

// How to reach one account.
struct QoyodOptions {
  // API root with its version, such as `https://api.qoyod.com/2.0`.
  std::string base_url;
  // How long the answer to a read is waited for. Writes bring their own.
  absl::Duration read_timeout = absl::Seconds(30);
};

// A credential that cannot be used is reported as not applied with
// CREDENTIALS_NEEDED, and nothing is sent. The credentials are told of every
// answer of 401, and of every other that the provider gave to them. Texts of
// the provider that repeat the credential come without it.
//
// A product that CheckQoyodProduct objects to cannot be prepared: its body is
// empty, and an empty body is refused (FIELD_INVALID) without being sent.
class QoyodGateway : public domain::ProductGateway {
 public:
  // The clock and the transport must outlive the gateway.
  QoyodGateway(QoyodOptions options, std::shared_ptr<Credentials> credentials,
               const domain::Clock& clock, HttpTransport& transport);
  ~QoyodGateway() override;
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
  HttpRequest NewRequest(HttpMethod method, const char* endpoint,
                         const std::string& path) const;
  HttpRequest NewWrite(HttpMethod method, const char* endpoint,
                       const std::string& path,
                       const domain::PreparedWrite& write,
                       domain::WriteWindow window) const;
  // Sends the request and gives `done` what `read` makes of the result.
  template <typename Answer>
  void Exchange(HttpRequest request,
                std::function<Answer(const HttpResult&, absl::Time)> read,
                std::function<void(Answer)> done);
  void ListIds(QoyodCall call, const char* endpoint,
               std::function<void(domain::IdsAnswer)> done);

  const QoyodOptions options_;
  const std::shared_ptr<Credentials> credentials_;
  const domain::Clock& clock_;
  HttpTransport& transport_;
  // Shared with the callbacks under way, which may come after the gateway.
  const std::shared_ptr<CallbackGate> gate_;
};

}  // namespace qantara::adapters

#endif  // QANTARA_ADAPTERS_QOYOD_QOYOD_GATEWAY_H_
