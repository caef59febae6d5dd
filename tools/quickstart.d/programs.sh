# Starts, watches and ends the programs of tools/quickstart.
# shellcheck shell=bash

# Longest wait for anything that should happen, in seconds.
readonly patience=60

say() { echo "  $*"; }

step() { printf '\n== %s\n' "$*"; }

# Ends with a message and the end of the logs named, or of all of them.
fail() {
  local message=$1 log
  shift
  # It was said already, in a subshell.
  [[ ! -e $work/failed ]] || exit 1
  touch "$work/failed"
  {
    printf '\ntools/quickstart: FAILED: %s\n' "$message"
    [[ $# -gt 0 ]] || set -- "$work"/*.err "$work"/*.log
    for log in "$@"; do
      [[ -s $log ]] || continue
      printf -- '-- the end of %s:\n' "$(basename "$log")"
      tail -n 25 "$log"
    done
  } >&2
  exit 1
}

# Makes the folder of this run; it and every program end with the script.
open_workshop() {
  work=$(mktemp -d "${TMPDIR:-/tmp}/qantara-quickstart.XXXXXX")
  declare -gA pids=() addresses=()
  trap close_workshop EXIT
  trap 'fail "a command failed: $BASH_COMMAND"' ERR
  trap 'exit 130' INT
  trap 'exit 143' TERM
}

close_workshop() {
  trap - ERR
  local pid
  for pid in "${pids[@]}"; do kill -KILL "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$work"
}

# wait_until WHAT COMMAND...: runs COMMAND until it succeeds.
wait_until() {
  local what=$1 end=$((SECONDS + patience))
  shift
  until "$@"; do
    [[ $SECONDS -lt $end ]] || fail "waited $patience s in vain: $what"
    sleep 0.05
  done
}

runs() { kill -0 "${pids[$1]}" 2>/dev/null; }

has_line() { grep -q -- "$1" "$2" 2>/dev/null; }

# start NAME PROGRAM FLAG...: starts it and waits for its `listening` line.
start() {
  local name=$1
  shift
  rm -f "$work/$name.out"
  "$binaries/$1" "${@:2}" >"$work/$name.out" 2>>"$work/$name.err" \
    </dev/null &
  pids[$name]=$!
  wait_until "$name says that it is ready" ready_or_gone "$name"
  runs "$name" || fail "$name did not start" "$work/$name.err"
  addresses[$name]=$(sed -n 's/^listening //p' "$work/$name.out")
  [[ -n ${addresses[$name]} ]] || fail "$name does not say where it listens"
}

ready_or_gone() { has_line '^listening ' "$work/$1.out" || ! runs "$1"; }

# stop NAME SIGNAL: ends it and prints nothing about it; sets $status.
stop() {
  kill "-$2" "${pids[$1]}"
  status=0
  wait "${pids[$1]}" 2>/dev/null || status=$?
  unset "pids[$1]"
}

start_server() {
  start server qantara_server --config "$1" --data_dir "$2" \
    --listen "${addresses[server]:-127.0.0.1:0}" \
    --metrics_listen 127.0.0.1:0
  export QANTARA_SERVER=${addresses[server]}
}

qantara() { "$binaries/qantara" "$@"; }

# begin_shown NAME ARGUMENT...: runs `qantara` in the background; what it says
# is shown as it comes, and kept in NAME.log.
begin_shown() {
  local name=$1 view
  shift
  exec {view}> >(tee "$work/$name.log" | sed -u 's/^/  | /')
  pids[$name-view]=$!
  "$binaries/qantara" "$@" >&"$view" 2>&1 </dev/null &
  pids[$name]=$!
  exec {view}>&-
}

# Waits for it.
end_shown() {
  wait "${pids[$1]}" || fail "qantara ended with exit code $?"
  wait "${pids[$1-view]}" || true
  unset "pids[$1]" "pids[$1-view]"
}

# metric NAME: the sum over its labels, as a whole number.
metric() {
  local port
  port=$(grep -o '"metrics_port":"[0-9]*"' "$work/server.err" | tail -n 1 |
    tr -dc 0-9)
  curl -sS --fail --max-time 10 "http://127.0.0.1:$port/metrics" |
    awk -v name="$1" 'index($1, name "{") == 1 || $1 == name { sum += $2 }
                      END { printf "%d\n", sum }'
}
