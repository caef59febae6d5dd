// A provider's catalog that changes while its pages are read, and remembers
// everything that was ever true in it.
#ifndef QANTARA_TESTS_SERVER_INVENTORY_MODEL_SHIFTING_CATALOG_H_
#define QANTARA_TESTS_SERVER_INVENTORY_MODEL_SHIFTING_CATALOG_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "domain/ports/product_gateway.h"
#include "qantara/v1/product.pb.h"
#include "tests/server/inventory/model/stock_truth.h"

namespace qantara::server {

// Its pages are small, whatever size is asked for, and in an order that may be
// any. A request reads the catalog when it is answered, and requests may be
// answered in any order. Not thread-safe.
class ShiftingCatalog final : public domain::ProductGateway {
 public:
  static constexpr int kMostProducts = 20;
  static constexpr size_t kPageRows = 2;

  struct Options {
    // Whether lists tell how many products and pages there are.
    bool tells_counts = true;
    // A planted bug: an empty list of locations is told as a figure of zero.
    bool missing_is_zero = false;
  };

  ShiftingCatalog(const Options& options, std::mt19937_64& random);

  // One change: a figure, a name, a product that comes or goes, or the order of
  // the rows, so that products are on two pages or on none.
  void Change();

  // What is true now.
  TrueStock Present() const;
  // Whether it was true at some moment. A product that is gone has that state,
  // no figures, and is called as it was at some moment.
  bool WasEver(const std::string& remote_id, const TrueProduct& product) const;
  // The records of the pages that were answered since the last first page.
  const std::set<std::string>& shown() const { return shown_; }
  // How often a product came on two pages of one walk.
  size_t shifts() const { return shifts_; }

  // Requests that were not answered yet.
  size_t waiting() const { return waiting_.size(); }
  void Answer(size_t place);
  // Whoever waits for an answer is no more.
  void DropRequests() { waiting_.clear(); }

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
  void ListCategories(std::function<void(domain::IdsAnswer)>) override {}
  void ListTaxes(std::function<void(domain::IdsAnswer)>) override {}
  void ListLocations(
      std::function<void(domain::LocationsAnswer)> done) override;

 private:
  uint64_t Below(uint64_t bound) { return random_() % bound; }
  bool OneIn(uint64_t n) { return Below(n) == 0; }
  size_t RandomPlace() { return Below(order_.size()); }

  void Insert();
  void Remove();
  void Move();
  void ChangeFigure(v1::RemoteProduct* record);
  void ChangeName(v1::RemoteProduct* record);
  // Remembers how the record is now.
  void Remember(const std::string& remote_id);
  domain::PageAnswer Page(const domain::ListQuery& query) const;
  void Show(const domain::PageAnswer& answer, uint32_t page);

  const Options options_;
  std::mt19937_64& random_;
  std::map<std::string, v1::RemoteProduct> records_;
  std::vector<std::string> order_;
  std::map<std::string, std::vector<TrueProduct>> past_;
  std::set<std::string> removed_;  // At some moment.
  int location_names_ = 0;
  std::set<std::string> shown_;
  size_t shifts_ = 0;
  std::deque<std::function<void()>> waiting_;
};

}  // namespace qantara::server

#endif  // QANTARA_TESTS_SERVER_INVENTORY_MODEL_SHIFTING_CATALOG_H_
