#include "domain/explain/mapping_story.h"

namespace qantara::domain {

void MappingStory::Map(const std::string& remote_id) {
  if (now_.state() == v1::MAPPING_STATE_MAPPED &&
      now_.remote_id() == remote_id) {
    return;
  }
  if (now_.remote_id() != remote_id && !now_.remote_id().empty()) {
    now_.set_previous_remote_id(now_.remote_id());
  }
  now_.set_remote_id(remote_id);
  now_.set_state(v1::MAPPING_STATE_MAPPED);
  now_.clear_duplicate_remote_ids();
  had_record_ = true;
  changed_ = true;
}

void MappingStory::TakeLine(const std::string& sku) {
  if (now_.state() != v1::MAPPING_STATE_UNSPECIFIED) return;
  // That it waits for a record is no news beside the line itself.
  now_.set_state(v1::MAPPING_STATE_PENDING);
  now_.set_sku(sku);
}

void MappingStory::TakeOutcome(const events::v1::ItemOutcome& outcome) {
  const bool is_mapped =
      outcome.state() == v1::ITEM_STATE_CREATED ||
      outcome.state() == v1::ITEM_STATE_LINKED ||
      (outcome.state() == v1::ITEM_STATE_QUEUED && outcome.has_remote());
  if (is_mapped) Map(outcome.remote().id());
  // Without a SKU nobody can tell whether it exists: as a duplicate.
  const bool is_untold = outcome.state() == v1::ITEM_STATE_PARKED &&
                         outcome.reason() == v1::ERROR_REASON_OUTCOME_UNKNOWN;
  if (outcome.duplicate_remote_ids().empty() && !is_untold) return;
  now_.set_state(v1::MAPPING_STATE_DUPLICATE);
  *now_.mutable_duplicate_remote_ids() = outcome.duplicate_remote_ids();
  changed_ = true;
}

void MappingStory::TakeIntent(const events::v1::UpdateIntended& intended) {
  sent_sku_ = intended.fields().sku();
  unknown_ = false;
}

void MappingStory::TakeAnswer(const events::v1::UpdateAnswered& answered) {
  if (answered.state() == v1::UPDATE_STATE_UNKNOWN) {
    unknown_ = true;
    return;
  }
  unknown_ = false;
  if (answered.state() == v1::UPDATE_STATE_APPLIED && !sent_sku_.empty() &&
      sent_sku_ != now_.sku()) {
    now_.set_previous_sku(now_.sku());
    now_.set_sku(sent_sku_);
    changed_ = true;
  }
  if (answered.gone() && !now_.remote_id().empty()) {
    now_.set_previous_remote_id(now_.remote_id());
    now_.clear_remote_id();
    now_.set_state(v1::MAPPING_STATE_STALE);
    changed_ = true;
  }
  sent_sku_.clear();
}

void MappingStory::TakeRetry() {
  if (now_.state() != v1::MAPPING_STATE_DUPLICATE) return;
  now_.set_state(had_record_ ? v1::MAPPING_STATE_STALE
                             : v1::MAPPING_STATE_PENDING);
  now_.clear_duplicate_remote_ids();
  changed_ = true;
}

std::optional<v1::MappingChange> MappingStory::TakeChange() {
  if (!changed_) return std::nullopt;
  changed_ = false;
  const v1::MappingChange told = now_;
  now_.clear_previous_remote_id();
  now_.clear_previous_sku();
  return told;
}

}  // namespace qantara::domain
