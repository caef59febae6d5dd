#include "tools/benchmark/contestant.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>

#include <chrono>
#include <fstream>
#include <memory>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "domain/status_macros.h"
#include "tools/benchmark/child_process.h"
#include "tools/benchmark/import_client.h"
#include "tools/benchmark/machine.h"
#include "tools/benchmark/work_directory.h"

namespace qantara::tools {
namespace {

constexpr absl::Duration kTimeout = absl::Minutes(5);
constexpr std::chrono::seconds kConnectTimeout(10);
constexpr char kKeyVariable[] = "QANTARA_BENCH_KEY";

ChildProcess::Call PeerCall(const Places& places, const std::string& sink,
                            const std::string& directory) {
  ChildProcess::Call call;
  call.program = places.peer;
  call.arguments = {absl::StrCat("--sink=", sink),
                    absl::StrCat("--data_dir=", directory, "/data")};
  return call;
}

// Nothing listens where it would deliver: delivery finds the provider
// unreachable and waits.
absl::StatusOr<ChildProcess::Call> ServerCall(const Places& places,
                                              const std::string& directory) {
  QANTARA_ASSIGN_OR_RETURN(const int port, ClosedPort());
  const std::string config = absl::StrCat(directory, "/server.textproto");
  std::ofstream(config) << "connections {\n  id: \"" << kConnection
                        << "\"\n  qoyod {\n"
                        << "    base_url: \"http://127.0.0.1:" << port
                        << "/2.0\"\n    api_key_env: \"" << kKeyVariable
                        << "\"\n  }\n}\n";
  ChildProcess::Call call;
  call.program = places.server;
  call.arguments = {absl::StrCat("--config=", config),
                    absl::StrCat("--data_dir=", directory, "/data"),
                    "--listen=127.0.0.1:0"};
  call.environment = {absl::StrCat(kKeyVariable, "=none")};
  return call;
}

absl::StatusOr<ChildProcess::Call> CallOf(Contestant contestant,
                                          const Places& places,
                                          const std::string& directory) {
  switch (contestant) {
    case Contestant::kDiscard:
      return PeerCall(places, "discard", directory);
    case Contestant::kPut:
      return PeerCall(places, "put", directory);
    case Contestant::kQantara:
      return ServerCall(places, directory);
  }
  return absl::InternalError("no such contestant");
}

// A channel of its own, connected before the clock starts.
absl::StatusOr<std::shared_ptr<grpc::Channel>> Connect(
    const std::string& address) {
  grpc::ChannelArguments arguments;
  arguments.SetInt("grpc.use_local_subchannel_pool", 1);
  auto channel = grpc::CreateCustomChannel(
      address, grpc::InsecureChannelCredentials(), arguments);
  if (!channel->WaitForConnected(std::chrono::system_clock::now() +
                                 kConnectTimeout)) {
    return absl::UnavailableError(absl::StrCat("cannot reach ", address));
  }
  return channel;
}

}  // namespace

absl::StatusOr<Measurement> Measure(Contestant contestant, const Places& places,
                                    const ImportStream& stream) {
  QANTARA_ASSIGN_OR_RETURN(const auto work,
                           WorkDirectory::Make(places.work_dir));
  const std::string& directory = work->path();
  QANTARA_ASSIGN_OR_RETURN(ChildProcess::Call call,
                           CallOf(contestant, places, directory));
  call.error_file = absl::StrCat(directory, "/log");
  QANTARA_ASSIGN_OR_RETURN(const std::unique_ptr<ChildProcess> child,
                           ChildProcess::Start(call));
  QANTARA_ASSIGN_OR_RETURN(const auto channel, Connect(child->address()));
  QANTARA_ASSIGN_OR_RETURN(
      const ImportTimes times,
      SendImport(
          channel, stream,
          contestant == Contestant::kQantara ? AwaitFold::kYes : AwaitFold::kNo,
          kTimeout));
  QANTARA_ASSIGN_OR_RETURN(const ProcessUse use, child->Stop());

  const double lines = stream.shape.lines;
  Measurement measurement;
  measurement.acked_per_second = lines / absl::ToDoubleSeconds(times.acked);
  if (times.folded.has_value()) {
    measurement.folded_per_second =
        lines / absl::ToDoubleSeconds(*times.folded);
  }
  measurement.cpu_micros_per_line = absl::ToDoubleMicroseconds(use.cpu) / lines;
  measurement.peak_mebibytes = static_cast<double>(use.peak_bytes) / (1 << 20);
  return measurement;
}

}  // namespace qantara::tools
