#include "tools/cli/stock_watch.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <random>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "qantara/v1/inventory_service.grpc.pb.h"
#include "tools/cli/import_options.h"
#include "tools/cli/inventory_filter.h"
#include "tools/cli/message_json.h"
#include "tools/cli/retry_pace.h"
#include "tools/cli/rpc_error.h"
#include "tools/cli/server_call.h"
#include "tools/cli/stock_text.h"

namespace qantara::tools {
namespace {

constexpr uint32_t kForever = std::numeric_limits<uint32_t>::max();
constexpr uint32_t kMaxHeartbeatSeconds = 3600;

absl::Status ReadDelivery(const Arguments& arguments,
                          v1::WatchInventoryRequest* request) {
  const std::string start = arguments.Value("start", "snapshot");
  if (start != "snapshot" && start != "now") {
    return absl::InvalidArgumentError(
        absl::StrCat("--start is snapshot or now, not \"", start, "\""));
  }
  request->set_start(start == "now" ? v1::WATCH_START_NOW
                                    : v1::WATCH_START_SNAPSHOT);
  const std::string delivery = arguments.Value("delivery", "every");
  if (delivery != "every" && delivery != "latest") {
    return absl::InvalidArgumentError(
        absl::StrCat("--delivery is every or latest, not \"", delivery, "\""));
  }
  request->set_delivery(delivery == "latest" ? v1::WATCH_DELIVERY_LATEST
                                             : v1::WATCH_DELIVERY_EVERY_CHANGE);
  request->set_floor_at_zero(arguments.On("floor_at_zero"));
  return absl::OkStatus();
}

absl::StatusOr<v1::WatchInventoryRequest> ReadWatch(const Session& session) {
  v1::WatchInventoryRequest request;
  request.set_connection(session.connection);
  const Arguments& arguments = session.arguments;
  *request.mutable_filter() = ReadInventoryFilter(arguments);
  if (const absl::Status read = ReadDelivery(arguments, &request); !read.ok()) {
    return read;
  }
  const auto heartbeat =
      arguments.Number("heartbeat", 1, kMaxHeartbeatSeconds, 0);
  if (!heartbeat.ok()) return heartbeat.status();
  if (*heartbeat > 0) {
    request.mutable_heartbeat_interval()->set_seconds(*heartbeat);
  }
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
    if (message.has_resync_required()) request_.clear_resume_token();
    if (session_.json) {
      session_.out << ToJson(message) << std::endl;
    } else {
      for (const std::string& line : StockLines(message, session_.colours)) {
        session_.out << line << "\n";
      }
      session_.out.flush();
    }
    Note(message);
    uint32_t changes = 0;
    for (const v1::InventoryChange& news : message.changes().changes()) {
      if (!news.has_location()) ++changes;
    }
    if (left_ != kForever) left_ -= std::min(left_, changes);
  }

  // Says on the side what is no figure.
  void Note(const v1::WatchInventoryResponse& message) {
    if (message.has_resync_required()) {
      session_.err << "the token is older than the log; beginning with the "
                      "present figures"
                   << std::endl;
    }
    if (session_.json) return;
    if (message.has_caught_up()) {
      session_.err << "these were the present figures; changes follow"
                   << std::endl;
    }
    if (message.has_fell_behind()) {
      session_.err << "changes come faster than they are taken" << std::endl;
    }
  }

  Session& session_;
  v1::WatchInventoryRequest request_;
  uint32_t left_;
  grpc::Status status_;
};

}  // namespace

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
