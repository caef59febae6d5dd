// The page that lists every error reason.
#ifndef TOOLS_ERROR_PAGE_ERROR_PAGE_H_
#define TOOLS_ERROR_PAGE_ERROR_PAGE_H_

#include <string>

namespace qantara::tools {

// Returns the text of proto/ERRORS.md: every row of the catalog, in its order.
std::string ErrorPage();

}  // namespace qantara::tools

#endif  // TOOLS_ERROR_PAGE_ERROR_PAGE_H_
