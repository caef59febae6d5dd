// Imports a catalog and prints which product got which id.
//
//     import_catalog SERVER IMPORT_ID FILE
//
// FILE holds a qantara.v1.CatalogLine as JSON on each line. The same IMPORT_ID
// with the same FILE goes on where an earlier run ended, however it ended. Exit
// code 0: every line is created, linked, updated or unchanged.
#include <google/protobuf/util/json_util.h>

#include <fstream>
#include <iostream>
#include <string>
#include <thread>

#include "qantara/v1/catalog_service.grpc.pb.h"
#include "tools/examples/cpp/client.h"

namespace qantara::examples {
namespace {

using Stream = grpc::ClientReaderWriterInterface<v1::ImportCatalogRequest,
                                                 v1::ImportCatalogResponse>;

// A line may have 256 KiB, a message 4 MiB.
constexpr int kBatchLines = 15;
constexpr uint32_t kPageItems = 1000;

struct Job {
  std::string import_id;
  std::string path;
};

grpc::Status CannotRead(const Job& job) {
  return {grpc::StatusCode::NOT_FOUND, "cannot read " + job.path};
}

// Sends the lines of `file` from `next_line` on, and the end. Returns what is
// wrong with the file; a broken stream is told by Finish.
grpc::Status SendLines(const Job& job, std::ifstream& file, uint32_t next_line,
                       Stream& stream) {
  uint32_t line = 0;
  v1::ImportCatalogRequest request;
  for (std::string text; std::getline(file, text);) {
    if (++line < next_line) continue;
    v1::ImportBatch& batch = *request.mutable_batch();
    if (batch.lines().empty()) batch.set_first_line(line);
    const auto parsed =
        google::protobuf::util::JsonStringToMessage(text, batch.add_lines());
    if (!parsed.ok()) {
      return {grpc::StatusCode::INVALID_ARGUMENT,
              "line " + std::to_string(line) + ": " + parsed.ToString()};
    }
    if (batch.lines_size() < kBatchLines) continue;
    // Waits where the stream is full.
    if (!stream.Write(request)) return grpc::Status::OK;
    request.Clear();
  }
  if (file.bad()) return CannotRead(job);
  if (request.has_batch() && !stream.Write(request)) return grpc::Status::OK;
  request.mutable_end()->set_last_line(line);
  if (stream.Write(request)) stream.WritesDone();
  return grpc::Status::OK;
}

// One stream: sets `summary` when the import is finished.
grpc::Status ImportOnce(v1::CatalogService::Stub& stub, const Job& job,
                        Patience& patience, v1::Import* summary) {
  // Before the call: a wrong path does not leave an open import behind.
  std::ifstream file(job.path);
  if (!file) return CannotRead(job);
  grpc::ClientContext context;
  SetDeadline(context, kStreamTime);
  const auto stream = stub.ImportCatalog(&context);
  v1::ImportCatalogRequest header;
  header.mutable_header()->set_import_id(job.import_id);
  header.mutable_header()->set_source_name("example in C++");
  stream->Write(header);

  std::thread sender;  // Writes while we read.
  grpc::Status sent;
  uint32_t acknowledged = 0;
  v1::ImportCatalogResponse response;
  while (stream->Read(&response)) {
    if (response.has_opened() && !sender.joinable()) {
      // The line behind the last one that is on disk there.
      const uint32_t next_line = response.opened().next_line();
      std::cerr << "open at line " << next_line << std::endl;
      sender = std::thread([&, next_line] {
        sent = SendLines(job, file, next_line, *stream);
        if (!sent.ok()) context.TryCancel();
      });
      continue;
    }
    patience.Progress();
    if (response.has_ack()) acknowledged = response.ack().durable_line();
    if (response.has_progress()) {
      std::cerr << "line " << acknowledged << " is on disk, "
                << response.progress().counts().queued() << " lines wait"
                << std::endl;
    }
    if (response.has_summary()) *summary = response.summary();
  }
  if (sender.joinable()) sender.join();
  const grpc::Status status = stream->Finish();
  return sent.ok() ? status : sent;
}

grpc::Status ImportCatalog(v1::CatalogService::Stub& stub, const Job& job,
                           v1::Import* summary) {
  Patience patience;
  while (true) {
    grpc::Status status = ImportOnce(stub, job, patience, summary);
    if (summary->state() == v1::IMPORT_STATE_FINISHED) return grpc::Status::OK;
    if (status.ok()) {
      return {grpc::StatusCode::UNKNOWN, "the stream ended without a summary"};
    }
    if (!patience.After(status)) return status;
  }
}

void Print(const v1::ImportItem& item) {
  std::cout << item.line() << '\t' << item.sku() << '\t'
            << v1::ItemState_Name(item.state()) << '\t'
            << (item.remote_id().empty() ? "-" : item.remote_id()) << '\n';
  for (const v1::ItemProblem& problem : item.problems()) {
    std::cout << '\t' << problem.field() << '\t'
              << v1::ErrorReason_Name(problem.reason()) << '\t'
              << problem.message() << '\n';
  }
}

// All items. Results came with the stream too, but not those of the time when
// it was broken.
grpc::Status PrintItems(v1::CatalogService::Stub& stub,
                        const std::string& import_id) {
  v1::ListImportItemsRequest request;
  request.set_import_id(import_id);
  request.set_page_size(kPageItems);
  do {
    v1::ListImportItemsResponse page;
    grpc::Status status = Ask([&](grpc::ClientContext* context) {
      return stub.ListImportItems(context, request, &page);
    });
    if (!status.ok()) return status;
    for (const v1::ImportItem& item : page.items()) Print(item);
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return grpc::Status::OK;
}

int Main(const std::string& server, const Job& job) {
  const auto stub = v1::CatalogService::NewStub(OpenChannel(server));
  v1::Import summary;
  grpc::Status status = ImportCatalog(*stub, job, &summary);
  if (status.ok()) status = PrintItems(*stub, job.import_id);
  if (!status.ok()) {
    std::cerr << ErrorText(status) << std::endl;
    return 1;
  }
  return summary.outcome() == v1::IMPORT_OUTCOME_CLEAN ? 0 : 1;
}

}  // namespace
}  // namespace qantara::examples

int main(int argc, char** argv) {
  if (argc != 4) {
    std::cerr << "usage: import_catalog SERVER IMPORT_ID FILE" << std::endl;
    return 2;
  }
  return qantara::examples::Main(argv[1], {argv[2], argv[3]});
}
