#!/bin/bash
# Shows that each check of tools/ passes on a clean tree and fails on one with
# a single fault, and that no check passes because it found nothing to look at.
set -uo pipefail
tools=$PWD/tools
work=$(mktemp -d "${TEST_TMPDIR:-/tmp}/checks.XXXXXX")
tree=$work/tree
faults=0

# Makes a small tree without a fault.
fresh_tree() {
  rm -rf "$tree"
  mkdir -p "$tree"/{domain,store,adapters,server,tests/proto/golden} \
    "$tree"/proto/qantara/{v1,events/v1} "$tree"/tools/cli
  local layer
  for layer in domain store adapters server; do
    cat >"$tree/$layer/thing.h" <<'EOF'
// A thing.
#include "absl/status/status.h"
#include "domain/thing.h"

struct Thing {};
EOF
  done
  printf '// A test.\nint main() { return 0; }\n' >"$tree/tests/thing_test.cc"
  printf '// Things.\nsyntax = "proto3";\n' >"$tree/proto/qantara/v1/a.proto"
  printf '// Facts.\nsyntax = "proto3";\nimport "qantara/v1/a.proto";\n' \
    >"$tree/proto/qantara/events/v1/e.proto"
  printf 'file qantara/v1/a.proto\nfile qantara/events/v1/e.proto\n' \
    >"$tree/tests/proto/golden/all.txt"
  printf '\n%s {\n  %s\n}\n' 'service Things' 'rpc Get(G) returns (R);' \
    >>"$tree/proto/qantara/v1/a.proto"
  printf '      {"thing get",\n' >"$tree/tools/cli/commands.cc"
  printf 'TEST(Thing, IsThere) {}\n' >>"$tree/tests/thing_test.cc"
  printf '| %s | %s | `Things.Get` | `thing get` | `%s` IsThere |\n' \
    - 'a thing' tests/thing_test.cc >"$tree/proto/README.md"
}

# expect pass|fail CHECK WHAT: runs the check on the tree.
expect() {
  local wanted=$1 check=$2 what=$3 result=pass
  "$tools/$check.sh" "$tree" >"$work/log" 2>&1 || result=fail
  [[ $result != "$wanted" ]] || return 0
  echo "$check, $what: wanted $wanted, got $result"
  cat "$work/log"
  faults=$((faults + 1))
}

# refuses CHECK FILE LINE: a clean tree with LINE added to FILE must fail.
refuses() {
  fresh_tree
  printf '%s\n' "$3" >>"$tree/$2"
  expect fail "$1" "$2 with $3"
}

# accepts CHECK FILE LINE: a clean tree with LINE added to FILE must pass.
accepts() {
  fresh_tree
  printf '%s\n' "$3" >>"$tree/$2"
  expect pass "$1" "$2 with $3"
}

lines() {
  yes '// Line.' | head -n "$1"
}

test_clean_and_empty_trees() {
  local check
  for check in check_layers check_sizes check_comments check_goldens \
    check_features; do
    fresh_tree
    expect pass "$check" "a clean tree"
    rm -rf "$tree"
    mkdir -p "$tree"
    expect fail "$check" "an empty tree"
  done
}

test_layers() {
  refuses check_layers domain/thing.h '#include "store/thing.h"'
  refuses check_layers domain/thing.h '#include <rocksdb/db.h>'
  refuses check_layers domain/thing.h '#include "rocksdb/db.h"'
  refuses check_layers domain/thing.h '#  include <curl/curl.h>'
  refuses check_layers domain/thing.h '#include <grpcpp/grpcpp.h>'
  refuses check_layers domain/thing.h '#include "qantara/v1/a.grpc.pb.h"'
  refuses check_layers domain/thing.h '#include <thread>'
  refuses check_layers domain/thing.h '#include <sys/stat.h>'
  refuses check_layers domain/thing.h '#include <openssl/ssl.h>'
  accepts check_layers domain/thing.h '#include <openssl/evp.h>'
  accepts check_layers domain/thing.h '#include "qantara/v1/a.pb.h"'
  refuses check_layers store/thing.h '#include "adapters/thing.h"'
  refuses check_layers store/thing.h '#include <curl/curl.h>'
  refuses check_layers store/thing.h '#include <openssl/evp.h>'
  refuses check_layers store/thing.h '#include <grpcpp/grpcpp.h>'
  accepts check_layers store/thing.h '#include "rocksdb/db.h"'
  refuses check_layers adapters/thing.h '#include "store/thing.h"'
  refuses check_layers adapters/thing.h '#include "server/thing.h"'
  refuses check_layers adapters/thing.h '#include <rocksdb/db.h>'
  refuses check_layers adapters/thing.h '#include <grpc/grpc.h>'
  refuses check_layers adapters/thing.h '#include <httplib.h>'
  accepts check_layers adapters/thing.h '#include <curl/curl.h>'
  accepts check_layers adapters/thing.h '#include <sys/eventfd.h>'
  refuses check_layers server/thing.h '#include <rocksdb/db.h>'
  refuses check_layers server/thing.h '#include <curl/curl.h>'
  refuses check_layers server/thing.h '#include "tools/thing.h"'
  refuses check_layers server/thing.h '#include <unheard_of/library.h>'
  accepts check_layers server/thing.h '#include <grpcpp/grpcpp.h>'
  accepts check_layers tests/thing_test.cc '#include <rocksdb/db.h>'
  refuses check_layers proto/qantara/v1/a.proto \
    'import "qantara/events/v1/e.proto";'
}

