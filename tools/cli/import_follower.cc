#include "tools/cli/import_follower.h"

#include <google/protobuf/util/message_differencer.h>

#include <algorithm>
#include <atomic>
#include <random>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "tools/cli/retry_pace.h"
#include "tools/cli/rpc_error.h"

namespace qantara::tools {
namespace {

using Stream = grpc::ClientReaderWriterInterface<v1::ImportCatalogRequest,
                                                 v1::ImportCatalogResponse>;

// Sends a catalog on a thread of its own, because a client that only writes
// would make the server fold its answers, and one that only reads would never
// send.
class SendingThread {
 public:
  SendingThread(const ImportJob& job, grpc::ClientContext& context,
                Stream& stream)
      : job_(job), context_(context), stream_(stream) {}
  ~SendingThread() { Join(); }
  SendingThread(const SendingThread&) = delete;
  SendingThread& operator=(const SendingThread&) = delete;

  void Start(uint32_t next_line) {
    if (!thread_.joinable())
      thread_ = std::thread([this, next_line] { Run(next_line); });
  }
  // Whether every line and the end were handed over.
  bool done() const { return done_; }
  void Join() {
    if (thread_.joinable()) thread_.join();
  }
  // After Join: what is wrong with the catalog.
  const absl::Status& catalog() const { return catalog_; }

 private:
  void Run(uint32_t next_line) {
    absl::StatusOr<std::unique_ptr<CatalogReader>> reader = job_.open();
    absl::Status status = reader.status();
    if (status.ok()) {
      status = SendLines(
          **reader, next_line, job_.limits,
          [&](const auto& request) { return stream_.Write(request); });
    }
    done_ = status.ok();
    if (status.ok() || absl::IsUnavailable(status)) return;
    catalog_ = status;
    context_.TryCancel();
  }

  const ImportJob& job_;
  grpc::ClientContext& context_;
  Stream& stream_;
  std::thread thread_;
  std::atomic<bool> done_ = false;
  absl::Status catalog_;
};

}  // namespace

FollowResult ImportFollower::Send(const ImportJob& job) {
  return Follow([&] { return SendOnce(job); });
}

FollowResult ImportFollower::Watch(const v1::WatchImportRequest& request) {
  return Follow([&] { return WatchOnce(request); });
}

FollowResult ImportFollower::Follow(const Attempt& attempt) {
  result_ = FollowResult();
  RetryPace pace(retry_for_, std::random_device()());
  std::optional<FollowEnd> end;
  while (!end.has_value()) {
    moved_ = false;
    const absl::Time begin = absl::Now();
    end = attempt();
    if (end.has_value()) break;
    if (interruption_.triggered()) {
      end = FollowEnd::kDetached;
    } else if (!IsWorthRetrying(result_.status)) {
      end = ExitCodeOf(result_.status) == ExitCode::kCredentialsNeeded
                ? FollowEnd::kCredentialsNeeded
                : FollowEnd::kRefused;
    } else {
      if (moved_ || absl::Now() - begin >= kSteady) pace.Succeeded();
      const std::optional<absl::Duration> wait = pace.Failed(absl::Now());
      progress_.Note(absl::StrCat("the server is gone, trying again: ",
                                  ErrorText(result_.status)));
      if (!wait.has_value())
        end = FollowEnd::kLost;
      else if (interruption_.WaitFor(*wait))
        end = FollowEnd::kDetached;
    }
  }
  progress_.Finish();
  result_.end = *end;
  return std::move(result_);
}

std::optional<FollowEnd> ImportFollower::SendOnce(const ImportJob& job) {
  grpc::ClientContext context;
  Interruption::Scope scope(interruption_, [&] { context.TryCancel(); });
  const auto stream = stub_.ImportCatalog(&context);
  v1::ImportCatalogRequest header;
  *header.mutable_header() = job.header;
  std::optional<FollowEnd> end;
  if (stream->Write(header)) end = Read(job, context, *stream);
  result_.status = stream->Finish();
  return end;
}

std::optional<FollowEnd> ImportFollower::Read(const ImportJob& job,
                                              grpc::ClientContext& context,
                                              Stream& stream) {
  SendingThread sending(job, context, stream);
  std::optional<FollowEnd> end;
  v1::ImportCatalogResponse response;
  while (!end.has_value() && stream.Read(&response)) {
    if (response.has_opened()) {
      sending.Start(response.opened().next_line());
    } else if (response.has_ack()) {
      moved_ |= response.ack().durable_line() > result_.durable_line;
      result_.durable_line =
          std::max(result_.durable_line, response.ack().durable_line());
    } else if (response.has_progress()) {
      end = Take(response.progress());
      const bool complete =
          response.progress().state() == v1::IMPORT_STATE_RUNNING;
      if (!end.has_value() && job.detach && complete)
        end = FollowEnd::kDetached;
    } else if (response.has_summary()) {
      Take(response.summary());
      end = FollowEnd::kFinished;
    }
  }
  // Where the server ended the stream, writing fails by itself, and cancelling
  // would hide the status. Where we leave, nobody reads what is still sent.
  if (end == FollowEnd::kFinished && sending.done()) {
    stream.WritesDone();
  } else if (end.has_value()) {
    context.TryCancel();
  }
  sending.Join();
  result_.catalog = sending.catalog();
  return sending.catalog().ok() ? end : FollowEnd::kBadCatalog;
}

std::optional<FollowEnd> ImportFollower::WatchOnce(
    const v1::WatchImportRequest& request) {
  grpc::ClientContext context;
  Interruption::Scope scope(interruption_, [&] { context.TryCancel(); });
  const auto stream = stub_.WatchImport(&context, request);
  std::optional<FollowEnd> end;
  v1::WatchImportResponse response;
  while (!end.has_value() && stream->Read(&response)) {
    end = Take(response.catalog_import());
    if (response.catalog_import().state() == v1::IMPORT_STATE_FINISHED) {
      end = FollowEnd::kFinished;
    }
  }
  if (end.has_value()) context.TryCancel();
  result_.status = stream->Finish();
  return end;
}

// Returns an end only where waiting would be for a person.
std::optional<FollowEnd> ImportFollower::Take(const v1::Import& import) {
  if (import.connection_state() != result_.import.connection_state()) {
    NoteConnection(import.connection_state());
  }
  moved_ |= !google::protobuf::util::MessageDifferencer::Equals(import,
                                                                result_.import);
  result_.import = import;
  progress_.Show(import, absl::Now());
  const bool waits =
      import.state() == v1::IMPORT_STATE_RUNNING &&
      import.connection_state() == v1::CONNECTION_STATE_NEEDS_CREDENTIALS;
  return waits ? std::optional(FollowEnd::kCredentialsNeeded) : std::nullopt;
}

void ImportFollower::NoteConnection(v1::ConnectionState state) {
  switch (state) {
    case v1::CONNECTION_STATE_UNREACHABLE:
      return progress_.Note(
          "the provider cannot be reached or fails; tried again by itself");
    case v1::CONNECTION_STATE_MISCONFIGURED:
      return progress_.Note(
          "the connection's base_url is not the provider's API; correct the "
          "server's configuration");
    case v1::CONNECTION_STATE_PAUSED:
      return progress_.Note(
          "the connection is paused; nothing is sent until it is resumed");
    default:
      return;
  }
}

}  // namespace qantara::tools
