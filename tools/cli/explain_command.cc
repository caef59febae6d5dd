#include "tools/cli/explain_command.h"

#include <grpcpp/client_context.h>

#include <string>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "qantara/v1/product_service.grpc.pb.h"
#include "tools/cli/explain_text.h"
#include "tools/cli/message_json.h"
#include "tools/cli/product_request.h"

namespace qantara::tools {
namespace {

constexpr uint32_t kExplainSeconds = 120;
constexpr uint32_t kMaxExplainSeconds = 3600;

std::string Text(const v1::ExplainProductResponse& response) {
  switch (response.kind_case()) {
    case v1::ExplainProductResponse::kProduct:
      return ExplainHead(response.product());
    case v1::ExplainProductResponse::kStep:
      return StepText(response.step());
    case v1::ExplainProductResponse::kSummary:
      return ExplainFoot(response.summary());
    case v1::ExplainProductResponse::KIND_NOT_SET:
      break;
  }
  return "";
}

}  // namespace

ExitCode ExplainProduct(Session& session) {
  const auto key =
      ReadProductKey(session.arguments, session.arguments.words[0]);
  if (!key.ok()) return session.UsageError(key.status());
  const auto seconds = session.arguments.Number(
      "timeout", 1, kMaxExplainSeconds, kExplainSeconds);
  if (!seconds.ok()) return session.UsageError(seconds.status());
  if (const ExitCode code = session.Connect(); code != ExitCode::kDone)
    return code;
  const auto stub = v1::ProductService::NewStub(session.channel);
  v1::ExplainProductRequest request;
  request.set_connection(session.connection);
  *request.mutable_key() = *key;
  grpc::ClientContext context;
  context.set_deadline(
      absl::ToChronoTime(absl::Now() + absl::Seconds(*seconds)));
  const Interruption::Scope scope(session.interruption,
                                  [&] { context.TryCancel(); });
  const auto stream = stub->ExplainProduct(&context, request);
  v1::ExplainProductResponse response;
  bool complete = false;
  while (stream->Read(&response)) {
    session.out << (session.json ? ToJson(response) + "\n" : Text(response));
    complete = response.has_summary();
  }
  session.out.flush();
  const grpc::Status status = stream->Finish();
  if (session.interruption.triggered()) {
    session.err << "interrupted; there may be more" << std::endl;
    return ExitCode::kProblems;
  }
  if (!status.ok()) return session.CallError(status);
  if (!complete) {
    session.err << "the server ended before the story did" << std::endl;
    return ExitCode::kProblems;
  }
  return ExitCode::kDone;
}

}  // namespace qantara::tools
