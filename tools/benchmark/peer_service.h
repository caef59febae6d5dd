// A bare gRPC handler of the import stream: what is left of ImportCatalog when
// nothing is validated, decided or folded.
#ifndef QANTARA_TOOLS_BENCHMARK_PEER_SERVICE_H_
#define QANTARA_TOOLS_BENCHMARK_PEER_SERVICE_H_

#include <functional>
#include <memory>

#include "absl/status/statusor.h"
#include "qantara/v1/catalog_service.grpc.pb.h"

namespace qantara::tools {

// Takes the lines of one import. One thread at a time.
class LineSink {
 public:
  virtual ~LineSink() = default;

  // Takes consecutive lines. Returns the highest line that is as safe as this
  // sink makes lines.
  //
  // Errors: end the call.
  virtual absl::StatusOr<uint32_t> Take(const v1::ImportBatch& batch) = 0;

  // There are no more lines. Returns the highest one.
  //
  // Errors: end the call.
  virtual absl::StatusOr<uint32_t> End() = 0;
};

// Gives each import a sink of its own and acknowledges what the sink says:
// with the generated code and gRPC's callback API, one thread per call.
class PeerService final : public v1::CatalogService::CallbackService {
 public:
  explicit PeerService(std::function<std::unique_ptr<LineSink>()> new_sink)
      : new_sink_(std::move(new_sink)) {}

  grpc::ServerBidiReactor<v1::ImportCatalogRequest, v1::ImportCatalogResponse>*
  ImportCatalog(grpc::CallbackServerContext* context) override;

 private:
  const std::function<std::unique_ptr<LineSink>()> new_sink_;
};

}  // namespace qantara::tools

#endif  // QANTARA_TOOLS_BENCHMARK_PEER_SERVICE_H_
