// Writes a reply the way its Delivery says, misbehaviour included.
#ifndef TOOLS_SIMULATOR_HTTP_WRITER_H_
#define TOOLS_SIMULATOR_HTTP_WRITER_H_

#include <functional>
#include <string>

#include "absl/strings/string_view.h"
#include "tools/simulator/http_message.h"
#include "tools/simulator/socket.h"
#include "tools/simulator/waiter.h"

namespace qantara::simulator {

// Told what becomes of a reply: just before its bytes leave, so that whoever
// has read the reply finds it recorded, and again if it turned out otherwise.
using FateReport = std::function<void(Fate)>;

// Blocks for the delays of `reply.delivery`; `waiter` may cut them short.
// False: the connection must be closed now.
bool WriteReply(Socket& socket, const HttpReply& reply, bool keep_alive,
                Waiter& waiter, const FateReport& report);

// `bytes` as a valid gzip member made of stored (not compressed) blocks.
std::string GzipStored(absl::string_view bytes);

}  // namespace qantara::simulator

#endif  // TOOLS_SIMULATOR_HTTP_WRITER_H_
