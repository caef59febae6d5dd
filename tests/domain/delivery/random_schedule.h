// A random schedule of clients, worker, provider and crashes over a few SKUs,
// the same for the same number.
#ifndef QANTARA_TESTS_DOMAIN_DELIVERY_RANDOM_SCHEDULE_H_
#define QANTARA_TESTS_DOMAIN_DELIVERY_RANDOM_SCHEDULE_H_

#include <cstdint>
#include <initializer_list>
#include <random>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "tests/domain/support/fake_provider.h"
#include "tests/domain/support/loaded_tables.h"
#include "tests/domain/support/model_worker.h"
#include "tests/domain/support/scenario.h"
#include "tests/domain/support/steps.h"

namespace qantara::domain {

class RandomSchedule {
 public:
  explicit RandomSchedule(uint64_t seed);

  // Runs so many steps, then lets everything come to rest.
  void Run(int steps);

  // What is wrong at the end: work that is left, a SKU that exists twice, a
  // product without the values that were accepted last. Empty: nothing.
  std::vector<std::string> Faults() const;

  const Scenario& scenario() const { return scenario_; }

 private:
  using Text = const char*;

  int Below(int bound);
  bool Chance(int percent) { return Below(100) < percent; }
  std::string Pick(std::initializer_list<Text> texts);
  Fate AnyFate();
  ParsedLine AnyLine();
  std::string AnyImport();

  void ActAsClient();
  void ActAsWorker();
  void ActAsProvider();
  void AcceptAny();
  void UpdateAny();
  void ObserveAny();
  // A sweep asks for the provider's records, or records those that it got
  // since, or the history of stock is cut.
  void ReadAny();
  void ReadPage(std::vector<RecordDrift>::iterator page);
  void CutAny();
  void CheckDrift(const LoadedTables& tables,
                  std::vector<std::string>* faults) const;
  void RepairAny();
  // A client may be refused, but never because the tables are damaged.
  void Try(const Step& step);

  std::mt19937_64 random_;
  Scenario scenario_;
  FakeProvider provider_;
  ModelWorker worker_;
  int requests_ = 0;
  // What sweeps have asked for and not recorded yet.
  std::vector<RecordDrift> pages_;
  // Whether somebody changes records at the provider in this schedule.
  bool changes_by_hand_ = false;
};

}  // namespace qantara::domain

#endif  // QANTARA_TESTS_DOMAIN_DELIVERY_RANDOM_SCHEDULE_H_
