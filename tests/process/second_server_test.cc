// A data directory belongs to one server at a time.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/time/time.h"
#include "tests/process/support/must.h"
#include "tests/process/support/stage.h"

namespace qantara::process {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr absl::Duration kPatience = absl::Seconds(60);

TEST(SecondServerTest, IsRefusedByNameAndTheFirstGoesOn) {
  Stage stage;
  ProgramCall call;
  call.program = "./server/qantara_server";
  call.arguments = {
      "--config",   stage.directory().path() + "/server.textproto",
      "--data_dir", stage.server().data_directory(),
      "--listen",   "127.0.0.1:0"};
  call.output = stage.directory().path() + "/second";
  const auto second = Must(Subprocess::Start(call));
  EXPECT_EQ(Must(second->Wait(kPatience)), 1);
  EXPECT_THAT(second->err(), AllOf(HasSubstr(stage.server().data_directory()),
                                   HasSubstr("in use by another process")));
  EXPECT_EQ(stage.RunCli({"status"}).exit_code, 0);
}

}  // namespace
}  // namespace qantara::process
