#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "qantara/events/v1/event.pb.h"
#include "tests/tools/cli/command_line.h"

namespace qantara::tools {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class LogCommandsTest : public CommandLineTest {
 protected:
  void AnswerEvent(uint64_t position) {
    v1::LoggedEvent& event =
        *server_.operations.tail_answer.emplace_back().mutable_event();
    event.set_position(position);
    event.set_stream("connection/riyadh-store");
    event.set_revision(3);
    event.mutable_time()->set_seconds(1'700'000'000);
    event.set_type("ConnectionPaused");
    events::v1::ConnectionPaused paused;
    paused.set_connection("riyadh-store");
    paused.set_note("stock\ntaking");
    event.mutable_payload()->PackFrom(paused);
  }
};

TEST_F(LogCommandsTest, EventsAreShownOneALine) {
  AnswerEvent(1234);
  EXPECT_EQ(Run({"events", "tail"}), 0) << err();
  EXPECT_EQ(out(),
            "     1,234  2023-11-14T22:13:20Z  connection/riyadh-store #3  "
            "ConnectionPaused  {\"connection\":\"riyadh-store\",\"note\":"
            "\"stock\\ntaking\"}\n");
}

TEST_F(LogCommandsTest, EventsAreDecodedAsJson) {
  AnswerEvent(7);
  EXPECT_EQ(Run({"events", "tail", "--json"}), 0) << err();
  EXPECT_THAT(out(), HasSubstr("\"position\":\"7\""));
  EXPECT_THAT(out(), HasSubstr("\"payload\":{\"@type\":\"type.googleapis.com/"
                               "qantara.events.v1.ConnectionPaused\""));
}

TEST_F(LogCommandsTest, FiltersAndTheBeginningAreAskedFor) {
  EXPECT_EQ(Run({"events", "tail", "--type=CreateAnswered",
                 "--type=ItemsSettled", "--stream=delivery/", "--after=12"}),
            0)
      << err();
  const v1::TailEventsRequest& asked = server_.operations.tail;
  EXPECT_EQ(asked.connection(), "riyadh-store");
  EXPECT_THAT(asked.types(), ElementsAre("CreateAnswered", "ItemsSettled"));
  EXPECT_EQ(asked.stream_prefix(), "delivery/");
  EXPECT_EQ(asked.after_position(), 12u);
  EXPECT_FALSE(asked.follow());
  EXPECT_EQ(Run({"events", "tail", "--after=1", "--newest=2"}), 2);
  EXPECT_EQ(Run({"events", "tail", "--after=soon"}), 2);
}

TEST_F(LogCommandsTest, APayloadThatIsLongIsCut) {
  AnswerEvent(1);
  events::v1::ConnectionPaused paused;
  paused.set_note(std::string(5000, 'x'));
  server_.operations.tail_answer[0]
      .mutable_event()
      ->mutable_payload()
      ->PackFrom(paused);
  EXPECT_EQ(Run({"events", "tail"}), 0) << err();
  EXPECT_LT(out().size(), 500u);
  EXPECT_THAT(out(), HasSubstr("xxx...\n"));
}

TEST_F(LogCommandsTest, ALogThatCannotBeReadIsAProblem) {
  server_.operations.status =
      grpc::Status(grpc::StatusCode::DATA_LOSS, "position 7: it is missing");
  EXPECT_EQ(Run({"events", "tail"}), 1);
  EXPECT_THAT(err(), HasSubstr("position 7"));
  EXPECT_THAT(out(), Not(HasSubstr("7")));
}

TEST_F(LogCommandsTest, AVerifiedLogIsDescribed) {
  server_.operations.verify_answer.emplace_back()
      .mutable_progress()
      ->set_events(3);
  v1::LogReceipt& receipt =
      *server_.operations.verify_answer.emplace_back().mutable_receipt();
  receipt.set_position(12'345);
  receipt.set_streams(7);
  receipt.set_digest("\x01\xab");
  EXPECT_EQ(Run({"log", "verify"}), 0) << err();
  EXPECT_EQ(out(),
            "12,345 events in 7 streams, positions, revisions and digests are "
            "right\ndigest 01ab\n");
  receipt.set_not_writable("the disk is full");
  EXPECT_EQ(Run({"log", "verify"}), 1);
  EXPECT_THAT(out(), HasSubstr("nothing can be appended: the disk is full"));
}

TEST_F(LogCommandsTest, ABackupIsNamed) {
  v1::BackupReceipt& receipt =
      *server_.operations.backup_answer.emplace_back().mutable_receipt();
  receipt.set_directory("/backups/nightly");
  receipt.set_position(7);
  receipt.set_bytes(1234);
  receipt.set_digest("\xff");
  EXPECT_EQ(Run({"log", "backup", "nightly"}), 0) << err();
  EXPECT_EQ(server_.operations.backup.directory(), "nightly");
  EXPECT_EQ(out(),
            "/backups/nightly\n7 events, 1,234 bytes, read back and right\n"
            "digest ff\n");
}

TEST_F(LogCommandsTest, ADamagedLogIsAProblem) {
  server_.operations.status = grpc::Status(
      grpc::StatusCode::DATA_LOSS, "the event at position 7 is damaged");
  EXPECT_EQ(Run({"log", "verify"}), 1);
  EXPECT_THAT(err(), HasSubstr("position 7"));
}

}  // namespace
}  // namespace qantara::tools
