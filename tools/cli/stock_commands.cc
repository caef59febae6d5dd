#include "tools/cli/stock_commands.h"

#include <google/protobuf/util/time_util.h>

#include <algorithm>
#include <limits>
#include <string>

#include "absl/strings/str_cat.h"
#include "qantara/v1/inventory_service.grpc.pb.h"
#include "tools/cli/inventory_filter.h"
#include "tools/cli/message_json.h"
#include "tools/cli/product_request.h"
#include "tools/cli/server_call.h"
#include "tools/cli/stock_table.h"
#include "tools/cli/stock_text.h"

namespace qantara::tools {
namespace {

using Stub = v1::InventoryService::StubInterface;

constexpr uint32_t kWaitSeconds = 120;
constexpr uint32_t kMaxWaitSeconds = 600;
constexpr uint32_t kLevelsListed = 100;
constexpr uint32_t kMaxPageSize = 1000;
constexpr uint32_t kMaxAgeSeconds = 365 * 24 * 3600;
constexpr uint32_t kNoLimit = std::numeric_limits<uint32_t>::max();

// Makes one call within --timeout; the user may leave before.
template <typename CallFunction>
grpc::Status Ask(Session& session, uint32_t seconds, const CallFunction& call) {
  return Call(
      [&](grpc::ClientContext& context) {
        Interruption::Scope scope(session.interruption,
                                  [&] { context.TryCancel(); });
        return call(context);
      },
      absl::Seconds(seconds));
}

absl::StatusOr<uint32_t> ReadTimeout(const Session& session) {
  return session.arguments.Number("timeout", 1, kMaxWaitSeconds, kWaitSeconds);
}

absl::StatusOr<v1::GetInventoryRequest> ReadGet(const Session& session) {
  const Arguments& arguments = session.arguments;
  v1::GetInventoryRequest request;
  request.set_connection(session.connection);
  auto key = ReadProductKey(arguments, arguments.words[0]);
  if (!key.ok()) return key.status();
  *request.mutable_key() = *std::move(key);
  const bool by_age = arguments.options.count("max_age") > 0;
  if (arguments.On("refresh")) {
    if (by_age) {
      return absl::InvalidArgumentError(
          "--refresh asks in any case; leave --max_age out");
    }
    request.set_refresh(v1::REFRESH_MODE_ALWAYS);
  }
  const auto max_age = arguments.Number("max_age", 0, kMaxAgeSeconds, 0);
  if (!max_age.ok()) return max_age.status();
  if (by_age) request.mutable_max_age()->set_seconds(*max_age);
  return request;
}

absl::StatusOr<v1::RefreshInventoryRequest> ReadRefresh(
    const Session& session) {
  const Arguments& arguments = session.arguments;
  v1::RefreshInventoryRequest request;
  request.set_connection(session.connection);
  for (const std::string& word : arguments.words) {
    auto key = ReadProductKey(arguments, word);
    if (!key.ok()) return key.status();
    *request.add_keys() = *std::move(key);
  }
  const auto categories = arguments.Values("category");
  if (categories.size() > 1 || categories.empty() == arguments.words.empty()) {
    return absl::InvalidArgumentError(
        "give the keys of products, or one --category");
  }
  request.set_category_id(arguments.Value("category"));
  return request;
}

void Print(const v1::GetInventoryResponse& response, std::ostream& out) {
  out << ShortName(response.state());
  if (response.has_last_read_time()) {
    out << ", read "
        << google::protobuf::util::TimeUtil::ToString(
               response.last_read_time());
  }
  out << "\n";
  for (const v1::StockLevel& level : response.levels()) {
    out << StockText(level) << "\n";
  }
  out.flush();
}

void Print(const v1::ListInventoryResponse& page, bool head, Session& session) {
  if (!session.json) {
    session.out << StockTable(page.levels(), head);
    return;
  }
  for (const v1::StockLevel& level : page.levels()) {
    session.out << ToJson(level) << "\n";
  }
}

}  // namespace

ExitCode GetStock(Session& session) {
  const auto request = ReadGet(session);
  if (!request.ok()) return session.UsageError(request.status());
  const auto seconds = ReadTimeout(session);
  if (!seconds.ok()) return session.UsageError(seconds.status());
  if (const ExitCode code = session.Connect(); code != ExitCode::kDone)
    return code;
  const auto stub = v1::InventoryService::NewStub(session.channel);
  v1::GetInventoryResponse response;
  const grpc::Status status =
      Ask(session, *seconds, [&](grpc::ClientContext& context) {
        return stub->GetInventory(&context, *request, &response);
      });
  if (!status.ok()) return session.CallError(status);
  if (session.json) {
    session.out << ToJson(response) << std::endl;
  } else {
    Print(response, session.out);
  }
  return ExitCode::kDone;
}

ExitCode ListStock(Session& session) {
  const auto limit =
      session.arguments.Number("limit", 1, kNoLimit, kLevelsListed);
  if (!limit.ok()) return session.UsageError(limit.status());
  if (const ExitCode code = session.Connect(); code != ExitCode::kDone)
    return code;
  const auto stub = v1::InventoryService::NewStub(session.channel);
  v1::ListInventoryRequest request;
  request.set_connection(session.connection);
  *request.mutable_filter() = ReadInventoryFilter(session.arguments);
  uint32_t left = *limit;
  bool more = true;
  while (more && left > 0 && !session.interruption.triggered()) {
    request.set_page_size(std::min(left, kMaxPageSize));
    v1::ListInventoryResponse page;
    const grpc::Status status = Call([&](grpc::ClientContext& context) {
      return stub->ListInventory(&context, request, &page);
    });
    if (!status.ok()) return session.CallError(status);
    // A page may be empty although another follows.
    if (page.levels_size() > 0) Print(page, left == *limit, session);
    left -= std::min(left, static_cast<uint32_t>(page.levels_size()));
    more = !page.next_page_token().empty();
    request.set_page_token(page.next_page_token());
  }
  session.out.flush();
  if (more && left == 0) {
    session.err << "there is more; --limit lists it" << std::endl;
  }
  return ExitCode::kDone;
}

ExitCode RefreshStock(Session& session) {
  const auto request = ReadRefresh(session);
  if (!request.ok()) return session.UsageError(request.status());
  const auto seconds = ReadTimeout(session);
  if (!seconds.ok()) return session.UsageError(seconds.status());
  if (const ExitCode code = session.Connect(); code != ExitCode::kDone)
    return code;
  const auto stub = v1::InventoryService::NewStub(session.channel);
  v1::RefreshInventoryResponse response;
  const grpc::Status status =
      Ask(session, *seconds, [&](grpc::ClientContext& context) {
        return stub->RefreshInventory(&context, *request, &response);
      });
  if (!status.ok()) return session.CallError(status);
  session.out << (session.json ? ToJson(response) + "\n"
                               : RefreshText(response))
              << std::flush;
  return response.unknown_keys().empty() ? ExitCode::kDone
                                         : ExitCode::kProblems;
}

ExitCode ListLocations(Session& session) {
  if (const ExitCode code = session.Connect(); code != ExitCode::kDone)
    return code;
  const auto stub = v1::InventoryService::NewStub(session.channel);
  v1::ListLocationsRequest request;
  request.set_connection(session.connection);
  v1::ListLocationsResponse response;
  const grpc::Status status = Call([&](grpc::ClientContext& context) {
    return stub->ListLocations(&context, request, &response);
  });
  if (!status.ok()) return session.CallError(status);
  if (session.json) {
    for (const v1::StockLocation& location : response.locations()) {
      session.out << ToJson(location) << "\n";
    }
  } else {
    session.out << LocationTable(response.locations());
  }
  session.out.flush();
  return ExitCode::kDone;
}

}  // namespace qantara::tools
