// The way to the fake provider, with everything that can go wrong on it.
#ifndef QANTARA_TESTS_SIMULATION_SCRIPTED_GATEWAY_H_
#define QANTARA_TESTS_SIMULATION_SCRIPTED_GATEWAY_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/types/span.h"
#include "domain/ports/product_gateway.h"
#include "tests/simulation/stage.h"

namespace qantara::simulation {

// The gateway of one process. What it sent may take effect after the process
// died; its answers come only while it lives. Not thread-safe.
class ScriptedGateway final : public domain::ProductGateway {
 public:
  // `stage` must outlive the gateway.
  ScriptedGateway(Stage& stage, std::shared_ptr<Life> life)
      : stage_(stage), life_(std::move(life)) {}

  domain::PreparedWrite PrepareCreate(absl::Span<const v1::Product> products,
                                      bool single) const override;
  domain::PreparedWrite PrepareUpdate(const v1::Product& fields) const override;
  void Create(const domain::PreparedWrite& write, domain::WriteWindow window,
              std::function<void(domain::CreateAnswer)> done) override;
  void Update(const std::string& remote_id, const domain::PreparedWrite& write,
              domain::WriteWindow window,
              std::function<void(domain::RecordAnswer)> done) override;
  void Get(const std::string& remote_id,
           std::function<void(domain::RecordAnswer)> done) override;
  void List(const domain::ListQuery& query,
            std::function<void(domain::PageAnswer)> done) override;
  void ListCategories(std::function<void(domain::IdsAnswer)> done) override;
  void ListTaxes(std::function<void(domain::IdsAnswer)> done) override;
  void ListLocations(
      std::function<void(domain::LocationsAnswer)> done) override;

 private:
  // What becomes of one write.
  struct Course {
    std::optional<WorldMillis> lands_at;
    WorldMillis answer_at = 0;
    // What the process is told in place of the provider's answer.
    std::optional<domain::CallReport> told;
    bool drops = false;
  };

  domain::PreparedWrite Prepare(std::vector<v1::Product> products) const;
  int64_t Waits(const domain::WriteWindow& window);
  bool MayLeave(const domain::WriteWindow& window) const;
  Course CourseOfWrite(const domain::WriteWindow& window);
  domain::CallReport FaultOfRead();
  void Land(const Course& course, std::function<WriteResult(WorldMillis)> apply,
            Witness::Write* record,
            std::function<void(const WriteResult&)> answer);
  void Deliver(WorldMillis time, std::function<void()> answer);
  template <typename Answer>
  void Read(std::function<Answer(WorldMillis)> read,
            std::function<void(Answer)> done);

  Stage& stage_;
  const std::shared_ptr<Life> life_;
};

}  // namespace qantara::simulation

#endif  // QANTARA_TESTS_SIMULATION_SCRIPTED_GATEWAY_H_
