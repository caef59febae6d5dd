// The part of the invariants that concerns what readings tell. Part of
// tests/domain/support/invariants.h.
#ifndef QANTARA_TESTS_DOMAIN_SUPPORT_STOCK_INVARIANTS_H_
#define QANTARA_TESTS_DOMAIN_SUPPORT_STOCK_INVARIANTS_H_

#include <string>
#include <vector>

#include "tests/domain/support/loaded_tables.h"

namespace qantara::domain {

// Figures stand only where stock is tracked, in the order of their locations,
// all of which are known; who they belong to exists.
void CheckStock(const LoadedTables& t, std::vector<std::string>* broken);

// Locations stand under their ids.
void CheckLocations(const LoadedTables& t, std::vector<std::string>* broken);

// Drift differs from what the provider acknowledged of a mapped product.
void CheckDrift(const LoadedTables& t, std::vector<std::string>* broken);

}  // namespace qantara::domain

#endif  // QANTARA_TESTS_DOMAIN_SUPPORT_STOCK_INVARIANTS_H_
