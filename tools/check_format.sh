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
# Prints the names of the files that differ. clang-format's own failure is a
# difference too: the empty output of a crash is not the file.
differs() {
  local file
  for file in "$@"; do
    clang-format "--style=file:$STYLE" "$file" | cmp -s - "$file" ||
      echo "$file"
  done
}
export -f differs
export STYLE=$here/.clang-format

differing=$(printf '%s\0' "${files[@]}" |
  xargs -0 -n 20 -P "$(nproc)" bash -c 'differs "$@"' check_format | sort)
if [[ -n $differing ]]; then
  echo "$differing" >&2
  echo "check_format: run tools/format" >&2
  exit 1
fi
echo "check_format: ${#files[@]} files"
