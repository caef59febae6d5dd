#include "server/delivery/create_sender.h"

#include <utility>

#include "domain/delivery/create_outcome.h"
#include "domain/ports/failpoints.h"

namespace qantara::server {
namespace {

using domain::OutboundItem;

std::vector<v1::Product> ProductsOf(const std::vector<OutboundItem>& items) {
  std::vector<v1::Product> products;
  products.reserve(items.size());
  for (const OutboundItem& item : items) {
    products.push_back(item.product);
    // The kind is set once: it is always said (specification 000).
    if (products.back().type() == v1::PRODUCT_TYPE_UNSPECIFIED) {
      products.back().set_type(v1::PRODUCT_TYPE_PRODUCT);
    }
  }
  return products;
}

}  // namespace

CreateSender::CreateSender(DeliveryContext& context,
                           std::function<void()> changed)
    : context_(context), changed_(std::move(changed)) {}

int64_t CreateSender::Send(std::vector<OutboundItem> items, domain::Lane lane,
                           const domain::ChunkPace& pace) {
  const auto grant = context_.gate.TryEnter(lane);
  if (!grant.granted) return grant.retry_at;

  const bool single = items.size() == 1;
  const domain::PreparedWrite write =
      context_.gateway.PrepareCreate(ProductsOf(items), single);
  domain::ClaimCreate claim;
  claim.intent.set_connection(context_.connection);
  claim.intent.set_single(single);
  claim.intent.set_watermark(context_.index.highest_id());
  *claim.intent.mutable_window() = context_.NewWindow();
  claim.intent.set_fingerprint(write.fingerprint);
  claim.intent.set_suspect_group(items.front().suspect_group);
  for (const OutboundItem& item : items) *claim.intent.add_items() = item.ref;
  const events::v1::SendWindow window = claim.intent.window();

  domain::Reach(domain::Failpoint::kCreateIntend);
  const auto claimed = context_.Execute(claim);
  if (!claimed.ok()) {
    context_.gate.Cancel();
    // Somebody changed an item meanwhile: look at it again.
    changed_();
    return context_.clock.BootMillis() + 1;
  }
  domain::Reach(domain::Failpoint::kCreateIntended);
  auto request = std::make_shared<Request>();
  *request = {claimed->reply.intent, std::move(items), pace};
  under_way_.insert(request->intent);
  context_.gateway.Create(
      write, context_.GatewayWindow(window),
      [this, request](domain::CreateAnswer answer) {
        context_.gate.Leave("create", answer.report);
        context_.post([this, request, answer = std::move(answer)] {
          OnAnswered(*request, answer);
        });
      });
  return context_.clock.BootMillis();
}

void CreateSender::OnAnswered(const Request& request,
                              const domain::CreateAnswer& answer) {
  domain::RecordCreateAnswer command;
  command.answered = domain::ResolveCreate(request.items, answer, request.pace);
  command.answered.set_connection(context_.connection);
  command.answered.set_intent(request.intent);
  if (command.answered.answer() == events::v1::ANSWER_REFUSED) {
    // The provider answered, so nothing lands late; only its lists may lag.
    command.answered.set_settle_after_boot_millis(
        context_.clock.BootMillis() +
        absl::ToInt64Milliseconds(context_.bounds.max_read_lag));
  }
  for (const v1::RemoteProduct& record : answer.records) {
    context_.index.Add(record, /*keep_record=*/false, context_.ShownFrom());
  }
  under_way_.erase(request.intent);
  // Without a record of the answer the outcome is unknown.
  domain::Reach(domain::Failpoint::kCreateAnswered);
  if (!context_.Execute(command).ok()) context_.answer_lost = true;
  domain::Reach(domain::Failpoint::kCreateRecorded);
  changed_();
}

}  // namespace qantara::server
