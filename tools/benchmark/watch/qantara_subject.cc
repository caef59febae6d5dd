// Ours: the server in a process that feeds itself on request.
#include <fstream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "domain/status_macros.h"
#include "qantara/v1/inventory_watch.pb.h"
#include "tools/benchmark/child_process.h"
#include "tools/benchmark/watch/watch_subject.h"
#include "tools/benchmark/work_directory.h"

namespace qantara::tools {
namespace {

constexpr char kMethod[] = "/qantara.v1.InventoryService/WatchInventory";
constexpr absl::Duration kAnswerTimeout = absl::Minutes(10);

class QantaraSubject final : public WatchSubject {
 public:
  QantaraSubject(std::unique_ptr<WorkDirectory> directory,
                 std::unique_ptr<ChildProcess> process)
      : directory_(std::move(directory)), process_(std::move(process)) {}

  std::string name() const override { return "qantara"; }
  const std::string& address() const override { return process_->address(); }

  absl::StatusOr<WatchDialect> Dialect(const WatchWish& wish) override {
    v1::WatchInventoryRequest request;
    request.set_start(v1::WATCH_START_NOW);
    if (wish.latest) request.set_delivery(v1::WATCH_DELIVERY_LATEST);
    if (wish.after.has_value()) {
      QANTARA_ASSIGN_OR_RETURN(*request.mutable_resume_token(),
                               Ask(absl::StrCat("token ", *wish.after)));
    }
    WatchDialect dialect;
    dialect.method = kMethod;
    dialect.request = request.SerializeAsString();
    dialect.scan = &ScanInventory;
    return dialect;
  }

  absl::StatusOr<FeedRun> Feed(const FeedOrder& order) override {
    FeedRun run;
    QANTARA_ASSIGN_OR_RETURN(const std::string fed,
                             Ask(absl::StrCat("feed ", ToLine(order))));
    QANTARA_ASSIGN_OR_RETURN(run.result, ParseFeedResult(fed));
    const std::string path = directory_->path() + "/commits";
    QANTARA_RETURN_IF_ERROR(Ask(absl::StrCat("commits ", path)).status());
    std::ifstream file(path);
    for (CommitTime commit;
         file >> commit.position >> commit.written >> commit.durable;) {
      run.commits.push_back(commit);
    }
    return run;
  }

  absl::StatusOr<size_t> ResidentBytes() const override {
    return process_->ResidentBytes();
  }

 private:
  absl::StatusOr<std::string> Ask(const std::string& line) {
    QANTARA_ASSIGN_OR_RETURN(const std::string answer,
                             process_->Ask(line, kAnswerTimeout));
    absl::string_view text = answer;
    if (!absl::ConsumePrefix(&text, "ok ")) {
      return absl::InternalError(absl::StrCat(line, ": ", answer));
    }
    return std::string(text);
  }

  const std::unique_ptr<WorkDirectory> directory_;
  const std::unique_ptr<ChildProcess> process_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<WatchSubject>> StartQantara(
    const SubjectPlaces& places) {
  QANTARA_ASSIGN_OR_RETURN(auto directory,
                           WorkDirectory::Make(places.work_dir));
  ChildProcess::Call call;
  call.program = places.qantara;
  call.arguments = {absl::StrCat("--data_dir=", directory->path(), "/data")};
  call.error_file = directory->path() + "/log";
  call.talks = true;
  QANTARA_ASSIGN_OR_RETURN(auto process, ChildProcess::Start(call));
  return std::make_unique<QantaraSubject>(std::move(directory),
                                          std::move(process));
}

}  // namespace qantara::tools
