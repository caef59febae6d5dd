# The story that tools/quickstart tells, against a simulated Qoyod.
# shellcheck shell=bash

readonly sample=tools/samples/catalog.csv
readonly demo_sku=MUG-BLU-001
# The simulator's location "Main Warehouse".
readonly demo_location=3

# admin METHOD PATH [BODY]: asks the simulator about itself; not in its journal.
admin() {
  curl -sS --fail-with-body --max-time "$patience" -X "$1" ${3:+-d "$3"} \
    "http://${addresses[simulator]}/_admin/$2" ||
    fail "the simulator refused $1 $2"
}

# number_of KEY: a whole number of the simulator's state; 0 when it is absent.
number_of() {
  local found
  found=$(admin GET state | grep -o "\"$1\":[0-9]*" | head -n 1)
  echo "${found##*:}" | sed 's/^$/0/'
}

# Waits until the simulator holds one more request that it has applied.
wait_for_held() {
  local reply
  reply=$(admin GET "hold?waiting=1&timeout_ms=$((patience * 1000 - 1000))")
  [[ $reply == *'"held":1'* ]] ||
    fail "the server sent no creating request"
}

write_demo_config() {
  # Bounds for a Qoyod that is known to be quick; the README says how to choose
  # those of the real one.
  cat >"$work/server.textproto" <<END
connections {
  id: "demo-store"
  qoyod {
    base_url: "http://${addresses[simulator]}/2.0"
    api_key_env: "QUICKSTART_API_KEY"
    request_timeout { seconds: 2 }
    max_processing { seconds: 1 }
    max_read_lag { nanos: 500000000 }
    max_in_flight: 1
  }
  requests_per_minute: 1200
  inventory_poll_interval { seconds: 1 }
}
END
  export QUICKSTART_API_KEY=qyd_test_key
}

begin_import() {
  begin_shown import import "$sample" --blank_price omit
}

import_and_crash() {
  step "A catalog goes in"
  total=$(qantara import "$sample" --blank_price omit --plan 2>&1 |
    grep -o '[0-9]* lines' | tr -dc 0-9)
  say "$sample: $total products with English and Arabic names"
  # The simulator keeps each answer to a POST until it is told to send it.
  admin POST hold '{"methods":["POST"],"path":"/products","when":"after"}' \
    >/dev/null
  begin_import
  wait_for_held
  admin POST release '{"count":1}' >/dev/null
  wait_for_held

  step "The server is killed in the middle (SIGKILL)"
  local told there
  told=$(metric 'qantara_import_items{connection="demo-store",state="created"}')
  stop server KILL
  there=$(number_of products)
  say "Qoyod holds $there products; the server was told of $told"
  [[ $there -gt $told ]] || fail "nothing was under way at the crash"
  say "the answer about the other $((there - told)) will never arrive"
  admin DELETE hold >/dev/null

  step "The server starts again on the same data"
  start_server "$work/server.textproto" "$work/data"
  wait_until "the open request is found" \
    recovered_at_least 1
  say "1 request without an answer found in the log: it is read back before" \
    "anything is sent again"
  end_shown import
}

recovered_at_least() {
  [[ $(metric qantara_intents_recovered_total) -ge $1 ]]
}

# Pairs of SKU and id, as Qantara maps them and as the simulator holds them.
prove_exactly_once() {
  step "Proof: every SKU exactly once"
  admin GET "products?limit=100000" |
    sed -n 's/^{"id":\([0-9]*\),.*"sku":"\([^"]*\)".*/\2\t\1/p' |
    LC_ALL=C sort >"$work/held.tsv"
  qantara product list --limit 100000 --json |
    sed -n 's/.*"sku":"\([^"]*\)".*"remoteId":"\([0-9]*\)".*/\1\t\2/p' |
    LC_ALL=C sort >"$work/mapped.tsv"
  local rows skus
  rows=$(wc -l <"$work/held.tsv")
  skus=$(cut -f 1 "$work/held.tsv" | LC_ALL=C sort -u | wc -l)
  say "Qoyod: $rows products, $skus different SKUs, $(number_of products) in all"
  [[ $rows -eq $total && $skus -eq $total &&
    $(number_of products) -eq $total ]] || fail "that should be $total each"
  admin GET state | grep -q '"repeated_skus":{}' || fail "a SKU is there twice"
  diff "$work/held.tsv" "$work/mapped.tsv" >"$work/mapping.log" ||
    fail "the mapping is not what Qoyod holds" "$work/mapping.log"
  say "Qantara's mapping has the same $total pairs of SKU and Qoyod id"
}

import_again() {
  step "The same file again"
  local before after
  before=$(number_of 'POST /products')
  begin_import
  end_shown import
  after=$(number_of 'POST /products')
  say "$((after - before)) requests that create, of $after since the beginning"
  [[ $before -eq $after ]] || fail "an unchanged catalog was sent again"
}

update_product() {
  step "A product is updated"
  say "qantara product update $demo_sku selling_price=29.50"
  qantara product update "$demo_sku" selling_price=29.50 >"$work/update.log" ||
    fail "the update was refused" "$work/update.log"
  local sent
  sent=$(admin GET 'journal?method=PUT&body=1' |
    sed -n 's/.*"body":"\(.*\)","applied".*/\1/p' | tr -d '\\')
  say "sent by PUT: $sent"
  [[ $sent == '{"product":{"selling_price":29.50}}' ]] ||
    fail "that is not the one field that was to be changed"
  grep -E '^(update|selling_price|name_ar)' "$work/update.log" |
    sed 's/^/  | /'
  grep -q 'APPLIED' "$work/update.log" || fail "it was not applied"
}

# move_stock DELTA: goods come or go at Qoyod, behind Qantara's back.
move_stock() {
  admin POST stock "{\"sku\":\"$demo_sku\",\"location_id\":$demo_location,
    \"delta\":$1}" >/dev/null
  say "in Qoyod: $demo_sku moves by $1"
}

watch_stock() {
  step "Stock changes arrive"
  local log=$work/stock.log
  begin_shown stock stock watch --sku "$demo_sku" --changes 2
  wait_until "the present stock is shown" has_line 'changes follow' "$log"
  move_stock 40
  wait_until "the first change arrives" has_line 'no figure -> 40 ' "$log"
  move_stock -2.5
  wait_until "the second change arrives" has_line '40 -> 37.5 ' "$log"
  end_shown stock
}

demo() {
  local begun=$SECONDS total status
  step "Programs"
  start simulator qoyod_simulator --listen 127.0.0.1:0 --latency_ms 300
  say "a simulated Qoyod at ${addresses[simulator]}; every answer takes 300 ms"
  write_demo_config
  start_server "$work/server.textproto" "$work/data"
  say "the server at ${addresses[server]}"

  import_and_crash
  prove_exactly_once
  import_again
  update_product
  watch_stock

  step "Summary"
  local balance
  balance=$(metric qantara_import_balance)
  [[ $balance -eq 0 ]] || fail "an import does not balance"
  prove_quietly
  stop server TERM
  [[ $status -eq 0 ]] || fail "the server ended with exit code $status"
  say "$total products imported across a crash, each exactly once;" \
    "1 updated; 2 stock changes seen"
  say "$(number_of requests_total) requests to Qoyod," \
    "$(number_of 'POST /products') of them created products"
  say "done in $((SECONDS - begun)) s; nothing is left behind"
}

prove_quietly() { prove_exactly_once >/dev/null; }
