// The messages of one import, encoded before anything is measured.
#ifndef QANTARA_TOOLS_BENCHMARK_IMPORT_STREAM_H_
#define QANTARA_TOOLS_BENCHMARK_IMPORT_STREAM_H_

#include <grpcpp/support/byte_buffer.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace qantara::tools {

// What is sent.
struct ImportShape {
  std::string connection;
  std::string import_id;
  uint32_t lines = 0;
  uint32_t lines_per_message = 1;
};

// Header, batches, end. Copies share their bytes.
struct ImportStream {
  ImportShape shape;
  std::vector<grpc::ByteBuffer> messages;
  // Bytes of all lines, without the messages around them.
  size_t line_bytes = 0;
};

ImportStream EncodeImport(const ImportShape& shape);

}  // namespace qantara::tools

#endif  // QANTARA_TOOLS_BENCHMARK_IMPORT_STREAM_H_
