#!/bin/bash
# Fails when a file includes what its layer must not know. Visibility in
# BUILD.bazel guards our own targets; Debian's headers are visible to every
# compiler call, so only this check guards those.
#
#   tools/check_layers.sh [ROOT]     ROOT: a tree like ours (default: ours)
#
# tests/ and tools/ may see everything and are not checked.
set -euo pipefail
cd "${1:-$(dirname "$0")/..}"

# What each layer may include, as prefixes of the path in the #include.
# A path with a slash, or a header of a library, that matches none of them is
# an error: a new library is a decision, written down here.
common="absl/ google/protobuf/ qantara/v1/ qantara/events/ qantara/tables/"
inner="$common domain/"
# evp.h: SHA-256, a pure function of bytes; everybody else asks `domain` for it.
domain="$inner openssl/evp.h"
store="$inner store/ rocksdb/"
adapters="$inner adapters/ qantara/config/ curl/ rapidjson/"
server="$inner store/ adapters/ server/ qantara/config/ google/rpc/ grpc/
  grpcpp/ spdlog/ prometheus/"

# Clocks, files, threads and sockets: `domain` decides and does nothing else.
impure="chrono ctime fcntl.h filesystem fstream iostream thread time.h
  unistd.h"
# Headers without a slash that belong to a library.
bare_library="httplib.h zlib.h"

status=0
checked=0
for layer in domain store adapters server; do
  [[ -d $layer ]] || continue
  mapfile -t files < <(find "$layer" \( -name '*.h' -o -name '*.cc' \) \
    -type f | sort)
  [[ ${#files[@]} -gt 0 ]] || continue
  checked=$((checked + ${#files[@]}))
  awk -v layer="$layer" -v allowed="${!layer}" -v impure="$impure" \
      -v bare="$bare_library" '
    BEGIN {
      prefixes = split(allowed, prefix, " ")
      n = split(bare, words, " ")
      for (i = 1; i <= n; i++) is_library[words[i]] = 1
      if (layer == "domain") {
        n = split(impure, words, " ")
        for (i = 1; i <= n; i++) is_impure[words[i]] = 1
      }
    }
    function fault(why) {
      printf "%s:%d: %s %s %s\n", FILENAME, FNR, layer, why, path
      failed = 1
    }
    /^[ \t]*#[ \t]*include/ {
      path = $0
      sub(/^[ \t]*#[ \t]*include[ \t]*[<"]/, "", path)
      sub(/[>"].*/, "", path)
      if (path in is_impure) { fault("must stay pure: no"); next }
      if (path in is_library) { fault("must not include"); next }
      if (path ~ /\.grpc\.pb\.h$/ && layer != "server") {
        fault("must not know gRPC:"); next
      }
      if (path !~ /\//) next
      if (path ~ /^(sys|arpa|net|netinet|linux)\//) {
        if (layer == "domain") fault("must stay pure: no")
        next
      }
      for (i = 1; i <= prefixes; i++)
        if (index(path, prefix[i]) == 1) next
      fault("must not include")
    }
    END { exit failed }
  ' "${files[@]}" >&2 || status=1
done

# Protos: the public API knows nothing of what is stored or configured.
while IFS= read -r proto; do
  checked=$((checked + 1))
  case $proto in
    proto/qantara/v1/*) allowed='google/|qantara/v1/' ;;
    proto/qantara/events/*) allowed='google/|qantara/(v1|events/v1)/' ;;
    proto/qantara/config/*) allowed='google/|qantara/(v1|config/v1)/' ;;
    *) allowed='google/|qantara/' ;;
  esac
  if grep -nE '^import ' "$proto" | grep -vE "\"($allowed)" >&2; then
    echo "$proto: imports against the direction of dependency" >&2
    status=1
  fi
done < <(find proto -name '*.proto' -type f 2>/dev/null | sort)

if [[ $checked -eq 0 ]]; then
  echo "check_layers: no file found" >&2
  exit 1
fi
[[ $status -ne 0 ]] || echo "check_layers: $checked files"
exit "$status"
