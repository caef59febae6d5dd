#include "server/core/import_envelope.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "domain/error.h"
#include "domain/status_macros.h"
#include "server/core/invalid.h"
#include "server/core/wire_fields.h"

namespace qantara::server {
namespace {

absl::Status Malformed(absl::string_view field) {
  return Invalid(field, v1::ERROR_REASON_MESSAGE_MALFORMED,
                 "the bytes are not this message");
}

// Finds the field that the generated parser refuses.
absl::Status HeaderProblem(absl::string_view bytes) {
  WireFields fields(bytes);
  while (fields.Next()) {
    v1::ImportHeader alone;
    if (alone.ParseFromArray(fields.whole().data(),
                             static_cast<int>(fields.whole().size()))) {
      continue;
    }
    const auto* field =
        v1::ImportHeader::descriptor()->FindFieldByNumber(fields.field());
    if (field == nullptr) break;
    return Invalid(absl::StrCat("header.", field->name()),
                   v1::ERROR_REASON_INVALID_UTF8, "is not valid UTF-8");
  }
  return Malformed("header");
}

absl::Status ReadHeader(absl::string_view bytes, ImportEnvelope* envelope) {
  envelope->kind = ImportEnvelope::Kind::kHeader;
  if (envelope->header.ParseFromArray(bytes.data(),
                                      static_cast<int>(bytes.size()))) {
    return absl::OkStatus();
  }
  return HeaderProblem(bytes);
}

absl::Status ReadBatch(absl::string_view bytes, ImportEnvelope* envelope) {
  envelope->kind = ImportEnvelope::Kind::kBatch;
  WireFields fields(bytes);
  while (fields.Next()) {
    if (fields.field() == v1::ImportBatch::kFirstLineFieldNumber) {
      if (!fields.is_number() || fields.number() > UINT32_MAX) {
        return Malformed("batch.first_line");
      }
      envelope->first_line = static_cast<uint32_t>(fields.number());
    } else if (fields.field() == v1::ImportBatch::kLinesFieldNumber) {
      if (!fields.is_bytes()) return Malformed("batch.lines");
      envelope->lines.push_back(fields.bytes());
    }
  }
  if (fields.malformed()) return Malformed("batch");
  if (envelope->lines.empty()) {
    return Invalid("batch.lines", v1::ERROR_REASON_FIELD_REQUIRED,
                   "1 to 1,000 lines are required");
  }
  if (envelope->lines.size() > kMaxBatchLines) {
    return domain::MakeError(
        absl::StatusCode::kResourceExhausted,
        v1::ERROR_REASON_MESSAGE_TOO_LARGE,
        absl::StrCat("batch.lines: ", envelope->lines.size(),
                     " lines, at most ", kMaxBatchLines, " are allowed"),
        {{"field", "batch.lines"}, {"limit", absl::StrCat(kMaxBatchLines)}});
  }
  return absl::OkStatus();
}

absl::Status ReadEnd(absl::string_view bytes, ImportEnvelope* envelope) {
  envelope->kind = ImportEnvelope::Kind::kEnd;
  v1::ImportEnd end;
  if (!end.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return Malformed("end");
  }
  envelope->last_line = end.last_line();
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<ImportEnvelope> ParseImportEnvelope(absl::string_view bytes) {
  ImportEnvelope envelope;
  int kinds = 0;
  WireFields fields(bytes);
  while (fields.Next()) {
    const int field = fields.field();
    if (field > v1::ImportCatalogRequest::kEndFieldNumber) continue;
    if (!fields.is_bytes() || ++kinds > 1) return Malformed("kind");
    if (field == v1::ImportCatalogRequest::kHeaderFieldNumber) {
      QANTARA_RETURN_IF_ERROR(ReadHeader(fields.bytes(), &envelope));
    } else if (field == v1::ImportCatalogRequest::kBatchFieldNumber) {
      QANTARA_RETURN_IF_ERROR(ReadBatch(fields.bytes(), &envelope));
    } else {
      QANTARA_RETURN_IF_ERROR(ReadEnd(fields.bytes(), &envelope));
    }
  }
  if (fields.malformed()) return Malformed("kind");
  if (kinds == 0) {
    return Invalid("kind", v1::ERROR_REASON_FIELD_REQUIRED,
                   "one of header, batch and end is required");
  }
  return envelope;
}

}  // namespace qantara::server
