#include "tests/process/support/stock_watch.h"

#include "tests/process/support/must.h"

namespace qantara::process {

StockWatch::StockWatch(ApiClient& api,
                       const v1::WatchInventoryRequest& request) {
  ApiClient::Prepare(context_);
  stream_ = api.inventory().WatchInventory(&context_, request);
}

StockWatch::~StockWatch() {
  context_.TryCancel();
  v1::WatchInventoryResponse ignored;
  while (stream_->Read(&ignored)) {
  }
  stream_->Finish();
}

v1::WatchInventoryResponse StockWatch::Next() {
  v1::WatchInventoryResponse response;
  do {
    if (!stream_->Read(&response)) {
      Must(absl::AbortedError("the watch ended: " +
                              stream_->Finish().error_message()));
    }
    if (!response.resume_token().empty()) {
      resume_token_ = response.resume_token();
    }
  } while (response.has_heartbeat());
  return response;
}

std::vector<v1::StockLevel> StockWatch::Snapshot() {
  std::vector<v1::StockLevel> rows;
  while (true) {
    const v1::WatchInventoryResponse response = Next();
    if (response.has_caught_up()) return rows;
    rows.push_back(response.row());
  }
}

}  // namespace qantara::process
