// What the clients of a hostile run will do, all of it known before it begins.
#ifndef TOOLS_HOSTILE_PLAN_H_
#define TOOLS_HOSTILE_PLAN_H_

#include <cstddef>
#include <string>
#include <vector>

#include "qantara/v1/product.pb.h"
#include "tools/hostile/hostile_options.h"

namespace qantara::tools {

// What is special about a SKU.
enum class ProductKind {
  kPlain,
  kPresent,       // The provider holds it from the start.
  kPresentTwice,  // Twice.
  kByHand,        // Somebody makes it by hand while it is being imported.
  kRefused,       // The provider refuses it.
};

struct PlannedProduct {
  ProductKind kind = ProductKind::kPlain;
  v1::Product product;
  // Of the import with its first line; CreateProduct otherwise.
  bool imported = true;
  // It is also a line of another import, or created by a call too.
  bool shared = false;
};

enum class LineKind {
  kOrdinary,
  kRepeated,  // Its SKU stands in an earlier line of the same import.
  kInvalid,   // We refuse it: its price is negative.
};

struct PlannedLine {
  LineKind kind = LineKind::kOrdinary;
  size_t product = 0;  // Index; nothing for an invalid line.
  std::string invalid_sku;
};

struct PlannedImport {
  std::string id;
  v1::ExistingPolicy policy = v1::EXISTING_POLICY_LINK;
  std::vector<PlannedLine> lines;
};

struct PlannedUpdate {
  std::string request_id;
  size_t product = 0;
  v1::Product fields;
  // Answered when it is on disk, not when it is applied.
  bool durable = false;
};

struct HostilePlan {
  std::vector<PlannedProduct> products;
  std::vector<PlannedImport> imports;
  // Indexes of products that CreateProduct creates.
  std::vector<size_t> calls;
  // By time; those of one product in the order in which they are asked for.
  std::vector<PlannedUpdate> updates;

  size_t Count(ProductKind kind) const;
};

// The field that the provider blames of a refused product, and its message.
inline constexpr char kRefusedField[] = "tax_id";
inline constexpr char kRefusedMessage[] = "Please select taxes";
// The field that we blame of an invalid line.
inline constexpr char kInvalidField[] = "product.selling_price";

HostilePlan MakePlan(const HostileOptions& options);

// The line as it is sent.
v1::CatalogLine ToLine(const HostilePlan& plan, const PlannedLine& line);

// The record that is there from the start or made by hand: SKU as planned,
// other values unlike ours.
v1::Product StrangeProduct(const v1::Product& ours);

// The request id of the CreateProduct call for a product.
std::string CreateRequestId(size_t product);

}  // namespace qantara::tools

#endif  // TOOLS_HOSTILE_PLAN_H_
