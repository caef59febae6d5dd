// The example clients tell every change of stock once, whoever is killed.
#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "qantara/v1/inventory_service.grpc.pb.h"
#include "tests/process/support/must.h"
#include "tests/process/support/stage.h"
#include "tests/process/support/temporary_directory.h"
#include "tests/process/support/wait_until.h"
#include "tests/tools/examples/example_client.h"

namespace qantara::examples {
namespace {

using process::Must;
using process::Stage;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

std::vector<std::string> LinesOf(const std::string& text) {
  return absl::StrSplit(text, '\n', absl::SkipEmpty());
}

bool Holds(const std::vector<std::string>& lines, const std::string& line) {
  return std::find(lines.begin(), lines.end(), line) != lines.end();
}

class WatchTest : public ::testing::TestWithParam<std::string> {
 protected:
  // Starts the watch, which keeps its place in the same file every time.
  std::unique_ptr<process::Subprocess> Watch(const std::string& server) {
    return WatchWith(server, TokenPath());
  }

  std::unique_ptr<process::Subprocess> WatchWith(const std::string& server,
                                                 const std::string& token) {
    if (client_ == nullptr) {
      client_ = std::make_unique<ExampleClient>(GetParam(), directory_.path());
    }
    return client_->Start("watch_stock", {server, token});
  }

  std::string TokenPath() const { return directory_.path() + "/token"; }

  process::TemporaryDirectory directory_;
  std::unique_ptr<ExampleClient> client_;
};

TEST_P(WatchTest, EachMovementIsToldOnceAcrossKillsOfServerAndClient) {
  process::StageOptions options;
  options.simulator_flags = {"--examples"};
  options.poll_seconds = 1;
  Stage stage(options);
  const auto move = [&](int quantity) {
    stage.simulator().Admin(
        "POST", "stock",
        absl::StrCat(R"({"sku":"BW-001","location_id":4,"set":)", quantity,
                     "}"));
  };
  auto watch = Watch(stage.server().address());
  const auto told = [&](int before, int now) {
    return watch
        ->WaitForLine(absl::StrCat("change BW-001 4 ", before, " ", now),
                      kLineTimeout)
        .status();
  };
  // The first sweep may be over before the watch begins, or not.
  ASSERT_TRUE(process::WaitUntil(kLineTimeout, [&] {
    const std::vector<std::string> lines = LinesOf(watch->out());
    return Holds(lines, "row BW-001 4 15") ||
           Holds(lines, "change BW-001 4 - 15");
  }));
  move(16);
  ASSERT_EQ(told(15, 16), absl::OkStatus());
  stage.KillAndRestart();
  // It came back with what is in its file, so that is complete.
  ASSERT_TRUE(process::WaitUntil(kLineTimeout, [&] {
    return stage.server().Metric("qantara_inventory_watches").value_or(0) == 1;
  }));
  const std::string token = process::ReadFile(TokenPath());
  move(17);
  ASSERT_EQ(told(16, 17), absl::OkStatus());
  ASSERT_TRUE(process::WaitUntil(
      kLineTimeout, [&] { return process::ReadFile(TokenPath()) != token; }));
  const std::vector<std::string> first = LinesOf(watch->out());
  watch->Kill();

  move(18);
  watch = Watch(stage.server().address());
  ASSERT_EQ(told(17, 18), absl::OkStatus());
  EXPECT_THAT(LinesOf(watch->out()), ElementsAre("change BW-001 4 17 18"));
  for (const char* line :
       {"snapshot", "change BW-001 4 15 16", "change BW-001 4 16 17"}) {
    EXPECT_EQ(std::count(first.begin(), first.end(), line), 1) << line;
  }
}

// Says what a test wants: one script per stream, the last of which stays open.
class ScriptedInventory final : public v1::InventoryService::Service {
 public:
  struct Stream {
    std::vector<v1::WatchInventoryResponse> messages;
    grpc::Status end;
  };

  explicit ScriptedInventory(std::vector<Stream> streams)
      : streams_(std::move(streams)) {
    grpc::ServerBuilder builder;
    int port = 0;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(),
                             &port);
    builder.RegisterService(this);
    server_ = builder.BuildAndStart();
    address_ = absl::StrCat("127.0.0.1:", port);
  }

  ~ScriptedInventory() override { End(); }

  grpc::Status WatchInventory(
      grpc::ServerContext* /*context*/,
      const v1::WatchInventoryRequest* request,
      grpc::ServerWriter<v1::WatchInventoryResponse>* writer) override {
    std::unique_lock<std::mutex> lock(mutex_);
    tokens_.push_back(request->resume_token());
    times_.push_back(absl::Now());
    const size_t number = tokens_.size() - 1;
    if (number >= streams_.size()) {
      return {grpc::StatusCode::FAILED_PRECONDITION, "one stream too many"};
    }
    for (const auto& message : streams_[number].messages) {
      writer->Write(message);
    }
    if (number + 1 == streams_.size()) {
      released_.wait(lock, [&] { return is_released_; });
    }
    return streams_[number].end;
  }

