// RFC 4180, streaming: quoted cells with line breaks and doubled quotes;
// records end with CRLF, LF or CR.
#ifndef TOOLS_CLI_CATALOG_CSV_PARSER_H_
#define TOOLS_CLI_CATALOG_CSV_PARSER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "tools/cli/catalog/byte_source.h"

namespace qantara::tools {

// Most bytes that one record of a catalog may hold. Also what an unclosed quote
// can swallow.
inline constexpr size_t kMaxRecordBytes = 1024 * 1024;

// Most cells that one record may hold.
inline constexpr size_t kMaxCells = 4096;

// One record as it stands in the file.
struct CsvRow {
  // Line of the file, counted from 1, on which the record starts.
  uint32_t line = 0;
  // The cells without their quotes, otherwise byte for byte.
  std::vector<std::string> cells;
};

// Splits text into records. Holds one record and one read buffer. One thread at
// a time.
class CsvParser {
 public:
  CsvParser(std::unique_ptr<ByteSource> source, char delimiter);

  // Reads the next record into `row`; returns false at the end. Empty lines are
  // skipped.
  //
  // Errors: kInvalidArgument, with the line in the message, for a quote in the
  // middle of an unquoted cell, text after a closing quote, a quote never
  // closed, a NUL byte, or a record over its bounds; the source's own errors
  // with the line added. The parser must not be used after an error.
  absl::StatusOr<bool> Next(CsvRow& row);

 private:
  enum class State { kCellStart, kPlain, kQuoted, kQuoteInQuoted };

  // What one byte did to the record.
  enum class Step { kGoOn, kRecordDone };

  absl::StatusOr<bool> Fill();
  absl::StatusOr<Step> Take(char byte, CsvRow& row);
  absl::StatusOr<Step> TakeUnquoted(char byte, CsvRow& row);
  absl::StatusOr<bool> Finish(CsvRow& row);
  absl::Status EndCell(CsvRow& row);
  absl::Status Error(absl::string_view what) const;

  const std::unique_ptr<ByteSource> source_;
  const char delimiter_;
  std::string buffer_;
  size_t at_ = 0;

  State state_ = State::kCellStart;
  std::string cell_;
  size_t record_bytes_ = 0;
  uint32_t line_ = 1;
  uint32_t quote_line_ = 0;
  bool after_cr_ = false;
};

}  // namespace qantara::tools

#endif  // TOOLS_CLI_CATALOG_CSV_PARSER_H_
