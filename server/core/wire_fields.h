// The fields of a serialized message, one after the other.
#ifndef QANTARA_SERVER_CORE_WIRE_FIELDS_H_
#define QANTARA_SERVER_CORE_WIRE_FIELDS_H_

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/wire_format_lite.h>

#include <cstdint>

#include "absl/strings/string_view.h"

namespace qantara::server {

// Walks over the top level of a message; nested ones are bytes.
class WireFields {
 public:
  explicit WireFields(absl::string_view message)
      : message_(message),
        input_(reinterpret_cast<const uint8_t*>(message.data()),
               static_cast<int>(message.size())) {}

  // Moves to the next field. False at the end, and where the bytes are no
  // message: ask malformed().
  bool Next() {
    using google::protobuf::internal::WireFormatLite;
    begin_ = input_.CurrentPosition();
    tag_ = input_.ReadTagNoLastTag();
    if (tag_ == 0) {
      malformed_ = begin_ != static_cast<int>(message_.size());
      return false;
    }
    bytes_ = absl::string_view();
    number_value_ = 0;
    if (is_bytes()) {
      uint32_t size = 0;
      malformed_ = !input_.ReadVarint32(&size) || size > message_.size() ||
                   !TakeBytes(size);
    } else if (is_number()) {
      malformed_ = !input_.ReadVarint64(&number_value_);
    } else {
      malformed_ = !WireFormatLite::SkipField(&input_, tag_);
    }
    return !malformed_;
  }

  bool malformed() const { return malformed_; }
  int field() const { return static_cast<int>(tag_ >> 3); }
  bool is_number() const { return (tag_ & 7) == 0; }
  bool is_bytes() const { return (tag_ & 7) == 2; }
  uint64_t number() const { return number_value_; }
  absl::string_view bytes() const { return bytes_; }
  // The field with its tag: a message of its own.
  absl::string_view whole() const {
    return message_.substr(begin_, input_.CurrentPosition() - begin_);
  }

 private:
  bool TakeBytes(uint32_t size) {
    const size_t at = input_.CurrentPosition();
    if (size > message_.size() - at) return false;
    bytes_ = message_.substr(at, size);
    return input_.Skip(static_cast<int>(size));
  }

  const absl::string_view message_;
  google::protobuf::io::CodedInputStream input_;
  int begin_ = 0;
  uint32_t tag_ = 0;
  uint64_t number_value_ = 0;
  absl::string_view bytes_;
  bool malformed_ = false;
};

}  // namespace qantara::server

#endif  // QANTARA_SERVER_CORE_WIRE_FIELDS_H_
