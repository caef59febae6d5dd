// How many differences of each kind a verification found.
#ifndef QANTARA_DOMAIN_VERIFY_DIFFERENCE_COUNTS_H_
#define QANTARA_DOMAIN_VERIFY_DIFFERENCE_COUNTS_H_

#include <cstdint>
#include <map>

#include "qantara/v1/verification.pb.h"

namespace qantara::domain {

class DifferenceCounts {
 public:
  void Add(v1::VerifyDifferenceKind kind) { ++counts_[kind]; }

  // Adds the kinds that were found to the receipt, by their numbers.
  void AddTo(v1::VerificationReceipt* receipt) const {
    for (const auto& [kind, count] : counts_) {
      v1::DifferenceCount& one = *receipt->add_differences();
      one.set_kind(kind);
      one.set_count(count);
    }
  }

 private:
  std::map<v1::VerifyDifferenceKind, uint64_t> counts_;
};

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_VERIFY_DIFFERENCE_COUNTS_H_
