#include "tools/cli/event_tail.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>
#include <google/protobuf/util/time_util.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <random>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "qantara/events/v1/event.pb.h"
#include "qantara/v1/operations_service.grpc.pb.h"
#include "tools/cli/import_options.h"
#include "tools/cli/message_json.h"
#include "tools/cli/printable.h"
#include "tools/cli/retry_pace.h"
#include "tools/cli/rpc_error.h"

namespace qantara::tools {
namespace {

// Events shown where nothing says where to begin.
constexpr uint64_t kUsualEvents = 20;
// Of a payload, before it is cut.
constexpr size_t kPayloadShown = 300;

absl::StatusOr<uint64_t> ReadNumber(const Arguments& arguments,
                                    absl::string_view name) {
  uint64_t number = 0;
  const std::string text = arguments.Value(name);
  if (!absl::SimpleAtoi(text, &number)) {
    return absl::InvalidArgumentError(
        absl::StrCat("--", name, ": \"", text, "\" is no number"));
  }
  return number;
}

absl::StatusOr<v1::TailEventsRequest> ReadTail(const Session& session) {
  const Arguments& arguments = session.arguments;
  v1::TailEventsRequest request;
  request.set_connection(session.connection);
  for (const std::string& type : arguments.Values("type")) {
    request.add_types(type);
  }
  request.set_stream_prefix(arguments.Value("stream"));
  request.set_follow(arguments.On("follow"));
  const bool after = !arguments.Value("after").empty();
  const bool newest = !arguments.Value("newest").empty();
  if (after && newest) {
    return absl::InvalidArgumentError(
        "--after and --newest exclude each other");
  }
  if (after) {
    const auto position = ReadNumber(arguments, "after");
    if (!position.ok()) return position.status();
    request.set_after_position(*position);
  } else if (newest) {
    const auto number = ReadNumber(arguments, "newest");
    if (!number.ok()) return number.status();
    request.set_newest(*number);
  } else if (request.connection().empty() && request.types().empty() &&
             request.stream_prefix().empty()) {
    request.set_newest(kUsualEvents);
  } else {
    // Few of the newest may pass the filters.
    request.set_after_position(0);
  }
  return request;
}

// One run of the command, over as many streams as it takes.
class Tail {
 public:
  Tail(Session& session, v1::TailEventsRequest request)
      : session_(session), request_(std::move(request)) {}

  // Reads one stream to its end; returns whether something came.
  bool Run(v1::OperationsService::StubInterface& stub) {
    grpc::ClientContext context;
    const Interruption::Scope scope(session_.interruption,
                                    [&] { context.TryCancel(); });
    const auto stream = stub.TailEvents(&context, request_);
    v1::TailEventsResponse response;
    bool moved = false;
    while (stream->Read(&response)) {
      moved = true;
      Take(response);
    }
    status_ = stream->Finish();
    return moved;
  }

  const grpc::Status& status() const { return status_; }

 private:
  void Take(const v1::TailEventsResponse& response) {
    if (response.has_reached()) {
      request_.set_after_position(response.reached().position());
      return;
    }
    request_.set_after_position(response.event().position());
    session_.out << (session_.json ? ToJson(response.event())
                                   : EventLine(response.event()))
                 << std::endl;
  }

  Session& session_;
  v1::TailEventsRequest request_;
  grpc::Status status_;
};

// The payload as JSON, without the name of its type.
std::string PayloadText(const v1::LoggedEvent& event) {
  const auto* const prototype =
      google::protobuf::DescriptorPool::generated_pool()->FindMessageTypeByName(
          absl::StrCat(events::v1::Event::descriptor()->file()->package(), ".",
                       event.type()));
  if (!event.has_payload()) {
    return absl::StrCat("(", Grouped(event.payload_bytes()), " bytes)");
  }
  if (prototype == nullptr) return "(of a newer server)";
  const std::unique_ptr<google::protobuf::Message> payload(
      google::protobuf::MessageFactory::generated_factory()
          ->GetPrototype(prototype)
          ->New());
  if (!event.payload().UnpackTo(payload.get())) return "(unreadable)";
  return ToShortJson(*payload);
}

}  // namespace

std::string EventLine(const v1::LoggedEvent& event) {
  std::string payload = PayloadText(event);
  const bool cut = payload.size() > kPayloadShown;
  payload.resize(std::min(payload.size(), kPayloadShown));
  return absl::StrFormat(
      "%10s  %s  %s #%s  %s  %s%s", Grouped(event.position()),
      google::protobuf::util::TimeUtil::ToString(event.time()),
      Printable(event.stream()), Grouped(event.revision()),
      Printable(event.type()), Printable(payload), cut ? "..." : "");
}

ExitCode TailEvents(Session& session) {
  const auto request = ReadTail(session);
  if (!request.ok()) return session.UsageError(request.status());
  const auto retry_for = ReadRetryFor(session.arguments);
  if (!retry_for.ok()) return session.UsageError(retry_for.status());
  if (const ExitCode code = session.Connect(); code != ExitCode::kDone)
    return code;
  const auto stub = v1::OperationsService::NewStub(session.channel);
  Tail tail(session, *request);
  RetryPace pace(*retry_for, std::random_device()());
  while (true) {
    if (tail.Run(*stub)) pace.Succeeded();
    if (session.interruption.triggered()) return ExitCode::kDone;
    if (tail.status().ok() && !request->follow()) return ExitCode::kDone;
    if (!IsWorthRetrying(tail.status()))
      return session.CallError(tail.status());
    const std::optional<absl::Duration> wait = pace.Failed(absl::Now());
    if (!wait.has_value()) {
      session.CallError(tail.status());
      return ExitCode::kUnreachable;
    }
    session.err << "the server is gone, trying again: "
                << ErrorText(tail.status()) << std::endl;
    if (session.interruption.WaitFor(*wait)) return ExitCode::kDone;
  }
}

}  // namespace qantara::tools
