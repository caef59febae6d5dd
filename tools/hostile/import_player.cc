#include "tools/hostile/import_player.h"

#include <algorithm>
#include <chrono>
#include <thread>

#include "absl/strings/str_cat.h"

namespace qantara::tools {
namespace {

constexpr absl::Duration kStreamTimeout = absl::Seconds(60);
constexpr absl::Duration kReopenAfter = absl::Milliseconds(50);
constexpr std::chrono::milliseconds kLookAgain(200);
constexpr size_t kBatchMax = 200;
constexpr double kBreakOffShare = 0.01;

// Items that wait or are under way.
uint32_t OpenItems(const v1::ItemCounts& counts) {
  return counts.received() + counts.queued() + counts.in_flight() +
         counts.unknown();
}

}  // namespace

ImportPlayer::ImportPlayer(RunState& state, HandMaker& hand, size_t import)
    : state_(state),
      hand_(hand),
      import_(state.plan.imports[import]),
      api_(state.address),
      dice_(state.options.seed, absl::StrCat("import", import)) {}

void ImportPlayer::Play() {
  while (!finished_ && !refused_) {
    if (state_.IsLate()) {
      state_.findings.Add(kFinishedInTime,
                          absl::StrCat(import_.id, " is not finished"));
      return;
    }
    PlayOnce();
    if (!finished_) absl::SleepFor(kReopenAfter);
  }
}

void ImportPlayer::PlayOnce() {
  grpc::ClientContext context;
  process::ApiClient::Prepare(context, kStreamTimeout);
  const auto stream = api_.catalog().ImportCatalog(&context);
  ++state_.streams_opened;
  ended_ = false;
  if (Open(*stream)) {
    std::thread reader([&] { Read(*stream); });
    SendLines(context, *stream);
    reader.join();
  }
  TakeEnd(stream->Finish());
}

bool ImportPlayer::Open(Stream& stream) {
  v1::ImportCatalogRequest request;
  request.mutable_header()->set_import_id(import_.id);
  request.mutable_header()->set_existing_policy(import_.policy);
  v1::ImportCatalogResponse response;
  if (!stream.Write(request) || !stream.Read(&response)) return false;
  if (!response.has_opened()) {
    state_.findings.Add(
        kCallsAnswered,
        absl::StrCat(import_.id, ": began with ", response.DebugString()));
    return false;
  }
  next_line_ = response.opened().next_line();
  if (next_line_ <= durable_) {
    state_.findings.Add(
        kAcksKept,
        absl::StrCat(import_.id, ": line ", durable_,
                     " was acknowledged, the server goes on at ", next_line_));
  }
  return true;
}

bool ImportPlayer::SendLines(grpc::ClientContext& context, Stream& stream) {
  while (next_line_ <= import_.lines.size()) {
    {
      std::unique_lock lock(mutex_);
      changed_.wait_for(lock, kLookAgain, [&] {
        return ended_ || next_line_ < delivered_ + kAhead;
      });
      if (ended_) return false;
      if (next_line_ >= delivered_ + kAhead) continue;
    }
    if (dice_.Chance(kBreakOffShare)) {
      context.TryCancel();
      return false;
    }
    if (!SendBatch(stream)) return false;
  }
  v1::ImportCatalogRequest request;
  request.mutable_end()->set_last_line(
      static_cast<uint32_t>(import_.lines.size()));
  return stream.Write(request);
}

bool ImportPlayer::SendBatch(Stream& stream) {
  const size_t left = import_.lines.size() - (next_line_ - 1);
  const size_t count = std::min(left, 1 + dice_.Below(kBatchMax));
  v1::ImportCatalogRequest request;
  request.mutable_batch()->set_first_line(next_line_);
  for (size_t i = 0; i < count; ++i) {
    const PlannedLine& line = import_.lines[next_line_ - 1 + i];
    *request.mutable_batch()->add_lines() = ToLine(state_.plan, line);
    if (line.kind == LineKind::kOrdinary &&
        state_.plan.products[line.product].kind == ProductKind::kByHand) {
      hand_.LineIsSent(line.product);
    }
  }
  if (!stream.Write(request)) return false;
  next_line_ += static_cast<uint32_t>(count);
  return true;
}

void ImportPlayer::Read(Stream& stream) {
  v1::ImportCatalogResponse response;
  while (stream.Read(&response)) {
    const std::lock_guard lock(mutex_);
    Take(response);
    changed_.notify_all();
  }
  const std::lock_guard lock(mutex_);
  ended_ = true;
  changed_.notify_all();
}

void ImportPlayer::Take(const v1::ImportCatalogResponse& response) {
  switch (response.kind_case()) {
    case v1::ImportCatalogResponse::kAck:
      durable_ = std::max(durable_, response.ack().durable_line());
      break;
    case v1::ImportCatalogResponse::kResults:
      TakeResults(response.results());
      break;
    case v1::ImportCatalogResponse::kProgress:
      delivered_ =
          std::max(delivered_, response.progress().received_lines() -
                                   OpenItems(response.progress().counts()));
      break;
    case v1::ImportCatalogResponse::kSummary:
      finished_ = response.summary().state() == v1::IMPORT_STATE_FINISHED;
      break;
    default:
      break;
  }
}

void ImportPlayer::TakeResults(const v1::ImportResults& results) {
  for (const v1::ImportItem& item : results.items()) {
    results_[item.line()] = item;
  }
}

void ImportPlayer::TakeEnd(const grpc::Status& status) {
  switch (status.error_code()) {
    case grpc::StatusCode::OK:
    case grpc::StatusCode::UNAVAILABLE:
    case grpc::StatusCode::CANCELLED:
    case grpc::StatusCode::DEADLINE_EXCEEDED:
      return;
    default:
      refused_ = true;
      state_.findings.Add(kCallsAnswered,
                          absl::StrCat(import_.id, ": the stream ended with ",
                                       static_cast<int>(status.error_code()),
                                       " ", status.error_message()));
  }
}

}  // namespace qantara::tools
