// A log that contract suites are run on.
#ifndef QANTARA_TESTS_STORE_LOG_UNDER_TEST_H_
#define QANTARA_TESTS_STORE_LOG_UNDER_TEST_H_

#include <functional>
#include <memory>

#include "domain/ports/event_log.h"
#include "domain/ports/history_cutter.h"

namespace qantara::store {

// An open log and what must outlive it.
class LogUnderTest {
 public:
  virtual ~LogUnderTest() = default;

  virtual domain::EventLog& log() = 0;

  // What cuts events of that log.
  virtual domain::HistoryCutter& cutter() = 0;

  // Closes the log and opens it again.
  virtual void Reopen() = 0;
};

using NewLogUnderTest = std::function<std::unique_ptr<LogUnderTest>()>;

}  // namespace qantara::store

#endif  // QANTARA_TESTS_STORE_LOG_UNDER_TEST_H_
