// One ImportCatalog call, message by message.
#ifndef QANTARA_TESTS_PROCESS_SUPPORT_IMPORT_STREAM_H_
#define QANTARA_TESTS_PROCESS_SUPPORT_IMPORT_STREAM_H_

#include <grpcpp/client_context.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "qantara/v1/catalog_service.grpc.pb.h"
#include "tests/process/support/api_client.h"

namespace qantara::process {

// A priced line with names in both languages.
v1::CatalogLine GoodLine(const std::string& sku);

// One thread.
class ImportStream {
 public:
  explicit ImportStream(ApiClient& api,
                        absl::Duration timeout = absl::Seconds(60));
  ~ImportStream();
  ImportStream(const ImportStream&) = delete;
  ImportStream& operator=(const ImportStream&) = delete;

  // Each returns whether the stream still took it.
  bool Write(const v1::ImportCatalogRequest& request);
  bool WriteHeader(const std::string& import_id,
                   const std::string& connection = "");
  bool WriteLines(uint32_t first_line,
                  const std::vector<v1::CatalogLine>& lines);
  bool WriteEnd();

  // Reads up to the next message of a kind, such as
  // ImportCatalogResponse::kAck, skipping others. Ends the program when the
  // stream ends before.
  v1::ImportCatalogResponse ReadUntil(v1::ImportCatalogResponse::KindCase kind);

  // Reads acks up to one for `line`.
  void ReadUntilDurable(uint32_t line);

  // Reads the rest and returns the call's status.
  grpc::Status Finish();

  // Breaks the stream off, as a client that dies does.
  void BreakOff();

 private:
  using Stream = grpc::ClientReaderWriter<v1::ImportCatalogRequest,
                                          v1::ImportCatalogResponse>;

  grpc::ClientContext context_;
  std::unique_ptr<Stream> stream_;
  bool finished_ = false;
};

}  // namespace qantara::process

#endif  // QANTARA_TESTS_PROCESS_SUPPORT_IMPORT_STREAM_H_
