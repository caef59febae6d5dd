// The server with a feed in the poller's place, for `tools/bench watch`. Prints
// `listening HOST:PORT`, answers lines, and ends with its standard input:
//
//   feed ORDER       `ok RESULT`, when all of it is durable
//   commits FILE     `ok`, with the commits of the last feed in the file
//   token POSITION   `ok TOKEN`, which continues a watch after it
//
// or `error WHY`. Exit code 0; 1 when it cannot start.
#include <cstdio>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "adapters/system/system_clock.h"
#include "domain/status_macros.h"
#include "server/core/resume_token.h"
#include "server/process_memory.h"
#include "server/server.h"
#include "tools/benchmark/watch/stock_feed.h"

ABSL_FLAG(std::string, data_dir, "", "Directory for log and tables. Required.");

namespace qantara::tools {
namespace {

constexpr char kConnection[] = "bench";
constexpr absl::Duration kGrace = absl::Seconds(1);

// Answers lines about one server.
class Subject {
 public:
  explicit Subject(server::Server& server)
      : feed_(server.core().commands, kConnection) {}

  absl::StatusOr<std::string> Answer(const std::string& line) {
    const std::vector<std::string> words =
        absl::StrSplit(line, absl::MaxSplits(' ', 1));
    const std::string rest = words.size() > 1 ? words[1] : "";
    if (words[0] == "feed") return Feed(rest);
    if (words[0] == "commits") return WriteCommits(rest);
    uint64_t position = 0;
    if (words[0] == "token" && absl::SimpleAtoi(rest, &position)) {
      return server::MakeResumeToken(kConnection, position);
    }
    return absl::InvalidArgumentError("not understood");
  }

 private:
  absl::StatusOr<std::string> Feed(const std::string& text) {
    QANTARA_ASSIGN_OR_RETURN(const FeedOrder order, ParseFeedOrder(text));
    QANTARA_ASSIGN_OR_RETURN(FeedRun run, feed_.Run(order));
    commits_ = std::move(run.commits);
    return ToLine(run.result);
  }

  absl::StatusOr<std::string> WriteCommits(const std::string& path) {
    std::ofstream file(path);
    for (const CommitTime& commit : commits_) {
      file << commit.position << ' ' << commit.written << ' ' << commit.durable
           << '\n';
    }
    file.close();
    if (!file) return absl::UnavailableError("cannot write the file");
    return std::string();
  }

  StockFeed feed_;
  std::vector<CommitTime> commits_;
};

int Run() {
  server::ServerSettings settings;
  settings.connections.emplace_back().id = kConnection;
  settings.data_dir = absl::GetFlag(FLAGS_data_dir);
  settings.listen = "127.0.0.1:0";
  const adapters::SystemClock clock;
  const auto server = server::Server::Start(settings, clock, nullptr);
  if (!server.ok()) {
    std::cerr << server.status().message() << "\n";
    return 1;
  }
  std::cout << "listening " << (*server)->address() << std::endl;
  Subject subject(**server);
  for (std::string line; std::getline(std::cin, line);) {
    const auto answer = subject.Answer(line);
    if (answer.ok()) {
      std::cout << "ok " << *answer << std::endl;
    } else {
      std::cout << "error " << answer.status().message() << std::endl;
    }
  }
  (*server)->Stop(kGrace);
  return 0;
}

}  // namespace
}  // namespace qantara::tools

int main(int argc, char** argv) {
  qantara::server::SetUpProcessMemory();
  absl::ParseCommandLine(argc, argv);
  if (absl::GetFlag(FLAGS_data_dir).empty()) {
    std::cerr << "usage: --data_dir=DIR\n";
    return 2;
  }
  return qantara::tools::Run();
}
