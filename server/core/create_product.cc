// ProductWriter::Create.
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "domain/item_state.h"
#include "domain/line.h"
#include "domain/rows.h"
#include "domain/status_macros.h"
#include "domain/table_keys.h"
#include "server/core/invalid.h"
#include "server/core/pending_write.h"
#include "server/core/product_writer.h"
#include "server/core/row_messages.h"
#include "server/core/touched_keys.h"

namespace qantara::server {
namespace {

using domain::Table;
using Response = v1::CreateProductResponse;
using Write = PendingWrite<Response>;

absl::StatusOr<domain::CreateSingle> CommandOf(
    const Core& core, const v1::CreateProductRequest& request, Write* pending) {
  Write& write = *pending;
  if (!request.has_product()) {
    return Invalid("product", v1::ERROR_REASON_FIELD_REQUIRED, "is required");
  }
  if (!v1::ExistingPolicy_IsValid(request.existing_policy())) {
    return Invalid("existing_policy", v1::ERROR_REASON_FIELD_INVALID,
                   "is not a value of ExistingPolicy");
  }
  QANTARA_ASSIGN_OR_RETURN(const Connection* connection,
                           core.connections.Find(write.connection, ""));
  v1::CatalogLine line;
  line.set_external_id(request.external_id());
  *line.mutable_product() = request.product();
  domain::CreateSingle command;
  command.connection = write.connection;
  command.request_id = write.request_id;
  command.request_digest = DigestOf(request);
  if (request.existing_policy() != v1::EXISTING_POLICY_UNSPECIFIED) {
    command.existing_policy = request.existing_policy();
  }
  command.line =
      domain::ParseLine(line.SerializeAsString(), connection->rules());
  if (!command.line.problems.empty()) {
    return domain::MakeInvalid(command.line.problems);
  }
  write.fields_not_taken = command.line.not_taken;
  return command;
}

absl::StatusOr<Response> ResponseOf(const domain::TableSnapshot& tables,
                                    const Write& write,
                                    const tables::v1::ItemRow& item) {
  if (!write.durable_only) QANTARA_RETURN_IF_ERROR(StatusOfItem(item));
  Response response;
  response.set_request_id(write.request_id);
  response.set_created(item.state() == v1::ITEM_STATE_CREATED);
  for (const std::string& path : write.fields_not_taken) {
    response.add_fields_not_taken(path);
  }
  if (item.product_id() == 0) return response;
  QANTARA_ASSIGN_OR_RETURN(
      const auto product,
      domain::GetRow<tables::v1::ProductRow>(
          tables, Table::kProducts,
          domain::NumberKey(write.connection, item.product_id())));
  *response.mutable_product() = ToMappedProduct(write.connection, product);
  return response;
}

void Follow(const std::shared_ptr<Write>& write, const std::string& import_id,
            domain::Position position) {
  Write::Wait(write, ImportFollowKey(write->connection, import_id), position,
              [write, import_id](
                  const domain::TableSnapshot& tables) -> absl::StatusOr<bool> {
                QANTARA_ASSIGN_OR_RETURN(
                    const auto item,
                    domain::GetRow<tables::v1::ItemRow>(
                        tables, Table::kItems,
                        domain::ItemKey(write->connection, import_id, 1)));
                if (!write->durable_only && !domain::IsAtRest(item.state())) {
                  return false;
                }
                write->result = ResponseOf(tables, *write, item);
                return true;
              });
}

}  // namespace

void ProductWriter::Create(
    const v1::CreateProductRequest& request, const WriteCall& call,
    std::function<void(absl::StatusOr<Response>)> answer) {
  const auto write = PrepareWrite<v1::CreateProductRequest, Response>(
      core_, waiting_, request, call);
  if (!write.ok()) return answer(write.status());
  auto command = CommandOf(core_, request, write->get());
  if (!command.ok()) return answer(command.status());
  (*write)->answer = std::move(answer);
  core_.commands.Submit<domain::CreateSingle>(
      *std::move(command),
      [write = *write](ExecutedOf<domain::CreateSingle> executed) {
        if (!executed.ok()) return write->AnswerLater(executed.status());
        Follow(write, executed->reply.import_id, executed->position);
      });
}

}  // namespace qantara::server
