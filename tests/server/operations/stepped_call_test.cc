#include "server/operations/stepped_call.h"

#include <gtest/gtest.h>

#include <memory>

#include "domain/error.h"
#include "server/operations/log_verify_work.h"
#include "tests/server/core/core_fixture.h"
#include "tests/server/core/fake_peer.h"

namespace qantara::server {
namespace {

using Call = SteppedCall<v1::VerifyLogResponse>;
using Peer = FakePeerOf<Call::Peer, v1::VerifyLogResponse>;

// A log whose verification never ends, or fails at its third step.
class EndlessLog : public domain::VerifiableLog {
 public:
  explicit EndlessLog(bool fails) : fails_(fails) {}

  std::unique_ptr<domain::LogVerification> BeginVerification() const override {
    return std::make_unique<Verification>(fails_);
  }

 private:
  class Verification : public domain::LogVerification {
   public:
    explicit Verification(bool fails) : fails_(fails) {}
    absl::StatusOr<domain::LogChecked> Next() override {
      ++checked_.events;
      checked_.last = 1'000'000;
      if (!fails_ || checked_.events < 3) return checked_;
      return domain::MakeError(absl::StatusCode::kDataLoss,
                               v1::ERROR_REASON_LOG_DAMAGED, "position 3");
    }

   private:
    const bool fails_;
    domain::LogChecked checked_;
  };

  const bool fails_;
};

// Outlives the threads of the fixture.
struct Client {
  Slots slots_{1};
  Peer peer_;
};

class SteppedCallTest : public Client, public CoreFixture {
 protected:
  void Start(const domain::VerifiableLog& log) {
    call_ = Call::Start(core_, std::make_unique<LogVerifyWork>(core_.log, log),
                        peer_, slots_.Take());
  }
  absl::Status Drain() {
    return peer_.Drain([this] { call_->OnWritten(true); });
  }

  std::shared_ptr<Call> call_;
};

TEST_F(SteppedCallTest, AWholeLogGetsAReceipt) {
  Observe("1", "5");
  Observe("1", "6");
  Start(storage_->log());
  EXPECT_TRUE(Drain().ok());
  const v1::LogReceipt receipt = peer_.last().receipt();
  EXPECT_EQ(receipt.position(), storage_->log().head());
  EXPECT_GE(receipt.streams(), 1u);
  EXPECT_EQ(receipt.digest().size(), 32u);
  EXPECT_EQ(receipt.not_writable(), "");
}

TEST_F(SteppedCallTest, DamageEndsTheCall) {
  Start(EndlessLog(/*fails=*/true));
  const absl::Status status = Drain();
  EXPECT_TRUE(absl::IsDataLoss(status)) << status;
  EXPECT_EQ(status.message(), "position 3");
}

TEST_F(SteppedCallTest, TellsHowFarItIsUntilTheClientLeaves) {
  const EndlessLog log(/*fails=*/false);
  Start(log);
  ASSERT_TRUE(peer_.AwaitWrite());
  EXPECT_EQ(peer_.last().progress().total(), 1'000'000u);
  call_->OnCancelled();
  peer_.Taken();
  call_->OnWritten(false);
  EXPECT_TRUE(absl::IsCancelled(Drain()));
  call_.reset();
}

TEST_F(SteppedCallTest, OneThatIsTooMuchIsRefused) {
  const Slots::Slot taken = slots_.Take();
  Start(storage_->log());
  EXPECT_TRUE(absl::IsResourceExhausted(Drain()));
}

}  // namespace
}  // namespace qantara::server
