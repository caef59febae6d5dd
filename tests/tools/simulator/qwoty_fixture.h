// A running Qwoty simulator and the words that its tests are written in.
#ifndef TESTS_TOOLS_SIMULATOR_QWOTY_FIXTURE_H_
#define TESTS_TOOLS_SIMULATOR_QWOTY_FIXTURE_H_

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/tools/simulator/raw_client.h"
#include "tools/simulator/json.h"
#include "tools/simulator/qwoty_simulator.h"

namespace qantara::simulator {

class QwotyFixture : public ::testing::Test {
 protected:
  static constexpr char kToken[] = "Authorization: Bearer qwoty_test_token";

  void SetUp() override {
    SimulatorOptions options = QwotyOptions();
    options.examples = true;
    const absl::StatusOr<int> port = simulator_.Start(options);
    ASSERT_TRUE(port.ok()) << port.status();
  }

  void TearDown() override { simulator_.Stop(); }

  // A request on a connection of its own; `path` is below the base.
  RawAnswer Call(absl::string_view method, absl::string_view path,
                 absl::string_view body = "",
                 absl::string_view credential = kToken) {
    return RawClient(simulator_.port())
        .Send(method, absl::StrCat("/api", path), body, credential);
  }
  RawAnswer Post(absl::string_view body) {
    return Call("POST", "/products", body);
  }
  // A product with only what must be there.
  RawAnswer PostNamed(absl::string_view api_name) {
    return Post(absl::StrCat(R"({"api_name":")", api_name,
                             R"(","recurrence_type":"one_off","name":"x"})"));
  }

  // The member at `path`, such as "data.inventory.sku", as JSON text.
  static std::string At(const RawAnswer& answer, absl::string_view path) {
    const Json json = Json::Parse(answer.body).value_or(Json());
    const Json* value = &json;
    while (value != nullptr && !path.empty()) {
      const size_t dot = path.find('.');
      value = value->Find(path.substr(0, dot));
      path = dot == absl::string_view::npos ? "" : path.substr(dot + 1);
    }
    return value == nullptr ? "absent" : value->ToText();
  }

  // The members `name` of all rows of a list.
  static std::vector<std::string> Each(const RawAnswer& answer,
                                       absl::string_view name) {
    std::vector<std::string> values;
    const Json json = Json::Parse(answer.body).value_or(Json());
    const Json* rows = json.Find("data");
    if (rows == nullptr) return values;
    for (const Json& row : rows->items()) values.push_back(row.TextAt(name));
    return values;
  }

  void Set(absl::string_view switches) {
    const absl::Status status = simulator_.SetFaults(switches);
    ASSERT_TRUE(status.ok()) << status;
  }

  JournalEntry LastEntry() { return simulator_.JournalEntries().back(); }

  QwotySimulator simulator_;

  // The specification's example.
  static constexpr char kExampleId[] = "880e8400-e29b-41d4-a716-446655440003";
  static constexpr char kExampleParentId[] =
      "550e8400-e29b-41d4-a716-446655440000";
};

}  // namespace qantara::simulator

#endif  // TESTS_TOOLS_SIMULATOR_QWOTY_FIXTURE_H_
