// Commands as short as the sentences of a scenario.
#ifndef QANTARA_TESTS_DOMAIN_SUPPORT_STEPS_H_
#define QANTARA_TESTS_DOMAIN_SUPPORT_STEPS_H_

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "domain/commands.h"
#include "qantara/events/v1/event.pb.h"
#include "qantara/v1/product.pb.h"
#include "tests/domain/support/scenario.h"

namespace qantara::domain {

// One command of a scenario; returns whether it was accepted.
using Step = std::function<absl::Status(Scenario&)>;

// A parsed line; `product` is the text of a qantara.v1.Product. A line without
// names gets one, so that `sku: "A"` is enough; without SKU it is allowed.
ParsedLine Line(const std::string& product,
                const std::string& external_id = "");
// A line that is INVALID.
ParsedLine BadLine(const std::string& sku);

Step Open(const std::string& import_id,
          v1::ExistingPolicy policy = v1::EXISTING_POLICY_LINK);
// `first_line` 0: the next line.
Step Accept(const std::string& import_id, std::vector<ParsedLine> lines,
            uint32_t first_line = 0);
Step End(const std::string& import_id, uint32_t last_line = 0);
// Content is told apart by `product`.
Step Create(const std::string& request_id, const std::string& product,
            const std::string& external_id = "");
// `fields` is the text of a qantara.v1.Product; `sku` names the product.
Step Update(const std::string& request_id, const std::string& sku,
            const std::string& fields,
            std::optional<uint64_t> expected_revision = {});
// `intent` is the text of the event, without connection.
Step ClaimForCreate(const std::string& intent);
// At the product's present revision, unless `revision` is given.
Step ClaimForUpdate(const std::string& intent,
                    std::optional<uint64_t> revision = {});
// The texts of the events, without connection.
Step AnswerCreate(const std::string& answered);
Step Settle(const std::string& settled);
Step AnswerUpdate(const std::string& answered);
// `products` are texts of qantara.v1.RemoteProduct.
Step ObserveStock(const std::vector<std::string>& products,
                  std::vector<std::string> gone_ids = {});

// What the listing of locations tells.
Step ObserveLocations(std::vector<RemoteLocation> locations,
                      std::vector<std::string> named_by_products = {});
// `products` are texts of qantara.v1.RemoteProduct, read now or, with `began`,
// asked for at that position.
Step ObserveDrift(const std::vector<std::string>& products,
                  std::optional<Position> began = {});
Step TakeSnapshot(std::vector<std::string> remote_ids);
Step CutHistory(Position through, Position snapshot);

// `patch` is the text of a qantara.v1.Product; empty: as it is.
Step Retry(const std::string& request_id, const std::string& import_id,
           uint32_t line, const std::string& patch = "",
           bool accept_duplicate = false);
Step Discard(const std::string& request_id, const std::string& import_id,
             uint32_t line);
// The same for an update, by its request id.
Step RetryUpdate(const std::string& request_id, const std::string& update,
                 const std::string& patch = "");
Step DiscardUpdate(const std::string& request_id, const std::string& update);
Step Pause(const std::string& note = "");
Step Resume(const std::string& note = "");

// An import `import_id` of these lines, ended.
Step Imported(const std::string& import_id, std::vector<ParsedLine> lines);
// The line of the import was created as `remote_id`: claimed alone, confirmed
// with a record that holds what the line asks for.
Step Created(const std::string& import_id, uint32_t line,
             const std::string& remote_id);

}  // namespace qantara::domain

#endif  // QANTARA_TESTS_DOMAIN_SUPPORT_STEPS_H_
