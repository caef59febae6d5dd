// Prints the stock and then every change, each once, until it is ended.
//
//     watch_stock SERVER TOKEN_FILE
//
// TOKEN_FILE keeps the place where to go on: after a broken stream, a restart
// of the server, or of this program.
#include <cstdio>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "qantara/v1/inventory_service.grpc.pb.h"
#include "tools/examples/cpp/client.h"

namespace qantara::examples {
namespace {

constexpr int kHeartbeatSeconds = 15;

// A real service keeps the token beside its table of stock, and writes both in
// one transaction: then each change counts once, whenever it is killed.
class TokenFile {
 public:
  explicit TokenFile(std::string path) : path_(std::move(path)) {}

  std::string Read() const {
    std::string token;
    std::ifstream(path_) >> token;
    return token;
  }

  // Returns whether it is written.
  bool Write(const std::string& token) const {
    const std::string fresh = path_ + ".new";
    std::ofstream file(fresh);
    file << token;
    file.close();
    return file && std::rename(fresh.c_str(), path_.c_str()) == 0;
  }

 private:
  const std::string path_;
};

std::string OrDash(const std::string& text) {
  return text.empty() ? "-" : text;
}

void Show(const v1::InventoryChange& news) {
  if (news.has_removed()) {
    std::cout << "removed " << news.removed().last().sku() << ' '
              << OrDash(news.removed().last().location_id()) << ' '
              << v1::StockRemovedReason_Name(news.removed().reason()) << '\n';
  } else if (news.has_location()) {
    std::cout << "location " << news.location().location_id() << ' '
              << news.location().name_en() << '\n';
  } else {
    const auto& level = news.has_row() ? news.row() : news.change();
    std::cout << (news.has_row() ? "row " : "change ") << level.sku() << ' '
              << OrDash(level.location_id()) << ' '
              << OrDash(level.previous_quantity()) << ' '
              << OrDash(level.quantity()) << '\n';
  }
}

// One message, which a real service would write into its table.
void Show(const v1::WatchInventoryResponse& message) {
  for (const v1::StockLevel& row : message.rows().levels()) {
    std::cout << "row " << row.sku() << ' ' << OrDash(row.location_id()) << ' '
              << OrDash(row.quantity()) << '\n';
  }
  for (const auto& news : message.changes().changes()) Show(news);
}

// One stream. OK: the next one shall begin at once.
grpc::Status WatchOnce(v1::InventoryService::Stub& stub,
                       const TokenFile& tokens, Patience& patience) {
  v1::WatchInventoryRequest request;
  request.set_resume_token(tokens.Read());
  request.mutable_heartbeat_interval()->set_seconds(kHeartbeatSeconds);
  grpc::ClientContext context;
  SetDeadline(context, kStreamTime);
  const auto stream = stub.WatchInventory(&context, request);
  bool written = true;
  bool resync = false;
  std::vector<v1::WatchInventoryResponse> waiting;
  v1::WatchInventoryResponse message;
  while (written && stream->Read(&message)) {
    patience.Progress();
    if (message.has_resync_required()) {
      // The changes behind the token are not kept any more.
      resync = true;
      written = tokens.Write("");
      continue;
    }
    // Without a token a snapshot or a commit is not complete: if the stream
    // breaks now, all of it comes again.
    waiting.push_back(message);
    if (message.resume_token().empty()) continue;
    // What was known before counts no more.
    if (request.resume_token().empty()) std::cout << "snapshot\n";
    for (const auto& complete : waiting) Show(complete);
    std::cout.flush();
    waiting.clear();
    request.set_resume_token(message.resume_token());
    written = tokens.Write(message.resume_token());
  }
  if (!written) context.TryCancel();
  grpc::Status status = stream->Finish();
  if (!written) return {grpc::StatusCode::DATA_LOSS, "cannot write the token"};
  if (!status.ok() || resync) return status;
  return {grpc::StatusCode::UNKNOWN, "the watch ended without a reason"};
}

int Main(const std::string& server, const TokenFile& tokens) {
  const auto stub = v1::InventoryService::NewStub(OpenChannel(server));
  Patience patience;
  while (true) {
    const grpc::Status status = WatchOnce(*stub, tokens, patience);
    if (status.ok() || patience.After(status)) continue;
    std::cerr << ErrorText(status) << std::endl;
    return 1;
  }
}

}  // namespace
}  // namespace qantara::examples

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: watch_stock SERVER TOKEN_FILE" << std::endl;
    return 2;
  }
  return qantara::examples::Main(argv[1],
                                 qantara::examples::TokenFile(argv[2]));
}
