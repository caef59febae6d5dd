#!/bin/bash
# A small run of what `tools/accept/issue4_watch` runs. Memory is not judged:
# sanitizers have their own.
set -uo pipefail
out=$("$1" --binaries=. --products=500 --watchers=5 --rounds=2 \
  --poll_seconds=1 --memory_mib=0 2>&1)
code=$?
echo "$out"
[[ $code -eq 0 && $out == *$'\n'good ]] || exit 1
grep -q 'a snapshot had 1500 figures' <<<"$out" || exit 1
grep -q '5 watchers got 20 to 20 changes' <<<"$out"
