// What the gate lets through while a credential is refused, by a clock that the
// test moves.
#include "server/delivery/outbound_gate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/adapters/support/fake_clock.h"

namespace qantara::server {
namespace {

using adapters::Credential;
using adapters::CredentialStatus;
using domain::CallReport;
using domain::Effect;
using domain::Lane;
using State = CredentialStatus::State;
using ::testing::HasSubstr;

constexpr int64_t kMinute = 60'000;

class NoMetrics : public DeliveryMetrics {
 public:
  void CountRequest(const std::string&, absl::string_view, int) override {}
  void CountIntentsRecovered(const std::string&, int) override {}
  void SetUnknownItems(const std::string&, int) override {}
};

// As CredentialSource does, without files.
class FakeCredentials : public adapters::Credentials {
 public:
  absl::StatusOr<Credential> Current() override {
    return Credential{"API-KEY", version, version, version};
  }
  CredentialStatus Check() override {
    if (state != State::kUsable) return {state, "why", ""};
    if (refused == version) return {State::kNeeded, "refused", ""};
    return {State::kUsable, "", version};
  }
  void Refused(const Credential& used) override { refused = used.version; }
  void Accepted(const Credential&) override {}
  void TryAgain() override { refused.clear(); }

  State state = State::kUsable;
  std::string version = "1";
  std::string refused;
};

CallReport Answer(int status,
                  v1::ErrorReason reason = v1::ERROR_REASON_UNSPECIFIED) {
  CallReport report;
  report.effect = status == 200 ? Effect::kConfirmed : Effect::kNotApplied;
  report.http_status = status;
  report.reason = reason;
  return report;
}

class OutboundGateTest : public ::testing::Test {
 protected:
  // Whether a request is let through within 2 s.
  bool Enters() {
    for (int i = 0; i < 20; ++i) {
      if (gate_.TryEnter(Lane::kBulk).granted) return true;
      clock_.Advance(100);
    }
    return false;
  }

  void LeaveRefused(absl::string_view operation) {
    credentials_.Refused(*credentials_.Current());
    gate_.Leave(operation, Answer(401, v1::ERROR_REASON_CREDENTIALS_NEEDED));
  }
  void LeaveDenied(absl::string_view operation) {
    gate_.Leave(operation, Answer(403, v1::ERROR_REASON_PERMISSION_DENIED));
  }

  // Probes that are sent within `millis`, each one answered so.
  int ProbesWithin(int64_t millis, const CallReport& answer) {
    int probes = 0;
    const int64_t end = clock_.BootMillis() + millis;
    while (clock_.BootMillis() < end) {
      if (gate_.TryProbe().granted) {
        ++probes;
        if (answer.http_status == 401) {
          LeaveRefused(OutboundGate::kProbe);
        } else {
          gate_.Leave(OutboundGate::kProbe, answer);
        }
      }
      clock_.Advance(500);
    }
    return probes;
  }

