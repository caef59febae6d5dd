// How the libraries of a serving process use memory.
#ifndef QANTARA_SERVER_PROCESS_MEMORY_H_
#define QANTARA_SERVER_PROCESS_MEMORY_H_

namespace qantara::server {

// Sets the allocator and gRPC up for many connections that wait and for heaps
// that shrink again. First thing in `main`, before any thread and any use of
// gRPC. What GRPC_EXPERIMENTS already says is left as it is.
void SetUpProcessMemory();

}  // namespace qantara::server

#endif  // QANTARA_SERVER_PROCESS_MEMORY_H_
