#!/bin/bash
# Fails when the table of features in proto/README.md is not whole: a method of
# the protos or a command of `qantara` stands in no row, or a row names a method
# or a test that does not exist.
#
#   tools/check_features.sh [ROOT]    ROOT: a tree like ours (default: ours)
set -euo pipefail
cd "${1:-$(dirname "$0")/..}"

rows=$(grep -E '^\| .* `tests/' proto/README.md || true)
bad=0
[[ -n $rows ]] || { echo "proto/README.md: no table of features" >&2; exit 1; }

complain() {
  echo "proto/README.md: $1" >&2
  bad=1
}

while read -r service method; do
  grep -qF "\`$service.$method\`" <<<"$rows" ||
    complain "no row has $service.$method"
done < <(awk '/^service /{s=$2} /^  rpc /{sub(/\(.*/, "", $2); print s, $2}' \
  proto/qantara/v1/*.proto)

while read -r command; do
  grep -qE "\`$command\`" <<<"$rows" || complain "no row has \`$command\`"
done < <(grep -oE '^      \{"[a-z ]+",' tools/cli/commands.cc | cut -d'"' -f2)

while IFS='|' read -r _ _ feature methods _ test _; do
  file=$(grep -oE 'tests/[a-z0-9_/]+\.cc' <<<"$test")
  name=${test##* \`*\` }
  name=${name//[[:space:]]/}
  [[ -f $file ]] && grep -qE "(^|[ ,])$name\)" "$file" ||
    complain "no test $name in $file ($feature)"
  while read -r method; do
    grep -qE "^  rpc ${method#*.}\(" proto/qantara/v1/*.proto ||
      complain "no method $method ($feature)"
  done < <(grep -oE '[A-Za-z]+\.[A-Za-z]+' <<<"$methods")
done <<<"$rows"

exit $bad
