#include "server/inventory/commit_encoder.h"

#include <google/protobuf/io/coded_stream.h>

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "qantara/v1/inventory_watch.pb.h"
#include "server/core/resume_token.h"
#include "server/core/row_messages.h"
#include "server/inventory/stock_filter.h"
#include "server/inventory/stock_news.h"

namespace qantara::server {
namespace {

using events::v1::ProductStock;
using events::v1::StockChange;
using events::v1::StockObserved;
using google::protobuf::io::CodedOutputStream;
using v1::InventoryChange;
using v1::InventoryChanges;
using v1::StockLevel;
using v1::StockRemoved;
using v1::WatchInventoryResponse;

enum WireType : uint32_t { kVarint = 0, kBytes = 2 };

// Appends fields to a message that is being encoded.
void PutVarint(uint64_t value, std::string* out) {
  uint8_t bytes[10];
  const uint8_t* end = CodedOutputStream::WriteVarint64ToArray(value, bytes);
  out->append(reinterpret_cast<const char*>(bytes), end - bytes);
}

void PutNumber(uint32_t field, uint64_t value, std::string* out) {
  if (value == 0) return;
  PutVarint(field << 3 | kVarint, out);
  PutVarint(value, out);
}

void PutBytes(uint32_t field, absl::string_view value, std::string* out) {
  PutVarint(field << 3 | kBytes, out);
  PutVarint(value.size(), out);
  out->append(value.data(), value.size());
}

void PutText(uint32_t field, absl::string_view value, std::string* out) {
  if (!value.empty()) PutBytes(field, value, out);
}

// Collects the changes of one event and cuts them into messages. Buffers are
// used again for every change.
class Encoder {
 public:
  Encoder(domain::Position position, absl::string_view connection)
      : position_(position), connection_(connection) {}

  void AddProducts(const StockObserved& observed) {
    time_ = observed.observe_time().SerializeAsString();
    for (const ProductStock& product : observed.products()) {
      PutProduct(product);
      for (const StockChange& change : product.changes()) {
        if (change.has_quantity()) {
          AddFigure(change, change.has_previous_quantity()
                                ? &change.previous_quantity()
                                : nullptr);
        } else if (change.has_previous_quantity()) {
          AddRemoved(product, change);
        }
      }
      for (const StockChange& held : product.held()) {
        AddFigure(held, &held.quantity());
      }
      if (TellsState(product)) {
        level_ = base_;
        PutBytes(StockLevel::kObserveTimeFieldNumber, time_, &level_);
        AddChange(InventoryChange::kChangeFieldNumber, level_);
      }
    }
  }

  // For what is rare.
  void AddLocations(const events::v1::Event& event) {
    InventoryChanges changes;
    AddNews(event, StockFilter(), changes.mutable_changes());
    for (const InventoryChange& change : changes.changes()) {
      AddChange(InventoryChange::kLocationFieldNumber,
                change.location().SerializeAsString());
    }
  }

  std::vector<EncodedMessage> Take() {
    if (count_ > 0) Cut(/*more=*/false);
    return std::move(messages_);
  }

 private:
  static void PutIdentity(const std::string& sku, const std::string& external,
                          uint64_t product_id, const std::string& category,
                          std::string* out) {
    PutText(StockLevel::kSkuFieldNumber, sku, out);
    PutText(StockLevel::kExternalIdFieldNumber, external, out);
    PutText(StockLevel::kProductIdFieldNumber, ProductIdText(product_id), out);
    PutText(StockLevel::kCategoryIdFieldNumber, category, out);
  }

  // What all levels of a product begin with.
  void PutProduct(const ProductStock& product) {
    base_.clear();
    PutText(StockLevel::kRemoteIdFieldNumber, product.remote_id(), &base_);
    PutNumber(StockLevel::kStateFieldNumber, product.state(), &base_);
    last_ = base_;
    PutIdentity(product.sku(), product.external_id(), product.product_id(),
                product.category_id(), &base_);
    if (product.has_before()) {
      const auto& before = product.before();
      PutIdentity(before.sku(), before.external_id(), before.product_id(),
                  before.category_id(), &last_);
    } else {
      last_ = base_;
    }
  }

  static void PutPlace(const StockChange& change, std::string* out) {
    PutText(StockLevel::kLocationIdFieldNumber, change.location_id(), out);
    PutText(StockLevel::kLocationNameEnFieldNumber, change.location_name_en(),
            out);
    PutText(StockLevel::kLocationNameArFieldNumber, change.location_name_ar(),
            out);
  }

  void AddFigure(const StockChange& change, const std::string* was) {
    level_ = base_;
    PutPlace(change, &level_);
    PutBytes(StockLevel::kQuantityFieldNumber, change.quantity(), &level_);
    if (was != nullptr) {
      PutBytes(StockLevel::kPreviousQuantityFieldNumber, *was, &level_);
    }
    if (was != &change.quantity()) {
      PutBytes(StockLevel::kObserveTimeFieldNumber, time_, &level_);
    }
    AddChange(InventoryChange::kChangeFieldNumber, level_);
  }

  void AddRemoved(const ProductStock& product, const StockChange& change) {
    level_ = product.has_before() ? last_ : base_;
    PutPlace(change, &level_);
    PutBytes(StockLevel::kQuantityFieldNumber, change.previous_quantity(),
             &level_);
    removed_.clear();
    PutBytes(StockRemoved::kLastFieldNumber, level_, &removed_);
    PutNumber(StockRemoved::kReasonFieldNumber, change.removed_reason(),
              &removed_);
    AddChange(InventoryChange::kRemovedFieldNumber, removed_);
  }

  void AddChange(uint32_t kind, absl::string_view value) {
    if (count_ == kMaxChanges) Cut(/*more=*/true);
    ++count_;
    change_.clear();
    PutBytes(kind, value, &change_);
    PutBytes(InventoryChanges::kChangesFieldNumber, change_, &changes_);
  }

  // Ends a message.
  void Cut(bool more) {
    std::string head;
    PutNumber(InventoryChanges::kPositionFieldNumber, position_, &head);
    PutNumber(InventoryChanges::kMoreFieldNumber, more ? 1 : 0, &head);
    const std::string token =
        more ? "" : MakeResumeToken(connection_, position_);
    auto message = std::make_shared<std::string>();
    message->reserve(head.size() + changes_.size() + token.size() + 16);
    PutVarint(WatchInventoryResponse::kChangesFieldNumber << 3 | kBytes,
              message.get());
    PutVarint(head.size() + changes_.size(), message.get());
    message->append(head);
    message->append(changes_);
    PutText(WatchInventoryResponse::kResumeTokenFieldNumber, token,
            message.get());
    messages_.push_back(std::move(message));
    changes_.clear();
    count_ = 0;
  }

  const domain::Position position_;
  const absl::string_view connection_;
  std::string time_;     // Of the event.
  std::string base_;     // What the product is called now.
  std::string last_;     // What it was called before.
  std::string level_;    // The level that is being written.
  std::string removed_;  // The removal that is being written.
  std::string change_;   // The change that is being written.
  std::string changes_;  // Those of the message that is being filled.
  int count_ = 0;        // Their number.
  std::vector<EncodedMessage> messages_;
};

}  // namespace

std::vector<EncodedMessage> EncodeCommit(const events::v1::EventRecord& record,
                                         absl::string_view connection) {
  Encoder encoder(record.position(), connection);
  if (record.event().has_stock_observed()) {
    encoder.AddProducts(record.event().stock_observed());
  } else if (record.event().has_locations_observed()) {
    encoder.AddLocations(record.event());
  }
  return encoder.Take();
}

}  // namespace qantara::server
