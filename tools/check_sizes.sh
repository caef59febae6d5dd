#!/bin/bash
# Fails when a file is longer than CONTRIBUTING.md allows: 400 lines, and 600
# for a test with its table. Lists of targets are not code; functions are
# measured by clang-tidy.
#
#   tools/check_sizes.sh [ROOT]     ROOT: a tree like ours (default: ours)
set -euo pipefail
cd "${1:-$(dirname "$0")/..}"
limit=400
test_limit=600

status=0
checked=0
while IFS= read -r file; do
  checked=$((checked + 1))
  allowed=$limit
  [[ $file != tests/* ]] || allowed=$test_limit
  lines=$(wc -l <"$file")
  if [[ $lines -gt $allowed ]]; then
    echo "$file: $lines lines, the limit is $allowed: split it" >&2
    status=1
  fi
done < <(find adapters domain proto server store tests tools -type f \
  \( -name '*.cc' -o -name '*.h' -o -name '*.proto' -o -name '*.sh' \
  \) 2>/dev/null | sort)
if [[ $checked -eq 0 ]]; then
  echo "check_sizes: no file found" >&2
  exit 1
fi
[[ $status -ne 0 ]] || echo "check_sizes: $checked files"
exit "$status"
