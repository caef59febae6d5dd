#include "tools/simulator/product_render.h"

#include <optional>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "tools/simulator/decimal_text.h"
#include "tools/simulator/text.h"

namespace qantara::simulator {
namespace {

constexpr char kPadding[] = "وصف طويل ";
// The location under which an untracked product shows a figure by mistake.
constexpr int64_t kStrayLocation = 3;

// Writes the members of one record.
class RecordWriter {
 public:
  RecordWriter(const Product& product, const ReferenceTable& locations,
               const RenderStyle& style, std::string* out)
      : product_(product), locations_(locations), style_(style), out_(*out) {}

  void Run() {
    absl::StrAppend(&out_, "{\"id\":", product_.id);
    Text("name_en", style_.null_name_en ? std::nullopt : product_.name_en);
    Text("name_ar", product_.name_ar);
    Text("type", product_.type);
    Text("sku", product_.sku);
    Price("selling_price", product_.selling_price);
    Price("buying_price", product_.buying_price);
    Flag("is_sold", product_.is_sold, style_.sold_and_bought);
    Flag("is_bought", product_.is_bought, style_.sold_and_bought);
    Flag("track_quantity", product_.track_quantity, style_.track_quantity);
    Id("category_id",
       style_.null_category ? std::nullopt : product_.category_id);
    if (!style_.excerpt) Rest();
    if (style_.inventories) Inventories();
    Text("created_at", TimeText(product_.created_ms, style_.time_offset));
    Text("updated_at", TimeText(product_.updated_ms, style_.time_offset));
    out_.push_back('}');
  }

 private:
  void Key(const char* key) { absl::StrAppend(&out_, ",\"", key, "\":"); }

  void Text(const char* key, const std::optional<std::string>& text) {
    Key(key);
    if (text) {
      AppendJsonString(*text, &out_);
    } else {
      out_ += "null";
    }
  }

  void Id(const char* key, const std::optional<int64_t>& id) {
    Key(key);
    absl::StrAppend(&out_, id ? absl::StrCat(*id) : "null");
  }

  void Flag(const char* key, bool flag, FlagForm form) {
    Key(key);
    if (form == FlagForm::kBool) {
      out_ += flag ? "true" : "false";
    } else if (form == FlagForm::kInteger) {
      out_ += flag ? "1" : "0";
    } else {
      out_ += flag ? "\"1\"" : "\"0\"";
    }
  }

  void Price(const char* key, const std::optional<std::string>& price) {
    Key(key);
    if (!price || style_.price == PriceForm::kNull) {
      out_ += "null";
    } else if (style_.price == PriceForm::kText) {
      AppendJsonString(*price, &out_);
    } else if (style_.price == PriceForm::kInteger &&
               absl::EndsWith(*price, ".0")) {
      out_.append(*price, 0, price->size() - 2);
    } else {
      out_ += *price;
    }
  }

  void Rest() {
    Id("tax_id", product_.tax_id);
    bool described = false;
    for (const auto& [name, value] : product_.extra) {
      if (name == "description" && style_.padding_bytes > 0) continue;
      described = described || name == "description";
      Key(name.c_str());
      value.AppendTo(&out_);
    }
    if (style_.padding_bytes > 0) {
      std::string padding;
      while (padding.size() < static_cast<size_t>(style_.padding_bytes)) {
        padding += kPadding;
      }
      Text("description", padding);
    } else if (!described) {
      Text("description", std::nullopt);
    }
    Key("unit");
    out_ += "null";
  }

  void Figure(int64_t location_id, const std::string& stock, bool* first) {
    const Json* location = locations_.Find(location_id);
    if (location == nullptr) return;
    absl::StrAppend(&out_, *first ? "" : ",", "{\"id\":", location_id,
                    ",\"name_en\":");
    *first = false;
    AppendJsonString(location->TextAt("name"), &out_);
    out_ += ",\"name_ar\":";
    AppendJsonString(location->TextAt("ar_name"), &out_);
    out_ += ",\"stock\":";
    DecimalValue value = ParseDecimal(stock).value_or(DecimalValue{});
    if (style_.stock_shift != 0) {
      value = AddDecimals(value, {style_.stock_shift, 0}).value_or(value);
    }
    if (style_.stock_text) {
      AppendJsonString(PriceText(value), &out_);
    } else {
      out_ += QuantityText(value);
    }
    out_.push_back('}');
  }

  void Inventories() {
    Key("inventories");
    out_.push_back('[');
    bool first = true;
    if (product_.track_quantity) {
      for (const StockFigure& figure : product_.inventories) {
        Figure(figure.location_id, figure.stock, &first);
      }
    } else if (style_.untracked_stock) {
      Figure(kStrayLocation, "7", &first);
    }
    out_.push_back(']');
  }

  const Product& product_;
  const ReferenceTable& locations_;
  const RenderStyle& style_;
  std::string& out_;
};

}  // namespace

void RenderProduct(const Product& product, const ReferenceTable& locations,
                   const RenderStyle& style, std::string* out) {
  RecordWriter(product, locations, style, out).Run();
}

}  // namespace qantara::simulator
