#include "tests/simulation/client.h"

#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "domain/commands.h"
#include "domain/line.h"
#include "tests/simulation/connection.h"

namespace qantara::simulation {
namespace {

constexpr int64_t kDone = -1;
// Calls of one update while its product is not mapped.
constexpr int kMaxUpdateTries = 25;

std::string DigestOf(const google::protobuf::MessageLite& message) {
  return message.SerializeAsString();
}

}  // namespace

Client::Client(Stage& stage, server::CommandBus& bus,
               std::function<bool()> is_up)
    : stage_(stage), bus_(bus), is_up_(std::move(is_up)) {}

void Client::Begin() {
  for (const ImportPlan& import : stage_.plan.imports) AddImport(import);
  for (const SinglePlan& single : stage_.plan.singles) {
    Add(single.begin, [this, &single] { return OnSingle(single); });
  }
  for (const UpdatePlan& update : stage_.plan.updates) {
    Add(update.begin, [this, &update, tries = std::make_shared<int>(0)] {
      return OnUpdate(update, tries.get());
    });
  }
}

void Client::Add(WorldMillis time, Call call) {
  ++open_;
  stage_.agenda.At(time, [this, call = std::move(call)] { Try(call); });
}

void Client::Try(const Call& call) {
  const int64_t again = is_up_() ? call() : stage_.random.Between(50, 400);
  if (again < 0) {
    --open_;
    return;
  }
  stage_.agenda.At(stage_.clock.now() + again, [this, call] { Try(call); });
}

void Client::AddImport(const ImportPlan& import) {
  Add(import.begin, [this, &import, step = std::make_shared<size_t>(0)] {
    return OnImportStep(import, step.get());
  });
}

int64_t Client::OnImportStep(const ImportPlan& import, size_t* step) {
  absl::Status status;
  const size_t batches = import.batches.size();
  if (*step == 0) {
    status = bus_.Execute(domain::OpenImport{kConnection, import.id, "test",
                                             import.policy,
                                             import.allow_missing_sku})
                 .status();
  } else if (*step <= batches) {
    domain::AcceptLines accept{kConnection, import.id, 1, {}};
    for (size_t i = 0; i + 1 < *step; ++i) {
      accept.first_line += static_cast<uint32_t>(import.batches[i].size());
    }
    for (const v1::CatalogLine& line : import.batches[*step - 1]) {
      accept.lines.push_back(
          domain::ParseLine(line.SerializeAsString(),
                            {.numeric_ids = true,
                             .allow_missing_sku = import.allow_missing_sku}));
    }
    if (!accept.lines.empty()) status = bus_.Execute(accept).status();
  } else {
    status =
        bus_.Execute(domain::EndImport{kConnection, import.id, 0}).status();
  }
  if (absl::IsUnavailable(status)) return stage_.random.Between(20, 400);
  if (!status.ok()) {
    stage_.report.Violate("import ", import.id,
                          " refused: ", status.ToString());
    return kDone;
  }
  stage_.report.Note("client: ", import.id, " step ", *step);
  ++*step;
  return *step > batches + 1 ? kDone : import.pause;
}

int64_t Client::OnSingle(const SinglePlan& single) {
  domain::CreateSingle command{
      kConnection, single.request_id, DigestOf(single.line), single.policy,
      domain::ParseLine(single.line.SerializeAsString(), {})};
  const absl::Status status = bus_.Execute(std::move(command)).status();
  stage_.report.Note("client: ", single.request_id, " ",
                     single.line.product().sku(), " ", status.ToString());
  return absl::IsUnavailable(status) ? stage_.random.Between(20, 400) : kDone;
}

int64_t Client::OnUpdate(const UpdatePlan& update, int* tries) {
  domain::RecordUpdate command{kConnection, update.request_id,
                               DigestOf(update.fields)};
  command.product.value = update.sku;
  command.fields = update.fields;
  const absl::Status status = bus_.Execute(std::move(command)).status();
  stage_.report.Note("client: ", update.request_id, " of ", update.sku, " {",
                     update.fields.ShortDebugString(), "} ", status.ToString());
  const bool too_early =
      absl::IsFailedPrecondition(status) || absl::IsNotFound(status);
  if (absl::IsUnavailable(status) ||
      (too_early && ++*tries < kMaxUpdateTries)) {
    return stage_.random.Between(50, 400);
  }
  return kDone;
}

}  // namespace qantara::simulation
