#!/bin/bash
# Fails where a header does not say what it is, where work was left behind as
# a TODO, and where a class has a name that says nothing.
#
#   tools/check_comments.sh [ROOT]     ROOT: a tree like ours (default: ours)
#
# Comments of proto elements are checked by //tests/proto:descriptor_test.
set -euo pipefail
cd "${1:-$(dirname "$0")/..}"

mapfile -t files < <(find adapters domain proto server store tests tools \
  -type f \( -name '*.cc' -o -name '*.h' -o -name '*.proto' \) \
  2>/dev/null | sort)
if [[ ${#files[@]} -eq 0 ]]; then
  echo "check_comments: no file found" >&2
  exit 1
fi
awk '
  function fault(line, why) {
    printf "%s:%d: %s\n", name, line, why
    failed = 1
  }
  # A contract may stand above the includes or above the first declaration.
  function close_file() {
    if (name ~ /\.(h|proto)$/ && !commented)
      fault(1, "no comment before the first declaration")
  }
  FNR == 1 {
    if (NR > 1) close_file()
    name = FILENAME
    commented = 0
    declared = 0
  }
  !declared && /^[ \t]*\/\// { commented = 1 }
  /^(class|struct|enum|message|service|template|inline|using|constexpr)/ {
    declared = 1
  }
  /(^|[^A-Za-z0-9_"+\/.-])(TODO|FIXME|XXX|HACK)([^A-Za-z0-9_+]|$)/ {
    fault(FNR, "work left behind: do it, or write an issue")
  }
  name ~ /\.(h|cc)$/ &&
  /^[ \t]*(class|struct)[ \t]+[A-Za-z0-9_]*(Manager|Helper|Util|Utils|Impl|Interface)([^A-Za-z0-9_]|$)/ {
    fault(FNR, "a name that says nothing; see CONTRIBUTING.md")
  }
  END {
    close_file()
    exit failed
  }
' "${files[@]}" >&2 || exit 1
echo "check_comments: ${#files[@]} files"
