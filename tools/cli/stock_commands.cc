#include "tools/cli/stock_commands.h"

#include "qantara/v1/inventory_service.grpc.pb.h"
#include "tools/cli/message_json.h"
#include "tools/cli/product_request.h"
#include "tools/cli/server_call.h"
#include "tools/cli/stock_text.h"

namespace qantara::tools {

ExitCode GetStock(Session& session) {
  const auto key =
      ReadProductKey(session.arguments, session.arguments.words[0]);
  if (!key.ok()) return session.UsageError(key.status());
  if (const ExitCode code = session.Connect(); code != ExitCode::kDone)
    return code;
  const auto stub = v1::InventoryService::NewStub(session.channel);
  v1::GetInventoryRequest request;
  request.set_connection(session.connection);
  *request.mutable_key() = *key;
  v1::GetInventoryResponse response;
  const grpc::Status status = Call([&](grpc::ClientContext& context) {
    return stub->GetInventory(&context, request, &response);
  });
  if (!status.ok()) return session.CallError(status);
  if (session.json) {
    session.out << ToJson(response) << std::endl;
    return ExitCode::kDone;
  }
  session.out << ShortName(response.state()) << "\n";
  for (const v1::StockLevel& level : response.levels())
    session.out << StockText(level) << "\n";
  session.out.flush();
  return ExitCode::kDone;
}

}  // namespace qantara::tools
