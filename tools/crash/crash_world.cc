#include "tools/crash/crash_world.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <sstream>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "domain/digest.h"
#include "domain/ports/failpoints.h"
#include "qantara/events/v1/event.pb.h"
#include "tests/process/support/api_client.h"
#include "tests/process/support/catalog.h"
#include "tests/process/support/end_state.h"
#include "tests/process/support/must.h"
#include "tests/process/support/wait_until.h"
#include "tools/fsck/fsck.h"

namespace qantara::tools {
namespace {

using process::Must;
using process::WaitUntil;
using simulator::Json;

constexpr int kKilled = 128 + 9;
constexpr size_t kProblemsMax = 20;
// Share of creates and updates whose answer is lost after they were applied.
constexpr char kFaults[] =
    R"({"lost_answer":{"rate":0.3,"how":"close","methods":["POST","PUT"]},)"
    R"("latency_ms":10,"bad_item":{"skus":[)";
constexpr int kPollSeconds = 1;
// Enough for some answers to creates and to updates to be lost.
constexpr int kTracedPaths = 8;

process::ServerOptions ServerOptionsOf(const CrashWorld::Options& options,
                                       const std::string& directory,
                                       const std::string& base_url) {
  process::ServerOptions server;
  server.binary = options.binaries + "/server/qantara_server";
  server.directory = directory;
  server.base_url = base_url;
  server.api_key = process::SimulatorProcess::kApiKey;
  server.poll_seconds = kPollSeconds;
  server.request_timeout = absl::Milliseconds(300);
  server.max_processing = absl::Milliseconds(200);
  server.max_read_lag = absl::Milliseconds(50);
  return server;
}

std::string ProductJson(const std::string& sku) {
  return absl::StrCat(R"({"sku":")", sku,
                      R"(","name_en":"Mug","name_ar":"كوب",)",
                      R"("selling_price":"25.00"})");
}

}  // namespace

std::vector<std::string> FailpointsOfDelivery() {
  std::vector<std::string> names;
  for (const domain::FailpointInfo& info : domain::kFailpoints) {
    if (!absl::StartsWith(info.name, "cut_")) names.emplace_back(info.name);
  }
  return names;
}

CrashWorld::CrashWorld(const Options& options)
    : simulator_(options.binaries + "/tools/qoyod_simulator", directory_.path(),
                 {"--seed", absl::StrCat(options.seed)}),
      server_(
          ServerOptionsOf(options, directory_.path(), simulator_.base_url())) {
  for (int i = 0; i < DeliveryPath::kBases; ++i) {
    simulator_.Admin("POST", "products", ProductJson(DeliveryPath::BaseSku(i)));
  }
  std::vector<std::string> refused;
  for (int i = 0; i < kMaxPaths; ++i) {
    DeliveryPath path;
    path.number = i;
    refused.push_back(absl::StrCat("\"", path.refused_sku(), "\""));
  }
  Must(server_.Start());
  const std::string bases =
      PathClient(server_.address()).ImportBases(kSettleTimeout);
  if (!bases.empty()) Problem(bases);
  server_.Kill();
  simulator_.SetFaults(
      absl::StrCat(kFaults, absl::StrJoin(refused, ","), "]}}"));
}

void CrashWorld::Problem(std::string what) {
  if (problems_.size() < kProblemsMax) problems_.push_back(std::move(what));
}

void CrashWorld::AddPath() {
  if (paths_.size() >= kMaxPaths) return;
  DeliveryPath path;
  path.number = static_cast<int>(paths_.size());
  paths_.push_back(path);
  simulator_.Admin("POST", "products",
                   ProductJson(paths_.back().present_sku()));
}

std::string CrashWorld::SendAll() {
  for (DeliveryPath& path : paths_) {
    // In this order, so that the last path's value of a product is the last.
    std::string problem = client_->Send(path);
    if (!problem.empty()) return problem;
  }
  return "";
}

