#include "server/delivery/update_sender.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "domain/delivery/update_outcome.h"
#include "domain/delivery/updates_together.h"
#include "domain/ports/failpoints.h"
#include "domain/product_fields.h"
#include "domain/rows.h"
#include "domain/table_keys.h"

namespace qantara::server {
namespace {

using domain::GetRow;
using domain::Table;
using tables::v1::ProductRow;
using tables::v1::UpdateRow;

// Waiting products that one pass looks at.
constexpr size_t kMaxQueued = 256;

void FillFromProduct(const ProductRow& product,
                     events::v1::UpdateIntended* intent) {
  intent->set_product_id(product.product_id());
  intent->set_remote_id(product.remote_id());
  // Where nothing is to change the provider's time need not move.
  if (product.acknowledged().has_update_time() &&
      !domain::HoldsAll(intent->fields(), product.acknowledged())) {
    *intent->mutable_known_update_time() = product.acknowledged().update_time();
  }
}

}  // namespace

UpdateSender::UpdateSender(DeliveryContext& context,
                           std::function<void()> changed)
    : context_(context), changed_(std::move(changed)) {}

absl::StatusOr<std::optional<UpdateSender::Plan>> UpdateSender::PlanQueued(
    const domain::TableSnapshot& tables, uint64_t product_id) {
  QANTARA_ASSIGN_OR_RETURN(
      const ProductRow product,
      GetRow<ProductRow>(tables, Table::kProducts,
                         domain::NumberKey(context_.connection, product_id)));
  if (product.intent() != 0 || product.state() != v1::MAPPING_STATE_MAPPED ||
      product.pending_updates_size() == 0) {
    return std::optional<Plan>();
  }
  Plan plan;
  plan.product_revision = product.revision();
  for (int i = 0; i < domain::UpdatesTogether(product); ++i) {
    const uint64_t update = product.pending_updates(i);
    QANTARA_ASSIGN_OR_RETURN(
        const UpdateRow row,
        GetRow<UpdateRow>(tables, Table::kUpdates,
                          domain::NumberKey(context_.connection, update)));
    domain::MergeFields(row.fields(), plan.intent.mutable_fields());
    plan.intent.add_updates(update);
  }
  FillFromProduct(product, &plan.intent);
  return std::optional<Plan>(std::move(plan));
}

int64_t UpdateSender::SendQueued(const domain::TableSnapshot& tables) {
  std::vector<uint64_t> products;
  const std::string prefix = domain::TextKey(context_.connection);
  const absl::Status scanned = tables.Scan(
      Table::kUpdateQueue, prefix, domain::PrefixEnd(prefix),
      [&](absl::string_view, absl::string_view value) {
        tables::v1::UpdateQueueRow row;
        row.ParseFromArray(value.data(), static_cast<int>(value.size()));
        products.push_back(row.product_id());
        return products.size() < kMaxQueued;
      });
  if (!scanned.ok()) return context_.clock.BootMillis() + 1000;
  int64_t next = Actor::kNever;
  for (const uint64_t product_id : products) {
    auto plan = PlanQueued(tables, product_id);
    if (!plan.ok() || !plan->has_value()) continue;
    const int64_t retry = Send(**std::move(plan), domain::Lane::kUpdate);
    next = std::min(next, retry);
    if (retry != Actor::kNever) break;
  }
  return next;
}

int64_t UpdateSender::SendItem(const WaitingItem& waiting,
                               const v1::Product& fields) {
  Plan plan;
  plan.product_revision = waiting.product.revision();
  *plan.intent.mutable_fields() = fields;
  FillFromProduct(waiting.product, &plan.intent);
  *plan.intent.add_items() = waiting.item.ref;
  return Send(std::move(plan), domain::Lane::kBulk);
}

int64_t UpdateSender::Send(Plan plan, domain::Lane lane) {
  const auto grant = context_.gate.TryEnter(lane);
  if (!grant.granted) return grant.retry_at;

  events::v1::UpdateIntended& intent = plan.intent;
  const domain::PreparedWrite write =
      context_.gateway.PrepareUpdate(intent.fields());
  intent.set_connection(context_.connection);
  intent.set_fingerprint(write.fingerprint);
  *intent.mutable_window() = context_.NewWindow();
  domain::Reach(domain::Failpoint::kUpdateIntend);
  const auto claimed =
      context_.Execute(domain::ClaimUpdate{plan.product_revision, intent});
  if (!claimed.ok()) {
    context_.gate.Cancel();
    // Somebody changed the product meanwhile: look at it again.
    changed_();
    return context_.clock.BootMillis() + 1;
  }
  domain::Reach(domain::Failpoint::kUpdateIntended);
  const uint64_t position = claimed->reply.intent;
  under_way_.insert(position);
  context_.gateway.Update(
      intent.remote_id(), write, context_.GatewayWindow(intent.window()),
      [this, position, intent](domain::RecordAnswer answer) {
        context_.gate.Leave("update", answer.report);
        context_.post([this, position, intent, answer = std::move(answer)] {
          OnAnswered(position, intent, answer);
        });
      });
  return Actor::kNever;
}

void UpdateSender::OnAnswered(uint64_t position,
                              const events::v1::UpdateIntended& intent,
                              const domain::RecordAnswer& answer) {
  domain::RecordUpdateAnswer command;
  command.answered = domain::ResolveUpdate(intent, answer);
  command.answered.set_intent(position);
  if (command.answered.gone()) context_.index.RemoveId(intent.remote_id());
  if (answer.record.has_value()) {
    context_.index.Add(*answer.record, /*keep_record=*/false,
                       context_.ShownFrom());
  }
  under_way_.erase(position);
  // Without a record of the answer the outcome is unknown.
  domain::Reach(domain::Failpoint::kUpdateAnswered);
  if (!context_.Execute(command).ok()) context_.answer_lost = true;
  domain::Reach(domain::Failpoint::kUpdateRecorded);
  changed_();
}

}  // namespace qantara::server
