#include "tools/cli/import_command.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tools/cli/catalog_file.h"
#include "tools/cli/import_follower.h"
#include "tools/cli/import_id.h"
#include "tools/cli/import_options.h"
#include "tools/cli/import_report.h"
#include "tools/cli/printable.h"
#include "tools/cli/rpc_error.h"
#include "tools/cli/server_call.h"

namespace qantara::tools {
namespace {

using Stub = v1::CatalogService::StubInterface;

// Characters of a source name that the server takes; bytes are at least as
// many.
constexpr size_t kMaxSourceNameBytes = 250;

std::string FieldsText(const CatalogSurvey& survey) {
  return absl::StrJoin(survey.fields, ", ",
                       [](std::string* out, CatalogField field) {
                         absl::StrAppend(out, FieldName(field));
                       });
}

// Names the import in `header`: the first turn that is not finished yet. An
// import that was begun keeps the source name that it was opened with.
grpc::Status ChooseImport(Stub& stub, const std::string& id,
                          v1::ImportHeader& header) {
  for (uint32_t turn = 1; turn <= kMaxTurns; ++turn) {
    header.set_import_id(ImportIdOfTurn(id, turn));
    v1::GetImportRequest request;
    request.set_connection(header.connection());
    request.set_import_id(header.import_id());
    v1::GetImportResponse response;
    grpc::Status status = Call([&](grpc::ClientContext& context) {
      return stub.GetImport(&context, request, &response);
    });
    if (status.error_code() == grpc::StatusCode::NOT_FOUND) {
      const bool unknown_connection =
          ErrorReasonOf(status) == "CONNECTION_NOT_FOUND";
      return unknown_connection ? status : grpc::Status::OK;
    }
    if (!status.ok()) return status;
    if (response.catalog_import().state() == v1::IMPORT_STATE_FINISHED)
      continue;
    header.set_source_name(response.catalog_import().source_name());
    return status;
  }
  return grpc::Status(
      grpc::StatusCode::RESOURCE_EXHAUSTED,
      absl::StrCat("this catalog was imported ", kMaxTurns, " times before"));
}

// What to say to a user who leaves before the import is finished.
void PrintWayBack(const Session& session, const FollowResult& result,
                  const std::string& id, uint32_t total) {
  const bool complete = result.import.state() == v1::IMPORT_STATE_RUNNING ||
                        result.import.state() == v1::IMPORT_STATE_FINISHED;
  if (complete || total == 0) {
    session.err << "the import goes on; watch it with: qantara import watch "
                << id << std::endl;
    return;
  }
  session.err << Grouped(result.durable_line) << " of " << Grouped(total)
              << " lines are on the server and will be delivered; the same "
                 "command again sends "
                 "the rest, and this shows them: qantara import watch "
              << id << std::endl;
}

// Prints what came of it and chooses the exit code. `total` is 0 when nothing
// was to be sent.
ExitCode Conclude(const Session& session, Stub& stub,
                  const FollowResult& result, const std::string& id,
                  uint32_t total) {
  switch (result.end) {
    case FollowEnd::kFinished: {
      const grpc::Status status =
          PrintReport(stub, result.import, session.json, session.out);
      if (!status.ok()) return session.CallError(status);
      return ProblemItems(result.import.counts()) > 0 ? ExitCode::kProblems
                                                      : ExitCode::kDone;
    }
    case FollowEnd::kDetached:
      session.err << "detached; ";
      PrintWayBack(session, result, id, total);
      return ExitCode::kDone;
    case FollowEnd::kLost: {
      session.CallError(result.status);
      PrintWayBack(session, result, id, total);
      return ExitCode::kUnreachable;
    }
    case FollowEnd::kCredentialsNeeded:
      session.err << "qantara: "
                  << WithHelp(
                         "the provider refuses the connection's credential; "
                         "correct it in the server's configuration",
                         absl::StatusCode::kUnavailable, "CREDENTIALS_NEEDED",
                         session.command)
                  << std::endl;
      PrintWayBack(session, result, id, total);
      return ExitCode::kCredentialsNeeded;
    case FollowEnd::kBadCatalog:
      return session.UsageError(result.catalog);
    case FollowEnd::kRefused:
      break;
  }
  return session.CallError(result.status);
}

// The catalog, read once.
struct Prepared {
  std::unique_ptr<CatalogFile> file;
  CatalogSurvey survey;
  std::string id;
};

absl::StatusOr<Prepared> Prepare(const std::string& path,
                                 const ImportOptions& options,
                                 const v1::ImportHeader& header) {
  Prepared prepared;
  auto file = CatalogFile::Open(path);
  if (!file.ok()) return file.status();
  prepared.file = *std::move(file);
  auto reader = prepared.file->NewReader(options.format, options.catalog);
  if (!reader.ok()) return reader.status();
  auto survey = Survey(**reader);
  if (!survey.ok()) return survey.status();
  prepared.survey = *std::move(survey);
  const auto digest = prepared.file->Sha256();
  if (!digest.ok()) return digest.status();
  prepared.id = ImportIdOf(*digest, options.format, options.catalog, header);
  return prepared;
}

void PrintPlan(const Session& session, const Prepared& prepared,
               const v1::ImportHeader& header) {
  session.err << "import " << header.import_id() << ": "
              << Grouped(prepared.survey.records) << " lines of "
              << Printable(prepared.file->name()) << " with "
              << FieldsText(prepared.survey) << std::endl;
  if (prepared.survey.trimmed > 0) {
    session.err << Grouped(prepared.survey.trimmed)
                << " lines have a SKU or id with outer white space, which is "
                   "left out"
                << std::endl;
  }
  if (prepared.survey.notices == 0) return;
  session.err
      << Grouped(prepared.survey.notices)
      << " lines hold text that is not UTF-8 and will be INVALID; the first: "
      << Printable(prepared.survey.first_notice) << std::endl;
}

}  // namespace

ExitCode ImportFile(Session& session) {
  const std::string& path = session.arguments.words[0];
  const auto options = ReadImportOptions(session.arguments, path);
  if (!options.ok()) return session.UsageError(options.status());
  const auto retry_for = ReadRetryFor(session.arguments);
  if (!retry_for.ok()) return session.UsageError(retry_for.status());
  ImportJob job;
  job.header.set_connection(session.connection);
  job.header.set_existing_policy(options->existing_policy);
  job.header.set_allow_missing_sku(options->allow_missing_sku);
  const absl::StatusOr<Prepared> prepared = Prepare(path, *options, job.header);
  if (!prepared.ok()) {
    return session.UsageError(
        absl::Status(prepared.status().code(),
                     absl::StrCat(path, ": ", prepared.status().message())));
  }
  if (prepared->survey.records == 0) {
    session.err << path << " holds no record; nothing was sent" << std::endl;
    return ExitCode::kDone;
  }
  if (session.arguments.On("plan")) {
    job.header.set_import_id(prepared->id);
    PrintPlan(session, *prepared, job.header);
    return ExitCode::kDone;
  }
  job.header.set_source_name(
      Printable(prepared->file->name()).substr(0, kMaxSourceNameBytes));
  job.limits = options->limits;
  job.detach = options->detach;
  job.open = [&] {
    return prepared->file->NewReader(options->format, options->catalog);
  };

  if (const ExitCode code = session.Connect(); code != ExitCode::kDone)
    return code;
  const auto stub = v1::CatalogService::NewStub(session.channel);
  const grpc::Status chosen = ChooseImport(*stub, prepared->id, job.header);
  if (!chosen.ok()) return session.CallError(chosen);
  PrintPlan(session, *prepared, job.header);
  ProgressView progress(session.err, session.progress_style(),
                        prepared->survey.records, session.width);
  ImportFollower follower(*stub, session.interruption, progress, *retry_for);
  return Conclude(session, *stub, follower.Send(job), job.header.import_id(),
                  prepared->survey.records);
}

ExitCode ImportWatch(Session& session) {
  const auto retry_for = ReadRetryFor(session.arguments);
  if (!retry_for.ok()) return session.UsageError(retry_for.status());
  if (const ExitCode code = session.Connect(); code != ExitCode::kDone)
    return code;
  const auto stub = v1::CatalogService::NewStub(session.channel);
  v1::WatchImportRequest request;
  request.set_connection(session.connection);
  request.set_import_id(session.arguments.words[0]);
  ProgressView progress(session.err, session.progress_style(), 0,
                        session.width);
  ImportFollower follower(*stub, session.interruption, progress, *retry_for);
  return Conclude(session, *stub, follower.Watch(request), request.import_id(),
                  0);
}

}  // namespace qantara::tools
