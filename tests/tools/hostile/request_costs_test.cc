// What a hostile run counts of the server's requests.
#include "tools/hostile/request_costs.h"

#include "gtest/gtest.h"

namespace qantara::tools {
namespace {

constexpr char kMetrics[] =
    "# TYPE qantara_outbound_requests_total counter\n"
    "qantara_outbound_requests_total{code=\"200\",connection=\"main\","
    "operation=\"settle\"} 7\n"
    "qantara_outbound_requests_total{code=\"0\",connection=\"main\","
    "operation=\"settle\"} 2\n"
    "qantara_outbound_requests_total{code=\"200\",connection=\"main\","
    "operation=\"create\"} 5\n"
    "qantara_commits_total 99\n";

TEST(RequestCostsTest, OperationsAreSummedOverLivesAndCodes) {
  RequestCosts costs;
  costs.AddLife(kMetrics);
  costs.AddLife(kMetrics);
  EXPECT_EQ(costs.Of("settle"), 18);
  EXPECT_EQ(costs.Of("create"), 10);
  EXPECT_EQ(costs.Of("poll"), 0);
  EXPECT_EQ(costs.told(), 28);
}

TEST(RequestCostsTest, WhatNoLifeToldOfCountsInFull) {
  RequestCosts costs;
  costs.AddLife(kMetrics);
  EXPECT_EQ(costs.AtMost("settle", 20), 9 + 6);
  EXPECT_EQ(costs.AtMost("settle", 10), 9);
}

}  // namespace
}  // namespace qantara::tools
