#include "domain/error_catalog.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "domain/code_meanings.h"

namespace qantara::domain {
namespace {

using Code = absl::StatusCode;

constexpr absl::string_view kStatus = "status";
constexpr absl::string_view kImports = "imports";
constexpr absl::string_view kGetProduct = "product get KEY";
constexpr absl::string_view kShowImport = "import show ID";
constexpr absl::string_view kParked = "parked list";
// The command's own --help.
constexpr absl::string_view kOwnHelp;

constexpr std::array<Code, kMaxCodes> kInput = {Code::kInvalidArgument};
constexpr std::array<Code, kMaxCodes> kState = {Code::kFailedPrecondition};
constexpr std::array<Code, kMaxCodes> kAbsent = {Code::kNotFound};
constexpr std::array<Code, kMaxCodes> kTaken = {Code::kAlreadyExists};
// A call that asks for it, and one that waits for an item which is parked so.
constexpr std::array<Code, kMaxCodes> kTakenOrParked = {
    Code::kAlreadyExists, Code::kFailedPrecondition};

constexpr ErrorEntry kEntries[] = {
    // What was sent is wrong.
    {v1::ERROR_REASON_FIELD_REQUIRED,
     {kInput, Retry::kNo, 0, "A required field is absent or empty.",
      "Give the field that BadRequest names.", kOwnHelp}},
    {v1::ERROR_REASON_FIELD_INVALID,
     {kInput, Retry::kNo, 0, "A field's value has the wrong form.",
      "Correct the field that BadRequest names.", kOwnHelp}},
    {v1::ERROR_REASON_FIELD_TOO_LONG,
     {kInput, Retry::kNo, 0, "A field's value is longer than its bound.",
      "Shorten it to the bound that the text names.", kOwnHelp}},
    {v1::ERROR_REASON_INVALID_UTF8,
     {kInput, Retry::kNo, 0, "A text is not valid UTF-8.",
      "Convert the text, or the whole file, to UTF-8.", kOwnHelp}},
    {v1::ERROR_REASON_INVISIBLE_CHARACTER,
     {kInput, Retry::kNo, 0,
      "A SKU or id has outer space or an invisible character.",
      "Take the character away that the text names.", kOwnHelp}},
    {v1::ERROR_REASON_PRICE_INVALID,
     {kInput, Retry::kNo, 0,
      "A price is not a plain non-negative decimal within bounds.",
      "Write it as 12.50: no sign, exponent, currency or separator of "
      "thousands.",
      "import --help"}},
    {v1::ERROR_REASON_NAME_REQUIRED,
     {kInput, Retry::kNo, 0, "Neither an English nor an Arabic name is given.",
      "Give one of name_en and name_ar.", kOwnHelp}},
    {v1::ERROR_REASON_SKU_REQUIRED,
     {kInput, Retry::kNo, 0,
      "The item has no SKU, and the import does not allow that.",
      "Give it a SKU, or import with allow_missing_sku.", "import --help"}},
    {v1::ERROR_REASON_FIELDS_CONFLICT,
     {kInput, Retry::kNo, 0,
      "Fields contradict each other, as tracking the stock of a service does.",
      "Leave one of them out.", kOwnHelp}},
    {v1::ERROR_REASON_FIELD_IMMUTABLE,
     {kInput, Retry::kNo, 0,
      "The field can be set once, when the product is created.",
      "Leave it out of the update and its mask.", "product update --help"}},
    {v1::ERROR_REASON_MASK_INVALID,
     {kInput, Retry::kNo, 0, "The update mask is empty or names no field.",
      "Name fields of Product, as name_en or qoyod.unit.",
      "product update --help"}},
    {v1::ERROR_REASON_MESSAGE_MALFORMED,
     {kInput, Retry::kNo, 0, "The bytes are not the message that was expected.",
      "Make them from the .proto files of this release.", kOwnHelp}},
    {v1::ERROR_REASON_MESSAGE_TOO_LARGE,
     {{Code::kResourceExhausted, Code::kInvalidArgument},
      Retry::kNo,
      0,
      "A message, batch or line exceeds its bound.",
      "Send less at a time; `limit` says how much.",
      "import --help"}},
    {v1::ERROR_REASON_HEADER_UNEXPECTED,
     {kInput, Retry::kNo, 0,
      "The header of an import was not its first message, or came twice.",
      "Send one header, first.", "import --help"}},
    {v1::ERROR_REASON_LINE_GAP,
     {kInput, Retry::kNo, 0, "The lines received leave out some.",
      "Send on from line `next_line`.", kShowImport}},

    // What was sent does not fit what is there.
    {v1::ERROR_REASON_LINE_CHANGED,
     {kTaken, Retry::kNo, 0, "The line was received before with other content.",
      "Import a changed catalog under another import id.", kShowImport}},
    {v1::ERROR_REASON_IMPORT_ENDED,
     {kState, Retry::kNo, 0,
      "The import has been ended and takes no more "
      "lines.",
      "Send further lines as another import.", kShowImport}},
    {v1::ERROR_REASON_IMPORT_NOT_FOUND,
     {kAbsent, Retry::kNo, 0, "The connection has no import of that id.",
      "Look the id up, and whether the connection is the right one.",
      kImports}},
    {v1::ERROR_REASON_IMPORT_HEADER_CHANGED,
     {kTaken, Retry::kNo, 0, "The import was opened before with other options.",
      "Use the options of then, or another import id.", kShowImport}},
    {v1::ERROR_REASON_IMPORT_NOT_FINISHED,
     {kState, Retry::kAfterCure, 0, "The import is not finished.",
      "Wait until it is.", "import watch ID"}},
    {v1::ERROR_REASON_CONNECTION_NOT_FOUND,
     {kAbsent, Retry::kNo, 0, "The configuration has no such connection.",
      "Use the id of one that the server's configuration has.", kStatus}},
    {v1::ERROR_REASON_PRODUCT_NOT_FOUND,
     {kAbsent, Retry::kNo, 0, "No product of the connection has that key.",
      "Look the key up, or import the product.", "product list"}},
    {v1::ERROR_REASON_PRODUCT_NOT_MAPPED,
     {kState, Retry::kAfterCure, 0, "The product has no remote id yet.",
      "Import it, or wait until it has been delivered.", kGetProduct}},
    {v1::ERROR_REASON_MAPPING_STALE,
     {kState, Retry::kAfterCure, 0, "The mapped remote record is gone.",
      "Import the product again.", kGetProduct}},
    {v1::ERROR_REASON_SKU_DUPLICATE,
     {kState, Retry::kAfterCure, 0,
      "The SKU exists more than once at the provider, or in another form.",
      "Choose one of `remote_ids` there, or use another SKU.",
      "parked list --reason SKU_DUPLICATE"}},
    {v1::ERROR_REASON_SKU_IN_USE,
     {kTakenOrParked, Retry::kNo, 0,
      "The SKU, or the record that was found, belongs to another product.",
      "Update that product, or use another SKU.", kGetProduct}},
    {v1::ERROR_REASON_EXTERNAL_ID_IN_USE,
     {kTakenOrParked, Retry::kNo, 0,
      "The external id belongs to another product, or the product has another.",
      "Use the id that the product has, or another one.",
      "product get --by external_id KEY"}},
    {v1::ERROR_REASON_SKU_REPEATED,
     {{Code::kFailedPrecondition, Code::kAlreadyExists},
      Retry::kNo,
      0,
      "The SKU stands in an earlier line of the same import; that line counts.",
      "Keep one of the lines, or give this one another SKU.",
      "parked list --reason SKU_REPEATED"}},
    {v1::ERROR_REASON_REQUEST_ID_REUSED,
     {kTaken, Retry::kNo, 0, "The request id was used with other content.",
      "Use a new request id for a new wish.", kOwnHelp}},
    {v1::ERROR_REASON_REVISION_CONFLICT,
     {{Code::kAborted},
      Retry::kAfterCure,
      0,
      "It has changed since it was read.",
      "Read it and decide again; where `actual` is told, send that revision.",
      kGetProduct}},

    // What became of an item or update.
    {v1::ERROR_REASON_PROVIDER_REJECTED,
     {kState, Retry::kNo, 0,
      "The provider refused it; its messages are attached.",
      "Correct the product and import it again.", kGetProduct}},
    {v1::ERROR_REASON_OUTCOME_UNKNOWN,
     {kState, Retry::kAfterCure, 0,
      "A request without SKU got no answer: the record may exist or not.",
      "Look for it at the provider; then retry or discard.",
      "parked list --reason OUTCOME_UNKNOWN"}},
    {v1::ERROR_REASON_SKU_ALTERED,
     {kState, Retry::kAfterCure, 0,
      "The provider holds a record whose SKU equals ours only after trimming "
      "and case folding.",
      "Decide whether it is the same product; correct the SKU on one side.",
      "parked list --reason SKU_ALTERED"}},
    {v1::ERROR_REASON_EXISTS_REMOTELY,
     {kState, Retry::kNo, 0,
      "The SKU exists at the provider, and the policy is not to link.",
      "Import with the policy link or update.", "import --help"}},
    {v1::ERROR_REASON_CATEGORY_NOT_FOUND,
     {kState, Retry::kAfterCure, 0, "The provider has no such category.",
      "Create it there: the item goes on by itself.",
      "import items ID --state problems"}},
    {v1::ERROR_REASON_TAX_NOT_FOUND,
     {kState, Retry::kAfterCure, 0, "The provider has no such tax.",
      "Create it there: the item goes on by itself.",
      "import items ID --state problems"}},
    {v1::ERROR_REASON_REMOTE_DIFFERS,
     {kState, Retry::kAfterCure, 0,
      "The record holds other values than the update sent.",
      "Compare; then update again or correct the record.", kGetProduct}},
    {v1::ERROR_REASON_NOT_PARKED,
     {kState, Retry::kNo, 0, "The item or update is not parked (any more).",
      "Nothing is to be done; `state` says where it is.", kParked}},
    {v1::ERROR_REASON_DUPLICATE_POSSIBLE,
     {kState, Retry::kAfterCure, 0,
      "An earlier request may have left a record without SKU.",
      "Look for it by hand; then retry with accept_duplicate, or discard.",
      "parked retry --help"}},
    {v1::ERROR_REASON_DISCARDED,
     {kState, Retry::kNo, 0, "An operator gave it up; the note is attached.",
      "Import the product again, if it is wanted after all.", kImports}},
    {v1::ERROR_REASON_PROVIDER_FAILS,
     {kState, Retry::kAfterCure, 0,
      "The provider fails each time it is sent, also alone.",
      "Ask the provider, change the product, then retry.",
      "parked list --reason PROVIDER_FAILS"}},
    {v1::ERROR_REASON_ENTRY_NOT_FOUND,
     {kAbsent, Retry::kNo, 0,
      "No line, update or single product of the connection has that key.",
      "Take the key from the list.", kParked}},

    // How the provider and the server are.
    {v1::ERROR_REASON_CREDENTIALS_NEEDED,
     {{Code::kUnavailable},
      Retry::kAfterCure,
      0,
      "The provider refuses the credential; outbound work waits, nothing is "
      "lost.",
      "Put a valid credential where the configuration says.",
      kStatus}},
    {v1::ERROR_REASON_PROVIDER_UNAVAILABLE,
     {{Code::kUnavailable, Code::kDeadlineExceeded},
      Retry::kLater,
      5,
      "The provider cannot be reached, fails, or the connection is paused.",
      "Wait; a paused connection is to be resumed.",
      kStatus}},
    {v1::ERROR_REASON_BASE_URL_WRONG,
     {kState, Retry::kAfterCure, 0,
      "The base URL does not lead to the provider's API.",
      "Correct base_url in the configuration.", kStatus}},
    {v1::ERROR_REASON_PERMISSION_DENIED,
     {{Code::kPermissionDenied},
      Retry::kAfterCure,
      0,
      "The credential may not do this at the provider.",
      "Give its user the right, or use another credential.",
      kStatus}},
    {v1::ERROR_REASON_PROVIDER_LACKS,
     {{Code::kUnimplemented},
      Retry::kNo,
      0,
      "The provider of the connection cannot do that.",
      "Do without, or use a connection to another provider.",
      kStatus}},
    {v1::ERROR_REASON_LOG_UNAVAILABLE,
     {{Code::kUnavailable, Code::kFailedPrecondition},
      Retry::kLater,
      2,
      "The server is stopping, or its disk takes no writes.",
      "Wait for its start; make room on the disk where its log says so.",
      kStatus}},
    {v1::ERROR_REASON_OVERLOADED,
     {{Code::kResourceExhausted},
      Retry::kLater,
      1,
      "Too much work is waiting.",
      "Wait as RetryInfo says, then longer each time.",
      kStatus}},
    {v1::ERROR_REASON_TOKEN_EXPIRED,
     {{Code::kOutOfRange},
      Retry::kNo,
      0,
      "The token is older than what the log keeps.",
      "Begin with a snapshot, without the token.",
      "stock watch"}},
    {v1::ERROR_REASON_TOKEN_INVALID,
     {kInput, Retry::kNo, 0,
      "The token was not made by this server for this call.",
      "Use the token of the last answer, with the same filters.", kOwnHelp}},
    {v1::ERROR_REASON_LOG_DAMAGED,
     {{Code::kDataLoss, Code::kFailedPrecondition},
      Retry::kAfterCure,
      0,
      "Something stored cannot be read back.",
      "Stop the server, run qantara_fsck on its data, and go on from a copy.",
      kStatus}},
};

const ErrorEntry* Find(v1::ErrorReason reason) {
  const auto* const end = std::end(kEntries);
  const auto* const at = std::find_if(
      std::begin(kEntries), end,
      [&](const ErrorEntry& entry) { return entry.reason == reason; });
  return at == end ? nullptr : at;
}

bool Lists(const ErrorMeaning& meaning, Code code) {
  return code != Code::kOk &&
         std::count(meaning.codes.begin(), meaning.codes.end(), code) > 0;
}

}  // namespace

absl::Span<const ErrorEntry> ErrorCatalog() { return kEntries; }

const ErrorMeaning& MeaningOf(absl::StatusCode code, v1::ErrorReason reason) {
  const ErrorEntry* const entry = Find(reason);
  return entry == nullptr ? MeaningOfCode(code) : entry->meaning;
}

absl::StatusCode CodeFor(v1::ErrorReason reason, absl::StatusCode code) {
  const ErrorEntry* const entry = Find(reason);
  if (entry == nullptr || Lists(entry->meaning, code)) return code;
  return entry->meaning.codes.front();
}

bool PassesByItself(absl::StatusCode code, v1::ErrorReason reason) {
  // Where the state is wrong, as on a full disk, somebody has to change it.
  return code != Code::kFailedPrecondition &&
         MeaningOf(code, reason).retry == Retry::kLater;
}

v1::ErrorReason ReasonOfName(absl::string_view name) {
  v1::ErrorReason reason = v1::ERROR_REASON_UNSPECIFIED;
  if (!v1::ErrorReason_Parse(absl::StrCat("ERROR_REASON_", name), &reason)) {
    return v1::ERROR_REASON_UNSPECIFIED;
  }
  return reason;
}

}  // namespace qantara::domain
