// Follows an import to its end through every loss of the server.
#ifndef TOOLS_CLI_IMPORT_FOLLOWER_H_
#define TOOLS_CLI_IMPORT_FOLLOWER_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "qantara/v1/catalog_service.grpc.pb.h"
#include "tools/cli/catalog/catalog_reader.h"
#include "tools/cli/interruption.h"
#include "tools/cli/line_sender.h"
#include "tools/cli/progress_view.h"

namespace qantara::tools {

// What to import.
struct ImportJob {
  v1::ImportHeader header;
  // Opens the catalog from its first record; called once per connection.
  std::function<absl::StatusOr<std::unique_ptr<CatalogReader>>()> open;
  BatchLimits limits;
  // Whether to leave as soon as the server has every line.
  bool detach = false;
};

// Why following ended.
enum class FollowEnd {
  kFinished,           // The import is finished.
  kDetached,           // The user wanted to leave; the import goes on.
  kLost,               // The server stayed away longer than `retry_for`.
  kRefused,            // The server refused the call; `status` says why.
  kCredentialsNeeded,  // The provider wants other credentials; the import
                       // waits.
  kBadCatalog,  // The catalog cannot be read any more; `catalog` says why.
};

// Where the import stood when following ended.
struct FollowResult {
  FollowEnd end = FollowEnd::kLost;
  v1::Import import;          // As last told; empty when nothing was told.
  uint32_t durable_line = 0;  // Highest line known to be on the server's disk.
  grpc::Status status;
  absl::Status catalog;
};

// One import at a time, one thread at a time. All references must outlive the
// object.
class ImportFollower {
 public:
  // An attempt that stays open so long counts as success for `retry_for`, even
  // when nothing moved.
  static constexpr absl::Duration kSteady = absl::Seconds(10);

  // Opens the stream again after it broke, with growing waits, until no attempt
  // got anywhere for `retry_for`.
  ImportFollower(v1::CatalogService::StubInterface& stub,
                 Interruption& interruption, ProgressView& progress,
                 absl::Duration retry_for)
      : stub_(stub),
        interruption_(interruption),
        progress_(progress),
        retry_for_(retry_for) {}

  // Sends the catalog from the line on that the server wants, then follows.
  FollowResult Send(const ImportJob& job);

  // Follows an import without sending.
  FollowResult Watch(const v1::WatchImportRequest& request);

 private:
  using Attempt = std::function<std::optional<FollowEnd>()>;

  FollowResult Follow(const Attempt& attempt);
  std::optional<FollowEnd> SendOnce(const ImportJob& job);
  std::optional<FollowEnd> Read(
      const ImportJob& job, grpc::ClientContext& context,
      grpc::ClientReaderWriterInterface<v1::ImportCatalogRequest,
                                        v1::ImportCatalogResponse>& stream);
  std::optional<FollowEnd> WatchOnce(const v1::WatchImportRequest& request);
  std::optional<FollowEnd> Take(const v1::Import& import);
  void NoteConnection(v1::ConnectionState state);

  v1::CatalogService::StubInterface& stub_;
  Interruption& interruption_;
  ProgressView& progress_;
  const absl::Duration retry_for_;

  FollowResult result_;
  bool moved_ = false;  // Whether the present attempt brought anything new.
};

}  // namespace qantara::tools

#endif  // TOOLS_CLI_IMPORT_FOLLOWER_H_
