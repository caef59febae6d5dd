// The load generator: one import over one call.
#ifndef QANTARA_TOOLS_BENCHMARK_IMPORT_CLIENT_H_
#define QANTARA_TOOLS_BENCHMARK_IMPORT_CLIENT_H_

#include <grpcpp/channel.h>

#include <memory>
#include <optional>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "tools/benchmark/import_stream.h"

namespace qantara::tools {

// Since the header was sent.
struct ImportTimes {
  // Until the last line was acknowledged.
  absl::Duration acked;
  // Until the receiver's tables showed it; only where that was asked for.
  std::optional<absl::Duration> folded;
};

// Whether the receiver is asked for the import when all is acknowledged. Its
// reads wait for its tables, so with the answer the last line is folded.
enum class AwaitFold { kNo, kYes };

// Writes all messages as fast as the receiver takes them and reads the answers
// meanwhile. The import goes on afterwards; the call is given up.
//
// Errors: kDeadlineExceeded after `timeout`; kDataLoss when the call ended
// before the last ack or the tables lack lines; else those of the calls.
absl::StatusOr<ImportTimes> SendImport(
    const std::shared_ptr<grpc::Channel>& channel, const ImportStream& stream,
    AwaitFold await_fold, absl::Duration timeout);

}  // namespace qantara::tools

#endif  // QANTARA_TOOLS_BENCHMARK_IMPORT_CLIENT_H_
