#include "server/core/import_session.h"

#include <gtest/gtest.h>

#include <memory>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "tests/server/core/core_fixture.h"
#include "tests/server/core/fake_peer.h"

namespace qantara::server {
namespace {

class Peer : public FakePeerOf<ImportPeer, v1::ImportCatalogResponse> {
 public:
  void Read() override {
    const std::lock_guard lock(mutex_);
    reading_ = true;
    changed_.notify_all();
  }
  // Waits until the server asks for the next message.
  void AwaitRead() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return reading_; });
    reading_ = false;
  }

 private:
  bool reading_ = false;
};

class ImportSessionTest : public CoreFixture {
 protected:
  void Begin() { session_ = ImportSession::Start(core_, peer_); }
  void Send(const v1::ImportCatalogRequest& request) {
    peer_.AwaitRead();
    session_->OnMessage(request.SerializeAsString());
  }
  void SendHeader() {
    v1::ImportCatalogRequest request;
    request.mutable_header()->set_import_id("spring");
    Send(request);
  }
  // Lines without names: INVALID, so that each has a result at once.
  void SendInvalidLines(uint32_t first, uint32_t count) {
    v1::ImportCatalogRequest request;
    request.mutable_batch()->set_first_line(first);
    for (uint32_t i = 0; i < count; ++i) {
      request.mutable_batch()->add_lines()->mutable_product()->set_sku(
          absl::StrCat("SKU-", first + i));
    }
    Send(request);
  }
  void SendEnd() {
    v1::ImportCatalogRequest request;
    request.mutable_end();
    Send(request);
  }
  absl::Status Drain() {
    return peer_.Drain([this] { session_->OnWritten(true); });
  }

  Peer peer_;
  std::shared_ptr<ImportSession> session_;
};

TEST_F(ImportSessionTest, ReadingGoesOnWhileTheClientDoesNotRead) {
  constexpr uint32_t kLines = 40'000;
  Begin();
  SendHeader();
  // The first message stays unread: nothing else can be written.
  ASSERT_TRUE(peer_.AwaitWrite());
  for (uint32_t first = 1; first <= kLines; first += 1000) {
    SendInvalidLines(first, 1000);
  }
  SendEnd();
  peer_.AwaitRead();
  session_->OnReadClosed();
  EXPECT_EQ(peer_.seen().size(), 1);
  EXPECT_TRUE(Drain().ok());

  // Every line is in a result or in a range of skipped ones; none twice.
  std::set<uint32_t> lines;
  size_t results = 0;
  uint32_t acks = 0;
  for (const auto& response : peer_.seen()) {
    if (response.has_ack()) ++acks;
    for (const auto& item : response.results().items()) {
      lines.insert(item.line());
      ++results;
    }
    if (!response.has_results_skipped()) continue;
    for (uint32_t line = response.results_skipped().from_line();
         line <= response.results_skipped().to_line(); ++line) {
      lines.insert(line);
    }
  }
  EXPECT_EQ(lines.size(), kLines);
  EXPECT_LE(results, ResultQueue::kMaxWaiting + 2 * ImportSession::kMaxResults);
  // Folded to the latest.
  EXPECT_EQ(acks, 1);
  EXPECT_TRUE(peer_.last().has_summary());
  EXPECT_EQ(peer_.last().summary().counts().invalid(), kLines);
}

TEST_F(ImportSessionTest, ACancelledCallEndsAndTheImportStays) {
  Begin();
  SendHeader();
  SendInvalidLines(1, 10);
  peer_.AwaitRead();
  session_->OnReadClosed();
  session_->OnCancelled();
  const absl::Status status =
      peer_.Drain([this] { session_->OnWritten(false); });
  EXPECT_TRUE(absl::IsCancelled(status)) << status;
  const auto reopened = bus_.Execute(
      domain::OpenImport{.connection = "store",
                         .import_id = "spring",
                         .source_name = "",
                         .existing_policy = v1::EXISTING_POLICY_LINK,
                         .allow_missing_sku = false});
  ASSERT_TRUE(reopened.ok()) << reopened.status();
  EXPECT_FALSE(reopened->reply.ended);
}

TEST_F(ImportSessionTest, TwoCallsOfOneImportBothGetTheSummary) {
  Begin();
  SendHeader();
  SendInvalidLines(1, 10);
  Peer other_peer;
  const auto other = ImportSession::Start(core_, other_peer);
  v1::ImportCatalogRequest header;
  header.mutable_header()->set_import_id("spring");
  other_peer.AwaitRead();
  other->OnMessage(header.SerializeAsString());
  SendEnd();
  EXPECT_TRUE(Drain().ok());
  EXPECT_TRUE(other_peer.Drain([&other] { other->OnWritten(true); }).ok());
  EXPECT_TRUE(other_peer.last().has_summary());
}

}  // namespace
}  // namespace qantara::server
