// Commands and a fold for tests of the writer, simple enough to see through.
//
// An event of text `k=v` sets row `k` of table `skus` to `v`; `k=` deletes it;
// a text without `=` cannot be folded. Facts that may be cut set no row.
#ifndef QANTARA_TESTS_STORE_SAMPLE_COMMANDS_H_
#define QANTARA_TESTS_STORE_SAMPLE_COMMANDS_H_

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "store/queued_command.h"
#include "tests/store/sample_events.h"

namespace qantara::store {

inline absl::Status SampleFold(const events::v1::EventRecord& record,
                               domain::TableView& view) {
  if (record.event().has_event_cut() || record.event().has_stock_observed()) {
    return absl::OkStatus();
  }
  const std::vector<std::string> parts = absl::StrSplit(TextOf(record), '=');
  if (parts.size() != 2) return absl::DataLossError("no such row");
  if (parts[1].empty()) {
    view.Delete(domain::Table::kSkus, parts[0]);
  } else {
    view.Put(domain::Table::kSkus, parts[0], parts[1]);
  }
  return absl::OkStatus();
}

inline domain::PendingEvent SamplePending(
    absl::string_view text, absl::string_view stream = "s",
    domain::ExpectedRevision expected = domain::ExpectedRevision::Any()) {
  return {std::string(stream), SampleFact(text), "test", expected};
}

// What became of commands, in the order in which they were done. Thread-safe.
class Answers {
 public:
  struct Answer {
    std::string name;
    absl::Status status;
    domain::Position position = 0;

    bool operator==(const Answer&) const = default;
  };

  void Add(Answer answer) {
    const std::lock_guard<std::mutex> lock(mutex_);
    answers_.push_back(std::move(answer));
    added_.notify_all();
  }

  // Waits for that many answers.
  std::vector<Answer> Wait(size_t count) {
    std::unique_lock<std::mutex> lock(mutex_);
    added_.wait(lock, [&] { return answers_.size() >= count; });
    return answers_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable added_;
  std::vector<Answer> answers_;
};

// A command that decides with a function.
class SampleCommand : public QueuedCommand {
 public:
  using Decision = std::function<absl::StatusOr<domain::Events>(
      const domain::TableReader&, const domain::DecisionContext&)>;

  SampleCommand(std::string name, Answers& answers, Decision decision)
      : name_(std::move(name)),
        answers_(answers),
        decision_(std::move(decision)) {}

  absl::StatusOr<domain::Events> Decide(
      const domain::TableReader& state,
      const domain::DecisionContext& context) override {
    return decision_(state, context);
  }

  void Done(const absl::Status& status, domain::Position position) override {
    answers_.Add({name_, status, position});
  }

  size_t bytes() const override { return 100; }

 private:
  const std::string name_;
  Answers& answers_;
  const Decision decision_;
};

// Decides for events with these texts, whatever the state.
inline std::unique_ptr<QueuedCommand> Write(std::string name, Answers& answers,
                                            std::vector<std::string> texts) {
  return std::make_unique<SampleCommand>(
      std::move(name), answers,
      [texts](const domain::TableReader&, const domain::DecisionContext&)
          -> absl::StatusOr<domain::Events> {
        domain::Events events;
        for (const std::string& text : texts) {
          events.push_back(SamplePending(text));
        }
        return events;
      });
}

// Adds one to the number in row `key`.
inline std::unique_ptr<QueuedCommand> Increment(std::string key,
                                                Answers& answers) {
  return std::make_unique<SampleCommand>(
      key, answers,
      [key](const domain::TableReader& state,
            const domain::DecisionContext&) -> absl::StatusOr<domain::Events> {
        const auto value = state.Get(domain::Table::kSkus, key);
        if (!value.ok()) return value.status();
        const int number = value->has_value() ? std::stoi(**value) : 0;
        return domain::Events{
            SamplePending(absl::StrCat(key, "=", number + 1))};
      });
}

// Refuses unless row `key` has `value`; then it decides for no events.
inline std::unique_ptr<QueuedCommand> Require(std::string name,
                                              Answers& answers, std::string key,
                                              std::string value) {
  return std::make_unique<SampleCommand>(
      std::move(name), answers,
      [key, value](
          const domain::TableReader& state,
          const domain::DecisionContext&) -> absl::StatusOr<domain::Events> {
        const auto found = state.Get(domain::Table::kSkus, key);
        if (!found.ok()) return found.status();
        if (*found != value) return absl::NotFoundError(key);
        return domain::Events();
      });
}

}  // namespace qantara::store

#endif  // QANTARA_TESTS_STORE_SAMPLE_COMMANDS_H_
