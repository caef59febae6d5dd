// Why a connection does not work, in words.
#ifndef QANTARA_SERVER_CORE_CONNECTION_DETAIL_H_
#define QANTARA_SERVER_CORE_CONNECTION_DETAIL_H_

#include "qantara/v1/catalog_service.pb.h"

namespace qantara::server {

// Says what is wrong and what to do about it; empty where nothing is.
inline const char* ConnectionDetail(v1::ConnectionState state) {
  switch (state) {
    case v1::CONNECTION_STATE_UNREACHABLE:
      return "the provider cannot be reached or fails; tried again by itself";
    case v1::CONNECTION_STATE_NEEDS_CREDENTIALS:
      return "the provider refuses the credential; put a valid one into its "
             "file, or restart with a valid one in the environment";
    case v1::CONNECTION_STATE_MISCONFIGURED:
      return "the base URL is not the provider's API; correct the "
             "configuration and restart";
    case v1::CONNECTION_STATE_PAUSED:
      return "paused by an operator; resume it to go on";
    default:
      return "";
  }
}

}  // namespace qantara::server

#endif  // QANTARA_SERVER_CORE_CONNECTION_DETAIL_H_
