// What is known of providers before they are asked.
#include "server/config/provider_traits.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "domain/line.h"
#include "domain/validate.h"

namespace qantara::server {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

domain::ProviderTraits Qwoty() {
  ConnectionSettings settings;
  settings.qwoty.emplace();
  return TraitsOf(settings);
}

v1::Product Mug() {
  v1::Product product;
  product.set_sku("MUG-1");
  product.set_name_en("Mug");
  return product;
}

TEST(ProviderTraitsTest, QoyodTakesWhatItAlwaysTook) {
  const domain::ProviderTraits qoyod = TraitsOf(ConnectionSettings());
  EXPECT_EQ(qoyod.max_chunk, domain::kMaxChunkSize);
  EXPECT_TRUE(qoyod.ascending_ids);
  EXPECT_TRUE(qoyod.filters);
  EXPECT_TRUE(qoyod.stock);
  EXPECT_FALSE(qoyod.unique_names);
  EXPECT_TRUE(qoyod.rules.numeric_ids);
  EXPECT_EQ(qoyod.rules.check, nullptr);
  EXPECT_EQ(qoyod.rules.lacking, nullptr);
}

TEST(ProviderTraitsTest, ALineForQwotyIsCheckedAsQwotyWantsIt) {
  v1::Product mug = Mug();
  EXPECT_THAT(domain::ValidateProduct(mug, Qwoty().rules, false, "product."),
              IsEmpty());
  mug.mutable_qwoty()->add_category_ids("42");
  const auto problems =
      domain::ValidateProduct(mug, Qwoty().rules, false, "product.");
  ASSERT_EQ(problems.size(), 1);
  EXPECT_EQ(problems[0].field(), "product.qwoty.category_ids[0]");
}

TEST(ProviderTraitsTest, DecimalsAreCheckedAsTheyAreSent) {
  v1::Product mug = Mug();
  mug.mutable_qwoty()->set_weight("٠٢.٥٠");
  EXPECT_THAT(domain::ValidateProduct(mug, Qwoty().rules, false, ""),
              IsEmpty());
}

TEST(ProviderTraitsTest, WhatIsSetOnceIsNotUpdated) {
  v1::Product fields;
  fields.mutable_qwoty()->set_recurrence_type("recurring");
  const auto problems =
      domain::ValidateProduct(fields, Qwoty().rules, true, "product.");
  ASSERT_EQ(problems.size(), 1);
  EXPECT_EQ(problems[0].reason(), v1::ERROR_REASON_FIELD_IMMUTABLE);
}

TEST(ProviderTraitsTest, WhatQwotyLacksIsToldOfValidLines) {
  v1::CatalogLine line;
  *line.mutable_product() = Mug();
  line.mutable_product()->set_selling_price("25");
  line.mutable_product()->set_name_ar("كوب");
  const domain::ParsedLine parsed =
      domain::ParseLine(line.SerializeAsString(), Qwoty().rules);
  EXPECT_THAT(parsed.not_taken, ElementsAre("name_ar", "selling_price"));
  EXPECT_THAT(domain::ParseLine(line.SerializeAsString(), {}).not_taken,
              IsEmpty());
  line.mutable_product()->set_category_id("42");
  const domain::ParsedLine wrong =
      domain::ParseLine(line.SerializeAsString(), Qwoty().rules);
  EXPECT_EQ(wrong.problems.size(), 1);
  EXPECT_THAT(wrong.not_taken, IsEmpty());
}

}  // namespace
}  // namespace qantara::server
