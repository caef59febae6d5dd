// Names of the streams. They stand in the log: never change them.
#ifndef QANTARA_DOMAIN_STREAMS_H_
#define QANTARA_DOMAIN_STREAMS_H_

#include <cstdint>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace qantara::domain {

// One import.
inline std::string ImportStream(absl::string_view connection,
                                absl::string_view import_id) {
  return absl::StrCat("import/", connection, "/", import_id);
}

// All creating requests of a connection and what came of their items.
inline std::string DeliveryStream(absl::string_view connection) {
  return absl::StrCat("delivery/", connection);
}

// The updates of one product.
inline std::string ProductStream(absl::string_view connection,
                                 uint64_t product_id) {
  return absl::StrCat("product/", connection, "/", product_id);
}

// All stock observations of a connection.
inline std::string StockStream(absl::string_view connection) {
  return absl::StrCat("stock/", connection);
}

// What operators do to a connection as a whole.
inline std::string ConnectionStream(absl::string_view connection) {
  return absl::StrCat("connection/", connection);
}

// What concerns the log as a whole.
inline std::string LogStream() { return "log"; }

// The connection that a stream belongs to; empty: none. Names of connections
// hold no slash.
inline absl::string_view ConnectionOfStream(absl::string_view stream) {
  const size_t begin = stream.find('/');
  if (begin == absl::string_view::npos) return "";
  stream.remove_prefix(begin + 1);
  return stream.substr(0, stream.find('/'));
}

// Import id of a single product; no client can choose it.
inline std::string SingleImportId(absl::string_view request_id) {
  return absl::StrCat("~", request_id);
}

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_STREAMS_H_
