# What the tests of tools/quickstart share.
# shellcheck shell=bash

faults=0
work=$TEST_TMPDIR
export TMPDIR=$TEST_TMPDIR
binaries=$work/bin
mkdir "$binaries"
ln -s "$PWD"/server/qantara_server "$PWD"/tools/qantara{,_check} \
  "$PWD"/tools/qoyod_simulator "$binaries"

# expect CODE ARGUMENT...: runs it; its output goes to $work/log.
expect() {
  local wanted=$1 code=0
  shift
  tools/quickstart "$@" >"$work/log" 2>&1 || code=$?
  [[ $code -ne $wanted ]] || return 0
  echo "quickstart $*: wanted exit code $wanted, got $code"
  cat "$work/log"
  faults=$((faults + 1))
}

# said TEXT...: each of them stands in the output of the last run.
said() {
  local text
  for text in "$@"; do
    grep -qF -- "$text" "$work/log" && continue
    echo "the output lacks: $text"
    cat "$work/log"
    faults=$((faults + 1))
  done
}

finish() {
  [[ $faults -eq 0 ]] && exit 0
  echo "$faults faults"
  exit 1
}
