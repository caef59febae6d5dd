// Every misbehaviour of the provider that the contract knows, by its number:
// through the worker and the real gateway to the simulator. Credentials (F02 to
// F06) and stock (F30 to F35) have tests of their own.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "domain/item_state.h"
#include "tests/server/delivery/delivery_harness.h"

namespace qantara::server {
namespace {

using ::testing::IsEmpty;

constexpr int kLines = 12;

struct Case {
  std::string name;
  // Switches of the simulator.
  std::string faults;
  // Records OLD-0 to OLD-n that are there before; OLD-1 to OLD-3 are imported
  // with the others.
  int before = 0;
  // Lines A-1 to A-12 that are not created; else they all are.
  int rejected = 0;
  int parked = 0;
};

// The provider fails so often that pauses between requests get long.
bool IsPausing(const Case& c) {
  for (const char* fault : {"deep_page_500", "batch_500", "redirect"}) {
    if (absl::StrContains(c.faults, fault)) return true;
  }
  return false;
}

DeliveryHarness::Options Quick() {
  DeliveryHarness::Options options;
  options.bounds = {absl::Milliseconds(600), absl::Milliseconds(150),
                    absl::Milliseconds(60)};
  return options;
}

std::string OldRecords(int count) {
  std::string rows = "[";
  for (int i = 0; i < count; ++i) {
    absl::StrAppend(&rows, i == 0 ? "" : ",", R"({"sku":"OLD-)", i,
                    R"(","en_name":"Old )", i, R"("})");
  }
  return rows + "]";
}

class FixturesTest : public ::testing::TestWithParam<Case> {};

TEST_P(FixturesTest, TheImportComesOutRight) {
  const Case& c = GetParam();
  DeliveryHarness::Options options = Quick();
  options.hurry = IsPausing(c);
  if (options.hurry) {  // A request takes its time on the machine's.
    options.bounds = {absl::Seconds(6), absl::Milliseconds(1500),
                      absl::Milliseconds(600)};
  }
  DeliveryHarness harness(options);
  std::vector<v1::CatalogLine> lines = Lines("A-", kLines);
  int linked = 0;
  if (c.before > 0) {
    harness.qoyod().Admin("POST", "/_admin/products", OldRecords(c.before));
    for (; linked < 3; ++linked) {
      lines.push_back(Line(absl::StrCat("OLD-", linked + 1)));
    }
  }
  ASSERT_TRUE(harness.qoyod().SetFaults(c.faults).ok()) << c.faults;
  harness.Import("spring", lines);
  const auto row = harness.Finish("spring");
  const uint32_t failed = static_cast<uint32_t>(c.rejected + c.parked);
  EXPECT_EQ(domain::CountOf(row, v1::ITEM_STATE_CREATED), kLines - failed);
  EXPECT_EQ(domain::CountOf(row, v1::ITEM_STATE_LINKED), linked);
  EXPECT_EQ(domain::CountOf(row, v1::ITEM_STATE_REJECTED), c.rejected);
  EXPECT_EQ(domain::CountOf(row, v1::ITEM_STATE_PARKED), c.parked);
  EXPECT_EQ(domain::BalanceOf(row), 0);
  EXPECT_THAT(harness.qoyod().RepeatedSkus(), IsEmpty());
  for (uint32_t line = 1; line <= kLines; ++line) {
    const auto item = harness.Item("spring", line);
    if (item.state() != v1::ITEM_STATE_REJECTED) continue;
    EXPECT_GT(item.problems_size(), 0) << "line " << line;
  }
}

