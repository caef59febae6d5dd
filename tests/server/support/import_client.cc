#include "tests/server/support/import_client.h"

#include "absl/strings/str_cat.h"

namespace qantara::server {

v1::CatalogLine SampleLine(uint32_t number) {
  v1::CatalogLine line;
  line.mutable_product()->set_sku(absl::StrCat("SKU-", number));
  line.mutable_product()->set_name_en(absl::StrCat("Product ", number));
  line.mutable_product()->set_selling_price("25.00");
  return line;
}

bool ImportClient::SendLines(uint32_t first, uint32_t last) {
  v1::ImportCatalogRequest request;
  request.mutable_batch()->set_first_line(first);
  for (uint32_t number = first; number <= last; ++number) {
    *request.mutable_batch()->add_lines() = SampleLine(number);
  }
  return Send(request);
}

bool ImportClient::AwaitAck(uint32_t line) {
  v1::ImportCatalogResponse response;
  while (call_->Read(&response)) {
    seen_.push_back(response);
    if (response.has_ack() && response.ack().durable_line() >= line) {
      return true;
    }
  }
  return false;
}

grpc::Status ImportClient::Drain() {
  v1::ImportCatalogResponse response;
  while (call_->Read(&response)) seen_.push_back(response);
  return call_->Finish();
}

std::vector<v1::ImportItem> ImportClient::Items() const {
  std::vector<v1::ImportItem> items;
  for (const auto& response : seen_) {
    items.insert(items.end(), response.results().items().begin(),
                 response.results().items().end());
  }
  return items;
}

const v1::Import* ImportClient::Summary() const {
  return !seen_.empty() && seen_.back().has_summary() ? &seen_.back().summary()
                                                      : nullptr;
}

}  // namespace qantara::server
