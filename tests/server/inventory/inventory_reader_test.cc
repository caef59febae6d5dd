#include "server/inventory/inventory_reader.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "domain/error.h"
#include "tests/server/core/core_fixture.h"

namespace qantara::server {
namespace {

class InventoryReaderTest : public CoreFixture {
 protected:
  // Reason and field of a refused list.
  std::string Refusal(const v1::ListInventoryRequest& request) {
    const absl::Status status = reader_.List(request).status();
    std::string text = domain::ReasonName(domain::GetReason(status));
    for (const v1::ItemProblem& problem : domain::GetProblems(status)) {
      text += " " + problem.field();
    }
    return text;
  }

  const InventoryReader reader_{connections_, tables_};
};

TEST_F(InventoryReaderTest, PagesFollowEachOtherByTheirTokens) {
  for (const std::string id : {"1", "2", "3"}) Observe(id, "7");
  v1::ListInventoryRequest request;
  request.set_page_size(2);
  auto page = reader_.List(request);
  ASSERT_TRUE(page.ok()) << page.status();
  ASSERT_EQ(page->levels_size(), 2);
  EXPECT_EQ(page->levels(1).remote_id(), "2");
  EXPECT_EQ(page->levels(1).quantity(), "7");
  EXPECT_EQ(page->position(), storage_->log().head());
  request.set_page_token(page->next_page_token());
  page = reader_.List(request);
  ASSERT_TRUE(page.ok()) << page.status();
  ASSERT_EQ(page->levels_size(), 1);
  EXPECT_EQ(page->levels(0).remote_id(), "3");
  EXPECT_EQ(page->next_page_token(), "");
}

TEST_F(InventoryReaderTest, ATokenIsBoundToItsFilter) {
  for (const std::string id : {"1", "2", "3"}) Observe(id, "7");
  v1::ListInventoryRequest request;
  request.set_page_size(1);
  request.set_page_token(reader_.List(request)->next_page_token());
  EXPECT_TRUE(reader_.List(request).ok());
  request.mutable_filter()->add_location_ids("main");
  EXPECT_EQ(Refusal(request), "TOKEN_INVALID page_token");
}

TEST_F(InventoryReaderTest, RefusalsNameTheField) {
  v1::ListInventoryRequest request;
  request.set_connection("elsewhere");
  EXPECT_EQ(Refusal(request), "CONNECTION_NOT_FOUND");
  request.set_connection("store");
  request.set_page_size(1001);
  EXPECT_EQ(Refusal(request), "FIELD_INVALID page_size");
  request.set_page_size(1000);
  request.set_page_token("made up");
  EXPECT_EQ(Refusal(request), "TOKEN_INVALID page_token");
  request.clear_page_token();
  request.mutable_filter()->set_below_quantity("few");
  EXPECT_EQ(Refusal(request), "FIELD_INVALID filter.below_quantity");
}

TEST_F(InventoryReaderTest, LocationsAreListedById) {
  EXPECT_EQ(reader_.ListLocations({})->locations_size(), 0);
  domain::RecordLocations command;
  command.connection = "store";
  command.observe_time = absl::Now();
  command.locations = {
      {.id = "9", .name_en = "Side", .name_ar = "الفرع", .is_default = {}},
      {.id = "3", .name_en = "Main", .name_ar = "", .is_default = true}};
  ASSERT_TRUE(bus_.Execute(std::move(command)).ok());
  const auto listed = reader_.ListLocations({});
  ASSERT_TRUE(listed.ok()) << listed.status();
  ASSERT_EQ(listed->locations_size(), 2);
  EXPECT_EQ(listed->locations(0).location_id(), "3");
  EXPECT_EQ(listed->locations(0).name_en(), "Main");
  EXPECT_TRUE(listed->locations(0).is_default());
  EXPECT_EQ(listed->locations(1).name_ar(), "الفرع");
  EXPECT_FALSE(listed->locations(1).has_is_default());
  v1::ListLocationsRequest elsewhere;
  elsewhere.set_connection("elsewhere");
  EXPECT_TRUE(absl::IsNotFound(reader_.ListLocations(elsewhere).status()));
}

}  // namespace
}  // namespace qantara::server
