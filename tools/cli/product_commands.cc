#include "tools/cli/product_commands.h"

#include <algorithm>
#include <limits>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "qantara/v1/product_service.grpc.pb.h"
#include "tools/cli/import_report.h"
#include "tools/cli/message_json.h"
#include "tools/cli/printable.h"
#include "tools/cli/product_request.h"
#include "tools/cli/product_text.h"
#include "tools/cli/rpc_error.h"
#include "tools/cli/server_call.h"

namespace qantara::tools {
namespace {

constexpr uint32_t kWriteSeconds = 120;
constexpr uint32_t kMaxWriteSeconds = 3600;
constexpr uint32_t kProductsListed = 100;
constexpr uint32_t kMaxPageSize = 1000;
constexpr uint32_t kNoLimit = std::numeric_limits<uint32_t>::max();

// Makes one write within --timeout; the user may leave before.
template <typename CallFunction>
grpc::Status Write(Session& session, uint32_t seconds,
                   const CallFunction& call) {
  return Call(
      [&](grpc::ClientContext& context) {
        Interruption::Scope scope(session.interruption,
                                  [&] { context.TryCancel(); });
        return call(context);
      },
      absl::Seconds(seconds));
}

std::string UpdateText(const v1::UpdateProductResponse& response) {
  std::string out = absl::StrCat(
      "update ", Printable(response.request_id()), ": ",
      std::string(absl::StripPrefix(v1::UpdateState_Name(response.state()),
                                    "UPDATE_STATE_")));
  if (response.reason() != v1::ERROR_REASON_UNSPECIFIED) {
    absl::StrAppend(&out, " [", ShortName(response.reason()), "]");
  }
  absl::StrAppend(&out, "\n");
  for (const v1::FieldDifference& difference : response.differences()) {
    absl::StrAppend(&out, Printable(difference.field()), ": sent \"",
                    Printable(difference.sent()), "\", the provider holds \"",
                    Printable(difference.held()), "\"\n");
  }
  return absl::StrCat(out, ProductText(response.product()));
}

}  // namespace

ExitCode GetProduct(Session& session) {
  const auto key =
      ReadProductKey(session.arguments, session.arguments.words[0]);
  if (!key.ok()) return session.UsageError(key.status());
  if (const ExitCode code = session.Connect(); code != ExitCode::kDone)
    return code;
  const auto stub = v1::ProductService::NewStub(session.channel);
  v1::GetProductRequest request;
  request.set_connection(session.connection);
  *request.mutable_key() = *key;
  v1::GetProductResponse response;
  const grpc::Status status = Call([&](grpc::ClientContext& context) {
    return stub->GetProduct(&context, request, &response);
  });
  if (!status.ok()) return session.CallError(status);
  session.out << (session.json ? ToJson(response.product()) + "\n"
                               : ProductText(response.product()))
              << std::flush;
  return ExitCode::kDone;
}

ExitCode ListProducts(Session& session) {
  const auto limit =
      session.arguments.Number("limit", 1, kNoLimit, kProductsListed);
  if (!limit.ok()) return session.UsageError(limit.status());
  if (const ExitCode code = session.Connect(); code != ExitCode::kDone)
    return code;
  const auto stub = v1::ProductService::NewStub(session.channel);
  v1::ListProductsRequest request;
  request.set_connection(session.connection);
  request.set_sku_prefix(session.arguments.Value("sku_prefix"));
  uint32_t left = *limit;
  while (left > 0 && !session.interruption.triggered()) {
    request.set_page_size(std::min(left, kMaxPageSize));
    v1::ListProductsResponse response;
    const grpc::Status status = Call([&](grpc::ClientContext& context) {
      return stub->ListProducts(&context, request, &response);
    });
    if (!status.ok()) return session.CallError(status);
    for (const v1::MappedProduct& product : response.products()) {
      session.out << (session.json ? ToJson(product) : ProductRow(product))
                  << "\n";
    }
    left -= std::min(left, static_cast<uint32_t>(response.products_size()));
    if (response.next_page_token().empty()) break;
    request.set_page_token(response.next_page_token());
  }
  session.out.flush();
  return ExitCode::kDone;
}

ExitCode CreateProduct(Session& session) {
  auto request = ReadCreate(session.arguments);
  if (!request.ok()) return session.UsageError(request.status());
  const auto seconds =
      session.arguments.Number("timeout", 1, kMaxWriteSeconds, kWriteSeconds);
  if (!seconds.ok()) return session.UsageError(seconds.status());
  if (const ExitCode code = session.Connect(); code != ExitCode::kDone)
    return code;
  request->set_connection(session.connection);
  const auto stub = v1::ProductService::NewStub(session.channel);
  v1::CreateProductResponse response;
  const grpc::Status status =
      Write(session, *seconds, [&](grpc::ClientContext& context) {
        return stub->CreateProduct(&context, *request, &response);
      });
  if (!status.ok()) return session.CallError(status);
  if (session.json) {
    session.out << ToJson(response) << std::endl;
  } else {
    session.out << (response.created() ? "created\n"
                                       : "linked, or there already\n")
                << ProductText(response.product()) << std::flush;
  }
  return ExitCode::kDone;
}

ExitCode UpdateProduct(Session& session) {
  auto request = ReadUpdate(session.arguments);
  if (!request.ok()) return session.UsageError(request.status());
  const auto seconds =
      session.arguments.Number("timeout", 1, kMaxWriteSeconds, kWriteSeconds);
  if (!seconds.ok()) return session.UsageError(seconds.status());
  if (const ExitCode code = session.Connect(); code != ExitCode::kDone)
    return code;
  request->set_connection(session.connection);
  const auto stub = v1::ProductService::NewStub(session.channel);
  v1::UpdateProductResponse response;
  const grpc::Status status =
      Write(session, *seconds, [&](grpc::ClientContext& context) {
        return stub->UpdateProduct(&context, *request, &response);
      });
  if (!status.ok()) return session.CallError(status);
  session.out << (session.json ? ToJson(response) + "\n" : UpdateText(response))
              << std::flush;
  const bool refused = response.state() == v1::UPDATE_STATE_REJECTED ||
                       response.state() == v1::UPDATE_STATE_PARKED ||
                       response.state() == v1::UPDATE_STATE_CANCELLED;
  if (refused) {
    const bool told = response.reason() != v1::ERROR_REASON_UNSPECIFIED;
    session.err << "qantara: "
                << WithHelp("the update did not go through",
                            absl::StatusCode::kFailedPrecondition,
                            told ? ShortName(response.reason()) : "",
                            session.command)
                << std::endl;
  }
  return refused || !response.differences().empty() ? ExitCode::kProblems
                                                    : ExitCode::kDone;
}

}  // namespace qantara::tools
