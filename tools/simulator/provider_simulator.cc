#include "tools/simulator/provider_simulator.h"

#include <limits>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "tools/simulator/admin.h"
#include "tools/simulator/api.h"
#include "tools/simulator/http_server.h"
#include "tools/simulator/world.h"

namespace qantara::simulator {

// The parts, in the order in which they depend on each other.
class ProviderSimulator::Core : public HttpHandler {
 public:
  Core(const SimulatorOptions& options, const SimulatedProvider& the_provider)
      : provider(the_provider),
        world(options.seed, provider.switches),
        api(&world, provider.api.get()),
        admin(&world, provider.records.get(),
              [this](int64_t ms) { server.RefuseConnections(ms); }),
        server(this),
        host(options.host) {}

  ~Core() override { Stop(); }

  void Stop() {
    world.hold.Stop();
    world.waiter.Stop();
    server.Stop();
  }

  absl::Status Prepare(const SimulatorOptions& options) {
    for (const CompanyOptions& company : options.companies) {
      if (company.name.empty() || company.api_key.empty()) {
        return absl::InvalidArgumentError("a company needs a name and a key");
      }
      world.companies.push_back(
          std::make_unique<Company>(company.name, company.api_key));
      if (!company.access_token.empty()) {
        world.tokens.AddAccess(company.access_token, company.name);
      }
    }
    if (world.companies.empty()) {
      return absl::InvalidArgumentError("no company");
    }
    absl::Status loaded = provider.records->Load(
        options.examples, options.products_jsonl, *world.companies.front());
    if (!loaded.ok()) return loaded;
    if (options.fixtures_json.empty()) return absl::OkStatus();
    const absl::StatusOr<Json> switches = Json::Parse(options.fixtures_json);
    if (!switches.ok()) return switches.status();
    return world.faults.Set(*switches);
  }

  bool Accepts() override {
    return !world.faults.Hit("reset_on_accept", {}).has_value();
  }

  bool Reads(const HttpRequest& head) override {
    if (IsAdmin(head)) return true;
    FaultSubject subject;
    subject.method = head.method;
    subject.path = provider.api->PathBelowBase(head.path);
    return !world.faults.Hit("close_before_reading", subject).has_value();
  }

  HttpReply Handle(const HttpRequest& request) override {
    return IsAdmin(request) ? admin.Answer(request) : api.Answer(request);
  }

  void Answered(int64_t journal_number, Fate fate) override {
    world.journal.Change(journal_number,
                         [fate](JournalEntry& entry) { entry.fate = fate; });
  }

  static bool IsAdmin(const HttpRequest& request) {
    return request.path == "/_admin" ||
           absl::StartsWith(request.path, "/_admin/");
  }

  const SimulatedProvider& provider;
  World world;
  Api api;
  simulator::Admin admin;
  HttpServer server;
  const std::string host;
  int port = 0;
};

ProviderSimulator::ProviderSimulator(SimulatedProvider provider)
    : provider_(std::move(provider)) {}

ProviderSimulator::~ProviderSimulator() = default;

absl::StatusOr<int> ProviderSimulator::Start(const SimulatorOptions& options) {
  core_ = std::make_unique<Core>(options, provider_);
  if (absl::Status s = core_->Prepare(options); !s.ok()) return s;
  absl::StatusOr<int> port = core_->server.Start(options.host, options.port);
  if (port.ok()) core_->port = *port;
  return port;
}

void ProviderSimulator::Stop() { core_->Stop(); }

std::string ProviderSimulator::base_url() const {
  return absl::StrCat("http://", core_->host, ":", core_->port, provider_.base);
}

int ProviderSimulator::port() const { return core_->port; }

HttpReply ProviderSimulator::Admin(absl::string_view method,
                                   absl::string_view target,
                                   absl::string_view body) {
  HttpRequest request;
  request.method = std::string(method);
  request.target = std::string(target);
  const size_t mark = request.target.find('?');
  request.path = request.target.substr(0, mark);
  if (mark != std::string::npos) {
    request.query = request.target.substr(mark + 1);
  }
  request.body = std::string(body);
  return core_->admin.Answer(request);
}

absl::Status ProviderSimulator::SetFaults(absl::string_view json) {
  const absl::StatusOr<Json> switches = Json::Parse(json);
  if (!switches.ok()) return switches.status();
  return core_->world.faults.Set(*switches);
}

void ProviderSimulator::ResetFaults() { core_->world.faults.Reset(); }

Json ProviderSimulator::State() {
  return Json::Parse(Admin("GET", "/_admin/state").body).value();
}

int64_t ProviderSimulator::ProductCount() {
  return State().Find("products")->AsInteger().value_or(0);
}

std::vector<std::string> ProviderSimulator::RepeatedSkus() {
  return State().Find("repeated_skus")->keys();
}

int64_t ProviderSimulator::RequestCount(absl::string_view method,
                                        absl::string_view path_kind) {
  const auto counts = core_->world.journal.Counts();
  const auto at = counts.find(absl::StrCat(method, " ", path_kind));
  return at == counts.end() ? 0 : at->second;
}

std::vector<JournalEntry> ProviderSimulator::JournalEntries(int64_t after) {
  return core_->world.journal.Read(after, std::numeric_limits<size_t>::max());
}

bool ProviderSimulator::WaitForRequests(int64_t count, int64_t timeout_ms) {
  return core_->world.journal.WaitForRequests(count, timeout_ms);
}

bool ProviderSimulator::WaitForHeld(int64_t count, int64_t timeout_ms) {
  return core_->world.hold.WaitForHeld(count, timeout_ms);
}

}  // namespace qantara::simulator
