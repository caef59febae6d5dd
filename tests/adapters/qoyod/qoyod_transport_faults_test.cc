// What goes wrong between Qoyod and us, played by the simulator.
#include <ostream>
#include <string>

#include "domain/ports/product_gateway.h"
#include "gtest/gtest.h"
#include "tests/adapters/support/awaited.h"
#include "tests/adapters/support/simulated_qoyod.h"

namespace qantara::adapters {
namespace {

using domain::Effect;

struct Case {
  std::string name;
  std::string faults;
  Effect create;
  // Records that exist afterwards.
  int64_t created;
  Effect list;
  absl::Duration timeout = absl::Seconds(60);
};

void PrintTo(const Case& c, std::ostream* os) { *os << c.name; }

const Case kCases[] = {
    {"WithoutFault", "{}", Effect::kConfirmed, 1, Effect::kConfirmed},
    {"Chunked", R"({"chunked":true})", Effect::kConfirmed, 1,
     Effect::kConfirmed},
    {"Compressed", R"({"gzip":true})", Effect::kConfirmed, 1,
     Effect::kConfirmed},
    {"ByteOrderMark", R"({"bom":true})", Effect::kConfirmed, 1,
     Effect::kConfirmed},
    {"WrongContentType", R"({"wrong_content_type":true})", Effect::kConfirmed,
     1, Effect::kConfirmed},
    {"LongDescriptions", R"({"long_descriptions":{"bytes":20000}})",
     Effect::kConfirmed, 1, Effect::kConfirmed},
    {"EmptyBody", R"({"empty_body":true})", Effect::kUnknown, 1,
     Effect::kNotApplied},
    {"TruncatedJson", R"({"truncated_json":{"bytes":20}})", Effect::kUnknown, 1,
     Effect::kNotApplied},
    {"CutBody", R"({"cut_body":{"after_bytes":20}})", Effect::kUnknown, 1,
     Effect::kNotApplied},
    {"ResetBody", R"({"cut_body":{"after_bytes":20,"reset":true}})",
     Effect::kUnknown, 1, Effect::kNotApplied},
    {"StalledBody", R"({"stall_body":{"after_bytes":20,"ms":600000}})",
     Effect::kUnknown, 1, Effect::kNotApplied, absl::Seconds(1)},
    {"ClosedUnread", R"({"close_before_reading":true})", Effect::kUnknown, 0,
     Effect::kNotApplied},
    {"BadGateway", R"({"status_5xx":{"status":502,"body":"html"}})",
     Effect::kUnknown, 0, Effect::kNotApplied},
    {"GatewayTimeoutAfterApplying", R"({"lost_answer":{"how":"504"}})",
     Effect::kUnknown, 1, Effect::kNotApplied},
    {"Redirected", R"({"redirect":{"status":307}})", Effect::kUnknown, 0,
     Effect::kNotApplied},
    {"ErrorsIn200", R"({"errors_in_200":{"message":"no"}})", Effect::kRefused,
     0, Effect::kConfirmed},
    {"Forbidden", R"({"forbidden":true})", Effect::kNotApplied, 0,
     Effect::kNotApplied},
};

class QoyodTransportFaultsTest : public ::testing::TestWithParam<Case> {};

TEST_P(QoyodTransportFaultsTest, ReportWhatIsKnown) {
  SimulatedQoyod qoyod;
  qoyod.SetFaults(GetParam().faults);
  v1::Product product;
  product.set_sku("A-1");
  product.set_name_en("a");
  Awaited<domain::CreateAnswer> create;
  qoyod.gateway().Create(
      qoyod.gateway().PrepareCreate({product}, true),
      {qoyod.clock().BootMillis() + 60'000, GetParam().timeout},
      create.callback());
  EXPECT_EQ(create.Wait().report.effect, GetParam().create);
  EXPECT_EQ(qoyod.CountRecords("A-1"), GetParam().created);
  EXPECT_LE(qoyod.CountWrites(), 1);

  if (GetParam().name == "StalledBody") return;  // Reads wait for 30 s.
  Awaited<domain::PageAnswer> list;
  qoyod.gateway().List({}, list.callback());
  EXPECT_EQ(list.Wait().report.effect, GetParam().list);
}

INSTANTIATE_TEST_SUITE_P(All, QoyodTransportFaultsTest,
                         ::testing::ValuesIn(kCases),
                         [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace qantara::adapters