test_sizes() {
  accepts check_sizes domain/thing.h "$(lines 395)"
  refuses check_sizes domain/thing.h "$(lines 396)"
  refuses check_sizes proto/qantara/v1/a.proto "$(lines 399)"
  accepts check_sizes tests/thing_test.cc "$(lines 597)"
  refuses check_sizes tests/thing_test.cc "$(lines 598)"
}

test_comments() {
  refuses check_comments domain/thing.h '// TODO: finish.'
  refuses check_comments tests/thing_test.cc '// FIXME(me): finish.'
  refuses check_comments store/thing.h 'class StoreManager {};'
  refuses check_comments store/thing.h 'struct StoreImpl final {};'
  accepts check_comments store/thing.h 'class Implication {};'
  accepts check_comments store/thing.h '// A file name: "/tmp/a.XXXXXX".'
  fresh_tree
  sed -i 1d "$tree/domain/thing.h"
  expect fail check_comments "a header without a comment"
  fresh_tree
  sed -i 1d "$tree/server/thing.h"
  expect fail check_comments "the last header without a comment"
}

test_goldens() {
  fresh_tree
  cp "$tree/proto/qantara/v1/a.proto" "$tree/proto/qantara/v1/b.proto"
  expect fail check_goldens "a proto that is not recorded"
}

test_features() {
  refuses check_features proto/qantara/v1/a.proto '  rpc Put(P) returns (R);'
  refuses check_features tools/cli/commands.cc '      {"thing put", "", "x"},'
  refuses check_features proto/README.md \
    '| - | a thing | `Things.Get` | `thing get` | `tests/thing_test.cc` IsHere |'
  refuses check_features proto/README.md \
    '| - | a thing | `Things.Put` | `thing get` | `tests/thing_test.cc` IsThere |'
  refuses check_features proto/README.md \
    '| - | a thing | `Things.Get` | `thing get` | `tests/none_test.cc` IsThere |'
}

test_count() {
  local events=$work/events xml=$work/test.xml got
  # counts WANTED RESULT XML: one test with this result and file.
  counts() {
    printf '%s\n' "$3" >"$xml"
    printf '{"id":{"testResult":{"label":"//a:b","run":1}},"testResult":{"testActionOutput":[{"name":"test.log","uri":"file:///x"},{"name":"test.xml","uri":"file://%s"}],"status":"%s"}}\n' \
      "$xml" "$2" >"$events"
    got=$("$tools/count_tests.sh" "$events" 2>/dev/null)
    [[ $got == "$1" ]] && return
    echo "count_tests: wanted '$1', got '$got' for $2 $3"
    faults=$((faults + 1))
  }
  local suites='<testsuites tests="5" failures="0" disabled="0" errors="0">'
  counts "5 0" PASSED "$suites"
  counts "4 1" FAILED "$suites"
  counts "4 1" TIMEOUT "$suites"
  counts "3 2" FAILED '<testsuites tests="5" failures="2" errors="0">'
  counts "4 1" PASSED "$suites
    <testcase name=\"A\" status=\"run\" result=\"skipped\" time=\"0\" />"
  counts "4 1" PASSED "$suites
    <testcase name=\"A\" status=\"notrun\" result=\"suppressed\" />"
  counts "1 0" PASSED '<testsuites>
  <testsuite name="a/b" tests="1" failures="0" errors="0">'
  counts "0 1" FAILED '<testsuites>
  <testsuite name="a/b" tests="1" failures="0" errors="1">'
  counts "0 1" FAILED ''
  printf '{"id":{"testSummary":{"label":"//a:b"}},"testSummary":{"overallStatus":"NO_STATUS"}}\n' >"$events"
  got=$("$tools/count_tests.sh" "$events" 2>/dev/null)
  [[ $got == "0 1" ]] || {
    echo "count_tests: a test that was not run counts as '$got'"
    faults=$((faults + 1))
  }
}

test_clean_and_empty_trees
test_layers
test_sizes
test_comments
test_goldens
test_features
test_count
rm -rf "$work"
echo "$faults faults"
[[ $faults -eq 0 ]]
