#include "tests/tools/examples/example_client.h"

#include <pwd.h>
#include <stdlib.h>
#include <unistd.h>

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "tests/process/support/must.h"

namespace qantara::examples {
namespace {

using process::Must;

constexpr char kFolder[] = "tools/examples/";
constexpr absl::Duration kScriptTimeout = absl::Seconds(60);

// Where tools/setup kept what is not installed; a test has no home of its own.
void FindTheCache() {
  const passwd* user = getpwuid(getuid());
  if (getenv("XDG_CACHE_HOME") == nullptr && user != nullptr) {
    setenv("HOME", user->pw_dir, /*overwrite=*/1);
  }
}

}  // namespace

std::vector<std::string> Languages() { return {"cpp", "node", "python"}; }

ExampleClient::ExampleClient(std::string language, std::string directory)
    : language_(std::move(language)), directory_(std::move(directory)) {
  if (language_ == "python") {
    const std::string modules = directory_ + "/python";
    RunScript("python/generate.sh", {modules});
    setenv("PYTHONPATH", modules.c_str(), /*overwrite=*/1);
    setenv("PYTHONDONTWRITEBYTECODE", "1", /*overwrite=*/1);
  } else if (language_ == "node") {
    FindTheCache();
    const std::string modules = RunScript("node/install.sh", {});
    setenv("NODE_PATH", modules.c_str(), /*overwrite=*/1);
    setenv("QANTARA_PROTO", "proto", /*overwrite=*/1);
  }
}

std::string ExampleClient::RunScript(const std::string& script,
                                     std::vector<std::string> arguments) {
  process::ProgramCall call;
  call.program = kFolder + script;
  call.arguments = std::move(arguments);
  call.output = directory_ + "/script";
  const auto run = Must(process::Subprocess::Start(call));
  if (Must(run->Wait(kScriptTimeout)) != 0) {
    Must(absl::FailedPreconditionError(
        absl::StrCat(script, ": ", run->err(), "run tools/setup test")));
  }
  const std::string out = run->out();
  const std::vector<std::string> lines =
      absl::StrSplit(absl::StripTrailingAsciiWhitespace(out), '\n');
  return lines.back();
}

std::unique_ptr<process::Subprocess> ExampleClient::Start(
    const std::string& program, std::vector<std::string> arguments) {
  const std::string path = absl::StrCat(kFolder, language_, "/", program);
  process::ProgramCall call;
  call.arguments = std::move(arguments);
  if (language_ == "cpp") {
    call.program = path;
  } else if (language_ == "python") {
    call.program = path + ".py";
  } else {
    // That which installed the modules.
    call.program = absl::StrCat(getenv("NODE_PATH"), "/../node");
    call.arguments.insert(call.arguments.begin(), path + ".js");
  }
  call.output = absl::StrCat(directory_, "/", program, ".", ++runs_);
  return Must(process::Subprocess::Start(call));
}

}  // namespace qantara::examples
