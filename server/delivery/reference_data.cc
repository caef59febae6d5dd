#include "server/delivery/reference_data.h"

#include <algorithm>
#include <utility>

namespace qantara::server {
namespace {

constexpr int64_t kReferenceMillis = 10 * 60'000;
constexpr int64_t kMissingMillis = 30'000;

}  // namespace

void ReferenceData::CheckOne(const std::string& id, v1::ErrorReason reason,
                             Listing& listing, Verdict& verdict) {
  const int64_t now = context_.clock.BootMillis();
  const int64_t age =
      listing.read_at.has_value() ? now - *listing.read_at : kReferenceMillis;
  const bool exists = listing.absent || listing.ids.contains(id);
  const int64_t bound = exists ? kReferenceMillis : kMissingMillis;
  if (age >= bound) {
    listing.wanted = true;
    verdict.known = false;
  } else if (!exists && verdict.missing == v1::ERROR_REASON_UNSPECIFIED) {
    verdict.missing = reason;
    verdict.id = id;
  }
}

ReferenceData::Verdict ReferenceData::Check(const v1::Product& product) {
  Verdict verdict;
  if (product.has_category_id()) {
    CheckOne(product.category_id(), v1::ERROR_REASON_CATEGORY_NOT_FOUND,
             categories_, verdict);
  }
  if (product.has_tax_id()) {
    CheckOne(product.tax_id(), v1::ERROR_REASON_TAX_NOT_FOUND, taxes_, verdict);
  }
  return verdict;
}

bool ReferenceData::IsDue(const Listing& listing) const {
  if (listing.reading) return false;
  if (listing.wanted) return true;
  return watched_ && listing.read_at.has_value() && !listing.absent &&
         context_.clock.BootMillis() - *listing.read_at >= kMissingMillis;
}

int64_t ReferenceData::Advance() {
  for (Listing* listing : {&categories_, &taxes_}) {
    if (!IsDue(*listing)) continue;
    const auto grant = context_.gate.TryEnter(domain::Lane::kBulk);
    if (!grant.granted) return grant.retry_at;
    listing->reading = true;
    auto done = [this, listing, began = context_.clock.BootMillis()](
                    domain::IdsAnswer answer) {
      context_.gate.Leave("reference", answer.report);
      context_.post([this, listing, began, answer = std::move(answer)] {
        OnRead(*listing, began, answer);
      });
    };
    if (listing == &categories_) {
      context_.gateway.ListCategories(std::move(done));
    } else {
      context_.gateway.ListTaxes(std::move(done));
    }
  }
  return watched_ ? context_.clock.BootMillis() + kMissingMillis
                  : Actor::kNever;
}

void ReferenceData::OnRead(Listing& listing, int64_t began,
                           const domain::IdsAnswer& answer) {
  listing.reading = false;
  if (answer.report.effect != domain::Effect::kConfirmed && !answer.absent) {
    return;  // Still wanted.
  }
  listing.wanted = false;
  listing.absent = answer.absent;
  listing.read_at = began;
  listing.ids.clear();
  listing.ids.insert(answer.ids.begin(), answer.ids.end());
  watched_ = false;
  ++generation_;
}

}  // namespace qantara::server
