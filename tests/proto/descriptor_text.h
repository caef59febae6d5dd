// The meaning of a proto package as lines of text, to be compared with lines
// saved earlier.
#ifndef QANTARA_TESTS_PROTO_DESCRIPTOR_TEXT_H_
#define QANTARA_TESTS_PROTO_DESCRIPTOR_TEXT_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"

namespace qantara::tests {

// Returns one line for every element of `file`, in the order of the file:
//
//   message qantara.v1.Product
//   field qantara.v1.Product.sku = 2 optional string
//   oneof qantara.v1.Product.provider: qoyod
//   reserved qantara.v1.Product 4 to 6
//   value qantara.v1.Kind.KIND_SERVICE = 2
//   rpc qantara.v1.Things.Watch(qantara.v1.A) returns (stream qantara.v1.B)
//
// A line changes when old bytes, old JSON or an old caller would be understood
// in another way; comments, order and formatting change nothing but its place.
std::vector<std::string> DescribeFile(
    const google::protobuf::FileDescriptor& file);

// Returns the elements of `file` that have neither a leading nor a trailing
// comment, by their full names. `file` must have been built with source info.
std::vector<std::string> UncommentedElements(
    const google::protobuf::FileDescriptor& file);

}  // namespace qantara::tests

#endif  // QANTARA_TESTS_PROTO_DESCRIPTOR_TEXT_H_
