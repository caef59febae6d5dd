#include "tests/process/support/stock_watch.h"

#include <utility>

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

v1::StockLevel StockWatch::NextChange() {
  while (waiting_.empty()) {
    const v1::WatchInventoryResponse response = Next();
    for (const v1::InventoryChange& news : response.changes().changes()) {
      if (news.has_change()) waiting_.push_back(news.change());
    }
  }
  v1::StockLevel change = std::move(waiting_.front());
  waiting_.pop_front();
  return change;
}

std::vector<v1::StockLevel> StockWatch::Snapshot() {
  std::vector<v1::StockLevel> rows;
  while (true) {
    const v1::WatchInventoryResponse response = Next();
    if (response.has_caught_up()) return rows;
    for (const v1::StockLevel& level : response.rows().levels()) {
      rows.push_back(level);
    }
  }
}

}  // namespace qantara::process
