#include "server/core/import_session.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "domain/error.h"
#include "domain/status_macros.h"
#include "domain/utf8.h"
#include "domain/validate.h"
#include "server/core/invalid.h"
#include "server/core/random_id.h"
#include "server/core/touched_keys.h"

namespace qantara::server {
namespace {

constexpr size_t kMaxSourceName = 250;

absl::Status Unexpected(absl::string_view field, absl::string_view message) {
  return Invalid(field, v1::ERROR_REASON_HEADER_UNEXPECTED, message);
}

}  // namespace

std::shared_ptr<ImportSession> ImportSession::Start(Core& core,
                                                    ImportPeer& peer) {
  std::shared_ptr<ImportSession> session(new ImportSession(core, peer));
  const std::lock_guard lock(session->mutex_);
  session->ReadOn();
  return session;
}

ImportSession::ImportSession(Core& core, ImportPeer& peer)
    : core_(core),
      step_(core.executor, [this] { Step(); }),
      peer_(&peer),
      accept_(core.import_bytes) {}

void ImportSession::Poke() { step_.Poke(shared_from_this()); }

void ImportSession::OnMessage(absl::string_view bytes) {
  const std::lock_guard lock(mutex_);
  reading_ = false;
  if (peer_ == nullptr) return;
  const absl::Status handled = Handle(bytes);
  if (!handled.ok()) Fail(handled);
  ReadOn();
  Poke();
}

void ImportSession::OnReadClosed() {
  const std::lock_guard lock(mutex_);
  reading_ = false;
  read_closed_ = true;
  Poke();
}

void ImportSession::OnWritten(bool ok) {
  const std::lock_guard lock(mutex_);
  writing_ = false;
  if (!ok) cancelled_ = true;
  Poke();
}

void ImportSession::OnCancelled() {
  const std::lock_guard lock(mutex_);
  cancelled_ = true;
  Poke();
}

void ImportSession::OnTouched(domain::Position,
                              const std::vector<uint32_t>& lines) {
  const std::lock_guard lock(mutex_);
  results_.Add(lines);
  dirty_ = true;
  Poke();
}

absl::Status ImportSession::Handle(absl::string_view bytes) {
  QANTARA_ASSIGN_OR_RETURN(const ImportEnvelope envelope,
                           ParseImportEnvelope(bytes));
  switch (envelope.kind) {
    case ImportEnvelope::Kind::kHeader:
      return HandleHeader(envelope.header);
    case ImportEnvelope::Kind::kBatch:
      return HandleBatch(envelope);
    case ImportEnvelope::Kind::kEnd:
      return HandleEnd(envelope.last_line);
  }
  return absl::InternalError("unreachable");
}

absl::Status ImportSession::HandleHeader(const v1::ImportHeader& header) {
  if (phase_ != Phase::kNoHeader) {
    return Unexpected("header", "there is only one header, and it comes first");
  }
  QANTARA_ASSIGN_OR_RETURN(
      connection_,
      core_.connections.Find(header.connection(), "header.connection"));
  if (!header.import_id().empty()) {
    QANTARA_RETURN_IF_ERROR(
        domain::ValidateClientId(header.import_id(), "header.import_id"));
  }
  if (domain::CountCharacters(header.source_name()) > kMaxSourceName) {
    return Invalid("header.source_name", v1::ERROR_REASON_FIELD_TOO_LONG,
                   absl::StrCat("at most ", kMaxSourceName, " characters"));
  }
  if (!v1::ExistingPolicy_IsValid(header.existing_policy())) {
    return Invalid("header.existing_policy", v1::ERROR_REASON_FIELD_INVALID,
                   "is not a value of ExistingPolicy");
  }
  import_id_ = header.import_id().empty() ? RandomId() : header.import_id();
  rules_ = connection_->rules(header.allow_missing_sku());
  domain::OpenImport command;
  command.connection = connection_->id();
  command.import_id = import_id_;
  command.source_name = header.source_name();
  if (header.existing_policy() != v1::EXISTING_POLICY_UNSPECIFIED) {
    command.existing_policy = header.existing_policy();
  }
  command.allow_missing_sku = header.allow_missing_sku();
  open_command_ = std::move(command);
  phase_ = Phase::kOpening;
  return absl::OkStatus();
}

absl::Status ImportSession::HandleBatch(const ImportEnvelope& envelope) {
  if (phase_ == Phase::kNoHeader) {
    return Unexpected("batch", "the first message must be the header");
  }
  const uint32_t first =
      envelope.first_line == 0 ? next_line_ : envelope.first_line;
  if (first > UINT32_MAX - kMaxBatchLines) {
    return Invalid("batch.first_line", v1::ERROR_REASON_FIELD_INVALID,
                   "no import has so many lines");
  }
  std::vector<domain::ParsedLine> lines;
  lines.reserve(envelope.lines.size());
  for (const absl::string_view line : envelope.lines) {
    lines.push_back(domain::ParseLine(line, rules_));
  }
  next_line_ = first + static_cast<uint32_t>(lines.size());
  accept_.Add(first, std::move(lines));
  return absl::OkStatus();
}

absl::Status ImportSession::HandleEnd(uint32_t last_line) {
  if (phase_ == Phase::kNoHeader) {
    return Unexpected("end", "the first message must be the header");
  }
  domain::EndImport command;
  command.connection = connection_->id();
  command.import_id = import_id_;
  command.last_line = last_line;
  end_command_ = std::move(command);
  phase_ = Phase::kEnding;
  return absl::OkStatus();
}

void ImportSession::Fail(const absl::Status& status) {
  if (failure_.ok()) failure_ = status;
}

void ImportSession::ReadOn() {
  const bool wanted = phase_ == Phase::kNoHeader || phase_ == Phase::kOpen ||
                      phase_ == Phase::kEnded;
  if (peer_ == nullptr || reading_ || read_closed_ || cancelled_ || !wanted ||
      !failure_.ok() || !accept_.has_room()) {
    return;
  }
  reading_ = true;
  peer_->Read();
}

void ImportSession::Opened(const ExecutedOf<domain::OpenImport>& executed) {
  if (!executed.ok()) return Fail(executed.status());
  phase_ = executed->reply.ended ? Phase::kEnded : Phase::kOpen;
  next_line_ = executed->reply.next_line;
  durable_line_ = acked_line_ = next_line_ - 1;
  opened_unsent_ = true;
  dirty_ = true;
}

void ImportSession::Accepted(const ExecutedOf<domain::AcceptLines>& executed,
                             size_t lines, size_t bytes) {
  accept_.Answered(lines, bytes);
  if (!executed.ok()) {
    accept_.Drop();
    return Fail(executed.status());
  }
  durable_line_ = std::max(durable_line_, executed->reply.next_line - 1);
}

void ImportSession::Ended(const ExecutedOf<domain::EndImport>& executed) {
  if (!executed.ok()) return Fail(executed.status());
  phase_ = Phase::kEnded;
  dirty_ = true;
}

}  // namespace qantara::server
