// Products in one company's account at one provider.
//
// A gateway sends each request exactly once and says what is known of its
// effect. It never retries, keeps nothing between calls, and decides nothing:
// whether to try again is the domain's decision.
#ifndef QANTARA_DOMAIN_PORTS_PRODUCT_GATEWAY_H_
#define QANTARA_DOMAIN_PORTS_PRODUCT_GATEWAY_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "absl/types/span.h"
#include "domain/remote_location.h"
#include "qantara/v1/error_reason.pb.h"
#include "qantara/v1/product.pb.h"
#include "qantara/v1/state.pb.h"

namespace qantara::domain {

// What is known of a request's effect. Reading requests are confirmed or not
// applied.
enum class Effect {
  kConfirmed,   // The provider answered as it does on success.
  kRefused,     // It refused the content (422): applied in part, or not at all.
  kNotApplied,  // Certainly not applied; the same request may be sent again.
  kUnknown,     // It may have been applied, now or later.
};

// What happened to one request.
struct CallReport {
  Effect effect = Effect::kUnknown;
  // HTTP status; 0 when no status line arrived.
  int http_status = 0;
  // Why it was not confirmed, in general: CREDENTIALS_NEEDED (401),
  // PERMISSION_DENIED (403), BASE_URL_WRONG, PROVIDER_REJECTED (422),
  // PROVIDER_UNAVAILABLE, OVERLOADED (429).
  v1::ErrorReason reason = v1::ERROR_REASON_UNSPECIFIED;
  // The provider's messages by field, or one without field that says what went
  // wrong. Never holds a credential.
  std::vector<v1::ItemProblem> problems;
  // Wait told by the provider with a 429 or 503.
  std::optional<absl::Duration> retry_after;
  // The provider's clock, to the second, where an answer told it.
  std::optional<absl::Time> provider_time;
  // Of a write that was refused, or whose effect is not known: what was sent
  // and answered, within bounds. Never holds a credential.
  std::optional<v1::ProviderExchange> exchange;
};

// A request body that is ready to be sent.
struct PreparedWrite {
  std::string body;
  // SHA-256 of the body, first 16 bytes.
  std::string fingerprint;
};

// When a write may leave, by Clock::BootMillis, and how long to wait for its
// answer.
struct WriteWindow {
  int64_t send_by_boot_millis = 0;
  absl::Duration timeout;
};

// Answer to a creating request. `records` may be fewer than were sent, and in
// any order.
struct CreateAnswer {
  CallReport report;
  std::vector<v1::RemoteProduct> records;
};

// Answer about one product.
struct RecordAnswer {
  CallReport report;
  std::optional<v1::RemoteProduct> record;
  // The provider said that there is no such product; then `report` is
  // confirmed for a read and not applied for a write.
  bool not_found = false;
};

// Which products to list.
struct ListQuery {
  // From 1.
  uint32_t page = 1;
  uint32_t per_page = 100;
  // Only this SKU. The answer is checked: it never holds another SKU.
  std::optional<std::string> sku;
  // Only ids above this one, ascending. Providers may ignore it: see
  // `PageAnswer::filter_ignored`.
  std::optional<std::string> id_above;
  // Only this category. Checked like `sku`.
  std::optional<std::string> category_id;
};

// One page of products. An empty catalog is a confirmed, empty page.
struct PageAnswer {
  CallReport report;
  std::vector<v1::RemoteProduct> records;
  // Rows of the answer before any check; 0 ends a walk over pages.
  uint32_t row_count = 0;
  // Where told, as numbers or texts.
  std::optional<uint32_t> total;
  std::optional<uint32_t> current_page;
  std::optional<uint32_t> total_pages;
  // The answer held rows outside the query: the provider ignores the filter.
  bool filter_ignored = false;
};

// Answer to a listing of ids, such as categories.
struct IdsAnswer {
  CallReport report;
  std::vector<std::string> ids;
  // The provider has no such listing (404 of the path): nothing is known.
  bool absent = false;
};

// Answer to the listing of locations.
struct LocationsAnswer {
  CallReport report;
  std::vector<RemoteLocation> locations;
  // The provider has no such listing (404): nothing is known.
  bool absent = false;
};

// Thread-safe. Callbacks run exactly once, on a thread of the gateway, which
// they must not block; they may run before the call returns. After the gateway
// is destroyed no callback runs.
class ProductGateway {
 public:
  virtual ~ProductGateway() = default;

  // Makes the body of a creating request: one object when `single`, then
  // `products` has one element; else an array.
  virtual PreparedWrite PrepareCreate(absl::Span<const v1::Product> products,
                                      bool single) const = 0;

  // Makes the body of an updating request with exactly the present fields.
  virtual PreparedWrite PrepareUpdate(const v1::Product& fields) const = 0;

  // Sends a creating request. After `window.send_by` nothing is sent, and the
  // effect is kNotApplied.
  virtual void Create(const PreparedWrite& write, WriteWindow window,
                      std::function<void(CreateAnswer)> done) = 0;

  // Sends an updating request, under the same rule.
  virtual void Update(const std::string& remote_id, const PreparedWrite& write,
                      WriteWindow window,
                      std::function<void(RecordAnswer)> done) = 0;

  // Reads one product.
  virtual void Get(const std::string& remote_id,
                   std::function<void(RecordAnswer)> done) = 0;

  // Reads one page of products.
  virtual void List(const ListQuery& query,
                    std::function<void(PageAnswer)> done) = 0;

  // Reads the ids of all categories, or of all taxes.
  virtual void ListCategories(std::function<void(IdsAnswer)> done) = 0;
  virtual void ListTaxes(std::function<void(IdsAnswer)> done) = 0;

  // Reads all locations, with their names and which one is the default.
  virtual void ListLocations(std::function<void(LocationsAnswer)> done) = 0;
};

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_PORTS_PRODUCT_GATEWAY_H_
