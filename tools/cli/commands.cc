#include "tools/cli/commands.h"

#include <algorithm>
#include <iterator>
#include <limits>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "tools/cli/event_tail.h"
#include "tools/cli/explain_command.h"
#include "tools/cli/import_command.h"
#include "tools/cli/import_queries.h"
#include "tools/cli/log_commands.h"
#include "tools/cli/operations_commands.h"
#include "tools/cli/product_commands.h"
#include "tools/cli/stock_commands.h"
#include "tools/cli/stock_watch.h"
#include "tools/cli/verify_command.h"

namespace qantara::tools {
namespace {

constexpr size_t kAny = std::numeric_limits<size_t>::max();

// Of Options(), the first so many are global.
constexpr size_t kGlobalOptions = 5;

// Global ones first; see kGlobalOptions.
constexpr OptionSpec kOptions[] = {
    {"server", "HOST:PORT",
     "the server; usually $QANTARA_SERVER, else 127.0.0.1:7443"},
    {"connection", "ID",
     "the connection; usually $QANTARA_CONNECTION, else the only one"},
    {"json", "", "data as JSON, an object a line"},
    {"connect_timeout", "SECONDS",
     "how long to wait for the server at first (5)"},
    {"help", "", "this text, or that of one command"},
    {"map", "FIELD=COLUMN",
     "the column that holds a field; repeated, or with commas"},
    {"map_file", "FILE", "the same, a pair a line"},
    {"blank_price", "invalid|omit",
     "a mapped price that is blank: refused (usual) or absent"},
    {"format", "csv|jsonl",
     "the file's format; usually its name or content says it"},
    {"delimiter", "CHAR", "between the cells of a CSV file (,); also: tab"},
    {"existing", "POLICY",
     "SKUs that exist already: link (usual), update, park, fail"},
    {"allow_missing_sku", "", "take lines without SKU"},
    {"batch_lines", "N", "lines in one message, 1 to 1000 (100)"},
    {"detach", "", "leave when the server has every line"},
    {"plan", "", "only say what would be sent; no server is needed"},
    {"retry_for", "SECONDS",
     "how long to try again while the server is away (300)"},
    {"limit", "N", "print at most so many"},
    {"state", "STATES", "only these states, with commas; or: problems"},
    {"reason", "REASON", "only this reason, such as PRICE_INVALID"},
    {"sku_prefix", "TEXT", "only SKUs that begin so"},
    {"fields", "all|none|sample",
     "whose fields are compared: all (usual), nobody's, a sample's"},
    {"sample", "N", "size of the sample, 1 to 10000 (100)"},
    {"by", "KIND",
     "KEY is a sku (usual), external_id, remote_id or product_id"},
    {"set", "FIELD=VALUE", "the same as the words FIELD=VALUE"},
    {"update_mask", "PATHS", "the fields to update, when not just those given"},
    {"request_id", "ID", "the same id gives the same answer again"},
    {"wait", "applied|durable",
     "until the provider has it (usual), or until it is on disk"},
    {"timeout", "SECONDS",
     "how long to wait (120); the work goes on afterwards"},
    {"expected_revision", "N", "refuse unless the product's revision is this"},
    {"sku", "SKU", "only this SKU; repeated"},
    {"remote_id", "ID", "only this product; repeated"},
    {"external_id", "ID", "only this product; repeated"},
    {"location", "ID", "only this location; repeated"},
    {"category", "ID", "only this category; repeated"},
    {"below", "QUANTITY", "only figures below this"},
    {"max_age", "SECONDS", "read again what was last read longer ago"},
    {"refresh", "", "read again in any case"},
    {"start", "snapshot|now",
     "with the present figures (usual) or the next change"},
    {"resume_token", "TOKEN", "go on after this token of --json"},
    {"changes", "N", "leave after so many changes"},
    {"delivery", "every|latest",
     "every change (usual), or the latest of those that wait"},
    {"floor_at_zero", "", "show negative quantities as 0, and say so"},
    {"heartbeat", "SECONDS", "how often --json says that it lives (15)"},
    {"import", "ID", "only of this import"},
    {"note", "TEXT", "why, for the record"},
    {"accept_duplicate", "",
     "take the risk that an earlier request left a record"},
    {"type", "NAME", "only these events, such as CreateAnswered; repeated"},
    {"stream", "PREFIX", "only streams that begin so"},
    {"after", "POSITION", "begin behind this position of the log"},
    {"newest", "N", "begin so many events before the end of the log"},
    {"follow", "", "go on with what comes"},
};

std::vector<Command> ImportCommands() {
  return {
      {"import",
       "FILE",
       "import a CSV or JSON Lines file; - is standard input",
       1,
       1,
       {"map", "map_file", "blank_price", "format", "delimiter", "existing",
        "allow_missing_sku", "batch_lines", "detach", "plan", "retry_for"},
       &ImportFile},
      {"imports",
       "",
       "list imports, newest first",
       0,
       0,
       {"limit"},
       &ListImports},
      {"import watch",
       "ID",
       "follow an import until it is finished",
       1,
       1,
       {"retry_for"},
       &ImportWatch},
      {"import show",
       "ID",
       "show an import and its lines with problems",
       1,
       1,
       {},
       &ShowImport},
      {"import items",
       "ID",
       "list the lines of an import",
       1,
       1,
       {"state", "reason", "sku_prefix", "limit"},
       &ListImportItems},
      {"import verify",
       "ID",
       "compare an import with what the provider holds",
       1,
       1,
       {"fields", "sample"},
       &VerifyImport},
  };
}

std::vector<Command> ProductCommands() {
  return {
      {"product get", "KEY", "show a product", 1, 1, {"by"}, &GetProduct},
      {"product list",
       "",
       "list products by SKU",
       0,
       0,
       {"sku_prefix", "limit"},
       &ListProducts},
      {"product create",
       "FIELD=VALUE...",
       "create a product",
       0,
       kAny,
       {"set", "existing", "request_id", "wait", "timeout"},
       &CreateProduct},
      {"product update",
       "KEY FIELD=VALUE...",
       "change fields of a product",
       1,
       kAny,
       {"set", "by", "update_mask", "request_id", "wait", "timeout",
        "expected_revision"},
       &UpdateProduct},
      {"explain",
       "KEY",
       "tell the whole life of a product",
       1,
       1,
       {"by", "timeout"},
       &ExplainProduct},
  };
}

std::vector<Command> StockCommands() {
  return {
      {"stock get",
       "KEY",
       "show the stock of a product",
       1,
       1,
       {"by", "max_age", "refresh", "timeout"},
       &GetStock},
      {"stock list",
       "",
       "list the stock of products",
       0,
       0,
       {"sku", "remote_id", "external_id", "location", "category", "below",
        "limit"},
       &ListStock},
      {"stock refresh",
       "[KEY...]",
       "read products again from the provider, now",
       0,
       kAny,
       {"by", "category", "timeout"},
       &RefreshStock},
      {"stock locations",
       "",
       "list the places that hold stock",
       0,
       0,
       {},
       &ListLocations},
      {"stock watch",
       "",
       "show stock and then every change",
       0,
       0,
       {"sku", "remote_id", "external_id", "location", "category", "below",
        "start", "resume_token", "delivery", "floor_at_zero", "heartbeat",
        "changes", "retry_for"},
       &WatchStock},
  };
}

std::vector<Command> OperationsCommands() {
  const std::vector<absl::string_view> listing = {"reason", "import", "limit"};
  return {
      {"status",
       "",
       "how each connection stands, and what is waiting",
       0,
       0,
       {},
       &ShowStatus},
      {"parked", "", "list what cannot go on by itself", 0, 0, listing,
       &ListParked},
      {"parked list", "", "the same", 0, 0, listing, &ListParked},
      {"parked retry",
       "KEY [FIELD=VALUE...]",
       "send it on its way again, with other values",
       1,
       kAny,
       {"set", "update_mask", "note", "request_id", "accept_duplicate"},
       &RetryParked},
      {"parked discard",
       "KEY",
       "give it up; --note says why",
       1,
       1,
       {"note", "request_id"},
       &DiscardParked},
      {"unknown",
       "",
       "list requests whose outcome is not known",
       0,
       0,
       {"limit"},
       &ListUnknown},
  };
}

std::vector<Command> ConnectionCommands() {
  const std::vector<absl::string_view> note = {"note"};
  return {
      {"connection check",
       "",
       "ask the provider whether the connection works",
       0,
       0,
       {},
       &CheckConnection},
      {"connection pause", "", "let nothing leave any more", 0, 0, note,
       &PauseConnection},
      {"connection resume", "", "let work go on", 0, 0, note,
       &ResumeConnection},
  };
}

std::vector<Command> LogCommands() {
  return {
      {"events tail",
       "",
       "show the events of the log",
       0,
       0,
       {"type", "stream", "after", "newest", "follow", "retry_for"},
       &TailEvents},
      {"log backup",
       "[NAME]",
       "copy the log into a new directory of the server's machine",
       0,
       1,
       {},
       &BackupLog},
      {"log verify",
       "",
       "check positions, revisions and digests of the whole log",
       0,
       0,
       {},
       &VerifyLog},
  };
}

std::vector<Command> AllCommands() {
  std::vector<Command> all = ImportCommands();
  for (const std::vector<Command>& some :
       {ProductCommands(), StockCommands(), OperationsCommands(),
        ConnectionCommands(), LogCommands()}) {
    all.insert(all.end(), some.begin(), some.end());
  }
  return all;
}

std::string OptionLine(const OptionSpec& option) {
  const std::string left = absl::StrCat(
      "--", option.name, option.value.empty() ? "" : " ", option.value);
  return absl::StrFormat("  %-30s %s\n", left, option.help);
}

size_t WordCount(const Command& command) {
  return std::count(command.words.begin(), command.words.end(), ' ') + 1;
}

bool BeginsWith(const std::vector<std::string>& words, const Command& command) {
  const size_t count = WordCount(command);
  return words.size() >= count &&
         absl::StrJoin(words.begin(), words.begin() + count, " ") ==
             command.words;
}

}  // namespace

const std::vector<OptionSpec>& Options() {
  static const auto& options =
      *new std::vector<OptionSpec>(std::begin(kOptions), std::end(kOptions));
  return options;
}

const std::vector<Command>& Commands() {
  static const auto& commands = *new std::vector<Command>(AllCommands());
  return commands;
}

bool IsGlobal(absl::string_view option) {
  const auto end = Options().begin() + kGlobalOptions;
  return std::any_of(Options().begin(), end, [&](const OptionSpec& spec) {
    return spec.name == option;
  });
}

const Command* FindCommand(const std::vector<std::string>& words) {
  const Command* found = nullptr;
  for (const Command& command : Commands()) {
    if (!BeginsWith(words, command)) continue;
    if (found == nullptr || WordCount(command) > WordCount(*found))
      found = &command;
  }
  return found;
}

std::string UsageOf(const Command& command) {
  std::string out = absl::StrCat(
      "qantara ", command.words, command.parameters.empty() ? "" : " ",
      command.parameters, "\n  ", command.help, "\n");
  for (const OptionSpec& option : Options()) {
    const bool own = std::find(command.options.begin(), command.options.end(),
                               option.name) != command.options.end();
    if (own || IsGlobal(option.name)) absl::StrAppend(&out, OptionLine(option));
  }
  return out;
}

std::string Usage() {
  std::string out = "usage: qantara COMMAND [OPTIONS]\n\n";
  for (const Command& command : Commands()) {
    absl::StrAppend(&out, absl::StrFormat("  %-36s %s\n",
                                          absl::StrCat(command.words, " ",
                                                       command.parameters),
                                          command.help));
  }
  absl::StrAppend(&out, "\n");
  for (const OptionSpec& option : Options()) {
    if (IsGlobal(option.name)) absl::StrAppend(&out, OptionLine(option));
  }
  absl::StrAppend(&out,
                  "\nOptions may stand anywhere; `qantara COMMAND --help` "
                  "lists a command's own."
                  "\nexit codes: 0 done, 1 finished with problems, 2 wrong "
                  "command or input, "
                  "3 server not reached, 4 credentials needed\n");
  return out;
}

}  // namespace qantara::tools