const Case kReading[] = {
    {"F10Plain", "{}", 130},
    {"F11EmptyList", R"({"empty_list":{"form":"json"}})"},
    {"F11EmptyListRaw", R"({"empty_list":{"form":"raw"}})"},
    {"F11EmptyListArabic", R"({"empty_list":{"form":"arabic"}})"},
    {"F11EmptyListSentence", R"({"empty_list":{"form":"sentence"}})"},
    {"F12TwelvePages", "{}", 1150},
    {"F13PagePastEnd", R"({"page_past_end":{"form":"empty"}})", 200},
    {"F14PagingIgnored", R"({"paging_ignored":{"form":"all"}})", 130},
    {"F14OneMore", R"({"paging_ignored":{"form":"one_more"}})", 130},
    {"F15DeepPages", R"({"deep_page_500":{"from_page":2}})", 250},
    {"F16RowsInserted", R"({"moving_rows":{"insert":1,"count":4}})", 130},
    {"F17Integers", R"({"pagination_form":{"form":"integers"}})", 130},
    {"F17Missing", R"({"pagination_form":{"form":"missing"}})", 130},
    {"F17Meta", R"({"pagination_form":{"form":"meta"}})", 130},
    {"F18NoFilter", R"({"filters_ignored":true})", 130},
    {"F18NoIdFilter", R"({"filters_ignored":{"filters":["id_gt"]}})", 130},
    {"F18NoSkuFilter", R"({"filters_ignored":{"filters":["sku_eq"]}})", 130},
    {"F18CaseIgnored", R"({"sku_eq_ignores_case":true})", 130},
    {"F21SingleArray", R"({"single_form":{"form":"array"}})"},
    {"F22Texts",
     R"({"value_form":{"price":"text","track_quantity":"text",
         "flags":"text","times":"offset"}})",
     20},
    {"F22Integers",
     R"({"value_form":{"price":"integer","track_quantity":"bool",
         "flags":"integer"}})",
     20},
    {"F23Nulls",
     R"({"null_values":{"name_en":true,"category_id":true,
         "inventories":true}})",
     20},
    {"F32StockAsText", R"({"stock_form":{"form":"text"}})", 20},
    {"F33UntrackedStock", R"({"untracked_stock":true})", 20},
    {"F74LongDescriptions", R"({"long_descriptions":{"bytes":8000}})", 110},
};

const Case kWriting[] = {
    {"F41Batch201", R"({"batch_status":{"status":201}})"},
    {"F41BatchAlwaysFails", R"({"batch_500":true})"},
    {"F42ItemsDropped", R"({"drop_items":{"rate":0.3,"count":3}})"},
    {"F42ItemsUnsaid",
     R"({"drop_items":{"rate":0.3,"count":3,"applied":true}})"},
    {"F42Shuffled", R"({"shuffle_items":true})"},
    {"F42SkuChanged", R"({"change_sku":{"suffix":"-X","skus":["A-3"]}})", 0, 0,
     1},
    {"F43BadItem", R"({"bad_item":{"sku":"A-5"}})", 0, 1},
    {"F43BadItemNotAtomic",
     R"({"bad_item":{"sku":"A-5"},"batch_not_atomic":true})", 0, 1},
    {"F44Products", R"({"one_element":{"form":"products"},"batch_500":true})"},
    {"F44Product", R"({"one_element":{"form":"product"},"batch_500":true})"},
    {"F44ProductArray",
     R"({"one_element":{"form":"product_array"},"batch_500":true})"},
    {"F45Unique", R"({"unique_sku":{"form":"taken_by_id"}})", 20},
    {"F45SkuRefused",
     R"({"bad_item":{"sku":"A-5","field":"sku",
         "message":"Reference is already taken by id 4619"}})",
     0, 1},
    {"F46Required", R"({"required":{"fields":["tax_id"]}})", 0, kLines},
    {"F46ShortNames", R"({"required":{"min_name_length":60}})", 0, kLines},
    {"F47E1", R"({"bad_item":{"sku":"A-2"},"error_form":{"form":"E1"}})", 0, 1},
    {"F47E9", R"({"bad_item":{"sku":"A-2"},"error_form":{"form":"E9"}})", 0, 1},
    {"F47E10", R"({"bad_item":{"sku":"A-2"},"error_form":{"form":"E10"}})", 0,
     1},
    {"F47E11", R"({"bad_item":{"sku":"A-2"},"error_form":{"form":"E11"}})", 0,
     1},
    {"F47E12", R"({"bad_item":{"sku":"A-2"},"error_form":{"form":"E12"}})", 0,
     1},
    {"F47Arabic", R"({"bad_item":{"sku":"A-2"},"arabic_messages":true})", 0, 1},
    {"F49Excerpts", R"({"write_excerpt":true})"},
    {"F51Close", R"({"lost_answer":{"how":"close","methods":["POST"],
                     "count":1}})"},
    {"F51Reset", R"({"lost_answer":{"how":"reset","methods":["POST"],
                     "count":1}})"},
    {"F51Timeout", R"({"lost_answer":{"how":"timeout","ms":900,
                       "methods":["POST"],"count":1}})"},
    {"F51Gateway502", R"({"lost_answer":{"how":"502","methods":["POST"],
                          "count":1}})"},
    {"F51Gateway504", R"({"lost_answer":{"how":"504","methods":["POST"],
                          "count":1}})"},
    {"F53ErrorsIn200", R"({"errors_in_200":{"methods":["POST"],"count":1}})"},
    {"F54Late", R"({"late_apply_ms":{"ms":100,"methods":["POST"],
                    "count":1}})"},
    {"F55ReadLag", R"({"read_lag_ms":{"ms":50},
                       "lost_answer":{"methods":["POST"],"count":1}})"},
};

