// What the writing calls of ProductService do.
#ifndef QANTARA_SERVER_CORE_PRODUCT_WRITER_H_
#define QANTARA_SERVER_CORE_PRODUCT_WRITER_H_

#include <functional>
#include <memory>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "qantara/v1/product_service.pb.h"
#include "server/core/call_scope.h"
#include "server/core/core.h"
#include "server/core/slots.h"

namespace qantara::server {

// Who waits for the answer, and for how long.
struct WriteCall {
  std::shared_ptr<CallScope> scope;
  // Until the caller's deadline.
  absl::Duration patience;
};

// Thread-safe; never blocks. The answers run once, on the executor or, for bad
// requests, at once.
class ProductWriter {
 public:
  // Longest wait for a settled result; then DEADLINE_EXCEEDED, and the work
  // goes on.
  static constexpr absl::Duration kMaxPatience = absl::Minutes(10);
  // Calls that may wait at once; more are RESOURCE_EXHAUSTED.
  static constexpr int kMaxWaiting = 10'000;

  // `core` must outlive it.
  explicit ProductWriter(Core& core) : core_(core) {}

  void Create(
      const v1::CreateProductRequest& request, const WriteCall& call,
      std::function<void(absl::StatusOr<v1::CreateProductResponse>)> answer);
  void Update(
      const v1::UpdateProductRequest& request, const WriteCall& call,
      std::function<void(absl::StatusOr<v1::UpdateProductResponse>)> answer);

 private:
  Core& core_;
  Slots waiting_{kMaxWaiting};
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_CORE_PRODUCT_WRITER_H_
