// One process of tests/server/retention/retention_kill_test.cc.
//
//   retention_child DIRECTORY fill          writes changes of stock, and ends
//   retention_child DIRECTORY FAILPOINT@N   cuts the old ones; dies on the way
#include <iostream>
#include <memory>
#include <string>

#include "server/failpoint_switch.h"
#include "store/failpoint_env.h"
#include "tests/server/retention/retention_kill.h"

namespace qantara::server {
namespace {

int Run(const std::string& directory, const std::string& what) {
  const std::unique_ptr<rocksdb::Env> env = store::NewFailpointEnv();
  if (what == "fill") {
    RetentionWorld world(KillOptions(directory, absl::ZeroDuration()));
    FillForKill(world);
    return 0;
  }
  RetentionWorld::Options options = KillOptions(directory, kKillBegin);
  options.env = env.get();
  RetentionWorld world(options);
  // Armed now: what dies is the cut, not the start.
  const absl::Status armed = ArmFailpoints({what, ""});
  if (!armed.ok()) {
    std::cerr << armed << std::endl;
    return 2;
  }
  world.Run(kKillRun);
  return 0;
}

}  // namespace
}  // namespace qantara::server

int main(int argc, char** argv) {
  return argc == 3 ? qantara::server::Run(argv[1], argv[2]) : 3;
}
