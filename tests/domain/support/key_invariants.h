// The part of the invariants that concerns keys and updates. Part of
// tests/domain/support/invariants.h.
#ifndef QANTARA_TESTS_DOMAIN_SUPPORT_KEY_INVARIANTS_H_
#define QANTARA_TESTS_DOMAIN_SUPPORT_KEY_INVARIANTS_H_

#include <string>
#include <vector>

#include "tests/domain/support/loaded_tables.h"

namespace qantara::domain {

// SKUs, external ids and remote ids point to their products; request ids lead
// to what they asked for.
void CheckKeys(const LoadedTables& t, std::vector<std::string>* broken);

// Pending updates and the queue agree.
void CheckUpdates(const LoadedTables& t, std::vector<std::string>* broken);

}  // namespace qantara::domain

#endif  // QANTARA_TESTS_DOMAIN_SUPPORT_KEY_INVARIANTS_H_
