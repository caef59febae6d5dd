#include "tools/benchmark/import_stream.h"

#include <grpcpp/support/slice.h>

#include "qantara/v1/catalog_service.pb.h"
#include "tools/benchmark/catalog_lines.h"

namespace qantara::tools {
namespace {

grpc::ByteBuffer Encode(const v1::ImportCatalogRequest& message) {
  const grpc::Slice slice(message.SerializeAsString());
  return grpc::ByteBuffer(&slice, 1);
}

}  // namespace

ImportStream EncodeImport(const ImportShape& shape) {
  ImportStream stream;
  stream.shape = shape;
  v1::ImportCatalogRequest request;
  request.mutable_header()->set_connection(shape.connection);
  request.mutable_header()->set_import_id(shape.import_id);
  request.mutable_header()->set_source_name("benchmark");
  stream.messages.push_back(Encode(request));
  for (uint32_t line = 1; line <= shape.lines; ++line) {
    v1::ImportBatch& batch = *request.mutable_batch();
    if (batch.lines_size() == 0) batch.set_first_line(line);
    *batch.add_lines() = MakeCatalogLine(line);
    stream.line_bytes += batch.lines(batch.lines_size() - 1).ByteSizeLong();
    const bool full =
        batch.lines_size() == static_cast<int>(shape.lines_per_message);
    if (!full && line < shape.lines) continue;
    stream.messages.push_back(Encode(request));
    batch.Clear();
  }
  request.mutable_end()->set_last_line(shape.lines);
  stream.messages.push_back(Encode(request));
  return stream;
}

}  // namespace qantara::tools
