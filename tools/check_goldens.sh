#!/bin/bash
# Fails when a .proto file that is stored or public is in no golden file: it
# would be missing from //tests/proto:descriptors too, hence unchecked.
#
#   tools/check_goldens.sh [ROOT]     ROOT: a tree like ours (default: ours)
#
# qantara.tables.v1 is folded again from the log at any time: not recorded.
set -euo pipefail
cd "${1:-$(dirname "$0")/..}"
status=0
checked=0
while IFS= read -r proto; do
  checked=$((checked + 1))
  if ! grep -qxF "file ${proto#proto/}" tests/proto/golden/*.txt; then
    echo "$proto: not recorded in tests/proto/golden;" \
      "run tools/update_goldens" >&2
    status=1
  fi
done < <(find proto/qantara -name '*.proto' -type f \
  ! -path 'proto/qantara/tables/*' 2>/dev/null | sort)
if [[ $checked -eq 0 ]]; then
  echo "check_goldens: no .proto file found" >&2
  exit 1
fi
[[ $status -ne 0 ]] || echo "check_goldens: $checked files"
exit "$status"
