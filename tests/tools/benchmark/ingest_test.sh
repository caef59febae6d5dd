#!/bin/bash
# A tiny run of what `tools/bench ingest` runs: every figure is there, and what
# it cannot measure it says. No figure is judged.
set -uo pipefail
ingest=$1
server=$2
peer=$3
failures=0

fail() {
  echo "FAILED: $1"
  failures=$((failures + 1))
}

run() {
  "$ingest" --peer="$peer" --work_dir="$TEST_TMPDIR" --rounds=1 \
    --single_lines=40 --batch_lines=250 "$@" 2>&1
}

out=$(run --server="$server" --floor=0) || fail "a tiny run exits with $?: $out"
for text in \
  '1 line(s) per message, 40 lines of' \
  '100 line(s) per message, 250 lines of' \
  'discarding handler' \
  'one put per line, one sync per 500' \
  'qantara, to the last ack' \
  'qantara, to the last table folded' \
  'qantara acked / put handler' \
  'qantara folded / put handler' \
  'load average' \
  'fdatasync' \
  'above the floor of 0.000'; do
  grep -qF -- "$text" <<<"$out" || fail "no \"$text\" in: $out"
done
[[ -z $(ls -d "$TEST_TMPDIR"/bench-* 2>/dev/null) ]] ||
  fail "databases are left behind"

out=$(run --server="$server" --floor=1000) && fail "a missed floor exits with 0"
grep -q 'BELOW the floor' <<<"$out" || fail "a missed floor is not told: $out"

out=$(run --server="$TEST_TMPDIR/absent") && fail "an absent server exits with 0"
grep -q 'absent' <<<"$out" || fail "an absent server is not named: $out"

# A program that ends instead of listening: its own words are shown.
out=$(run --server="$ingest") && fail "a server that does not start exits with 0"
grep -q 'did not start' <<<"$out" || fail "a failed start is not told: $out"

run --server= >/dev/null
[[ $? -eq 2 ]] || fail "a missing option is no usage error"

[[ $failures -eq 0 ]]
