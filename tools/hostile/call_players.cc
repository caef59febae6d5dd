#include "tools/hostile/call_players.h"

#include <functional>
#include <utility>

#include "absl/strings/str_cat.h"

namespace qantara::tools {
namespace {

constexpr absl::Duration kCallTimeout = absl::Seconds(15);
constexpr absl::Duration kAskAgainAfter = absl::Milliseconds(100);

// Whether the same call may have another answer later.
bool IsForLater(const grpc::Status& status) {
  switch (status.error_code()) {
    case grpc::StatusCode::UNAVAILABLE:
    case grpc::StatusCode::CANCELLED:
    case grpc::StatusCode::DEADLINE_EXCEEDED:
    case grpc::StatusCode::RESOURCE_EXHAUSTED:
      return true;
    default:
      return false;
  }
}

std::string TextOf(const grpc::Status& status) {
  return absl::StrCat(static_cast<int>(status.error_code()), " ",
                      process::ReasonOf(status), " ", status.error_message());
}

// Calls until the answer is for good; nothing when time is over.
grpc::Status CallToTheEnd(
    RunState& state, const std::string& what,
    const std::function<grpc::Status(grpc::ClientContext&)>& call,
    const std::function<bool(const grpc::Status&)>& is_for_later) {
  grpc::Status status;
  for (;;) {
    grpc::ClientContext context;
    process::ApiClient::Prepare(context, kCallTimeout);
    status = call(context);
    if (!is_for_later(status)) return status;
    ++state.calls_repeated;
    if (state.IsLate()) {
      state.findings.Add(kFinishedInTime,
                         absl::StrCat(what, ": ", TextOf(status)));
      return status;
    }
    absl::SleepFor(kAskAgainAfter);
  }
}

bool IsDouble(const grpc::Status& status) {
  return process::ReasonOf(status) == "SKU_DUPLICATE";
}

// Whether CreateProduct may end so.
bool MayEndSo(const RunState& state, const PlannedProduct& product,
              const grpc::Status& status) {
  switch (product.kind) {
    case ProductKind::kRefused:
      return process::ReasonOf(status) == "PROVIDER_REJECTED";
    case ProductKind::kPresentTwice:
      return IsDouble(status);
    default:
      return status.ok() || (IsDouble(status) && state.MayBeDouble(product));
  }
}

bool IsNotThereYet(const grpc::Status& status) {
  const std::string reason = process::ReasonOf(status);
  return reason == "PRODUCT_NOT_FOUND" || reason == "PRODUCT_NOT_MAPPED";
}

}  // namespace

void PlayCreates(RunState& state, size_t caller) {
  process::ApiClient api(state.address);
  const std::vector<size_t>& calls = state.plan.calls;
  for (size_t i = caller; i < calls.size() && !state.IsLate();
       i += state.options.create_callers) {
    const PlannedProduct& product = state.plan.products[calls[i]];
    v1::CreateProductRequest request;
    request.set_request_id(CreateRequestId(calls[i]));
    *request.mutable_product() = product.product;
    v1::CreateProductResponse response;
    const grpc::Status status = CallToTheEnd(
        state, request.request_id(),
        [&](grpc::ClientContext& context) {
          return api.products().CreateProduct(&context, request, &response);
        },
        IsForLater);
    if (IsForLater(status)) return;
    ++state.creates_answered;
    if (!MayEndSo(state, product, status)) {
      state.findings.Add(kCallsAnswered, absl::StrCat("CreateProduct of ",
                                                      product.product.sku(),
                                                      ": ", TextOf(status)));
    }
  }
}

void PlayUpdates(RunState& state, AnsweredUpdates& answered, size_t caller) {
  process::ApiClient api(state.address);
  for (const PlannedUpdate& update : state.plan.updates) {
    if (update.product % state.options.update_callers != caller) continue;
    if (state.IsLate()) return;
    const PlannedProduct& product = state.plan.products[update.product];
    v1::UpdateProductRequest request;
    request.set_request_id(update.request_id);
    *request.mutable_key() = process::Sku(product.product.sku());
    *request.mutable_product() = update.fields;
    request.set_wait(update.durable ? v1::WAIT_LEVEL_DURABLE
                                    : v1::WAIT_LEVEL_APPLIED);
    v1::UpdateProductResponse response;
    const grpc::Status status = CallToTheEnd(
        state, update.request_id,
        [&](grpc::ClientContext& context) {
          return api.products().UpdateProduct(&context, request, &response);
        },
        [](const grpc::Status& answer) {
          return IsForLater(answer) || IsNotThereYet(answer);
        });
    if (IsForLater(status) || IsNotThereYet(status)) return;
    if (IsDouble(status) && state.MayBeDouble(product)) {
      ++state.updates_refused;
      answered.AddDouble(update.product);
      continue;
    }
    if (!status.ok()) {
      state.findings.Add(kCallsAnswered,
                         absl::StrCat(update.request_id, ": ", TextOf(status)));
      continue;
    }
    ++state.updates_accepted;
    answered.Add(update.product, update.fields);
  }
}

}  // namespace qantara::tools
