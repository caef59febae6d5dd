// Readings and wishes of a few products, by chance.
#ifndef QANTARA_TESTS_SERVER_INVENTORY_MODEL_RANDOM_STOCK_H_
#define QANTARA_TESTS_SERVER_INVENTORY_MODEL_RANDOM_STOCK_H_

#include <random>

#include "domain/commands.h"
#include "qantara/v1/inventory.pb.h"

namespace qantara::server {

// Products of readings have ids from 1 to this.
inline constexpr int kRandomProducts = 6;

// A reading of up to four products, without connection and time.
domain::RecordStock RandomStock(std::mt19937_64& random);

// A listing of one location, likewise.
domain::RecordLocations RandomLocation(std::mt19937_64& random);

v1::InventoryFilter RandomFilter(std::mt19937_64& random);

}  // namespace qantara::server

#endif  // QANTARA_TESTS_SERVER_INVENTORY_MODEL_RANDOM_STOCK_H_
