#include "tests/domain/decide/decide_case.h"

#include "domain/error.h"
#include "tests/domain/support/event_text.h"

namespace qantara::domain {

void RunCase(const DecideCase& decide_case,
             const std::function<void(const Scenario&)>& after) {
  Scenario scenario;
  for (size_t i = 0; i < decide_case.given.size(); ++i) {
    const absl::Status given = decide_case.given[i](scenario);
    ASSERT_TRUE(given.ok()) << "step " << i << ": " << given;
  }
  const Position head = scenario.head();
  const absl::Status status = decide_case.when(scenario);
  EXPECT_EQ(status.code(), decide_case.code) << status;
  EXPECT_EQ(GetReason(status), decide_case.reason) << status;
  if (status.ok()) {
    ExpectEvents(scenario.last(), decide_case.then);
  } else {
    EXPECT_FALSE(status.message().empty());
    EXPECT_EQ(scenario.head(), head) << "a refused command wrote something";
  }
  EXPECT_EQ(scenario.CheckLog(), std::vector<std::string>());
  if (after != nullptr) after(scenario);
}

}  // namespace qantara::domain
