// What each product should hold at the end: the price that was accepted last
// and not refused.
#ifndef QANTARA_TESTS_DOMAIN_DELIVERY_LAST_ACCEPTED_H_
#define QANTARA_TESTS_DOMAIN_DELIVERY_LAST_ACCEPTED_H_

#include <string>
#include <vector>

#include "tests/domain/support/fake_provider.h"
#include "tests/domain/support/loaded_tables.h"
#include "tests/domain/support/scenario.h"

namespace qantara::domain {

// Returns a sentence for each mapped product whose record is not there or holds
// another price or SKU. Left out: products whose record was removed by hand at
// any time, and prices of those that were linked as they are or have a SKU of
// records that were made by hand.
std::vector<std::string> MissingValues(const Scenario& scenario,
                                       const LoadedTables& tables,
                                       const FakeProvider& provider);

}  // namespace qantara::domain

#endif  // QANTARA_TESTS_DOMAIN_DELIVERY_LAST_ACCEPTED_H_
