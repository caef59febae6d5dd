// ProductWriter::Update.
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "domain/product_fields.h"
#include "domain/rows.h"
#include "domain/status_macros.h"
#include "domain/table_keys.h"
#include "server/core/invalid.h"
#include "server/core/pending_write.h"
#include "server/core/product_key.h"
#include "server/core/product_writer.h"
#include "server/core/row_messages.h"
#include "server/core/touched_keys.h"

namespace qantara::server {
namespace {

using domain::Table;
using Response = v1::UpdateProductResponse;
using Write = PendingWrite<Response>;

// The fields to update, checked.
absl::StatusOr<v1::Product> FieldsOf(const v1::UpdateProductRequest& request,
                                     const domain::LineRules& rules) {
  std::vector<std::string> paths(request.update_mask().paths().begin(),
                                 request.update_mask().paths().end());
  if (!request.has_update_mask()) {
    paths = domain::PresentFields(request.product());
    if (paths.empty()) {
      return Invalid("product", v1::ERROR_REASON_FIELD_REQUIRED,
                     "at least one field to update is required");
    }
  }
  QANTARA_ASSIGN_OR_RETURN(v1::Product fields,
                           domain::SelectFields(request.product(), paths));
  std::vector<v1::ItemProblem> problems =
      domain::ValidateProduct(fields, rules, /*for_update=*/true, "product.");
  if (!problems.empty()) return domain::MakeInvalid(std::move(problems));
  domain::NormalizeDecimals(&fields);
  return fields;
}

// Takes out what the provider has no place for; returns its paths.
std::vector<std::string> TakeOutLacking(const domain::LineRules& rules,
                                        v1::Product* fields) {
  if (rules.lacking == nullptr) return {};
  std::vector<std::string> paths = rules.lacking(*fields, /*for_update=*/true);
  for (const std::string& path : paths) domain::ClearField(path, fields);
  return paths;
}

absl::StatusOr<domain::RecordUpdate> CommandOf(
    const Core& core, const v1::UpdateProductRequest& request, Write* pending) {
  Write& write = *pending;
  QANTARA_ASSIGN_OR_RETURN(const Connection* connection,
                           core.connections.Find(write.connection, ""));
  domain::RecordUpdate command;
  QANTARA_ASSIGN_OR_RETURN(command.product, ToSelector(request.key()));
  QANTARA_ASSIGN_OR_RETURN(command.fields,
                           FieldsOf(request, connection->rules()));
  write.fields_not_taken = TakeOutLacking(connection->rules(), &command.fields);
  command.connection = write.connection;
  command.request_id = write.request_id;
  command.request_digest = DigestOf(request);
  if (request.has_expected_revision()) {
    command.expected_revision = request.expected_revision();
  }
  return command;
}

absl::StatusOr<Response> ResponseOf(const domain::TableSnapshot& tables,
                                    const Write& write,
                                    const tables::v1::UpdateRow& update) {
  if (!write.durable_only) QANTARA_RETURN_IF_ERROR(StatusOfUpdate(update));
  Response response;
  response.set_request_id(write.request_id);
  response.set_state(update.state());
  *response.mutable_differences() = update.differences();
  response.set_reason(update.reason());
  for (const std::string& path : write.fields_not_taken) {
    response.add_fields_not_taken(path);
  }
  QANTARA_ASSIGN_OR_RETURN(
      const auto product,
      domain::GetRow<tables::v1::ProductRow>(
          tables, Table::kProducts,
          domain::NumberKey(write.connection, update.product_id())));
  *response.mutable_product() = ToMappedProduct(write.connection, product);
  return response;
}

void Follow(const std::shared_ptr<Write>& write,
            const domain::RecordUpdateReply& reply, domain::Position position) {
  Write::Wait(
      write, ProductFollowKey(write->connection, reply.product_id), position,
      [write, update = reply.update](
          const domain::TableSnapshot& tables) -> absl::StatusOr<bool> {
        QANTARA_ASSIGN_OR_RETURN(
            const auto row, domain::GetRow<tables::v1::UpdateRow>(
                                tables, Table::kUpdates,
                                domain::NumberKey(write->connection, update)));
        if (!write->durable_only && !IsSettled(row.state())) {
          return false;
        }
        write->result = ResponseOf(tables, *write, row);
        return true;
      });
}

}  // namespace

void ProductWriter::Update(
    const v1::UpdateProductRequest& request, const WriteCall& call,
    std::function<void(absl::StatusOr<Response>)> answer) {
  const auto write = PrepareWrite<v1::UpdateProductRequest, Response>(
      core_, waiting_, request, call);
  if (!write.ok()) return answer(write.status());
  auto command = CommandOf(core_, request, write->get());
  if (!command.ok()) return answer(command.status());
  (*write)->answer = std::move(answer);
  core_.commands.Submit<domain::RecordUpdate>(
      *std::move(command),
      [write = *write](ExecutedOf<domain::RecordUpdate> executed) {
        if (!executed.ok()) return write->AnswerLater(executed.status());
        Follow(write, executed->reply, executed->position);
      });
}

}  // namespace qantara::server
