// FreshStock::Refresh.
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "domain/field_problems.h"
#include "domain/status_macros.h"
#include "server/core/invalid.h"
#include "server/core/product_key.h"
#include "server/inventory/fresh_stock.h"
#include "server/inventory/reading_wait.h"
#include "server/inventory/stock_answer.h"
#include "server/inventory/waiting_call.h"

namespace qantara::server {
namespace {

using Response = v1::RefreshInventoryResponse;
using BaseCall = WaitingCall<v1::RefreshInventoryRequest, Response>;
using Wait = ReadingWait<RefreshOutcome>;

struct RefreshCall : BaseCall {
  using BaseCall::BaseCall;

  // Of `request.keys`, in their order.
  std::vector<domain::ProductSelector> keys;
  Response response;
};
using CallPtr = std::shared_ptr<RefreshCall>;

absl::Status CheckCategory(const Connection& connection,
                           const std::string& category_id) {
  domain::FieldProblems problems("");
  problems.CheckId("category_id", category_id, connection.rules().numeric_ids);
  std::vector<v1::ItemProblem> found = std::move(problems).Take();
  return found.empty() ? absl::OkStatus()
                       : domain::MakeInvalid(std::move(found));
}

absl::Status Prepare(RefreshCall* call) {
  const v1::RefreshInventoryRequest& request = call->request;
  QANTARA_ASSIGN_OR_RETURN(
      call->connection,
      call->core.connections.FindWithStock(request.connection(), "connection"));
  if (request.keys().empty() && request.category_id().empty()) {
    return Invalid("keys", v1::ERROR_REASON_FIELD_REQUIRED,
                   "keys or category_id is required");
  }
  if (request.keys().empty()) {
    return CheckCategory(*call->connection, request.category_id());
  }
  if (!request.category_id().empty()) {
    return Invalid("category_id", v1::ERROR_REASON_FIELDS_CONFLICT,
                   "must not be given together with keys");
  }
  if (request.keys_size() > FreshStock::kMaxKeys) {
    return Invalid("keys", v1::ERROR_REASON_FIELD_TOO_LONG,
                   absl::StrCat("at most ", FreshStock::kMaxKeys, " keys"));
  }
  for (int i = 0; i < request.keys_size(); ++i) {
    QANTARA_ASSIGN_OR_RETURN(
        domain::ProductSelector selector,
        ToSelector(request.keys(i), absl::StrCat("keys[", i, "]")));
    call->keys.push_back(std::move(selector));
  }
  return absl::OkStatus();
}

// Finds what to ask for; keys that name nothing go into the response.
absl::StatusOr<RefreshWish> WishOf(RefreshCall* call) {
  RefreshWish wish;
  wish.category_id = call->request.category_id();
  if (call->keys.empty()) return wish;
  QANTARA_ASSIGN_OR_RETURN(const auto tables, call->core.tables.Get());
  absl::flat_hash_set<std::string> known;
  for (size_t i = 0; i < call->keys.size(); ++i) {
    auto remote_id =
        FindRemoteId(*tables, call->connection->id(), call->keys[i]);
    if (!remote_id.ok() && !absl::IsNotFound(remote_id.status())) {
      return remote_id.status();
    }
    if (!remote_id.ok() || remote_id->empty()) {
      *call->response.add_unknown_keys() =
          call->request.keys(static_cast<int>(i));
    } else if (known.insert(*remote_id).second) {
      wish.remote_ids.push_back(*std::move(remote_id));
    }
  }
  if (wish.remote_ids.empty()) {
    return domain::MakeError(
        absl::StatusCode::kNotFound, v1::ERROR_REASON_PRODUCT_NOT_FOUND,
        "none of the keys names a product that the provider could be asked "
        "for");
  }
  return wish;
}

void Look(const CallPtr& call) {
  auto wish = WishOf(call.get());
  if (!wish.ok()) return call->answer(wish.status());
  StockRefresher* const refresher = call->connection->refresher.get();
  if (refresher == nullptr) return call->answer(CannotRead());
  const auto wait =
      Wait::Start(call->core, call->deadline, *call->scope,
                  [call](const absl::StatusOr<RefreshOutcome>& outcome) {
                    if (!outcome.ok()) return call->answer(outcome.status());
                    call->response.set_products_read(outcome->read);
                    call->response.set_products_gone(outcome->gone);
                    call->response.set_position(outcome->position);
                    call->answer(std::move(call->response));
                  });
  refresher->Refresh(*std::move(wish), call->deadline,
                     [wait](absl::StatusOr<RefreshOutcome> outcome) {
                       wait->End(std::move(outcome));
                     });
}

}  // namespace

void FreshStock::Refresh(const v1::RefreshInventoryRequest& request,
                         const WriteCall& call,
                         const AnswerTo<Response>& answer) {
  const auto waiting =
      std::make_shared<RefreshCall>(core_, waiting_, request, call, answer);
  const absl::Status prepared = Prepare(waiting.get());
  if (!prepared.ok()) return answer(prepared);
  RefreshCall::Start(waiting, [waiting] { Look(waiting); });
}

}  // namespace qantara::server
