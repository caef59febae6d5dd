// What error_reason.proto says of a reason's code is what the catalog says.
#include <google/protobuf/descriptor.h>

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "domain/error_catalog.h"
#include "gtest/gtest.h"
#include "tests/proto/descriptor_set.h"

namespace qantara::tests {
namespace {

constexpr char kDescriptors[] = "tests/proto/descriptors.binpb";

// Returns the code that the comment begins with, such as `NOT_FOUND`; empty
// where it begins with something else.
std::string CodeOf(absl::string_view comment) {
  const absl::string_view first =
      comment.substr(0, comment.find('.')).substr(comment.find(' ') == 0);
  const bool is_code = first.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ_") ==
                       absl::string_view::npos;
  return std::string(is_code ? first : absl::string_view());
}

const google::protobuf::EnumDescriptor* FindReasons(const DescriptorSet& set) {
  for (const auto* file : set.FilesOf("qantara.v1")) {
    if (const auto* found = file->FindEnumTypeByName("ErrorReason"))
      return found;
  }
  return nullptr;
}

TEST(ErrorReasonTest, CommentsNameTheUsualCodeOfTheCatalog) {
  const absl::StatusOr<DescriptorSet> set = DescriptorSet::Read(kDescriptors);
  ASSERT_TRUE(set.ok()) << set.status();
  const auto* reasons = FindReasons(*set);
  ASSERT_NE(reasons, nullptr);
  int compared = 0;
  for (const domain::ErrorEntry& entry : domain::ErrorCatalog()) {
    const auto* value = reasons->FindValueByNumber(entry.reason);
    ASSERT_NE(value, nullptr) << entry.reason;
    google::protobuf::SourceLocation place;
    ASSERT_TRUE(value->GetSourceLocation(&place)) << value->name();
    const std::string code = CodeOf(place.leading_comments);
    if (code.empty()) continue;
    EXPECT_EQ(code, absl::StatusCodeToString(entry.meaning.codes.front()))
        << value->name();
    ++compared;
  }
  EXPECT_GT(compared, 30);
}

}  // namespace
}  // namespace qantara::tests
