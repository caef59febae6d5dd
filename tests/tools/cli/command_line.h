// Runs `qantara` inside a test against a fake server.
#ifndef TESTS_TOOLS_CLI_COMMAND_LINE_H_
#define TESTS_TOOLS_CLI_COMMAND_LINE_H_

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "tests/tools/cli/fake_server.h"
#include "tools/cli/run.h"

namespace qantara::tools {

// A fixture with a server, a terminal's streams and a folder for files.
class CommandLineTest : public ::testing::Test {
 protected:
  // Runs one command line; returns its exit code.
  int Run(const std::vector<std::string>& command_line) {
    out_.str("");
    err_.str("");
    return static_cast<int>(tools::Run(
        command_line, {out_, err_, /*terminal=*/false, /*width=*/0,
                       server_.address, "riyadh-store", interruption_,
                       /*before_connect=*/nullptr}));
  }

  // Writes a file and returns its path.
  static std::string File(const std::string& name, const std::string& text) {
    const std::string path = ::testing::TempDir() + "/" + name;
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }

  std::string out() const { return out_.str(); }
  std::string err() const { return err_.str(); }

  FakeServer server_;
  Interruption interruption_;

 private:
  std::ostringstream out_;
  std::ostringstream err_;
};

}  // namespace qantara::tools

#endif  // TESTS_TOOLS_CLI_COMMAND_LINE_H_
