#include "tools/cli/explain_text.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "tools/cli/fields_text.h"
#include "tools/cli/import_report.h"
#include "tools/cli/printable.h"
#include "tools/cli/stock_text.h"
#include "tools/cli/told_requests.h"
#include "tools/cli/told_step.h"

namespace qantara::tools {
namespace {

// Stands before what belongs to a step.
constexpr absl::string_view kIndent = "    ";

std::string ShortMapping(v1::MappingState state) {
  return std::string(
      absl::StripPrefix(v1::MappingState_Name(state), "MAPPING_STATE_"));
}

std::string IdsText(
    const google::protobuf::RepeatedPtrField<std::string>& ids) {
  return Printable(absl::StrJoin(ids, ", "));
}

Told Tell(const v1::LineReceived& received) {
  const v1::ItemResult& item = received.item();
  Told told;
  const std::string name = LineName(item.import_id(), item.line());
  if (received.taken()) {
    told.sentence = absl::StrCat("received: ", ResultText(item));
  } else {
    told.sentence = absl::StrCat(
        "turned away: ", name, " carries SKU \"", Printable(received.sku()),
        "\" and is ", ShortName(item.state()), ReasonText(item.reason()));
  }
  if (received.has_product()) {
    told.details.push_back("asks for " + FieldsText(received.product()));
  }
  AddProblems(item.problems(), &told);
  return told;
}

Told Tell(const v1::UpdateReceived& received) {
  return {absl::StrCat("update asked for by request ",
                       Printable(received.request_id()), ": it is ",
                       ShortName(received.state())),
          {FieldsText(received.fields())}};
}

void AddNote(const std::string& note, Told* told) {
  if (!note.empty()) told->details.push_back("note: " + Printable(note));
}

Told Tell(const v1::ParkedRetry& retry) {
  Told told;
  if (!retry.has_item()) {
    told.sentence =
        absl::StrCat("retried: the update asked for at ", retry.update(),
                     retry.has_fields() ? "" : ", which is UNCHANGED");
    if (retry.has_fields()) {
      told.details.push_back(FieldsText(retry.fields()));
    }
  } else if (retry.left()) {
    told.sentence = absl::StrCat(
        "retried: ", LineName(retry.item().import_id(), retry.item().line()),
        " goes on for another product with SKU \"", Printable(retry.sku()),
        "\"");
  } else {
    told.sentence = absl::StrCat("retried: ", ResultText(retry.item()));
  }
  if (retry.accept_duplicate()) {
    told.details.push_back("a record that may be there already is accepted");
  }
  AddNote(retry.note(), &told);
  return told;
}

Told Tell(const v1::ParkedDiscard& discard) {
  Told told;
  told.sentence = absl::StrCat(
      "given up: ",
      discard.has_line()
          ? LineName(discard.line().import_id(), discard.line().line())
          : absl::StrCat("the update asked for at ", discard.update()));
  AddNote(discard.note(), &told);
  return told;
}

Told Tell(const v1::MappingChange& change) {
  Told told;
  if (!change.previous_sku().empty()) {
    told.sentence =
        absl::StrCat("SKU \"", Printable(change.previous_sku()), "\" is \"",
                     Printable(change.sku()), "\" from now on; ");
  }
  switch (change.state()) {
    case v1::MAPPING_STATE_MAPPED:
      absl::StrAppend(&told.sentence, "mapped to record ",
                      Printable(change.remote_id()));
      break;
    case v1::MAPPING_STATE_STALE:
      absl::StrAppend(&told.sentence, "the mapping is stale");
      break;
    case v1::MAPPING_STATE_DUPLICATE:
      absl::StrAppend(
          &told.sentence, "not mapped: ",
          change.duplicate_remote_ids().empty()
              ? std::string("whether the provider holds a record is not known")
              : "the provider holds records " +
                    IdsText(change.duplicate_remote_ids()));
      break;
    default:
      absl::StrAppend(&told.sentence, "the mapping is ",
                      ShortMapping(change.state()));
  }
  if (!change.previous_remote_id().empty()) {
    absl::StrAppend(&told.sentence, ", before it was record ",
                    Printable(change.previous_remote_id()));
  }
  return told;
}

Told Tell(const v1::DriftObserved& drift) {
  Told told;
  told.sentence =
      absl::StrCat("read at ", TimeText(drift.observe_time()), ": record ",
                   Printable(drift.remote_id()),
                   drift.fields().empty() ? " holds again what it acknowledged"
                                          : " was changed at the provider");
  for (const v1::FieldDrift& field : drift.fields()) {
    told.details.push_back(absl::StrCat(
        Printable(field.field()), " is \"", Printable(field.theirs()),
        "\" there, \"", Printable(field.acknowledged()), "\" was acknowledged",
        field.ours().empty()
            ? ""
            : absl::StrCat(", \"", Printable(field.ours()), "\" asked for")));
  }
  return told;
}

std::string FigureText(const v1::SeenFigure& figure) {
  const std::string where = figure.location_id().empty()
                                ? "all locations"
                                : "location " + Printable(figure.location_id());
  return absl::StrCat(
      where, ": ",
      figure.has_quantity() ? Printable(figure.quantity()) : "no figure",
      figure.has_previous_quantity()
          ? absl::StrCat(", before ", Printable(figure.previous_quantity()))
          : "");
}

Told Tell(const v1::StockSeen& seen) {
  Told told;
  told.sentence = absl::StrCat(
      seen.history_cut()
          ? std::string("older readings of stock were cut; ")
          : absl::StrCat("read at ", TimeText(seen.observe_time()), ": "),
      "stock of record ", Printable(seen.remote_id()), " is ",
      ShortName(seen.state()));
  for (const v1::SeenFigure& figure : seen.figures()) {
    told.details.push_back(FigureText(figure));
  }
  return told;
}

Told TellKind(const v1::ProductStep& step) {
  switch (step.kind_case()) {
    case v1::ProductStep::kLineReceived:
      return Tell(step.line_received());
    case v1::ProductStep::kCreatePlanned:
      return TellRequest(step.create_planned());
    case v1::ProductStep::kCreateAnswered:
      return TellRequest(step.create_answered());
    case v1::ProductStep::kItemSettled:
      return TellRequest(step.item_settled());
    case v1::ProductStep::kUpdateReceived:
      return Tell(step.update_received());
    case v1::ProductStep::kUpdatePlanned:
      return TellRequest(step.update_planned());
    case v1::ProductStep::kUpdateAnswered:
      return TellRequest(step.update_answered());
    case v1::ProductStep::kParkedRetried:
      return Tell(step.parked_retried());
    case v1::ProductStep::kParkedDiscarded:
      return Tell(step.parked_discarded());
    case v1::ProductStep::kMappingChanged:
      return Tell(step.mapping_changed());
    case v1::ProductStep::kDriftObserved:
      return Tell(step.drift_observed());
    case v1::ProductStep::kStockObserved:
      return Tell(step.stock_observed());
    case v1::ProductStep::KIND_NOT_SET:
      break;
  }
  return {"a step that this program does not know", {}};
}

}  // namespace

std::string ExplainHead(const v1::MappedProduct& product) {
  std::string text = absl::StrCat("product ", product.product_id());
  if (!product.sku().empty()) {
    absl::StrAppend(&text, ", SKU \"", Printable(product.sku()), "\"");
  }
  if (!product.former_skus().empty()) {
    absl::StrAppend(&text, " (before ", IdsText(product.former_skus()), ")");
  }
  if (!product.external_id().empty()) {
    absl::StrAppend(&text, ", external id ", Printable(product.external_id()));
  }
  if (!product.remote_id().empty()) {
    absl::StrAppend(&text, ", record ", Printable(product.remote_id()));
  }
  return absl::StrCat(text, ": ", ShortMapping(product.state()), "\n");
}

std::string StepText(const v1::ProductStep& step) {
  const Told told = TellKind(step);
  std::string text = absl::StrCat(TimeText(step.time()), "  #", step.position(),
                                  "  ", told.sentence, "\n");
  for (const std::string& detail : told.details) {
    if (!detail.empty()) absl::StrAppend(&text, kIndent, detail, "\n");
  }
  return text;
}

std::string ExplainFoot(const v1::ExplainSummary& summary) {
  return absl::StrCat(Grouped(summary.steps()), " steps, up to position ",
                      summary.through_position(), "\n");
}

}  // namespace qantara::tools