  // Lets the last stream end, and all with it.
  void End() {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      is_released_ = true;
      released_.notify_all();
    }
    server_->Shutdown();
  }

  const std::string& address() const { return address_; }
  // The tokens that the streams were opened with, and when. After End.
  const std::vector<std::string>& tokens() const { return tokens_; }
  const std::vector<absl::Time>& times() const { return times_; }

 private:
  const std::vector<Stream> streams_;
  std::mutex mutex_;
  std::condition_variable released_;
  bool is_released_ = false;
  std::vector<std::string> tokens_;
  std::vector<absl::Time> times_;
  std::string address_;
  std::unique_ptr<grpc::Server> server_;
};

// An error that asks to come again after so long.
grpc::Status BusyFor(absl::Duration delay) {
  google::rpc::RetryInfo retry;
  retry.mutable_retry_delay()->set_seconds(absl::ToInt64Seconds(delay));
  google::rpc::Status details;
  details.add_details()->PackFrom(retry);
  return {grpc::StatusCode::UNAVAILABLE, "busy", details.SerializeAsString()};
}

v1::WatchInventoryResponse Row(const std::string& quantity) {
  v1::WatchInventoryResponse message;
  v1::StockLevel& level = *message.mutable_rows()->add_levels();
  level.set_sku("A");
  level.set_location_id("1");
  level.set_quantity(quantity);
  return message;
}

v1::WatchInventoryResponse CaughtUp(const std::string& token) {
  v1::WatchInventoryResponse message;
  message.mutable_caught_up();
  message.set_resume_token(token);
  return message;
}

// Without a token more of the same commit follows.
v1::WatchInventoryResponse Change(const std::string& before,
                                  const std::string& now,
                                  const std::string& token) {
  v1::WatchInventoryResponse message;
  message.mutable_changes()->set_more(token.empty());
  auto& level = *message.mutable_changes()->add_changes()->mutable_change();
  level.set_sku("A");
  level.set_location_id("1");
  level.set_previous_quantity(before);
  level.set_quantity(now);
  message.set_resume_token(token);
  return message;
}

v1::WatchInventoryResponse ResyncRequired() {
  v1::WatchInventoryResponse message;
  message.mutable_resync_required();
  return message;
}

TEST_P(WatchTest, HalfACommitIsNotToldAndATokenThatIsTooOldMeansASnapshot) {
  const grpc::Status broken(grpc::StatusCode::UNAVAILABLE, "broken");
  ScriptedInventory inventory({
      {{Row("1")}, broken},  // Half a snapshot.
      {{Row("1"), CaughtUp("a"), Change("1", "2", "")}, broken},
      {{Change("1", "2", ""), Change("2", "3", "b")}, broken},
      {{ResyncRequired()}, grpc::Status::OK},
      {{Row("9"), CaughtUp("c"), Change("9", "8", "d")}, broken},
  });
  const auto watch = Watch(inventory.address());
  const auto last = watch->WaitForLine("change A 1 9 8", kLineTimeout);
  EXPECT_TRUE(last.ok()) << last.status();
  watch->Kill();
  inventory.End();
  EXPECT_THAT(
      LinesOf(watch->out()),
      ElementsAre("snapshot", "row A 1 1", "change A 1 1 2", "change A 1 2 3",
                  "snapshot", "row A 1 9", "change A 1 9 8"));
  EXPECT_THAT(inventory.tokens(), ElementsAre("", "", "a", "b", ""));
}

TEST_P(WatchTest, TheServerSaysHowLongToWaitAndTooLongEndsTheProgram) {
  const absl::Duration delay = absl::Seconds(2);
  ScriptedInventory inventory({
      {{}, BusyFor(delay)},
      {{Row("1"), CaughtUp("a")}, BusyFor(absl::Hours(1))},
      {{}, grpc::Status::OK},  // Nobody comes so early.
  });
  const auto watch = Watch(inventory.address());
  EXPECT_EQ(Must(watch->Wait(kLineTimeout)), 1);
  EXPECT_THAT(watch->err(), HasSubstr("busy"));
  inventory.End();
  ASSERT_THAT(inventory.times(), SizeIs(2));
  // Clocks and timers differ a little.
  EXPECT_GT(inventory.times()[1] - inventory.times()[0],
            delay - absl::Milliseconds(50));
}

TEST_P(WatchTest, ATokenThatCannotBeWrittenEndsTheProgram) {
  ScriptedInventory inventory({{{Row("1"), CaughtUp("a")}, grpc::Status::OK}});
  const auto watch =
      WatchWith(inventory.address(), directory_.path() + "/none/token");
  EXPECT_EQ(Must(watch->Wait(kLineTimeout)), 1);
  EXPECT_THAT(watch->err(), HasSubstr("token"));
  EXPECT_THAT(watch->err(), Not(HasSubstr("Traceback")));
  EXPECT_THAT(watch->err(), Not(HasSubstr("\n    at ")));
}

INSTANTIATE_TEST_SUITE_P(Examples, WatchTest, ::testing::ValuesIn(Languages()),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace qantara::examples
