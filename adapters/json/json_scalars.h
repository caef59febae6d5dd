// Single values in answers: the same thing comes as number, text or boolean.
//
// The values must come from ParseJson, where a number is its own text.
#ifndef QANTARA_ADAPTERS_JSON_JSON_SCALARS_H_
#define QANTARA_ADAPTERS_JSON_JSON_SCALARS_H_

#include <rapidjson/document.h>

#include <optional>
#include <string>

#include "google/protobuf/timestamp.pb.h"

namespace qantara::adapters {

// An id: a whole positive number, such as 42, "42" or 4.2e1, as digits without
// zeros in front.
std::optional<std::string> ScalarId(const rapidjson::Value& value);

// A number, such as 25.0, "25.0" or 1e3, as a plain decimal with its scale.
std::optional<std::string> ScalarDecimal(const rapidjson::Value& value);

// true, false, "true", "false", or a number, which is false when it is 0.
std::optional<bool> ScalarBool(const rapidjson::Value& value);

// A time in ISO 8601 with any offset, to the millisecond or finer.
std::optional<google::protobuf::Timestamp> ScalarTime(
    const rapidjson::Value& value);

}  // namespace qantara::adapters

#endif  // QANTARA_ADAPTERS_JSON_JSON_SCALARS_H_
