#include "tools/benchmark/watch/stoppable_relay.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace qantara::tools {
namespace {

sockaddr_in Loopback(uint16_t port) {
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

int PortOf(const std::string& address) {
  return std::stoi(address.substr(address.find(':') + 1));
}

class StoppableRelayTest : public testing::Test {
 protected:
  void SetUp() override {
    sockaddr_in address = Loopback(0);
    socklen_t size = sizeof address;
    auto* const any = reinterpret_cast<sockaddr*>(&address);
    ASSERT_EQ(bind(listener_, any, size), 0);
    ASSERT_EQ(listen(listener_, 1), 0);
    ASSERT_EQ(getsockname(listener_, any, &size), 0);
    auto relay = StoppableRelay::Start(
        absl::StrCat("127.0.0.1:", ntohs(address.sin_port)));
    ASSERT_TRUE(relay.ok()) << relay.status();
    relay_ = *std::move(relay);
    const auto port = static_cast<uint16_t>(PortOf(relay_->address()));
    const sockaddr_in there = Loopback(port);
    ASSERT_EQ(connect(client_, reinterpret_cast<const sockaddr*>(&there),
                      sizeof there),
              0);
    server_ = accept(listener_, nullptr, nullptr);
    ASSERT_GE(server_, 0);
  }
  void TearDown() override {
    for (const int fd : {listener_, client_, server_}) close(fd);
  }

  // Waits for so many bytes.
  static std::string Read(int fd, size_t size) {
    std::string bytes(size, '\0');
    const ssize_t count = recv(fd, bytes.data(), size, MSG_WAITALL);
    bytes.resize(count < 0 ? 0 : static_cast<size_t>(count));
    return bytes;
  }

  int listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  int client_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  int server_ = -1;
  std::unique_ptr<StoppableRelay> relay_;
};

TEST_F(StoppableRelayTest, BytesGoBothWays) {
  ASSERT_EQ(send(client_, "ask", 3, 0), 3);
  EXPECT_EQ(Read(server_, 3), "ask");
  ASSERT_EQ(send(server_, "answer", 6, 0), 6);
  EXPECT_EQ(Read(client_, 6), "answer");
}

TEST_F(StoppableRelayTest, StoppedItHoldsTheServerUpAndLosesNothing) {
  relay_->Stop();
  // What fits into sockets.
  std::string sent;
  const std::string chunk(1 << 16, 'x');
  while (true) {
    const std::string next = absl::StrCat(sent.size(), chunk);
    const ssize_t count = send(server_, next.data(), next.size(), MSG_DONTWAIT);
    if (count <= 0) break;
    sent.append(next, 0, static_cast<size_t>(count));
  }
  ASSERT_FALSE(sent.empty());
  relay_->GoOn();
  EXPECT_EQ(Read(client_, sent.size()), sent);
}

TEST_F(StoppableRelayTest, AnEndIsPassedOn) {
  shutdown(server_, SHUT_RDWR);
  EXPECT_EQ(Read(client_, 1), "");
}

TEST(StoppableRelayAddressTest, WhatIsNoAddressIsRefused) {
  for (const char* const address : {"", "127.0.0.1", "127.0.0.1:0", "x:1"}) {
    EXPECT_FALSE(StoppableRelay::Start(address).ok()) << address;
  }
}

}  // namespace
}  // namespace qantara::tools
