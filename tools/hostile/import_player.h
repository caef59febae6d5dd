// A client that imports one catalog through every crash of the server.
#ifndef TOOLS_HOSTILE_IMPORT_PLAYER_H_
#define TOOLS_HOSTILE_IMPORT_PLAYER_H_

#include <grpcpp/client_context.h>

#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>

#include "qantara/v1/catalog_service.grpc.pb.h"
#include "tests/process/support/api_client.h"
#include "tools/hostile/dice.h"
#include "tools/hostile/hand_maker.h"
#include "tools/hostile/run_state.h"

namespace qantara::tools {

// Opens its import again whenever the stream ended, and breaks some streams off
// itself. It sends only so far ahead of what is delivered that the import lasts
// as long as the run.
class ImportPlayer {
 public:
  // Lines sent and not yet delivered.
  static constexpr uint32_t kAhead = 1500;

  ImportPlayer(RunState& state, HandMaker& hand, size_t import);

  // Runs until the import is finished, or time is over.
  void Play();

  // The results as they were told, by line.
  const std::map<uint32_t, v1::ImportItem>& results() const { return results_; }

 private:
  using Stream = grpc::ClientReaderWriter<v1::ImportCatalogRequest,
                                          v1::ImportCatalogResponse>;

  void PlayOnce();
  bool Open(Stream& stream);
  // Sends the rest; false when the stream does not take more.
  bool SendLines(grpc::ClientContext& context, Stream& stream);
  bool SendBatch(Stream& stream);
  void Read(Stream& stream);
  void Take(const v1::ImportCatalogResponse& response);
  void TakeResults(const v1::ImportResults& results);
  void TakeEnd(const grpc::Status& status);

  RunState& state_;
  HandMaker& hand_;
  const PlannedImport& import_;
  process::ApiClient api_;
  Dice dice_;
  uint32_t next_line_ = 1;
  bool finished_ = false;
  bool refused_ = false;
  std::mutex mutex_;
  std::condition_variable changed_;
  // All below are guarded by mutex_ while a stream is open.
  uint32_t durable_ = 0;
  uint32_t delivered_ = 0;
  bool ended_ = false;
  std::map<uint32_t, v1::ImportItem> results_;
};

}  // namespace qantara::tools

#endif  // TOOLS_HOSTILE_IMPORT_PLAYER_H_
