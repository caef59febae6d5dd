#include "adapters/json/json_scalars.h"

#include <cstdint>

#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "adapters/json/json_reader.h"
#include "domain/decimal.h"

namespace qantara::adapters {
namespace {

// What a protobuf timestamp can hold: the years 1 to 9999.
constexpr int64_t kFirstSecond = -62135596800;
constexpr int64_t kLastSecond = 253402300799;

constexpr const char* kTimeForms[] = {
    absl::RFC3339_full,
    "%Y-%m-%d%ET%H:%M:%E*S%z",
    "%Y-%m-%d %H:%M:%E*S %z",
    "%Y-%m-%d %H:%M:%E*S UTC",
};

}  // namespace

std::optional<std::string> ScalarId(const rapidjson::Value& value) {
  std::optional<std::string> number = ScalarDecimal(value);
  if (!number.has_value()) return std::nullopt;
  const size_t point = number->find('.');
  if (point != std::string::npos) {
    if (number->find_first_not_of('0', point + 1) != std::string::npos) {
      return std::nullopt;
    }
    number->resize(point);
  }
  if (domain::CompareDecimals(*number, "0") <= 0) return std::nullopt;
  return number;
}

std::optional<std::string> ScalarDecimal(const rapidjson::Value& value) {
  const std::optional<std::string> text = TextOf(value);
  return text.has_value() ? domain::ParseNumber(*text) : std::nullopt;
}

std::optional<bool> ScalarBool(const rapidjson::Value& value) {
  if (value.IsBool()) return value.GetBool();
  const std::optional<std::string> text = TextOf(value);
  if (!text.has_value()) return std::nullopt;
  if (absl::EqualsIgnoreCase(*text, "true")) return true;
  if (absl::EqualsIgnoreCase(*text, "false")) return false;
  const std::optional<std::string> number = domain::ParseNumber(*text);
  if (!number.has_value()) return std::nullopt;
  return domain::CompareDecimals(*number, "0") != 0;
}

std::optional<google::protobuf::Timestamp> ScalarTime(
    const rapidjson::Value& value) {
  const std::optional<std::string> text = TextOf(value);
  if (!text.has_value()) return std::nullopt;
  for (const char* form : kTimeForms) {
    absl::Time time;
    if (!absl::ParseTime(form, *text, absl::UTCTimeZone(), &time, nullptr)) {
      continue;
    }
    const int64_t seconds = absl::ToUnixSeconds(time);
    // Also refuses "infinite-future", which ParseTime reads as a time.
    if (seconds < kFirstSecond || seconds > kLastSecond) return std::nullopt;
    google::protobuf::Timestamp timestamp;
    timestamp.set_seconds(seconds);
    timestamp.set_nanos(static_cast<int32_t>(
        absl::ToInt64Nanoseconds(time - absl::FromUnixSeconds(seconds))));
    return timestamp;
  }
  return std::nullopt;
}

}  // namespace qantara::adapters
