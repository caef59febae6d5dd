#!/bin/bash
# A tiny run of what `tools/bench watch` runs: every part measures, every
# watcher gets what was written, and what cannot be measured is said. No figure
# is judged. etcd takes part: without it the test fails.
set -uo pipefail
watch=$1
subject=$2
home=$(getent passwd "$(id -u)" | cut -d: -f6)
unpacked=${XDG_CACHE_HOME:-$home/.cache}/qantara/etcd-server/usr/bin
etcd=$(PATH=$PATH:/usr/bin:/usr/local/bin:$unpacked command -v etcd || true)
failures=0

fail() {
  echo "FAILED: $1"
  failures=$((failures + 1))
}

run() {
  "$watch" --work_dir="$TEST_TMPDIR" --smoke "$@" 2>&1
}

out=$(run --subject="$subject" --etcd="$etcd") ||
  fail "a tiny run exits with $?: $out"
for text in \
  'qantara, 100 changes per command, deliveries/s' \
  'qantara, 1 change per command, writes/s' \
  'qantara, 10 per command, commit to delivery, p99' \
  'qantara, changes/s' \
  'qantara, KiB of resident memory each' \
  'nobody stalled: p99' \
  'one stalled, every change, p99 of the others, ms' \
  'one stalled, every change: held up behind' \
  'one stalled, latest: 100 figures told once each behind fell_behind' \
  'one frozen, every change: in ' \
  '4 stalled, latest: 100 figures told once each behind fell_behind' \
  '4 stalled, latest, growth of the server, MiB' \
  'MiB of growth per stalled watcher' \
  'every change once and in order, or the latest of each figure once' \
  'load average' \
  'fdatasync' \
  'nothing is judged'; do
  grep -qF -- "$text" <<<"$out" || fail "no \"$text\" in: $out"
done
[[ -n $etcd ]] ||
  fail "etcd is neither in \$PATH nor in $unpacked: tools/setup test gets it"
grep -qF 'etcd, Put, deliveries/s' <<<"$out" || fail "no etcd in: $out"
[[ -z $(ls -d "$TEST_TMPDIR"/bench-* 2>/dev/null) ]] ||
  fail "databases are left behind"

out=$(run --subject="$subject" --parts=fanout) ||
  fail "a run without etcd exits with $?: $out"
grep -qF 'etcd: NOT THERE' <<<"$out" || fail "etcd is missed silently: $out"

out=$(run --subject="$TEST_TMPDIR/absent") && fail "an absent server exits with 0"
grep -q 'absent' <<<"$out" || fail "an absent server is not named: $out"

# A stall and nothing else.
out=$("$watch" --work_dir="$TEST_TMPDIR" --subject="$subject" --smoke --stall=0.2 \
  2>&1) || fail "a short stall exits with $?: $out"
grep -qF -- 'one stalled, every change: held up behind' <<<"$out" ||
  fail "no stall: $out"
grep -qF -- 'deliveries/s' <<<"$out" && fail "more than a stall: $out"

run --subject="$subject" --parts=nothing >/dev/null
[[ $? -eq 2 ]] || fail "an unknown part is no usage error"

[[ $failures -eq 0 ]]
