#include "tools/benchmark/watch/message_scan.h"

#include <cstddef>

namespace qantara::tools {
namespace {

// Field numbers, and bits of a tag that say a field's form.
constexpr uint32_t kResponseCaughtUp = 2;
constexpr uint32_t kResponseChanges = 3;
constexpr uint32_t kResponseResync = 6;
constexpr uint32_t kResponseFellBehind = 7;
constexpr uint32_t kChangesPosition = 1;
constexpr uint32_t kChangesChanges = 3;
constexpr uint32_t kChangeLocation = 4;
constexpr uint32_t kEtcdCreated = 3;
constexpr uint32_t kEtcdCanceled = 4;
constexpr uint32_t kEtcdEvents = 11;
constexpr uint32_t kEventKv = 2;
constexpr uint32_t kKvModRevision = 3;
constexpr uint64_t kFormBits = 7;
constexpr int kNumberShift = 3;
constexpr int kVarintBits = 64;

struct Field {
  uint32_t number = 0;
  // Of a number.
  uint64_t value = 0;
  // Of bytes.
  absl::string_view bytes;
};

// Walks over the fields of one message.
class Fields {
 public:
  explicit Fields(absl::string_view bytes) : rest_(bytes) {}

  // Returns whether there was one; false at the end too, see `good`.
  bool Next(Field* field) {
    if (rest_.empty() || !good_) return false;
    const uint64_t tag = Varint();
    *field = Field();
    field->number = static_cast<uint32_t>(tag >> kNumberShift);
    switch (tag & kFormBits) {
      case 0:
        field->value = Varint();
        break;
      case 1:
        Take(8);
        break;
      case 2:
        field->bytes = Take(Varint());
        break;
      case 5:
        Take(4);
        break;
      default:
        good_ = false;
    }
    return good_;
  }

  bool good() const { return good_; }

 private:
  uint64_t Varint() {
    uint64_t value = 0;
    size_t used = 0;
    for (int shift = 0; shift < kVarintBits && used < rest_.size();
         shift += 7) {
      const auto byte = static_cast<unsigned char>(rest_[used++]);
      value |= static_cast<uint64_t>(byte & 0x7f) << shift;
      if (byte < 0x80) {
        rest_.remove_prefix(used);
        return value;
      }
    }
    good_ = false;
    return 0;
  }

  absl::string_view Take(uint64_t size) {
    if (size > rest_.size()) {
      good_ = false;
      return {};
    }
    const absl::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }

  absl::string_view rest_;
  bool good_ = true;
};

// Whether an InventoryChange tells of a figure, not of a location.
bool IsFigure(absl::string_view change) {
  return !change.empty() &&
         static_cast<unsigned char>(change[0]) >> kNumberShift !=
             kChangeLocation;
}

bool ScanChanges(absl::string_view bytes, MessageScan* scan) {
  Fields fields(bytes);
  for (Field field; fields.Next(&field);) {
    if (field.number == kChangesPosition) scan->position = field.value;
    if (field.number == kChangesChanges && IsFigure(field.bytes)) {
      ++scan->changes;
    }
  }
  return fields.good();
}

// Returns the first field with that number.
Field Find(absl::string_view bytes, uint32_t number) {
  Fields fields(bytes);
  for (Field field; fields.Next(&field);) {
    if (field.number == number) return field;
  }
  return {};
}

}  // namespace

std::optional<MessageScan> ScanInventory(absl::string_view bytes, ScanDepth) {
  MessageScan scan;
  Fields fields(bytes);
  for (Field field; fields.Next(&field);) {
    scan.ready = scan.ready || field.number == kResponseCaughtUp;
    scan.over = scan.over || field.number == kResponseResync;
    scan.fell_behind = scan.fell_behind || field.number == kResponseFellBehind;
    if (field.number == kResponseChanges && !ScanChanges(field.bytes, &scan)) {
      return std::nullopt;
    }
  }
  if (!fields.good()) return std::nullopt;
  return scan;
}

std::optional<MessageScan> ScanEtcd(absl::string_view bytes, ScanDepth depth) {
  MessageScan scan;
  Fields fields(bytes);
  for (Field field; fields.Next(&field);) {
    scan.ready = scan.ready || field.number == kEtcdCreated;
    scan.over = scan.over || field.number == kEtcdCanceled;
    if (field.number != kEtcdEvents) continue;
    ++scan.changes;
    if (depth == ScanDepth::kCounts) continue;
    scan.position =
        Find(Find(field.bytes, kEventKv).bytes, kKvModRevision).value;
    scan.positions.push_back(scan.position);
  }
  if (!fields.good()) return std::nullopt;
  return scan;
}

}  // namespace qantara::tools
