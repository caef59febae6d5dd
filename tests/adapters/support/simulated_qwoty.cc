#include "tests/adapters/support/simulated_qwoty.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "adapters/credentials/credential_source.h"
#include "adapters/qwoty/qwoty_gateway.h"

namespace qantara::adapters {
namespace {

template <typename T>
void Require(const T& value, absl::string_view what) {
  if (value) return;
  std::cerr << "simulated_qwoty: " << what << "\n";
  std::abort();
}

// A file with the simulator's token.
std::string TokenFile() {
  const char* directory = std::getenv("TEST_TMPDIR");
  std::string path = absl::StrCat(directory == nullptr ? "/tmp" : directory,
                                  "/qwoty_token_", getpid());
  std::ofstream(path) << simulator::kQwotyTestToken << "\n";
  return path;
}

}  // namespace

SimulatedQwoty::SimulatedQwoty(absl::string_view faults) {
  simulator::SimulatorOptions options = simulator::QwotyOptions();
  options.fixtures_json = std::string(faults);
  Require(simulator_.Start(options).ok(), "the simulator does not start");
  CredentialOptions token;
  token.place = CredentialOptions::Place::kFile;
  token.name = TokenFile();
  token.form = CredentialOptions::Form::kBearer;
  QwotyOptions gateway;
  gateway.connection = "main";
  gateway.address.base_url = simulator_.base_url();
  gateway_ = std::make_unique<QwotyGateway>(
      std::move(gateway), std::make_shared<CredentialSource>(token), clock_,
      transport_);
}

ProviderAbilities SimulatedQwoty::abilities() const {
  ProviderAbilities abilities;
  abilities.batches = false;
  abilities.arabic_names = false;
  abilities.filters = false;
  abilities.reference_data = false;
  abilities.nobody = "00000000-0000-4000-8000-000000000000";
  return abilities;
}

void SimulatedQwoty::SetFaults(absl::string_view json) {
  const absl::Status set = simulator_.SetFaults(json);
  Require(set.ok(), set.message());
}

std::string SimulatedQwoty::AddRecord(const std::string& sku) {
  simulator::Json fields = simulator::Json::Object();
  fields.Add("inventory[sku]", simulator::Json::String(sku));
  fields.Add("name", simulator::Json::String(sku));
  fields.Add("api_name", simulator::Json::String(
                             absl::StrCat("n", simulator_.ProductCount())));
  fields.Add("recurrence_type", simulator::Json::String("one_off"));
  const simulator::HttpReply reply =
      simulator_.Admin("POST", "/_admin/products", fields.ToText());
  const auto answer = simulator::Json::Parse(reply.body);
  Require(answer.ok(), reply.body);
  const simulator::Json* ids = answer->Find("ids");
  Require(ids != nullptr && ids->items().size() == 1, reply.body);
  return ids->items()[0].text();
}

int64_t SimulatedQwoty::CountRecords(const std::string& sku) {
  const simulator::HttpReply reply =
      simulator_.Admin("GET", absl::StrCat("/_admin/products?sku=", sku));
  return std::count(reply.body.begin(), reply.body.end(), '\n');
}

int64_t SimulatedQwoty::CountWrites() {
  return simulator_.RequestCount("POST", "/products") +
         simulator_.RequestCount("PATCH", "/products/{id}");
}

void SimulatedQwoty::LoseAnswers() {
  SetFaults(R"({"lost_answer":{"how":"close","methods":["POST","PATCH"]}})");
}

void SimulatedQwoty::StallAnswers() {
  SetFaults(R"({"lost_answer":{"how":"timeout","ms":600000}})");
}

void SimulatedQwoty::FailAfterApplying() {
  SetFaults(R"({"status_5xx":{"status":500,"applied":true}})");
}

void SimulatedQwoty::RefuseContent() { SetFaults(R"({"bad_item":true})"); }

void SimulatedQwoty::RefuseCredential() {
  SetFaults(R"({"unauthorized":true})");
}

void SimulatedQwoty::Throttle() {
  SetFaults(R"({"throttle":{"retry_after":"7"}})");
}

void SimulatedQwoty::StopListening() { simulator_.Stop(); }

}  // namespace qantara::adapters
