// The peer: etcd from Debian with its defaults, one member, every write synced.
#include <grpcpp/create_channel.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/security/credentials.h>

#include <chrono>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "domain/status_macros.h"
#include "tools/benchmark/child_process.h"
#include "tools/benchmark/etcd/etcd.pb.h"
#include "tools/benchmark/machine.h"
#include "tools/benchmark/watch/watch_subject.h"
#include "tools/benchmark/work_directory.h"

namespace qantara::tools {
namespace {

constexpr char kPut[] = "/etcdserverpb.KV/Put";
constexpr char kTxn[] = "/etcdserverpb.KV/Txn";
constexpr char kWatch[] = "/etcdserverpb.Watch/Watch";
constexpr std::chrono::seconds kConnectTimeout(30);
constexpr std::chrono::minutes kWriteTimeout(1);
constexpr char kKeyBegin[] = "stock/";
constexpr char kKeyEnd[] = "stock0";
// With its key and revisions an event is about as long as one of ours.
constexpr size_t kValueBytes = 150;

etcd::PutRequest MakePut(uint64_t number, uint32_t figures) {
  etcd::PutRequest put;
  put.set_key(absl::StrFormat("%s%08d/3", kKeyBegin, number % figures));
  std::string value = absl::StrCat(number, " ");
  value.resize(kValueBytes, 'x');
  put.set_value(std::move(value));
  return put;
}

grpc::ByteBuffer Encode(const google::protobuf::Message& message) {
  const grpc::Slice slice(message.SerializeAsString());
  return grpc::ByteBuffer(&slice, 1);
}

// A write that is under way.
struct OpenWrite {
  grpc::ClientContext context;
  std::unique_ptr<grpc::GenericClientAsyncResponseReader> call;
  grpc::ByteBuffer answer;
  grpc::Status status;
  CommitDone done;
};

// Answers to Put and Txn begin alike.
absl::StatusOr<uint64_t> RevisionOf(const OpenWrite& write) {
  if (!write.status.ok()) {
    return absl::UnavailableError(
        absl::StrCat("etcd: ", write.status.error_message()));
  }
  grpc::Slice slice;
  etcd::PutResponse response;
  if (!write.answer.DumpToSingleSlice(&slice).ok() ||
      !response.ParseFromArray(slice.begin(), static_cast<int>(slice.size()))) {
    return absl::DataLossError("etcd: an answer that is none");
  }
  return static_cast<uint64_t>(response.header().revision());
}

class EtcdSubject final : public WatchSubject {
 public:
  EtcdSubject(std::unique_ptr<WorkDirectory> directory,
              std::unique_ptr<ChildProcess> process,
              const std::shared_ptr<grpc::Channel>& channel)
      : directory_(std::move(directory)),
        process_(std::move(process)),
        stub_(channel),
        thread_([this] { Serve(); }) {}

  ~EtcdSubject() override {
    queue_.Shutdown();
    thread_.join();
  }

  std::string name() const override { return "etcd"; }
  const std::string& address() const override { return process_->address(); }

  absl::StatusOr<WatchDialect> Dialect(const WatchWish& wish) override {
    etcd::WatchRequest request;
    request.mutable_create()->set_key(kKeyBegin);
    request.mutable_create()->set_range_end(kKeyEnd);
    if (wish.after.has_value()) {
      request.mutable_create()->set_start_revision(
          static_cast<int64_t>(*wish.after) + 1);
    }
    WatchDialect dialect;
    dialect.method = kWatch;
    dialect.request = request.SerializeAsString();
    dialect.stays_open = true;
    dialect.scan = &ScanEtcd;
    return dialect;
  }

  absl::StatusOr<FeedRun> Feed(const FeedOrder& order) override {
    auto run = RunFeed(order, next_,
                       [&](uint64_t first, uint32_t changes, CommitDone done) {
                         Write(first, changes, order.figures, std::move(done));
                       });
    next_ += order.max_changes;
    return run;
  }

  absl::StatusOr<size_t> ResidentBytes() const override {
    return process_->ResidentBytes();
  }

 private:
  void Write(uint64_t first, uint32_t changes, uint32_t figures,
             CommitDone done) {
    etcd::TxnRequest txn;
    for (uint64_t number = first; number < first + changes; ++number) {
      *txn.add_success()->mutable_put() = MakePut(number, figures);
    }
    const bool single = changes == 1;
    auto* const write = new OpenWrite();
    write->done = std::move(done);
    write->context.set_deadline(std::chrono::system_clock::now() +
                                kWriteTimeout);
    write->call = stub_.PrepareUnaryCall(
        &write->context, single ? kPut : kTxn,
        single ? Encode(txn.success(0).put()) : Encode(txn), &queue_);
    write->call->StartCall();
    write->call->Finish(&write->answer, &write->status, write);
  }

  void Serve() {
    void* tag = nullptr;
    bool ok = false;
    while (queue_.Next(&tag, &ok)) {
      const std::unique_ptr<OpenWrite> write(static_cast<OpenWrite*>(tag));
      write->done(RevisionOf(*write));
    }
  }

  const std::unique_ptr<WorkDirectory> directory_;
  const std::unique_ptr<ChildProcess> process_;
  grpc::GenericStub stub_;
  grpc::CompletionQueue queue_;
  uint64_t next_ = 1;
  std::thread thread_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<WatchSubject>> StartEtcd(
    const SubjectPlaces& places) {
  QANTARA_ASSIGN_OR_RETURN(auto directory,
                           WorkDirectory::Make(places.work_dir));
  QANTARA_ASSIGN_OR_RETURN(const int port, ClosedPort());
  QANTARA_ASSIGN_OR_RETURN(const int peer_port, ClosedPort());
  const std::string client = absl::StrCat("http://127.0.0.1:", port);
  const std::string peer = absl::StrCat("http://127.0.0.1:", peer_port);
  ChildProcess::Call call;
  call.program = places.etcd;
  call.arguments = {absl::StrCat("--data-dir=", directory->path(), "/data"),
                    absl::StrCat("--listen-client-urls=", client),
                    absl::StrCat("--advertise-client-urls=", client),
                    absl::StrCat("--listen-peer-urls=", peer),
                    absl::StrCat("--initial-advertise-peer-urls=", peer),
                    absl::StrCat("--initial-cluster=default=", peer),
                    "--log-level=error"};
  call.error_file = directory->path() + "/log";
  call.address = absl::StrCat("127.0.0.1:", port);
  QANTARA_ASSIGN_OR_RETURN(auto process, ChildProcess::Start(call));
  const auto channel =
      grpc::CreateChannel(call.address, grpc::InsecureChannelCredentials());
  if (!channel->WaitForConnected(std::chrono::system_clock::now() +
                                 kConnectTimeout)) {
    return absl::UnavailableError("etcd cannot be reached");
  }
  return std::make_unique<EtcdSubject>(std::move(directory), std::move(process),
                                       channel);
}

}  // namespace qantara::tools