  adapters::FakeClock clock_;
  FakeCredentials credentials_;
  ConnectionStatus status_;
  NoMetrics metrics_;
  OutboundGate gate_{
      {"shop", 6000, 4}, clock_, status_, metrics_, &credentials_};
};

const CallReport kRefusal = Answer(401, v1::ERROR_REASON_CREDENTIALS_NEEDED);

TEST_F(OutboundGateTest, ARefusedKeyIsTriedTwiceAndThenLeftAlone) {
  ASSERT_TRUE(Enters());
  LeaveRefused("create");
  EXPECT_FALSE(Enters());
  EXPECT_EQ(status_.state(), v1::CONNECTION_STATE_NEEDS_CREDENTIALS);
  EXPECT_EQ(status_.detail(), "refused");
  EXPECT_EQ(ProbesWithin(kMinute - 3000, kRefusal), 0);
  EXPECT_EQ(ProbesWithin(60 * 24 * kMinute, kRefusal), 2);
}

TEST_F(OutboundGateTest, AProviderThatWasWrongIsFoundRightAfterAMinute) {
  ASSERT_TRUE(Enters());
  LeaveRefused("create");
  EXPECT_FALSE(Enters());
  EXPECT_EQ(ProbesWithin(2 * kMinute, Answer(200)), 1);
  EXPECT_EQ(status_.state(), v1::CONNECTION_STATE_ACTIVE);
  EXPECT_EQ(status_.detail(), "");
  EXPECT_TRUE(Enters());
}

TEST_F(OutboundGateTest, AReplacedKeyIsProbedAtOnce) {
  ASSERT_TRUE(Enters());
  LeaveRefused("create");
  EXPECT_FALSE(Enters());
  credentials_.version = "2";
  EXPECT_EQ(ProbesWithin(1000, kRefusal), 1);
  credentials_.version = "3";
  EXPECT_EQ(ProbesWithin(1000, Answer(200)), 1);
  EXPECT_TRUE(Enters());
}

TEST_F(OutboundGateTest, AProbeThatWasNotAnsweredIsSentAgain) {
  CallReport throttled = Answer(429, v1::ERROR_REASON_OVERLOADED);
  throttled.retry_after = absl::Seconds(2);
  const CallReport failed = Answer(500, v1::ERROR_REASON_PROVIDER_UNAVAILABLE);
  for (const CallReport& answer : {failed, throttled}) {
    ASSERT_TRUE(Enters());
    LeaveRefused("create");
    EXPECT_FALSE(Enters());
    credentials_.version += "x";
    EXPECT_GE(ProbesWithin(kMinute, answer), 3);
    EXPECT_LE(ProbesWithin(2 * kMinute, Answer(200)), 1);
    EXPECT_EQ(status_.state(), v1::CONNECTION_STATE_ACTIVE);
  }
}

TEST_F(OutboundGateTest, ALateAnswerDoesNotOpenAClosedConnection) {
  ASSERT_TRUE(Enters());
  ASSERT_TRUE(Enters());
  LeaveRefused("create");
  EXPECT_FALSE(Enters());
  gate_.Leave("list", Answer(200));
  EXPECT_EQ(status_.state(), v1::CONNECTION_STATE_NEEDS_CREDENTIALS);
  EXPECT_FALSE(Enters());
}

TEST_F(OutboundGateTest, AnAnswerToTheFormerKeyClosesNothing) {
  ASSERT_TRUE(Enters());
  const Credential former = *credentials_.Current();
  credentials_.version = "2";
  credentials_.Refused(former);
  gate_.Leave("create", kRefusal);
  EXPECT_TRUE(Enters());
  EXPECT_EQ(status_.state(), v1::CONNECTION_STATE_ACTIVE);
}

TEST_F(OutboundGateTest, NothingLeavesWhileATokenIsAskedFor) {
  credentials_.state = State::kRenewing;
  EXPECT_FALSE(Enters());
  EXPECT_EQ(status_.state(), v1::CONNECTION_STATE_ACTIVE);
  credentials_.state = State::kFailing;
  EXPECT_FALSE(Enters());
  EXPECT_EQ(status_.state(), v1::CONNECTION_STATE_UNREACHABLE);
  EXPECT_EQ(status_.detail(), "why");
  EXPECT_EQ(ProbesWithin(kMinute, Answer(200)), 0);
  credentials_.state = State::kUsable;
  EXPECT_EQ(ProbesWithin(2000, Answer(200)), 1);
  EXPECT_TRUE(Enters());
}

TEST_F(OutboundGateTest, AMissingPermissionIsAskedForAtGrowingPauses) {
  int writes = 0;
  int probes = 0;
  const int64_t day = 24 * 60 * kMinute;
  const int64_t end = clock_.BootMillis() + day;
  // Reads are let through, the write is not.
  while (clock_.BootMillis() < end) {
    if (gate_.TryEnter(Lane::kBulk).granted) {
      ++writes;
      LeaveDenied("create");
    }
    if (gate_.TryProbe().granted) {
      ++probes;
      gate_.Leave(OutboundGate::kProbe, Answer(200));
    }
    clock_.Advance(500);
  }
  EXPECT_THAT(status_.detail(), HasSubstr("HTTP 403"));
  EXPECT_GE(writes, 40);
  EXPECT_LE(writes, 52);
  EXPECT_LE(probes, 52);
}

TEST_F(OutboundGateTest, APermissionThatWasGivenForgetsThePauses) {
  ASSERT_TRUE(Enters());
  LeaveDenied("create");
  EXPECT_EQ(ProbesWithin(2 * kMinute, Answer(200)), 1);
  ASSERT_TRUE(Enters());
  gate_.Leave("create", Answer(200));
  ASSERT_TRUE(Enters());
  LeaveDenied("create");
  EXPECT_EQ(ProbesWithin(2 * kMinute, Answer(200)), 1);
}

TEST_F(OutboundGateTest, WhatStandsInTheProvidersPlaceIsNotAskedAgainAtOnce) {
  const CallReport page = Answer(200, v1::ERROR_REASON_PROVIDER_UNAVAILABLE);
  ASSERT_TRUE(Enters());
  gate_.Leave("reference", page);
  clock_.Advance(100);
  EXPECT_FALSE(gate_.TryEnter(Lane::kBulk).granted);
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(Enters());
    gate_.Leave("reference", page);
  }
  EXPECT_EQ(status_.state(), v1::CONNECTION_STATE_UNREACHABLE);
}

TEST_F(OutboundGateTest, OneListingThatFailsIsAskedForAtGrowingPauses) {
  int tries = 0;
  const int64_t end = clock_.BootMillis() + 60 * kMinute;
  // The probe reads another one.
  while (clock_.BootMillis() < end) {
    if (gate_.TryEnter(Lane::kBulk).granted) {
      ++tries;
      gate_.Leave("reference",
                  Answer(500, v1::ERROR_REASON_PROVIDER_UNAVAILABLE));
    }
    if (gate_.TryProbe().granted) {
      gate_.Leave(OutboundGate::kProbe, Answer(200));
    }
    clock_.Advance(100);
  }
  EXPECT_GE(tries, 100);
  EXPECT_LE(tries, 260);
}

TEST_F(OutboundGateTest, APausedConnectionStaysPaused) {
  ASSERT_TRUE(Enters());
  status_.SetState(v1::CONNECTION_STATE_PAUSED);
  LeaveRefused("create");
  EXPECT_FALSE(Enters());
  EXPECT_EQ(ProbesWithin(60 * kMinute, Answer(200)), 0);
  EXPECT_EQ(status_.state(), v1::CONNECTION_STATE_PAUSED);
}

TEST_F(OutboundGateTest, AWrongAddressIsAMistakeOfTheConfiguration) {
  ASSERT_TRUE(Enters());
  gate_.Leave("list", Answer(404, v1::ERROR_REASON_BASE_URL_WRONG));
  EXPECT_EQ(status_.state(), v1::CONNECTION_STATE_MISCONFIGURED);
  EXPECT_THAT(status_.detail(), HasSubstr("base_url"));
}

TEST_F(OutboundGateTest, WhatTheProviderLacksSaysNothingOfItsHealth) {
  for (int i = 0; i < 20; ++i) {
    ASSERT_TRUE(Enters());
    gate_.Leave("reference", Answer(0, v1::ERROR_REASON_PROVIDER_LACKS));
  }
  EXPECT_EQ(status_.state(), v1::CONNECTION_STATE_ACTIVE);
  EXPECT_TRUE(Enters());
}

}  // namespace
}  // namespace qantara::server
