// What the services stand on, in one place.
#ifndef QANTARA_SERVER_CORE_CORE_H_
#define QANTARA_SERVER_CORE_CORE_H_

#include "domain/ports/clock.h"
#include "domain/ports/event_log.h"
#include "domain/ports/tables.h"
#include "server/core/byte_budget.h"
#include "server/core/command_bus.h"
#include "server/core/commit_tail.h"
#include "server/core/connections.h"
#include "server/core/executor.h"
#include "server/core/fresh_tables.h"
#include "server/core/timer.h"

namespace qantara::server {

// References to parts that outlive every service; all are thread-safe.
struct Core {
  const Connections& connections;
  const domain::Clock& clock;
  const domain::EventLog& log;
  const FreshTables& tables;
  CommandBus& commands;
  CommitTail& tail;
  // Lines of all imports that are with the writer.
  ByteBudget& import_bytes;
  // For answering calls; blocks on the disk.
  Executor& executor;
  Timer& timer;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_CORE_CORE_H_
