#include "tools/cli/catalog/csv_parser.h"

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace qantara::tools {

CsvParser::CsvParser(std::unique_ptr<ByteSource> source, char delimiter)
    : source_(std::move(source)), delimiter_(delimiter) {}

absl::StatusOr<bool> CsvParser::Next(CsvRow& row) {
  row.cells.clear();
  row.line = line_;
  cell_.clear();
  record_bytes_ = 0;
  state_ = State::kCellStart;
  while (true) {
    absl::StatusOr<bool> more = Fill();
    if (!more.ok()) return more;
    if (!*more) return Finish(row);
    const char byte = buffer_[at_++];
    const bool second_of_crlf = byte == '\n' && after_cr_;
    after_cr_ = byte == '\r';
    if (byte == '\r' || (byte == '\n' && !second_of_crlf)) ++line_;
    // The CR before it has ended a record or an empty line.
    if (second_of_crlf && record_bytes_ == 0) continue;

    absl::StatusOr<Step> step = Take(byte, row);
    if (!step.ok()) return step.status();
    if (*step == Step::kGoOn) continue;
    if (row.cells.size() > 1 || !row.cells[0].empty() || record_bytes_ > 1)
      return true;
    row.cells.clear();
    row.line = line_;
    record_bytes_ = 0;
  }
}

absl::StatusOr<bool> CsvParser::Fill() {
  if (at_ < buffer_.size()) return true;
  at_ = 0;
  if (absl::Status status = source_->Read(buffer_); !status.ok()) {
    return absl::Status(status.code(),
                        absl::StrCat("line ", line_, ": ", status.message()));
  }
  return !buffer_.empty();
}

absl::StatusOr<CsvParser::Step> CsvParser::Take(char byte, CsvRow& row) {
  if (byte == '\0') {
    return Error(
        "a NUL byte; the file is binary, or UTF-16 without a byte order mark");
  }
  if (++record_bytes_ > kMaxRecordBytes) {
    const bool quoted = state_ == State::kQuoted;
    return Error(
        absl::StrCat("the record is larger than ", kMaxRecordBytes, " bytes",
                     quoted ? absl::StrCat("; a quote opened on line ",
                                           quote_line_, " may have no end")
                            : ""));
  }
  switch (state_) {
    case State::kCellStart:
      if (byte == '"') {
        state_ = State::kQuoted;
        quote_line_ = line_;
        return Step::kGoOn;
      }
      return TakeUnquoted(byte, row);
    case State::kPlain:
      if (byte == '"') {
        return Error(
            "a quote inside an unquoted cell; put the cell in quotes and "
            "double the quote");
      }
      return TakeUnquoted(byte, row);
    case State::kQuoted:
      if (byte == '"') {
        state_ = State::kQuoteInQuoted;
      } else {
        cell_.push_back(byte);
      }
      return Step::kGoOn;
    case State::kQuoteInQuoted:
      if (byte == '"') {
        cell_.push_back('"');
        state_ = State::kQuoted;
        return Step::kGoOn;
      }
      if (byte != delimiter_ && byte != '\n' && byte != '\r') {
        return Error(
            "text after a closing quote; a quote inside a quoted cell must be "
            "doubled");
      }
      return TakeUnquoted(byte, row);
  }
  return Error("unreachable state");
}

absl::StatusOr<CsvParser::Step> CsvParser::TakeUnquoted(char byte,
                                                        CsvRow& row) {
  if (byte == delimiter_ || byte == '\n' || byte == '\r') {
    if (absl::Status status = EndCell(row); !status.ok()) return status;
    return byte == delimiter_ ? Step::kGoOn : Step::kRecordDone;
  }
  cell_.push_back(byte);
  state_ = State::kPlain;
  return Step::kGoOn;
}

absl::StatusOr<bool> CsvParser::Finish(CsvRow& row) {
  if (state_ == State::kQuoted) {
    return Error(absl::StrCat("the file ends inside a quote opened on line ",
                              quote_line_));
  }
  if (record_bytes_ == 0) return false;
  if (absl::Status status = EndCell(row); !status.ok()) return status;
  return true;
}

absl::Status CsvParser::EndCell(CsvRow& row) {
  if (row.cells.size() == kMaxCells) {
    return Error(
        absl::StrCat("the record has more than ", kMaxCells, " cells"));
  }
  row.cells.push_back(std::move(cell_));
  cell_.clear();
  state_ = State::kCellStart;
  return absl::OkStatus();
}

absl::Status CsvParser::Error(absl::string_view what) const {
  return absl::InvalidArgumentError(absl::StrCat("line ", line_, ": ", what));
}

}  // namespace qantara::tools
