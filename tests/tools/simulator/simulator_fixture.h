// A running simulator and the words that its tests are written in.
#ifndef TESTS_TOOLS_SIMULATOR_SIMULATOR_FIXTURE_H_
#define TESTS_TOOLS_SIMULATOR_SIMULATOR_FIXTURE_H_

#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gtest/gtest.h"
#include "tests/tools/simulator/raw_client.h"
#include "tools/simulator/qoyod_simulator.h"

namespace qantara::simulator {

// Long enough for a loaded machine; only a failing test waits for it.
inline constexpr int64_t kDeadlineMs = 30'000;

class SimulatorFixture : public ::testing::Test {
 protected:
  void SetUp() override { StartWith(SimulatorOptions()); }

  void StartWith(const SimulatorOptions& options) {
    const absl::StatusOr<int> port = simulator_.Start(options);
    ASSERT_TRUE(port.ok()) << port.status();
  }

  void TearDown() override { simulator_.Stop(); }

  // A request on a connection of its own.
  RawAnswer Call(absl::string_view method, absl::string_view target,
                 absl::string_view body = "",
                 absl::string_view credential = RawClient::kTestKey) {
    return RawClient(simulator_.port()).Send(method, target, body, credential);
  }

  RawAnswer Get(absl::string_view below_base) {
    return Call("GET", absl::StrCat("/2.0", below_base));
  }
  RawAnswer Post(absl::string_view body) {
    return Call("POST", "/2.0/products", body);
  }
  RawAnswer Put(int64_t id, absl::string_view body) {
    return Call("PUT", absl::StrCat("/2.0/products/", id), body);
  }

  // A batch of products with these SKUs and otherwise only a name.
  static std::string Batch(const std::vector<std::string>& skus) {
    std::vector<std::string> items;
    for (const std::string& sku : skus) {
      items.push_back(absl::StrCat(R"({"en_name":"x","sku":")", sku, "\"}"));
    }
    return absl::StrCat(R"({"product":[)", absl::StrJoin(items, ","), "]}");
  }

  // SKUs that an answer shows, in its order.
  static std::vector<std::string> Skus(const RawAnswer& answer) {
    std::vector<std::string> skus;
    const Json json = Json::Parse(answer.body).value_or(Json());
    const Json* products = json.Find("products");
    if (products == nullptr) products = json.Find("product");
    if (products == nullptr) return skus;
    if (products->is_object()) return {products->TextAt("sku")};
    for (const Json& product : products->items()) {
      skus.push_back(product.TextAt("sku"));
    }
    return skus;
  }

  // The member `key` of the single product of an answer, as JSON text.
  static std::string Field(const RawAnswer& answer, absl::string_view key) {
    const Json json = Json::Parse(answer.body).value_or(Json());
    const Json* product = json.Find("product");
    const Json* value = product == nullptr ? nullptr : product->Find(key);
    return value == nullptr ? "absent" : value->ToText();
  }

  void Set(absl::string_view switches) {
    const absl::Status status = simulator_.SetFaults(switches);
    ASSERT_TRUE(status.ok()) << status;
  }

  void AdminPost(absl::string_view target, absl::string_view body) {
    const HttpReply reply = simulator_.Admin("POST", target, body);
    ASSERT_EQ(reply.status, 200) << reply.body;
  }

  // Asks until it is true; false after kDeadlineMs.
  template <typename Condition>
  static bool Eventually(Condition condition) {
    const auto deadline = std::chrono::steady_clock::now() +
                          std::chrono::milliseconds(kDeadlineMs);
    while (!condition()) {
      if (std::chrono::steady_clock::now() > deadline) return false;
      std::this_thread::yield();
    }
    return true;
  }

  JournalEntry LastEntry() { return simulator_.JournalEntries().back(); }

  QoyodSimulator simulator_;
};

}  // namespace qantara::simulator

#endif  // TESTS_TOOLS_SIMULATOR_SIMULATOR_FIXTURE_H_