// A transport fault strikes the first POST, or the first requests of any kind.
Case Once(const std::string& name, const std::string& fault,
          const std::string& parameters = "") {
  return {name, absl::StrCat("{\"", fault, R"(":{"methods":["POST"],"count":1)",
                             parameters.empty() ? "" : ",", parameters, "}}")};
}

Case Reads(const std::string& name, const std::string& fault,
           const std::string& parameters = "") {
  return {name,
          absl::StrCat("{\"", fault, R"(":{"methods":["GET"],"count":2)",
                       parameters.empty() ? "" : ",", parameters, "}}"),
          130};
}

const Case kTransport[] = {
    Once("F70RetryAfter0", "throttle", R"("retry_after":"0")"),
    Once("F70RetryAfter1", "throttle", R"("retry_after":"1")"),
    Once("F70RetryAfterDate", "throttle", R"("retry_after":"date")"),
    Once("F71Json500E13", "status_5xx", R"("status":500,"body":"json")"),
    Once("F71Html502E14", "status_5xx", R"("status":502,"body":"html")"),
    Once("F71Text503", "status_5xx", R"("status":503,"body":"text")"),
    Once("F71Empty500E15", "status_5xx", R"("status":500,"body":"empty")"),
    Once("F71Truncated500", "status_5xx", R"("status":500,"body":"truncated")"),
    Once("F71Applied500", "status_5xx", R"("status":500,"applied":true)"),
    Once("F71EmptyBodyE15", "empty_body"),
    Once("F71TruncatedJson", "truncated_json"),
    Once("F71WrongType", "wrong_content_type", R"("content_type":"text/html")"),
    Once("F71Bom", "bom"),
    Once("F71Chunked", "chunked"),
    Once("F71Gzip", "gzip"),
    Once("F72Stall", "stall_body", R"("ms":900,"after_bytes":20)"),
    Once("F72CutByReset", "cut_body", R"("after_bytes":20,"reset":true)"),
    Once("F72CutByFin", "cut_body", R"("after_bytes":20)"),
    Once("F72ClosedUnread", "close_before_reading"),
    Once("F73Redirect", "redirect",
         R"("location":"http://127.0.0.1:1/2.0/products")"),
    Reads("F71ReadHtml502", "status_5xx", R"("status":502,"body":"html")"),
    Reads("F71ReadEmptyBody", "empty_body"),
    Reads("F71ReadTruncated", "truncated_json"),
    Reads("F71ReadBom", "bom"),
    Reads("F71ReadGzip", "gzip"),
    Reads("F71ReadChunked", "chunked"),
    Reads("F72ReadCut", "cut_body", R"("after_bytes":20)"),
    Reads("F72ReadSlow", "latency_ms", R"("ms":300)"),
    Reads("F70ReadThrottled", "throttle", R"("retry_after":"0")"),
};

std::string NameOf(const ::testing::TestParamInfo<Case>& info) {
  return info.param.name;
}
INSTANTIATE_TEST_SUITE_P(Reading, FixturesTest, ::testing::ValuesIn(kReading),
                         NameOf);
INSTANTIATE_TEST_SUITE_P(Writing, FixturesTest, ::testing::ValuesIn(kWriting),
                         NameOf);
INSTANTIATE_TEST_SUITE_P(Transport, FixturesTest,
                         ::testing::ValuesIn(kTransport), NameOf);

}  // namespace
}  // namespace qantara::server
