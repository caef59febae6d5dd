// The end of a hostile run: every check, and the table of what was seen.
#ifndef TOOLS_HOSTILE_HOSTILE_REPORT_H_
#define TOOLS_HOSTILE_HOSTILE_REPORT_H_

#include <ostream>
#include <string>
#include <vector>

#include "tools/hostile/hostile_run.h"

namespace qantara::tools {

struct HostileCheck {
  std::string name;
  bool passed = true;
  // Figures that belong to it.
  std::string seen;
  // What should not be so, the first sentences.
  std::vector<std::string> problems;
};

struct HostileReport {
  // Name and figure.
  std::vector<std::pair<std::string, std::string>> figures;
  std::vector<HostileCheck> checks;

  bool passed() const;
};

// Reads what is left of a run that was played, stops its server, and checks the
// log with fsck.
HostileReport MakeReport(HostileRun& run);

// Prints figures, checks with PASS or FAIL, problems; the last line is `good`
// or `BAD`.
void PrintReport(const HostileReport& report, std::ostream& out);

}  // namespace qantara::tools

#endif  // TOOLS_HOSTILE_HOSTILE_REPORT_H_
