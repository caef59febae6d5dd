// One WatchInventory call, read message by message.
#ifndef QANTARA_TESTS_PROCESS_SUPPORT_STOCK_WATCH_H_
#define QANTARA_TESTS_PROCESS_SUPPORT_STOCK_WATCH_H_

#include <grpcpp/client_context.h>

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "qantara/v1/inventory_service.grpc.pb.h"
#include "tests/process/support/api_client.h"

namespace qantara::process {

// Ends the program when a message does not come within 30 s. One thread.
class StockWatch {
 public:
  StockWatch(ApiClient& api, const v1::WatchInventoryRequest& request);
  ~StockWatch();
  StockWatch(const StockWatch&) = delete;
  StockWatch& operator=(const StockWatch&) = delete;

  // The next message that is no heartbeat.
  v1::WatchInventoryResponse Next();

  // The next figure that changed; other news are skipped.
  v1::StockLevel NextChange();

  // The rows up to `caught_up`.
  std::vector<v1::StockLevel> Snapshot();

  // The last token that was given.
  const std::string& resume_token() const { return resume_token_; }

 private:
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReader<v1::WatchInventoryResponse>> stream_;
  std::string resume_token_;
  std::deque<v1::StockLevel> waiting_;
};

}  // namespace qantara::process

#endif  // QANTARA_TESTS_PROCESS_SUPPORT_STOCK_WATCH_H_
