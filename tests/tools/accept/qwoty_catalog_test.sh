#!/bin/bash
# A small run of what `tools/accept/issue5_qwoty` runs.
set -uo pipefail
file=$TEST_TMPDIR/catalog.csv
{
  echo 'sku,name_en,selling_price'
  for i in $(seq 1 60); do echo "S-$i,Thing $i,2.50"; done
  echo 'S-61,,1'
  echo 'S-62,Without price,'
} >"$file"
out=$("$1" --binaries=. --file="$file" --expect=60 --lost_answers=0.1 2>&1)
code=$?
echo "$out"
[[ $code -eq 0 && $out == *$'\n'good ]] || exit 1
grep -q '60 created, 0 unchanged, 0 linked, 2 invalid; 60 creating' <<<"$out" ||
  exit 1
grep -q '0 created, 60 unchanged, 0 linked, 2 invalid; 0 creating' <<<"$out"
