#include "tools/benchmark/import_client.h"

#include <grpcpp/client_context.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/support/client_callback.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "domain/status_macros.h"
#include "qantara/v1/catalog_service.grpc.pb.h"

namespace qantara::tools {
namespace {

using SteadyTime = std::chrono::steady_clock::time_point;

constexpr char kMethod[] = "/qantara.v1.CatalogService/ImportCatalog";
// A server whose tables are far behind asks to try again.
constexpr int kFoldLooksMax = 1000;

absl::Status FromGrpc(const grpc::Status& status) {
  return absl::Status(static_cast<absl::StatusCode>(status.error_code()),
                      status.error_message());
}

std::chrono::system_clock::time_point DeadlineIn(absl::Duration timeout) {
  return absl::ToChronoTime(absl::Now() + timeout);
}

absl::Duration Since(SteadyTime start) {
  return absl::FromChrono(std::chrono::steady_clock::now() - start);
}

// One call; it is over when the object is gone.
class ImportCall
    : public grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
 public:
  ImportCall(const std::shared_ptr<grpc::Channel>& channel,
             const ImportStream& stream, absl::Duration timeout)
      : stub_(channel), stream_(stream) {
    context_.set_deadline(DeadlineIn(timeout));
    stub_.PrepareBidiStreamingCall(&context_, kMethod, {}, this);
    StartRead(&response_);
    WriteNext();
    StartCall();
  }

  ~ImportCall() override {
    context_.TryCancel();
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return ended_; });
  }

  // Waits until the last line is acknowledged.
  absl::Status AwaitAck() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return acked_ || ended_; });
    if (acked_) return absl::OkStatus();
    if (!status_.ok()) return FromGrpc(status_);
    return absl::DataLossError("the call ended before the last line's ack");
  }

  void OnWriteDone(bool ok) override {
    if (ok) WriteNext();
  }

  void OnReadDone(bool ok) override {
    if (!ok) return;
    if (IsLastAck()) {
      const std::lock_guard lock(mutex_);
      acked_ = true;
      changed_.notify_all();
    }
    StartRead(&response_);
  }

  void OnDone(const grpc::Status& status) override {
    const std::lock_guard lock(mutex_);
    ended_ = true;
    status_ = status;
    changed_.notify_all();
  }

 private:
  void WriteNext() {
    if (next_ == stream_.messages.size()) return StartWritesDone();
    StartWrite(&stream_.messages[next_++]);
  }

  bool IsLastAck() {
    grpc::Slice slice;
    v1::ImportCatalogResponse response;
    return response_.DumpToSingleSlice(&slice).ok() &&
           response.ParseFromArray(slice.begin(),
                                   static_cast<int>(slice.size())) &&
           response.ack().durable_line() >= stream_.shape.lines;
  }

  grpc::TemplatedGenericStub<grpc::ByteBuffer, grpc::ByteBuffer> stub_;
  grpc::ClientContext context_;
  const ImportStream& stream_;
  // Only one write and one read are under way: these need no lock.
  size_t next_ = 0;
  grpc::ByteBuffer response_;

  std::mutex mutex_;
  std::condition_variable changed_;
  // Guarded by mutex_.
  bool acked_ = false;
  bool ended_ = false;
  grpc::Status status_;
};

absl::Status WaitForTables(const std::shared_ptr<grpc::Channel>& channel,
                           const ImportShape& shape, absl::Duration timeout) {
  const auto stub = v1::CatalogService::NewStub(channel);
  v1::GetImportRequest request;
  request.set_connection(shape.connection);
  request.set_import_id(shape.import_id);
  v1::GetImportResponse response;
  grpc::Status status;
  const auto deadline = DeadlineIn(timeout);
  for (int look = 0; look < kFoldLooksMax; ++look) {
    grpc::ClientContext context;
    context.set_deadline(deadline);
    status = stub->GetImport(&context, request, &response);
    if (status.error_code() != grpc::StatusCode::RESOURCE_EXHAUSTED) break;
  }
  if (!status.ok()) return FromGrpc(status);
  const uint32_t received = response.catalog_import().received_lines();
  if (received == shape.lines) return absl::OkStatus();
  return absl::DataLossError(absl::StrCat("of ", shape.lines,
                                          " acknowledged lines the tables "
                                          "show ",
                                          received));
}

}  // namespace

absl::StatusOr<ImportTimes> SendImport(
    const std::shared_ptr<grpc::Channel>& channel, const ImportStream& stream,
    AwaitFold await_fold, absl::Duration timeout) {
  const SteadyTime start = std::chrono::steady_clock::now();
  ImportCall call(channel, stream, timeout);
  QANTARA_RETURN_IF_ERROR(call.AwaitAck());
  ImportTimes times;
  times.acked = Since(start);
  if (await_fold == AwaitFold::kYes) {
    QANTARA_RETURN_IF_ERROR(WaitForTables(channel, stream.shape, timeout));
    times.folded = Since(start);
  }
  return times;
}

}  // namespace qantara::tools
