// A provider's catalog whose answers a test holds back, reorders and spoils.
#ifndef QANTARA_TESTS_SERVER_POLLER_FAKE_CATALOG_H_
#define QANTARA_TESTS_SERVER_POLLER_FAKE_CATALOG_H_

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "domain/ports/product_gateway.h"
#include "qantara/v1/product.pb.h"

namespace qantara::server {

// Reads happen when a request is answered. Not thread-safe.
class FakeCatalog final : public domain::ProductGateway {
 public:
  // Records by number.
  std::map<int, v1::RemoteProduct>& records() { return records_; }
  // Puts a record there; with `quantity` it is tracked at location 3.
  v1::RemoteProduct& Put(int id, const std::string& quantity = "");

  // A page of the whole catalog, as it is now.
  domain::PageAnswer PageOf(uint32_t page) const;

  std::vector<domain::RemoteLocation>& locations() { return locations_; }

  // Changes answers before they are given.
  std::function<void(const domain::ListQuery&, domain::PageAnswer*)> spoil_page;
  std::function<void(const std::string&, domain::RecordAnswer*)> spoil_record;

  // Requests in the order of their sending, such as `list 1`, `list >100`,
  // `list sku A`, `list category 7 page 1`, `get 42` and `locations`.
  const std::vector<std::string>& requests() const { return requests_; }
  size_t CountOf(const std::string& request) const;
  size_t CountBeginningWith(const std::string& prefix) const;

  // Requests that were not answered yet.
  size_t waiting() const { return waiting_.size(); }
  // Answers the one at that place.
  void Answer(size_t place = 0);

  // ProductGateway; nothing is ever written.
  domain::PreparedWrite PrepareCreate(absl::Span<const v1::Product>,
                                      bool) const override {
    return {};
  }
  domain::PreparedWrite PrepareUpdate(const v1::Product&) const override {
    return {};
  }
  void Create(const domain::PreparedWrite&, domain::WriteWindow,
              std::function<void(domain::CreateAnswer)>) override {}
  void Update(const std::string&, const domain::PreparedWrite&,
              domain::WriteWindow,
              std::function<void(domain::RecordAnswer)>) override {}
  void Get(const std::string& remote_id,
           std::function<void(domain::RecordAnswer)> done) override;
  void List(const domain::ListQuery& query,
            std::function<void(domain::PageAnswer)> done) override;
  // Both are empty.
  void ListCategories(std::function<void(domain::IdsAnswer)> done) override;
  void ListTaxes(std::function<void(domain::IdsAnswer)> done) override;
  void ListLocations(
      std::function<void(domain::LocationsAnswer)> done) override;

 private:
  domain::PageAnswer Page(const domain::ListQuery& query) const;
  void Sent(std::string request, std::function<void()> answer);

  std::map<int, v1::RemoteProduct> records_;
  std::vector<domain::RemoteLocation> locations_;
  std::vector<std::string> requests_;
  std::deque<std::function<void()>> waiting_;
};

}  // namespace qantara::server

#endif  // QANTARA_TESTS_SERVER_POLLER_FAKE_CATALOG_H_
