#include "tools/cli/catalog_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <limits>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "tools/cli/catalog/byte_source.h"
#include "tools/cli/digest.h"
#include "tools/cli/product_fields.h"

namespace qantara::tools {
namespace {

// Makes a file without a name, which goes away with its descriptor.
absl::StatusOr<int> OpenNameless() {
  const char* directory = std::getenv("TMPDIR");
  std::string path = absl::StrCat(directory == nullptr ? "/tmp" : directory,
                                  "/qantara-XXXXXX");
  const int descriptor = mkostemp(path.data(), O_CLOEXEC);
  if (descriptor < 0)
    return absl::ErrnoToStatus(errno, absl::StrCat("cannot create ", path));
  unlink(path.c_str());
  return descriptor;
}

absl::Status WriteAll(int descriptor, absl::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0)
      return absl::ErrnoToStatus(errno, "cannot keep a copy of the input");
    bytes.remove_prefix(static_cast<size_t>(written));
  }
  return absl::OkStatus();
}

// Copies everything that `source` gives; returns the copy.
absl::StatusOr<int> Copy(ByteSource& source) {
  absl::StatusOr<int> copy = OpenNameless();
  if (!copy.ok()) return copy;
  std::string piece;
  do {
    absl::Status status = source.Read(piece);
    if (status.ok()) status = WriteAll(*copy, piece);
    if (!status.ok()) {
      close(*copy);
      return status;
    }
  } while (!piece.empty());
  return copy;
}

bool IsRegular(int descriptor) {
  struct stat status;
  return fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
}

}  // namespace

absl::StatusOr<std::unique_ptr<CatalogFile>> CatalogFile::Open(
    const std::string& path) {
  const bool standard_input = path == "-";
  absl::StatusOr<int> descriptor =
      standard_input ? STDIN_FILENO : OpenForReading(path);
  if (!descriptor.ok()) return descriptor.status();
  const std::string name =
      standard_input ? "standard input" : path.substr(path.rfind('/') + 1);
  if (standard_input || !IsRegular(*descriptor)) {
    const absl::StatusOr<int> copy = Copy(*ReadDescriptor(*descriptor));
    if (!standard_input) close(*descriptor);
    if (!copy.ok()) return copy.status();
    descriptor = *copy;
  }
  return std::unique_ptr<CatalogFile>(new CatalogFile(*descriptor, name));
}

CatalogFile::~CatalogFile() { close(descriptor_); }

absl::StatusOr<std::unique_ptr<CatalogReader>> CatalogFile::NewReader(
    CatalogFormat format, const CatalogOptions& options) const {
  return OpenCatalog(ReadFromStart(descriptor_), format, options);
}

absl::StatusOr<std::string> CatalogFile::Sha256() const {
  const std::unique_ptr<ByteSource> source = ReadFromStart(descriptor_);
  Digest digest;
  std::string piece;
  do {
    if (absl::Status status = source->Read(piece); !status.ok()) return status;
    digest.Add(piece);
  } while (!piece.empty());
  return digest.Hex();
}

absl::StatusOr<CatalogSurvey> Survey(CatalogReader& reader) {
  CatalogSurvey survey;
  CatalogRecord record;
  while (true) {
    const absl::StatusOr<bool> more = reader.Next(record);
    if (!more.ok()) return more.status();
    if (!*more) return survey;
    if (survey.records == std::numeric_limits<uint32_t>::max() - 1) {
      return absl::OutOfRangeError("the catalog has too many records");
    }
    ++survey.records;
    for (const auto& [field, text] : record.fields) survey.fields.insert(field);
    const absl::StatusOr<v1::CatalogLine> line = ToCatalogLine(record);
    if (!line.ok()) return line.status();
    if (record.trimmed) ++survey.trimmed;
    if (record.notice.empty()) continue;
    if (survey.notices++ == 0) survey.first_notice = record.notice;
  }
}

}  // namespace qantara::tools
