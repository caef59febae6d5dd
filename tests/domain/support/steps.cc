#include "tests/domain/support/steps.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "domain/digest.h"
#include "domain/product_fields.h"
#include "tests/domain/support/accepted_content.h"
#include "tests/domain/support/remote_record.h"
#include "tests/domain/text_proto.h"

namespace qantara::domain {
namespace {

using events::v1::ItemRef;

template <typename Command>
Step Doing(Command command) {
  return [command = std::move(command)](Scenario& scenario) {
    return scenario.Do(command).status();
  };
}

template <typename Message>
Message OfConnection(const std::string& text) {
  Message message = FromText<Message>(text);
  message.set_connection(kConnection);
  return message;
}

}  // namespace

ParsedLine Line(const std::string& product, const std::string& external_id) {
  v1::CatalogLine line;
  *line.mutable_product() = FromText<v1::Product>(product);
  line.set_external_id(external_id);
  if (!line.product().has_name_en()) line.mutable_product()->set_name_en("x");
  LineRules rules;
  rules.allow_missing_sku = true;
  ParsedLine parsed = ParseLine(line.SerializeAsString(), rules);
  EXPECT_TRUE(parsed.problems.empty()) << product;
  return parsed;
}

ParsedLine BadLine(const std::string& sku) {
  v1::CatalogLine line;
  line.mutable_product()->set_sku(sku);
  ParsedLine parsed = ParseLine(line.SerializeAsString(), LineRules());
  EXPECT_FALSE(parsed.problems.empty()) << "a product needs a name";
  return parsed;
}

Step Open(const std::string& import_id, v1::ExistingPolicy policy) {
  OpenImport command;
  command.connection = kConnection;
  command.import_id = import_id;
  command.existing_policy = policy;
  return Doing(std::move(command));
}

Step Accept(const std::string& import_id, std::vector<ParsedLine> lines,
            uint32_t first_line) {
  return Doing(
      AcceptLines{kConnection, import_id, first_line, std::move(lines)});
}

Step End(const std::string& import_id, uint32_t last_line) {
  return Doing(EndImport{kConnection, import_id, last_line});
}

Step Create(const std::string& request_id, const std::string& product,
            const std::string& external_id) {
  CreateSingle command;
  command.connection = kConnection;
  command.request_id = request_id;
  command.request_digest = Digest16(product);
  command.line = Line(product, external_id);
  return Doing(std::move(command));
}

Step Update(const std::string& request_id, const std::string& sku,
            const std::string& fields,
            std::optional<uint64_t> expected_revision) {
  RecordUpdate command;
  command.connection = kConnection;
  command.request_id = request_id;
  command.request_digest = Digest16(fields);
  command.product = {ProductSelector::Kind::kSku, sku};
  command.fields = FromText<v1::Product>(fields);
  command.expected_revision = expected_revision;
  return Doing(std::move(command));
}

Step ClaimForCreate(const std::string& intent) {
  return Doing(ClaimCreate{OfConnection<events::v1::CreateIntended>(intent)});
}

Step ClaimForUpdate(const std::string& intent,
                    std::optional<uint64_t> revision) {
  return [=](Scenario& scenario) {
    const auto intended = OfConnection<events::v1::UpdateIntended>(intent);
    const uint64_t at =
        revision.value_or(scenario.Product(intended.product_id()).revision());
    return scenario.Do(ClaimUpdate{at, intended}).status();
  };
}

Step AnswerCreate(const std::string& answered) {
  return Doing(
      RecordCreateAnswer{OfConnection<events::v1::CreateAnswered>(answered)});
}

Step Settle(const std::string& settled) {
  return Doing(SettleItems{OfConnection<events::v1::ItemsSettled>(settled)});
}

Step AnswerUpdate(const std::string& answered) {
  return Doing(
      RecordUpdateAnswer{OfConnection<events::v1::UpdateAnswered>(answered)});
}

Step ObserveStock(const std::vector<std::string>& products,
                  std::vector<std::string> gone_ids) {
  return [=](Scenario& scenario) {
    RecordStock command;
    command.connection = kConnection;
    for (const std::string& product : products) {
      command.products.push_back(FromText<v1::RemoteProduct>(product));
    }
    command.gone_ids = gone_ids;
    command.observe_time = scenario.Now();
    return scenario.Do(command).status();
  };
}

Step ObserveLocations(std::vector<RemoteLocation> locations,
                      std::vector<std::string> named_by_products) {
  return [=](Scenario& scenario) {
    RecordLocations command;
    command.connection = kConnection;
    command.locations = locations;
    command.named_by_products = named_by_products;
    command.observe_time = scenario.Now();
    return scenario.Do(command).status();
  };
}

Step ObserveDrift(const std::vector<std::string>& products,
                  std::optional<Position> began) {
  return [=](Scenario& scenario) {
    RecordDrift command;
    command.connection = kConnection;
    for (const std::string& product : products) {
      command.products.push_back(FromText<v1::RemoteProduct>(product));
    }
    command.observe_time = scenario.Now();
    command.began = began.value_or(scenario.head());
    return scenario.Do(command).status();
  };
}

Step TakeSnapshot(std::vector<std::string> remote_ids) {
  return Doing(TakeStockSnapshot{kConnection, std::move(remote_ids)});
}

Step CutHistory(Position through, Position snapshot) {
  return Doing(CutStockHistory{kConnection, through, snapshot});
}

Step Retry(const std::string& request_id, const std::string& import_id,
           uint32_t line, const std::string& patch, bool accept_duplicate) {
  return [=](Scenario& scenario) {
    const tables::v1::ItemRow item = scenario.Item(import_id, line);
    RetryParked command;
    command.connection = kConnection;
    command.request_id = request_id;
    command.request_digest = Digest16(absl::StrCat("retry", patch));
    command.parked.import_id = import_id;
    command.parked.line = line;
    command.seen_position = item.last_position();
    command.patched = !patch.empty();
    command.accept_duplicate = accept_duplicate;
    if (item.accepted_position() != 0) {
      v1::CatalogLine content =
          LineOf(AcceptedContent(scenario.log(), item, line).payload);
      MergeFields(FromText<v1::Product>(patch), content.mutable_product());
      LineRules rules;
      rules.allow_missing_sku = true;
      command.line = ParseLine(content.SerializeAsString(), rules);
    }
    return scenario.Do(command).status();
  };
}

Step Discard(const std::string& request_id, const std::string& import_id,
             uint32_t line) {
  DiscardParked command;
  command.connection = kConnection;
  command.request_id = request_id;
  command.request_digest = Digest16("discard");
  command.parked.import_id = import_id;
  command.parked.line = line;
  command.note = "not sold any more";
  return Doing(std::move(command));
}

Step RetryUpdate(const std::string& request_id, const std::string& update,
                 const std::string& patch) {
  return [=](Scenario& scenario) {
    const tables::v1::UpdateRow row = scenario.UpdateOf(update);
    RetryParked command;
    command.connection = kConnection;
    command.request_id = request_id;
    command.request_digest = Digest16(absl::StrCat("retry", patch));
    command.parked.update_request_id = update;
    command.seen_position = row.last_position();
    command.fields = row.fields();
    command.patch = FromText<v1::Product>(patch);
    command.patched = !patch.empty();
    return scenario.Do(command).status();
  };
}

Step DiscardUpdate(const std::string& request_id, const std::string& update) {
  DiscardParked command;
  command.connection = kConnection;
  command.request_id = request_id;
  command.request_digest = Digest16("discard");
  command.parked.update_request_id = update;
  command.note = "not sold any more";
  return Doing(std::move(command));
}

Step Pause(const std::string& note) {
  return Doing(PauseConnection{kConnection, note});
}

Step Resume(const std::string& note) {
  return Doing(ResumeConnection{kConnection, note});
}

Step Imported(const std::string& import_id, std::vector<ParsedLine> lines) {
  return [=](Scenario& scenario) {
    absl::Status status = Open(import_id)(scenario);
    status.Update(Accept(import_id, lines)(scenario));
    status.Update(End(import_id)(scenario));
    return status;
  };
}

Step Created(const std::string& import_id, uint32_t line,
             const std::string& remote_id) {
  return [=](Scenario& scenario) {
    ItemRef ref;
    ref.set_import_id(import_id);
    ref.set_line(line);
    ref.set_product_id(scenario.Item(import_id, line).product_id());
    ClaimCreate claim;
    claim.intent.set_connection(kConnection);
    *claim.intent.add_items() = ref;
    const auto claimed = scenario.Do(claim);
    if (!claimed.ok()) return claimed.status();
    RecordCreateAnswer answer;
    answer.answered.set_connection(kConnection);
    answer.answered.set_intent(claimed->intent);
    answer.answered.set_answer(events::v1::ANSWER_CONFIRMED);
    events::v1::ItemOutcome& outcome = *answer.answered.add_items();
    *outcome.mutable_item() = ref;
    outcome.set_state(v1::ITEM_STATE_CREATED);
    *outcome.mutable_desired() =
        AcceptedProduct(scenario.log(), scenario.Item(import_id, line), line);
    *outcome.mutable_remote() = RecordOf(outcome.desired(), remote_id);
    return scenario.Do(answer).status();
  };
}

}  // namespace qantara::domain
