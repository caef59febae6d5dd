// Rows of cells in columns.
#ifndef TOOLS_CLI_TEXT_TABLE_H_
#define TOOLS_CLI_TEXT_TABLE_H_

#include <string>
#include <vector>

namespace qantara::tools {

// Returns a line for each row, every column as wide as its widest cell, two
// spaces between, no space at the end. Cells are printed as Printable says; a
// character counts as one column, whatever its script.
std::string TextTable(const std::vector<std::vector<std::string>>& rows);

}  // namespace qantara::tools

#endif  // TOOLS_CLI_TEXT_TABLE_H_
