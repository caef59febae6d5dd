#include "server/core/product_explanation.h"

#include <utility>
#include <vector>

#include "domain/error.h"
#include "domain/find_product.h"
#include "domain/status_macros.h"
#include "server/core/product_key.h"
#include "server/core/row_messages.h"

namespace qantara::server {

std::shared_ptr<ProductExplanation> ProductExplanation::Start(
    Core& core, ExplanationPeer& peer, const v1::ExplainProductRequest& request,
    Slots::Slot slot) {
  std::shared_ptr<ProductExplanation> explanation(
      new ProductExplanation(core, peer, request, std::move(slot)));
  const std::lock_guard lock(explanation->mutex_);
  if (explanation->slot_ == nullptr) {
    explanation->Finish(domain::MakeError(
        absl::StatusCode::kResourceExhausted, v1::ERROR_REASON_OVERLOADED,
        "too many explanations are being told"));
    return explanation;
  }
  explanation->step_.Poke(explanation);
  return explanation;
}

ProductExplanation::ProductExplanation(Core& core, ExplanationPeer& peer,
                                       const v1::ExplainProductRequest& request,
                                       Slots::Slot slot)
    : core_(core),
      request_(request),
      slot_(std::move(slot)),
      step_(core.executor, [this] { Step(); }),
      peer_(&peer) {}

void ProductExplanation::OnWritten(bool ok) {
  const std::lock_guard lock(mutex_);
  writing_ = false;
  if (!ok) cancelled_ = true;
  step_.Poke(shared_from_this());
}

void ProductExplanation::OnCancelled() {
  const std::lock_guard lock(mutex_);
  cancelled_ = true;
  step_.Poke(shared_from_this());
}

void ProductExplanation::Step() {
  {
    const std::lock_guard lock(mutex_);
    if (peer_ == nullptr || writing_) return;
    if (cancelled_) return Finish(absl::CancelledError("the client is gone"));
    if (!waiting_.empty()) {
      writing_ = true;
      peer_->Write(waiting_.front());
      waiting_.pop_front();
      return;
    }
    if (summed_up_) return Finish(absl::OkStatus());
  }
  const absl::Status status = story_.has_value() ? ReadOn() : Begin();
  const std::lock_guard lock(mutex_);
  if (!status.ok()) return Finish(status);
  // Behind the others: one long log does not keep the executor's threads.
  step_.Poke(shared_from_this());
}

absl::Status ProductExplanation::Begin() {
  QANTARA_ASSIGN_OR_RETURN(
      const Connection* connection,
      core_.connections.Find(request_.connection(), "connection"));
  QANTARA_ASSIGN_OR_RETURN(const domain::ProductSelector selector,
                           ToSelector(request_.key()));
  QANTARA_ASSIGN_OR_RETURN(const auto tables, core_.tables.Get());
  QANTARA_ASSIGN_OR_RETURN(
      const tables::v1::ProductRow row,
      domain::FindProduct(*tables, connection->id(), selector));
  through_ = tables->position();
  story_.emplace(connection->id(), row);
  *waiting_.emplace_back().mutable_product() =
      ToMappedProduct(connection->id(), row);
  return absl::OkStatus();
}

absl::Status ProductExplanation::ReadOn() {
  std::vector<v1::ProductStep> steps;
  if (read_ < through_) {
    QANTARA_ASSIGN_OR_RETURN(const std::vector<domain::EventRecordPtr> records,
                             core_.log.Read(read_, kBatch));
    if (records.empty()) {
      return domain::MakeError(absl::StatusCode::kDataLoss,
                               v1::ERROR_REASON_LOG_DAMAGED,
                               "the log ends before the tables");
    }
    for (const domain::EventRecordPtr& record : records) {
      if (record->position() > through_) break;
      QANTARA_RETURN_IF_ERROR(story_->Tell(*record, &steps));
      read_ = record->position();
    }
  }
  steps_ += steps.size();
  for (v1::ProductStep& step : steps) {
    *waiting_.emplace_back().mutable_step() = std::move(step);
  }
  if (read_ < through_) return absl::OkStatus();
  v1::ExplainSummary& summary = *waiting_.emplace_back().mutable_summary();
  summary.set_through_position(through_);
  summary.set_steps(steps_);
  summed_up_ = true;
  return absl::OkStatus();
}

void ProductExplanation::Finish(const absl::Status& status) {
  std::exchange(peer_, nullptr)->Finish(status);
}

}  // namespace qantara::server
