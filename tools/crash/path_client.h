// The client of a crash trial: sends paths of delivery and remembers what the
// server acknowledged.
#ifndef TOOLS_CRASH_PATH_CLIENT_H_
#define TOOLS_CRASH_PATH_CLIENT_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "qantara/v1/catalog_service.grpc.pb.h"
#include "qantara/v1/product_service.grpc.pb.h"

namespace qantara::tools {

// One path of delivery: an import of four lines, a single product and an update
// of a product that exists. Of the lines one is refused by the provider, and
// one exists there already.
struct DeliveryPath {
  // Products that updates take turns with.
  static constexpr int kBases = 3;

  int number = 0;
  // What the server acknowledged so far.
  uint32_t durable_lines = 0;
  bool create_durable = false;
  bool update_durable = false;

  std::string import_id() const;
  std::vector<std::string> created_skus() const;  // Lines 1 and 2.
  std::string refused_sku() const;                // Line 3.
  std::string present_sku() const;                // Line 4.
  std::string single_sku() const;
  static std::string BaseSku(int number);
  std::string base_sku() const { return BaseSku(number % kBases); }
  std::string price() const;      // That the update sets.
  std::string update_id() const;  // Its request id.
  std::string single_id() const;  // Import of the single product.
  bool acknowledged() const {
    return durable_lines == kLines && create_durable && update_durable;
  }
  static constexpr uint32_t kLines = 4;
};

// A client of one server process. Its calls fail when that process dies; none
// is repeated. One thread.
class PathClient {
 public:
  // Longest time for a call.
  static constexpr absl::Duration kCallTimeout = absl::Seconds(5);

  explicit PathClient(const std::string& address);

  // Imports the products that updates change; they exist at the provider.
  // Returns what is wrong, or nothing.
  std::string ImportBases(absl::Duration timeout);

  // Sends what is not acknowledged yet. Returns why not all of it is now, or
  // nothing.
  std::string Send(DeliveryPath& path);

  // Sends all of the path again and waits until it is settled. Returns what is
  // wrong, or nothing.
  std::string Settle(const DeliveryPath& path, absl::Duration timeout);

 private:
  // A whole import, until it is finished.
  grpc::Status Import(const std::vector<v1::ImportCatalogRequest>& requests,
                      absl::Duration timeout);
  std::string SendLines(DeliveryPath& path);
  std::string SendSingle(DeliveryPath& path);
  std::string SendUpdate(DeliveryPath& path);

  std::unique_ptr<v1::CatalogService::Stub> catalog_;
  std::unique_ptr<v1::ProductService::Stub> products_;
};

}  // namespace qantara::tools

#endif  // TOOLS_CRASH_PATH_CLIENT_H_
