// Prints proto/ERRORS.md; tools/update_goldens puts it there.
#include <iostream>

#include "tools/error_page/error_page.h"

int main() {
  std::cout << qantara::tools::ErrorPage() << std::flush;
  return std::cout ? 0 : 1;
}
