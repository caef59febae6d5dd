#include "tools/cli/stock_commands.h"

#include <limits>
#include <random>
#include <string>

#include "absl/strings/str_cat.h"
#include "qantara/v1/inventory_service.grpc.pb.h"
#include "tools/cli/import_options.h"
#include "tools/cli/message_json.h"
#include "tools/cli/product_request.h"
#include "tools/cli/retry_pace.h"
#include "tools/cli/rpc_error.h"
#include "tools/cli/server_call.h"
#include "tools/cli/stock_text.h"

namespace qantara::tools {
namespace {

constexpr uint32_t kForever = std::numeric_limits<uint32_t>::max();

absl::StatusOr<v1::WatchInventoryRequest> ReadWatch(const Session& session) {
  v1::WatchInventoryRequest request;
  request.set_connection(session.connection);
  const Arguments& arguments = session.arguments;
  for (const std::string& sku : arguments.Values("sku"))
    request.mutable_filter()->add_skus(sku);
  for (const std::string& id : arguments.Values("location")) {
    request.mutable_filter()->add_location_ids(id);
  }
  for (const std::string& id : arguments.Values("remote_id")) {
    request.mutable_filter()->add_remote_ids(id);
  }
  for (const std::string& id : arguments.Values("external_id")) {
    request.mutable_filter()->add_external_ids(id);
  }
  const std::string start = arguments.Value("start", "snapshot");
  if (start != "snapshot" && start != "now") {
    return absl::InvalidArgumentError(
        absl::StrCat("--start is snapshot or now, not \"", start, "\""));
  }
  request.set_start(start == "now" ? v1::WATCH_START_NOW
                                   : v1::WATCH_START_SNAPSHOT);
  request.set_resume_token(arguments.Value("resume_token"));
  return request;
}

// One `stock watch`, through every reconnection.
class Watch {
 public:
  Watch(Session& session, v1::WatchInventoryRequest request, uint32_t changes)
      : session_(session), request_(std::move(request)), left_(changes) {}

  // Reads one stream to its end. Returns whether it brought anything.
  bool Run(v1::InventoryService::StubInterface& stub) {
    grpc::ClientContext context;
    Interruption::Scope scope(session_.interruption,
                              [&] { context.TryCancel(); });
    const auto stream = stub.WatchInventory(&context, request_);
    v1::WatchInventoryResponse message;
    bool moved = false;
    while (left_ > 0 && stream->Read(&message)) {
      moved = true;
      Take(message);
    }
    if (left_ == 0) context.TryCancel();
    status_ = stream->Finish();
    return moved;
  }

  bool complete() const { return left_ == 0; }
  const grpc::Status& status() const { return status_; }

 private:
  void Take(const v1::WatchInventoryResponse& message) {
    if (!message.resume_token().empty())
      request_.set_resume_token(message.resume_token());
    if (message.has_resync_required()) {
      session_.err << "the token is older than the log; beginning with the "
                      "present figures"
                   << std::endl;
      request_.clear_resume_token();
    }
    if (session_.json) {
      session_.out << ToJson(message) << std::endl;
    } else if (const std::string text = StockText(message); !text.empty()) {
      session_.out << text << std::endl;
    } else if (message.has_caught_up()) {
      session_.err << "these were the present figures; changes follow"
                   << std::endl;
    }
    const bool counts = message.has_change() || message.has_removed();
    if (counts && left_ != kForever) --left_;
  }

  Session& session_;
  v1::WatchInventoryRequest request_;
  uint32_t left_;
  grpc::Status status_;
};

}  // namespace

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

ExitCode WatchStock(Session& session) {
  const auto request = ReadWatch(session);
  if (!request.ok()) return session.UsageError(request.status());
  const auto retry_for = ReadRetryFor(session.arguments);
  if (!retry_for.ok()) return session.UsageError(retry_for.status());
  const auto changes =
      session.arguments.Number("changes", 1, kForever, kForever);
  if (!changes.ok()) return session.UsageError(changes.status());
  if (const ExitCode code = session.Connect(); code != ExitCode::kDone)
    return code;
  const auto stub = v1::InventoryService::NewStub(session.channel);
  Watch watch(session, *request, *changes);
  RetryPace pace(*retry_for, std::random_device()());
  while (true) {
    if (watch.Run(*stub)) pace.Succeeded();
    if (watch.complete() || session.interruption.triggered())
      return ExitCode::kDone;
    if (!IsWorthRetrying(watch.status()))
      return session.CallError(watch.status());
    const std::optional<absl::Duration> wait = pace.Failed(absl::Now());
    if (!wait.has_value()) {
      session.CallError(watch.status());
      return ExitCode::kUnreachable;
    }
    session.err << "the server is gone, trying again: "
                << ErrorText(watch.status()) << std::endl;
    if (session.interruption.WaitFor(*wait)) return ExitCode::kDone;
  }
}

}  // namespace qantara::tools
