#include "tests/adapters/support/simulated_qoyod.h"

#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iostream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "adapters/qoyod/new_qoyod_gateway.h"
#include "qantara/config/v1/config.pb.h"

namespace qantara::adapters {
namespace {

template <typename T>
void Require(const T& value, absl::string_view what) {
  if (value) return;
  std::cerr << "simulated_qoyod: " << what << "\n";
  std::abort();
}

// A file with the simulator's default key.
std::string KeyFile() {
  const char* directory = std::getenv("TEST_TMPDIR");
  std::string path = absl::StrCat(directory == nullptr ? "/tmp" : directory,
                                  "/qoyod_key_", getpid());
  std::ofstream(path) << simulator::CompanyOptions{}.api_key << "\n";
  return path;
}

}  // namespace

SimulatedQoyod::SimulatedQoyod(absl::string_view faults) {
  simulator::SimulatorOptions options;
  options.fixtures_json = std::string(faults);
  Require(simulator_.Start(options).ok(), "the simulator does not start");
  config::v1::Qoyod config;
  config.set_base_url(simulator_.base_url());
  config.set_api_key_file(KeyFile());
  gateway_ = NewQoyodGateway(config, clock_, transport_);
}

void SimulatedQoyod::SetFaults(absl::string_view json) {
  const absl::Status set = simulator_.SetFaults(json);
  Require(set.ok(), set.message());
}

std::string SimulatedQoyod::AddRecord(const std::string& sku) {
  simulator::Json fields = simulator::Json::Object();
  fields.Add("sku", simulator::Json::String(sku));
  fields.Add("en_name", simulator::Json::String(sku));
  const simulator::HttpReply reply =
      simulator_.Admin("POST", "/_admin/products", fields.ToText());
  const auto answer = simulator::Json::Parse(reply.body);
  Require(answer.ok(), reply.body);
  const simulator::Json* ids = answer->Find("ids");
  Require(ids != nullptr && ids->items().size() == 1, reply.body);
  return ids->items()[0].text();
}

int64_t SimulatedQoyod::CountRecords(const std::string& sku) {
  const simulator::HttpReply reply =
      simulator_.Admin("GET", "/_admin/products");
  int64_t count = 0;
  for (absl::string_view line :
       absl::StrSplit(reply.body, '\n', absl::SkipEmpty())) {
    const auto row = simulator::Json::Parse(line);
    Require(row.ok(), line);
    if (row->TextAt("sku") == sku) ++count;
  }
  return count;
}

int64_t SimulatedQoyod::CountWrites() {
  return simulator_.RequestCount("POST", "/products") +
         simulator_.RequestCount("PUT", "/products/{id}");
}

void SimulatedQoyod::LoseAnswers() {
  SetFaults(R"({"lost_answer":{"how":"close","methods":["POST","PUT"]}})");
}

void SimulatedQoyod::StallAnswers() {
  SetFaults(R"({"lost_answer":{"how":"timeout","ms":600000}})");
}

void SimulatedQoyod::FailAfterApplying() {
  SetFaults(R"({"status_5xx":{"status":500,"applied":true}})");
}

void SimulatedQoyod::RefuseContent() {
  SetFaults(R"({"required":{"fields":["category_id"]}})");
}

void SimulatedQoyod::RefuseCredential() {
  SetFaults(R"({"unauthorized":true})");
}

void SimulatedQoyod::Throttle() {
  SetFaults(R"({"throttle":{"retry_after":"7"}})");
}

void SimulatedQoyod::DropFromAnswer(const std::string& sku) {
  SetFaults(absl::StrCat(R"({"drop_items":{"skus":[")", sku, R"("]}})"));
}

void SimulatedQoyod::IgnoreFilters() {
  SetFaults(R"({"filters_ignored":true})");
}

void SimulatedQoyod::StopListening() { simulator_.Stop(); }

}  // namespace qantara::adapters
