#include "tools/hostile/end_view.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "tests/process/support/import_stream.h"
#include "tests/process/support/must.h"

namespace qantara::tools {
namespace {

using process::ApiClient;
using simulator::Json;

constexpr absl::Duration kVerifyTimeout = absl::Minutes(5);
constexpr uint32_t kPageSize = 1000;
constexpr char kCallsImport[] = "doubled-calls";
// Differences that are kept in words.
constexpr size_t kDifferencesKept = 20;

void ReadRecords(HostileRun& run, EndView& view) {
  for (Json& record : run.stage().simulator().Products()) {
    const std::string sku = record.TextAt("sku");
    view.records[sku].push_back(std::move(record));
  }
  view.journal = run.stage().simulator().Journal();
  for (const Json& entry : view.journal) {
    const Json* notes = entry.Find("notes");
    const Json* applied = entry.Find("applied");
    if (notes == nullptr || notes->items().empty() || applied == nullptr) {
      continue;
    }
    for (const Json& change : applied->items()) {
      if (change.TextAt("action") == "created") {
        view.late_ids.insert(change.TextAt("id"));
      }
    }
  }
}

void ReadProducts(ApiClient& api, EndView& view) {
  v1::ListProductsRequest request;
  request.set_page_size(kPageSize);
  do {
    grpc::ClientContext context;
    ApiClient::Prepare(context);
    v1::ListProductsResponse response;
    const grpc::Status status =
        api.products().ListProducts(&context, request, &response);
    if (!status.ok()) process::Must(absl::AbortedError(status.error_message()));
    for (v1::MappedProduct& product : *response.mutable_products()) {
      const std::string sku = product.sku();
      view.products[sku] = std::move(product);
    }
    request.set_page_token(response.next_page_token());
  } while (!request.page_token().empty());
}

void Verify(ApiClient& api, const std::string& import_id, EndView& view) {
  grpc::ClientContext context;
  ApiClient::Prepare(context, kVerifyTimeout);
  v1::VerifyImportRequest request;
  request.set_import_id(import_id);
  const auto stream = api.catalog().VerifyImport(&context, request);
  v1::VerifyImportResponse response;
  while (stream->Read(&response)) {
    if (!response.has_difference()) continue;
    const v1::VerifyDifference& difference = response.difference();
    if (difference.kind() == v1::VERIFY_DIFFERENCE_KIND_DUPLICATE) {
      view.verified_duplicates->insert(difference.sku());
    } else if (view.verified_differences.size() < kDifferencesKept) {
      view.verified_differences.push_back(
          absl::StrCat(import_id, ": ", difference.ShortDebugString()));
    }
  }
  const grpc::Status status = stream->Finish();
  if (status.ok()) return;
  view.verify_error =
      absl::StrCat(import_id, ": ", static_cast<int>(status.error_code()), " ",
                   status.error_message());
  if (status.error_code() == grpc::StatusCode::UNIMPLEMENTED) {
    view.verified_duplicates.reset();
  }
}

// Products of CreateProduct belong to no import that can be verified. Those
// that are there more than once are imported as they are wanted, which changes
// nothing, and that import is verified.
void VerifyCalls(HostileRun& run, EndView& view) {
  std::vector<v1::CatalogLine> lines;
  for (const size_t index : run.plan().calls) {
    const PlannedProduct& planned = run.plan().products[index];
    const auto records = view.records.find(planned.product.sku());
    const auto product = view.products.find(planned.product.sku());
    if (planned.kind != ProductKind::kPresentTwice &&
        records != view.records.end() && records->second.size() > 1 &&
        product != view.products.end()) {
      *lines.emplace_back().mutable_product() = product->second.desired();
    }
  }
  if (lines.empty() || !view.verified_duplicates.has_value()) return;
  process::ImportStream stream(run.stage().api());
  stream.WriteHeader(kCallsImport);
  stream.WriteLines(1, lines);
  stream.WriteEnd();
  const grpc::Status status = stream.Finish();
  if (!status.ok()) {
    view.verify_error =
        absl::StrCat(kCallsImport, ": ", status.error_message());
    return;
  }
  Verify(run.stage().api(), kCallsImport, view);
}

}  // namespace

EndView ReadEndView(HostileRun& run) {
  EndView view;
  ApiClient& api = run.stage().api();
  ReadRecords(run, view);
  ReadProducts(api, view);
  view.verified_duplicates.emplace();
  for (const PlannedImport& import : run.plan().imports) {
    view.imports.push_back(api.Import(import.id));
    view.items.push_back(api.Items(import.id));
    if (view.verified_duplicates.has_value()) Verify(api, import.id, view);
  }
  VerifyCalls(run, view);
  return view;
}

}  // namespace qantara::tools