CrashWorld::Fate CrashWorld::KillAt(const std::string& failpoint, int pass) {
  AddPath();
  if (absl::StartsWith(failpoint, "catch_up_")) {
    std::filesystem::remove_all(server_.data_directory() + "/tables");
  }
  const absl::Status started =
      server_.StartOnce({"--failpoint", absl::StrCat(failpoint, "@", pass)});
  if (started.ok()) {
    client_ = std::make_unique<PathClient>(server_.address());
    SendAll();
  }
  const auto code = server_.WaitForEnd(kReachTimeout);
  if (!code.ok()) {
    server_.Kill();
  } else if (*code != kKilled) {
    Problem(absl::StrCat("armed with ", failpoint, " the server ended with ",
                         *code, ": ", server_.log()));
  }
  CheckLog();
  if (!problems_.empty()) return Fate::kWrong;
  return code.ok() ? Fate::kKilled : Fate::kNotReached;
}

void CrashWorld::KillWhileSending() {
  simulator_.Admin("POST", "hold",
                   R"({"methods":["POST"],"path":"/products","when":"after"})");
  AddPath();
  Must(server_.Start());
  client_ = std::make_unique<PathClient>(server_.address());
  SendAll();
  // Where nothing is left to be sent, the kill is one like any other.
  WaitUntil(kReachTimeout, [&] {
    const Json state = simulator_.Admin("GET", "state");
    return state.Find("held")->AsInteger().value_or(0) > 0;
  });
  server_.Kill();
  simulator_.Admin("DELETE", "hold");
  CheckLog();
}

// What was written once stays, and nothing is put in between.
void CrashWorld::CheckLog() {
  auto content = ReadLog(server_.data_directory());
  if (!content.ok()) {
    Problem(
        absl::StrCat("the log after a kill: ", content.status().ToString()));
    return;
  }
  if (!Continues(chain_, content->chain)) {
    Problem(absl::StrCat("the log of ", chain_.size(), " commits is no prefix ",
                         "of the later one of ", content->chain.size()));
  }
  CheckAcknowledged(*content);
  chain_ = std::move(content->chain);
}

// What the client was told is in the log that the dead server left behind.
void CrashWorld::CheckAcknowledged(const LogContent& content) {
  std::map<std::string, uint32_t> lines;  // By import.
  std::set<std::string> updates;          // Request ids.
  for (const auto& record : content.events) {
    const events::v1::Event& event = record->event();
    const auto& accepted = event.import_lines_accepted();
    lines[accepted.import_id()] += accepted.lines_size();
    updates.insert(event.product_update_recorded().request_id());
  }
  for (const DeliveryPath& path : paths_) {
    if (lines[path.import_id()] < path.durable_lines ||
        (path.create_durable && lines[path.single_id()] != 1) ||
        (path.update_durable && !updates.contains(path.update_id()))) {
      Problem(absl::StrCat("acknowledged and lost: something of path ",
                           path.number));
    }
  }
}

void CrashWorld::SettleAll() {
  std::string refused = SendAll();
  if (!refused.empty()) {
    return Problem("a server without failpoint does not take " + refused);
  }
  for (const DeliveryPath& path : paths_) {
    std::string problem = client_->Settle(path, kSettleTimeout);
    if (!problem.empty()) Problem(std::move(problem));
  }
}

void CrashWorld::CheckImports() {
  process::ApiClient api(server_.address());
  for (const DeliveryPath& path : paths_) {
    const v1::Import import = api.Import(path.import_id());
    if (import.state() != v1::IMPORT_STATE_FINISHED || import.balance() != 0 ||
        import.received_lines() != DeliveryPath::kLines ||
        process::SumOf(import.counts()) != DeliveryPath::kLines ||
        import.counts().rejected() != 1) {
      Problem(absl::StrCat("import ", path.import_id(), ": ",
                           import.ShortDebugString()));
    }
    std::vector<std::string> skus = path.created_skus();
    skus.insert(skus.end(), {path.refused_sku(), path.present_sku()});
    const auto items = api.Items(path.import_id());
    for (size_t i = 0; i < items.size(); ++i) {
      const bool refused = items[i].sku() == path.refused_sku();
      if (i >= skus.size() || items[i].sku() != skus[i] ||
          refused != (items[i].state() == v1::ITEM_STATE_REJECTED)) {
        Problem(absl::StrCat("item ", items[i].ShortDebugString()));
      }
    }
    if (items.size() != skus.size()) Problem("items are missing");
  }
}

