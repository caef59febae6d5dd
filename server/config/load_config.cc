#include "server/config/load_config.h"

#include <google/protobuf/io/tokenizer.h>
#include <google/protobuf/text_format.h>

#include <fstream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "qantara/config/v1/config.pb.h"
#include "server/config/check_config.h"

namespace qantara::server {
namespace {

using google::protobuf::TextFormat;

std::string At(absl::string_view file, int line, int column) {
  return absl::StrCat(file, ":", line + 1, ":", column + 1, ": ");
}

// Collects what the parser says. Lines and columns count from 0 here.
class Collector : public google::protobuf::io::ErrorCollector {
 public:
  explicit Collector(absl::string_view file) : file_(file) {}

  void AddError(int line, google::protobuf::io::ColumnNumber column,
                const std::string& message) override {
    problems_.push_back(absl::StrCat(At(file_, line, column), message));
  }

  const std::vector<std::string>& problems() const { return problems_; }

 private:
  const std::string file_;
  std::vector<std::string> problems_;
};

// The place of the field, or of the innermost message around it that was
// written: an absent field has no place of its own.
std::string PlaceOf(const ConfigProblem& problem,
                    const TextFormat::ParseInfoTree& root,
                    absl::string_view file) {
  const TextFormat::ParseInfoTree* tree = &root;
  const google::protobuf::Descriptor* message =
      config::v1::ServerConfig::descriptor();
  TextFormat::ParseLocation found;
  found.line = 0;
  found.column = 0;
  for (const ConfigProblem::Step& step : problem.path) {
    if (tree == nullptr || message == nullptr) break;
    const auto* field = message->FindFieldByName(step.field);
    if (field == nullptr) break;
    const int index = field->is_repeated() ? step.index : -1;
    const TextFormat::ParseLocation here = tree->GetLocation(field, index);
    if (here.line >= 0) found = here;
    message = field->message_type();
    tree = message == nullptr ? nullptr : tree->GetTreeForNested(field, index);
  }
  return At(file, found.line, found.column);
}

}  // namespace

absl::StatusOr<std::vector<ConnectionSettings>> ParseConfig(
    absl::string_view text, absl::string_view file) {
  Collector collector(file);
  TextFormat::ParseInfoTree places;
  TextFormat::Parser parser;
  parser.RecordErrorsTo(&collector);
  parser.WriteLocationsTo(&places);
  config::v1::ServerConfig config;
  if (!parser.ParseFromString(std::string(text), &config)) {
    return absl::InvalidArgumentError(
        absl::StrJoin(collector.problems(), "\n"));
  }
  CheckedConfig checked = CheckConfig(config);
  if (checked.problems.empty()) return std::move(checked.connections);
  std::vector<std::string> lines;
  for (const ConfigProblem& problem : checked.problems) {
    const std::string path = PathText(problem);
    lines.push_back(absl::StrCat(PlaceOf(problem, places, file), path,
                                 path.empty() ? "" : ": ", problem.message));
  }
  return absl::InvalidArgumentError(absl::StrJoin(lines, "\n"));
}

absl::StatusOr<std::vector<ConnectionSettings>> LoadConfig(
    const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text(kMaxConfigBytes + 1, '\0');
  if (!file.is_open() || (!file.read(text.data(), text.size()) && file.bad())) {
    return absl::NotFoundError(absl::StrCat(path, ": cannot be read"));
  }
  text.resize(file.gcount());
  if (text.size() > kMaxConfigBytes) {
    return absl::InvalidArgumentError(
        absl::StrCat(path, ":1:1: larger than ", kMaxConfigBytes, " bytes"));
  }
  return ParseConfig(text, path);
}

}  // namespace qantara::server
