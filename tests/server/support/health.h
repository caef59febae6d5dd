// Asks a server's health.
#ifndef QANTARA_TESTS_SERVER_SUPPORT_HEALTH_H_
#define QANTARA_TESTS_SERVER_SUPPORT_HEALTH_H_

#include <grpcpp/channel.h>

#include <cstdint>
#include <memory>
#include <string>

namespace qantara::server {

// Values of grpc.health.v1.HealthCheckResponse.ServingStatus.
inline constexpr uint64_t kServing = 1;
inline constexpr uint64_t kNotServing = 2;

// Asks about a service; its state, or 100 plus the status code.
uint64_t HealthOf(const std::shared_ptr<grpc::Channel>& channel,
                  const std::string& service);

}  // namespace qantara::server

#endif  // QANTARA_TESTS_SERVER_SUPPORT_HEALTH_H_
