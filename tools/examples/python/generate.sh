#!/bin/bash
# Makes the Python modules of the API.
#
#   tools/examples/python/generate.sh DIR
#
# Put DIR into PYTHONPATH. Needs Debian's libprotobuf-dev, protobuf-compiler and
# protobuf-compiler-grpc; the modules need python3-grpcio and python3-protobuf.
set -euo pipefail
[[ $# -eq 1 ]] || { echo "usage: $0 DIR" >&2; exit 2; }
out=$1
mkdir -p "$out"
out=$(cd "$out" && pwd)
cd "$(dirname "${BASH_SOURCE[0]}")/../../../proto"
/usr/bin/protoc -I. -I/usr/include --python_out="$out" --grpc_out="$out" \
  --plugin=protoc-gen-grpc=/usr/bin/grpc_python_plugin \
  qantara/v1/*.proto google/rpc/*.proto
