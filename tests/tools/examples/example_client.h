// The example clients, as programs in one of their languages.
#ifndef TESTS_TOOLS_EXAMPLES_EXAMPLE_CLIENT_H_
#define TESTS_TOOLS_EXAMPLES_EXAMPLE_CLIENT_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "tests/process/support/subprocess.h"

namespace qantara::examples {

// Longest run of a program that ends by itself.
inline constexpr absl::Duration kRunTimeout = absl::Seconds(100);
// How long a line of a program that goes on may take to come.
inline constexpr absl::Duration kLineTimeout = absl::Seconds(60);

// The languages, as their folders are named.
std::vector<std::string> Languages();

class ExampleClient {
 public:
  // Makes what the language wants, such as modules of the API, below
  // `directory`, which gets the output of the programs too. Ends the program
  // when something is missing: `tools/setup test` installs it.
  ExampleClient(std::string language, std::string directory);

  // Starts a program, such as "import_catalog".
  std::unique_ptr<process::Subprocess> Start(
      const std::string& program, std::vector<std::string> arguments);

 private:
  // Runs a script of the tree and returns the last line of its output.
  std::string RunScript(const std::string& script,
                        std::vector<std::string> arguments);

  const std::string language_;
  const std::string directory_;
  int runs_ = 0;
};

}  // namespace qantara::examples

#endif  // TESTS_TOOLS_EXAMPLES_EXAMPLE_CLIENT_H_
