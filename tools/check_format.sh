#!/bin/bash
# Fails and shows where when a C++ file differs from what tools/format makes.
#
#   tools/check_format.sh [ROOT]     ROOT: a tree like ours (default: ours)
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
cd "${1:-$here}"
command -v clang-format >/dev/null || {
  echo "check_format: clang-format is missing; run tools/setup test" >&2
  exit 1
}
mapfile -d '' files < <(find adapters domain server store tests tools \
  \( -name '*.cc' -o -name '*.h' \) -type f -print0 2>/dev/null | sort -z)
if [[ ${#files[@]} -eq 0 ]]; then
  echo "check_format: no C++ file found" >&2
  exit 1
fi
# One line per file: where it differs first.
if ! differing=$(printf '%s\0' "${files[@]}" |
    xargs -0 -n 20 -P "$(nproc)" \
      clang-format "--style=file:$here/.clang-format" --dry-run -Werror 2>&1)
then
  grep -E '^[^ ]+:[0-9]+:[0-9]+: ' <<<"$differing" | sort -t: -k1,1 -u |
    cut -d: -f1,2,5- >&2 || echo "$differing" >&2
  echo "check_format: run tools/format" >&2
  exit 1
fi
echo "check_format: ${#files[@]} files"
