#include "adapters/qwoty/qwoty_gateway.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "adapters/qwoty/qwoty_answer.h"
#include "adapters/qwoty/qwoty_encode.h"
#include "adapters/qwoty/qwoty_report.h"
#include "domain/qwoty_api_name.h"

namespace qantara::adapters {
namespace {

// Names of kinds of paths, for metrics.
constexpr char kProducts[] = "products";
constexpr char kProduct[] = "products/{id}";
constexpr char kEmptyObject[] = "{}";

domain::CallReport NothingPrepared() {
  return NotSent(domain::Effect::kRefused, v1::ERROR_REASON_FIELD_INVALID,
                 "Qwoty takes one product per request, with a name, with a "
                 "SKU or an api_name, and with ids, decimals and words of its "
                 "own forms; nothing was sent");
}

domain::CallReport NoSuchId(domain::Effect effect) {
  return NotSent(effect, v1::ERROR_REASON_FIELD_INVALID,
                 "Qwoty's ids are UUIDs; nothing was sent");
}

// The answer to what Qwoty cannot do.
template <typename Answer>
Answer Lacking(absl::string_view what) {
  Answer answer;
  answer.report =
      NotSent(domain::Effect::kNotApplied, v1::ERROR_REASON_PROVIDER_LACKS,
              absl::StrCat("Qwoty documents no ", what, "; nothing was sent"));
  return answer;
}

template <typename Answer>
Answer NoListing(absl::string_view what) {
  auto answer = Lacking<Answer>(what);
  answer.absent = true;
  return answer;
}

}  // namespace

QwotyGateway::QwotyGateway(QwotyOptions options,
                           std::shared_ptr<Credentials> credentials,
                           const domain::Clock& clock, HttpTransport& transport)
    : connection_(std::move(options.connection)),
      calls_(std::move(options.address), std::move(credentials), clock,
             transport) {}

domain::PreparedWrite QwotyGateway::PrepareCreate(
    absl::Span<const v1::Product> products, bool) const {
  if (products.size() != 1) return {};
  const v1::Product& product = products.front();
  if (!CheckQwotyProduct(product, QwotyWriteKind::kCreate, "").empty()) {
    return {};
  }
  return PreparedOf(EncodeQwotyCreate(
      product, domain::DeriveApiName(connection_, "", product.sku())));
}

domain::PreparedWrite QwotyGateway::PrepareUpdate(
    const v1::Product& fields) const {
  if (!CheckQwotyProduct(fields, QwotyWriteKind::kUpdate, "").empty()) {
    return {};
  }
  std::string body = EncodeQwotyUpdate(fields);
  if (body == kEmptyObject) return {};
  return PreparedOf(std::move(body));
}

void QwotyGateway::Create(const domain::PreparedWrite& write,
                          domain::WriteWindow window,
                          std::function<void(domain::CreateAnswer)> done) {
  if (write.body.empty()) {
    done({NothingPrepared(), {}});
    return;
  }
  calls_.Exchange<domain::CreateAnswer>(
      calls_.NewWrite(HttpMethod::kPost, kProducts, "/products", write, window),
      ReadQwotyCreate, std::move(done));
}

void QwotyGateway::Update(const std::string& remote_id,
                          const domain::PreparedWrite& write,
                          domain::WriteWindow window,
                          std::function<void(domain::RecordAnswer)> done) {
  if (write.body.empty() || !IsQwotyId(remote_id)) {
    domain::RecordAnswer answer;
    answer.report = write.body.empty() ? NothingPrepared()
                                       : NoSuchId(domain::Effect::kRefused);
    done(std::move(answer));
    return;
  }
  calls_.Exchange<domain::RecordAnswer>(
      calls_.NewWrite(HttpMethod::kPatch, kProduct,
                      absl::StrCat("/products/", remote_id), write, window),
      [remote_id](const HttpResult& result, absl::Time now) {
        return ReadQwotyRecord(QwotyCall::kUpdate, result, remote_id, now);
      },
      std::move(done));
}

void QwotyGateway::Get(const std::string& remote_id,
                       std::function<void(domain::RecordAnswer)> done) {
  if (!IsQwotyId(remote_id)) {
    domain::RecordAnswer answer;
    answer.report = NoSuchId(domain::Effect::kNotApplied);
    done(std::move(answer));
    return;
  }
  calls_.Exchange<domain::RecordAnswer>(
      calls_.NewRequest(HttpMethod::kGet, kProduct,
                        absl::StrCat("/products/", remote_id)),
      [remote_id](const HttpResult& result, absl::Time now) {
        return ReadQwotyRecord(QwotyCall::kGet, result, remote_id, now);
      },
      std::move(done));
}

void QwotyGateway::List(const domain::ListQuery& query,
                        std::function<void(domain::PageAnswer)> done) {
  if (query.sku.has_value() || query.id_above.has_value() ||
      query.category_id.has_value()) {
    done(Lacking<domain::PageAnswer>("filters of products"));
    return;
  }
  // The address in `next` may be of another host: it is not followed.
  calls_.Exchange<domain::PageAnswer>(
      calls_.NewRequest(
          HttpMethod::kGet, kProducts,
          absl::StrCat(
              "/products?limit=", std::max<uint32_t>(1, query.per_page),
              "&page=", std::max<uint32_t>(1, query.page))),
      ReadQwotyPage, std::move(done));
}

void QwotyGateway::ListCategories(std::function<void(domain::IdsAnswer)> done) {
  done(NoListing<domain::IdsAnswer>("listing of categories"));
}

void QwotyGateway::ListTaxes(std::function<void(domain::IdsAnswer)> done) {
  done(NoListing<domain::IdsAnswer>("taxes"));
}

void QwotyGateway::ListLocations(
    std::function<void(domain::LocationsAnswer)> done) {
  done(NoListing<domain::LocationsAnswer>("locations of stock"));
}

}  // namespace qantara::adapters
