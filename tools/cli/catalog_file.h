// A catalog that can be read again and again: a regular file, or a copy of what
// standard input or a pipe gave.
#ifndef TOOLS_CLI_CATALOG_FILE_H_
#define TOOLS_CLI_CATALOG_FILE_H_

#include <memory>
#include <set>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "tools/cli/catalog/catalog_reader.h"
#include "tools/cli/catalog/open_catalog.h"

namespace qantara::tools {

// What a first reading of the whole catalog found.
struct CatalogSurvey {
  // Number of data records.
  uint32_t records = 0;
  // Fields that at least one record has.
  std::set<CatalogField> fields;
  // Records with text that is not UTF-8, and the first of their notices.
  uint32_t notices = 0;
  std::string first_notice;
  // Records with a key whose outer white space is left out.
  uint32_t trimmed = 0;
};

// Keeps the file open, so that it stays the same file when its name is given to
// another. Readers are independent of each other, but one thread at a time.
class CatalogFile {
 public:
  // Opens the file at `path`; `-` is standard input. What cannot be read twice
  // is copied to a nameless file in TMPDIR, which the disk bounds.
  //
  // Errors: the system's, with the path.
  static absl::StatusOr<std::unique_ptr<CatalogFile>> Open(
      const std::string& path);
  ~CatalogFile();
  CatalogFile(const CatalogFile&) = delete;
  CatalogFile& operator=(const CatalogFile&) = delete;

  // Returns a reader from the first record on. It must not outlive the file.
  absl::StatusOr<std::unique_ptr<CatalogReader>> NewReader(
      CatalogFormat format, const CatalogOptions& options) const;

  // Returns the SHA-256 of the bytes, in hexadecimal digits.
  absl::StatusOr<std::string> Sha256() const;

  // Name for people: the last part of the path, or "standard input".
  const std::string& name() const { return name_; }

 private:
  CatalogFile(int descriptor, std::string name)
      : descriptor_(descriptor), name_(std::move(name)) {}

  const int descriptor_;
  const std::string name_;
};

// Reads everything once, so that a malformed catalog is refused before anything
// is sent.
//
// Errors: as CatalogReader::Next and ToCatalogLine; kOutOfRange for more
// records than fit in 32 bits.
absl::StatusOr<CatalogSurvey> Survey(CatalogReader& reader);

}  // namespace qantara::tools

#endif  // TOOLS_CLI_CATALOG_FILE_H_
