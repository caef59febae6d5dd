# What tools/quickstart does with a real company.
# shellcheck shell=bash

check_company() {
  step "The connection (GETs only)"
  local code=0
  "$binaries/qantara_check" --config "$config" \
    ${connection:+--connection "$connection"} \
    ${data_dir:+--data_dir "$data_dir"} 2>"$work/check.log" |
    tee "$work/check.out" | sed 's/^/  /' || code=$?
  case "$code" in
    0) ;;
    4)
      echo "tools/quickstart: the provider refuses the credential" >&2
      exit 4
      ;;
    2)
      cat "$work/check.log" >&2
      exit 2
      ;;
    *) fail "the provider cannot be used as configured" "$work/check.log" ;;
  esac
}

# Says what an import would send, and where. Sends nothing.
print_plan() {
  local target
  target=$(grep '^connection ' "$work/check.out")
  if [[ $target == *$'\n'* ]]; then
    echo "tools/quickstart: which connection? say --connection ID" >&2
    exit 2
  fi
  step "The plan"
  qantara import "$catalog" "${import_options[@]}" --plan 2>&1 |
    sed 's/^/  /' || fail "the catalog cannot be imported as it is"
  say "into $target"
  say "with the log in $data_dir"
}

import_for_real() {
  step "The import"
  mkdir -p "$data_dir"
  start_server "$config" "$data_dir"
  say "the server at ${addresses[server]}; it ends with this script"
  local code=0
  qantara import "$catalog" ${connection:+--connection "$connection"} \
    "${import_options[@]}" || code=$?
  stop server TERM
  say "what is not finished goes on when the server runs again:"
  say "  qantara_server --config $config --data_dir $data_dir"
  exit "$code"
}

real_company() {
  check_company
  if [[ -z $catalog ]]; then
    say "nothing was written; to import a catalog: --import CATALOG" \
      "--data_dir DIR"
    return
  fi
  print_plan
  if [[ $yes == no ]]; then
    say "nothing was sent; add --yes to import it"
    return
  fi
  import_for_real
}
