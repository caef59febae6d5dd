// The peers that `tools/bench ingest` measures beside the server.
//
//   peer --sink=discard|put --data_dir=DIR
//
// Serves ImportCatalog alone on a free loopback port, prints
// `listening HOST:PORT`, and ends with SIGTERM.
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server_builder.h>
#include <signal.h>

#include <cstdio>
#include <memory>
#include <string>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "rocksdb/db.h"
#include "tools/benchmark/discard_sink.h"
#include "tools/benchmark/peer_service.h"
#include "tools/benchmark/put_sink.h"

ABSL_FLAG(std::string, sink, "discard", "What becomes of lines: discard, put.");
ABSL_FLAG(std::string, data_dir, "", "Directory of the put sink's database.");

namespace {

using qantara::tools::DiscardSink;
using qantara::tools::PeerService;
using qantara::tools::PutSink;

// That of the server.
constexpr int kMaxMessageBytes = 4 << 20;
constexpr char kListen[] = "127.0.0.1:0";

std::unique_ptr<rocksdb::DB> OpenDatabase(const std::string& directory) {
  rocksdb::Options options;
  options.create_if_missing = true;
  rocksdb::DB* database = nullptr;
  const rocksdb::Status status =
      rocksdb::DB::Open(options, directory, &database);
  if (!status.ok()) {
    std::fprintf(stderr, "opening %s: %s\n", directory.c_str(),
                 status.ToString().c_str());
  }
  return std::unique_ptr<rocksdb::DB>(database);
}

int Serve(PeerService& service, const sigset_t& stop) {
  grpc::ServerBuilder builder;
  int port = 0;
  builder.AddListeningPort(kListen, grpc::InsecureServerCredentials(), &port);
  builder.SetMaxReceiveMessageSize(kMaxMessageBytes);
  builder.RegisterService(&service);
  const auto server = builder.BuildAndStart();
  if (server == nullptr || port == 0) {
    std::fprintf(stderr, "cannot listen on %s\n", kListen);
    return 1;
  }
  std::printf("listening 127.0.0.1:%d\n", port);
  std::fflush(stdout);
  int signal = 0;
  sigwait(&stop, &signal);
  server->Shutdown(std::chrono::system_clock::now());
  server->Wait();
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  // Before any thread is made: all of them leave the signal to sigwait.
  sigset_t stop;
  sigemptyset(&stop);
  sigaddset(&stop, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &stop, nullptr);
  absl::ParseCommandLine(argc, argv);
  const std::string sink = absl::GetFlag(FLAGS_sink);
  if (sink == "discard") {
    PeerService service([] { return std::make_unique<DiscardSink>(); });
    return Serve(service, stop);
  }
  if (sink != "put") {
    std::fprintf(stderr, "--sink: discard or put\n");
    return 2;
  }
  const auto database = OpenDatabase(absl::GetFlag(FLAGS_data_dir));
  if (database == nullptr) return 1;
  PeerService service(
      [&database] { return std::make_unique<PutSink>(*database); });
  return Serve(service, stop);
}
