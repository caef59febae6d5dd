// Health tells whether the server takes writes.
#include "tests/server/support/health.h"

#include <gtest/gtest.h>

#include "tests/server/support/running_server.h"

namespace qantara::server {
namespace {

TEST(Health, KnowsEveryService) {
  RunningServer server;
  for (const char* service :
       {"", "qantara.v1.CatalogService", "qantara.v1.ProductService",
        "qantara.v1.InventoryService"}) {
    EXPECT_EQ(HealthOf(server.channel(), service), kServing) << service;
  }
  EXPECT_EQ(HealthOf(server.channel(), "qantara.v1.Nothing"),
            100 + grpc::StatusCode::NOT_FOUND);
}

TEST(Health, IsNotServingOnceTheLogTakesNothingMore) {
  RunningServer server;
  server.server().storage().writer().Stop();
  while (HealthOf(server.channel(), "") == kServing) {
  }
  EXPECT_EQ(HealthOf(server.channel(), ""), kNotServing);
}

}  // namespace
}  // namespace qantara::server
