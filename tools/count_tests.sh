#!/bin/bash
# Counts the test cases of one `bazel test` run.
#
#   tools/count_tests.sh BUILD_EVENTS
#
# BUILD_EVENTS: the file of --build_event_json_file. Prints "PASSED FAILED" to
# standard output and what did not pass to standard error. A case that was
# skipped or disabled counts as failed, and so does a test that ended badly
# without a failed case (a leak at exit, a timeout), or one that was not run.
set -euo pipefail

passed=0
failed=0

# The number in the first attribute `name` of an XML element; 0 where absent.
attribute() {
  local value
  value=$(sed -n "s/.* $2=\"\([0-9]*\)\".*/\1/p" <<<"$1")
  echo "${value:-0}"
}

count_one() {
  local label=$1 result=$2 xml=$3
  local cases=1 bad=0 idle=0 suites
  if [[ -s $xml ]]; then
    # GoogleTest writes <testsuites tests=...>; for a script, Bazel writes one
    # <testsuite tests="1"> below an empty <testsuites>.
    suites=$(grep -m 1 -E '<testsuites? .*tests="' "$xml" || true)
    cases=$(attribute "$suites" tests)
    bad=$(($(attribute "$suites" failures) + $(attribute "$suites" errors)))
    idle=$(grep -cE '<testcase .*(result="skipped"|status="notrun")' \
      "$xml" || true)
  fi
  if [[ $idle -gt 0 ]]; then
    echo "$label: $idle cases skipped or disabled" >&2
  fi
  bad=$((bad + idle))
  if [[ $result != PASSED ]]; then
    echo "$label: $result" >&2
    [[ $bad -gt 0 ]] || bad=1
  fi
  [[ $cases -ge $bad ]] || cases=$bad
  passed=$((passed + cases - bad))
  failed=$((failed + bad))
}

decode() {
  printf '%b' "${1//%/\\x}"
}

while IFS=$'\t' read -r label result xml; do
  count_one "$label" "$result" "$(decode "$xml")"
done < <(sed -n \
  -e '/^{"id":{"testResult":/{
        s/^{"id":{"testResult":{"label":"\([^"]*\)".*/\1\n&/
        s/\n.*"name":"test.xml","uri":"file:\/\/\([^"]*\)".*"status":"\([A-Z_]*\)".*/\t\2\t\1/
        s/\n.*"status":"\([A-Z_]*\)".*/\t\1\t-/
        p
      }' "$1")

# Tests that Bazel wanted to run and did not, because something did not build.
while read -r label; do
  echo "$label: NOT RUN" >&2
  failed=$((failed + 1))
done < <(sed -n \
  '/^{"id":{"testSummary":.*"overallStatus":"NO_STATUS"/s/^{"id":{"testSummary":{"label":"\([^"]*\)".*/\1/p' \
  "$1")

echo "$passed $failed"
