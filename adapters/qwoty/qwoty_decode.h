// Records in the answers of Qwoty's API, in every form that is documented.
#ifndef QANTARA_ADAPTERS_QWOTY_QWOTY_DECODE_H_
#define QANTARA_ADAPTERS_QWOTY_QWOTY_DECODE_H_

#include <rapidjson/document.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "qantara/v1/product.pb.h"

namespace qantara::adapters {

// One record. What is missing, null or of an unknown form is absent.
struct QwotyRecord {
  // Id, SKU, name (as `name_en`), description, first category, times.
  v1::RemoteProduct product;
  // Qwoty's own fields, under our names and in the forms of requests.
  v1::QwotyProduct qwoty;
  // Id of the product that the variant belongs to. Empty in the older form,
  // whose own id is that of the parent.
  std::string parent_id;
};

// Rows of one answer.
struct QwotyPage {
  // Rows that have an id. The others cannot be referred to.
  std::vector<QwotyRecord> records;
  // All rows.
  uint32_t row_count = 0;
  std::optional<uint32_t> total;
};

// Whether the answer says by `success` that nothing was done.
bool SaysFailure(const rapidjson::Value& answer);

// Reads the object below `data`. Nothing where there is none, it has no id, or
// the answer says failure.
std::optional<QwotyRecord> DecodeQwotyRecord(const rapidjson::Value& answer);

// Reads the array below `data`, with `success` or without. Nothing where there
// is none, or the answer says failure.
std::optional<QwotyPage> DecodeQwotyPage(const rapidjson::Value& answer);

}  // namespace qantara::adapters

#endif  // QANTARA_ADAPTERS_QWOTY_QWOTY_DECODE_H_
