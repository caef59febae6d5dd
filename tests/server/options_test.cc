#include "server/options.h"

#include <gtest/gtest.h>

namespace qantara::server {
namespace {

TEST(IsLoopback, KnowsItsOwnMachine) {
  for (const char* address :
       {"127.0.0.1:0", "127.1.2.3:7443", "localhost:1", "[::1]:65535"}) {
    const auto loopback = IsLoopback(address);
    ASSERT_TRUE(loopback.ok()) << address;
    EXPECT_TRUE(*loopback) << address;
  }
}

TEST(IsLoopback, KnowsOthers) {
  for (const char* address : {"0.0.0.0:1", "[::]:1", "10.0.0.1:1", "example:1",
                              "127.example.org:1"}) {
    const auto loopback = IsLoopback(address);
    ASSERT_TRUE(loopback.ok()) << address;
    EXPECT_FALSE(*loopback) << address;
  }
}

TEST(IsLoopback, RefusesWhatIsNoAddress) {
  for (const char* address :
       {"", "127.0.0.1", ":1", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:65536",
        "127.0.0.1:-1"}) {
    EXPECT_FALSE(IsLoopback(address).ok()) << address;
  }
}

}  // namespace
}  // namespace qantara::server
