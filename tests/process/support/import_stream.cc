#include "tests/process/support/import_stream.h"

#include "tests/process/support/must.h"

namespace qantara::process {

v1::CatalogLine GoodLine(const std::string& sku) {
  v1::CatalogLine line;
  line.mutable_product()->set_sku(sku);
  line.mutable_product()->set_name_en("Mug");
  line.mutable_product()->set_name_ar("كوب");
  line.mutable_product()->set_selling_price("25.00");
  return line;
}

ImportStream::ImportStream(ApiClient& api, absl::Duration timeout) {
  ApiClient::Prepare(context_, timeout);
  stream_ = api.catalog().ImportCatalog(&context_);
}

ImportStream::~ImportStream() {
  if (!finished_) BreakOff();
}

bool ImportStream::Write(const v1::ImportCatalogRequest& request) {
  return stream_->Write(request);
}

bool ImportStream::WriteHeader(const std::string& import_id,
                               const std::string& connection) {
  v1::ImportCatalogRequest request;
  request.mutable_header()->set_import_id(import_id);
  request.mutable_header()->set_connection(connection);
  return Write(request);
}

bool ImportStream::WriteLines(uint32_t first_line,
                              const std::vector<v1::CatalogLine>& lines) {
  v1::ImportCatalogRequest request;
  request.mutable_batch()->set_first_line(first_line);
  *request.mutable_batch()->mutable_lines() = {lines.begin(), lines.end()};
  return Write(request);
}

bool ImportStream::WriteEnd() {
  v1::ImportCatalogRequest request;
  request.mutable_end();
  return Write(request);
}

v1::ImportCatalogResponse ImportStream::ReadUntil(
    v1::ImportCatalogResponse::KindCase kind) {
  v1::ImportCatalogResponse response;
  do {
    if (!stream_->Read(&response)) {
      Must(absl::AbortedError("the stream ended: " + Finish().error_message()));
    }
  } while (response.kind_case() != kind);
  return response;
}

void ImportStream::ReadUntilDurable(uint32_t line) {
  while (ReadUntil(v1::ImportCatalogResponse::kAck).ack().durable_line() <
         line) {
  }
}

grpc::Status ImportStream::Finish() {
  v1::ImportCatalogResponse ignored;
  while (stream_->Read(&ignored)) {
  }
  finished_ = true;
  return stream_->Finish();
}

void ImportStream::BreakOff() {
  context_.TryCancel();
  Finish();
}

}  // namespace qantara::process
