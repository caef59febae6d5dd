// What must hold when an import is finished, whatever happened on the way.
#ifndef QANTARA_TESTS_PROCESS_SUPPORT_END_STATE_H_
#define QANTARA_TESTS_PROCESS_SUPPORT_END_STATE_H_

#include <string>
#include <vector>

#include "qantara/v1/catalog_service.pb.h"
#include "tests/process/support/api_client.h"
#include "tools/simulator/json.h"

namespace qantara::process {

// Sum of all states.
uint32_t SumOf(const v1::ItemCounts& counts);

// What is wrong, at most 20 sentences: the import is finished and its states
// sum to `lines`; every item with a remote id has that of the provider's one
// record with its SKU, and GetProduct says the same; every other one is
// INVALID.
std::vector<std::string> CheckImport(
    ApiClient& api, const std::string& import_id, uint32_t lines,
    const std::vector<simulator::Json>& records);

// What is wrong with the requests: a SKU was created twice without a read in
// between, or a POST came on a connection that had served a request before.
std::vector<std::string> CheckJournal(
    const std::vector<simulator::Json>& journal);

// SKUs in the body of a POST of the journal.
std::vector<std::string> SkusOf(const simulator::Json& entry);

}  // namespace qantara::process

#endif  // QANTARA_TESTS_PROCESS_SUPPORT_END_STATE_H_