void CrashWorld::CheckProvider() {
  std::map<std::string, std::string> prices;  // By SKU, as they must be.
  for (int i = 0; i < DeliveryPath::kBases; ++i) {
    prices[DeliveryPath::BaseSku(i)] = "25";
  }
  for (const DeliveryPath& path : paths_) {
    std::vector<std::string> skus = path.created_skus();
    skus.insert(skus.end(), {path.present_sku(), path.single_sku()});
    for (const std::string& sku : skus) prices[sku] = "25";
    prices[path.base_sku()] = path.price();
  }
  const std::vector<Json> records = simulator_.Products();
  std::set<std::string> seen;
  for (const Json& record : records) {
    const std::string sku = record.TextAt("sku");
    const auto wanted = prices.find(sku);
    if (!seen.insert(sku).second) {
      Problem(absl::StrCat(sku, " is there more than once"));
    } else if (wanted == prices.end()) {
      Problem(absl::StrCat(sku, " was never accepted by the provider"));
    } else if (process::PlainDecimal(record.TextAt("selling_price")) !=
               wanted->second) {
      Problem(absl::StrCat(sku, " has price ", record.TextAt("selling_price"),
                           " instead of ", wanted->second));
    }
  }
  if (seen.size() != prices.size()) {
    Problem(absl::StrCat(seen.size(), " SKUs are there, not ", prices.size()));
  }
}

// Every request that writes has its intent in the log, every event its cause.
void CrashWorld::CheckEvents() {
  const auto content = ReadLog(server_.data_directory());
  if (!content.ok()) return Problem(content.status().ToString());
  std::map<std::string, int> intended;  // By fingerprint.
  size_t lines = 0;
  size_t updates = 0;
  for (const auto& record : content->events) {
    const events::v1::Event& event = record->event();
    lines += event.import_lines_accepted().lines_size();
    updates += event.has_product_update_recorded() ? 1 : 0;
    if (event.has_create_intended()) {
      ++intended[event.create_intended().fingerprint()];
    } else if (event.has_update_intended()) {
      ++intended[event.update_intended().fingerprint()];
    }
  }
  // Four lines of the import and the single product.
  const size_t lines_sent =
      paths_.size() * (DeliveryPath::kLines + 1) + DeliveryPath::kBases;
  if (lines != lines_sent || updates != paths_.size()) {
    Problem(absl::StrCat("the log has ", lines, " lines and ", updates,
                         " updates, ", lines_sent, " and ", paths_.size(),
                         " were sent"));
  }
  for (const Json& entry : simulator_.Journal()) {
    if (entry.TextAt("method") == "GET") continue;
    if (--intended[domain::Digest16(entry.TextAt("body"))] < 0) {
      Problem(absl::StrCat("request ", entry.TextAt("number"),
                           " has no intent of its own"));
    }
  }
}

void CrashWorld::Finish() {
  if (!problems_.empty()) return;
  Must(server_.Start());
  client_ = std::make_unique<PathClient>(server_.address());
  SettleAll();
  if (!problems_.empty()) return;
  CheckImports();
  CheckProvider();
  for (std::string& problem : process::CheckJournal(simulator_.Journal())) {
    Problem(std::move(problem));
  }
  const auto code = server_.Stop();
  if (!code.ok() || *code != 0) Problem("the server does not stop");
  CheckLog();
  CheckEvents();
  std::ostringstream found;
  if (Fsck(server_.data_directory(), directory_.path(), found) !=
      FsckResult::kSound) {
    Problem(absl::StrCat("fsck: ", found.str()));
  }
}

std::vector<std::string> CrashWorld::Trace() {
  const std::string file = directory_.path() + "/trace";
  KillWhileSending();
  for (int i = 0; i < kTracedPaths; ++i) AddPath();
  for (int start = 0; start < 2; ++start) {
    Must(server_.StartOnce({"--failpoint_trace", file}));
    client_ = std::make_unique<PathClient>(server_.address());
    SettleAll();
    server_.Kill();
    // The second start folds the log anew.
    std::filesystem::remove_all(server_.data_directory() + "/tables");
  }
  return absl::StrSplit(process::ReadFile(file), '\n', absl::SkipEmpty());
}

}  // namespace qantara::tools
