#!/bin/bash
# A company of a configuration file is only read, unless the caller names a
# catalog and says --yes. The company here is simulated.
set -uo pipefail
source tests/tools/quickstart/programs.sh

"$binaries/qoyod_simulator" --listen 127.0.0.1:0 >"$work/simulator.out" &
simulator=$!
trap 'kill $simulator' EXIT
for ((i = 0; i < 600; i++)); do
  address=$(sed -n 's/^listening //p' "$work/simulator.out")
  [[ -z $address ]] || break
  sleep 0.05
done

cat >"$work/config" <<END
connections {
  id: "riyadh-store"
  qoyod {
    base_url: "http://$address/2.0"
    api_key_env: "TEST_QOYOD_KEY"
  }
  requests_per_minute: 6000
}
END
printf 'code,name,price\nA-1,"Two\nlines",1.50\nA-2,b,2\n' >"$work/shop.csv"

# written NUMBER: so many products are held, and nothing else was written.
written() {
  local held
  held=$(curl -sS "http://$address/_admin/state" |
    grep -o '"products":[0-9]*' | head -n 1 | tr -dc 0-9)
  [[ $held -eq $1 ]] && return
  echo "the company holds $held products, not $1"
  faults=$((faults + 1))
}

export TEST_QOYOD_KEY=qyd_test_key
check=(--binaries "$binaries" --config "$work/config")
import=("${check[@]}" --import "$work/shop.csv" --data_dir "$work/data")

expect 0 "${check[@]}"
said "connection riyadh-store at http://$address/2.0" 'products    0' \
  'taxes       3' 'nothing was written'
expect 0 "${import[@]}"
said '2 lines of shop.csv with sku, name_en, selling_price' \
  "into connection riyadh-store at http://$address/2.0" 'nothing was sent; add --yes'
written 0
[[ ! -e $work/data ]] || { echo "the plan made a log"; faults=1; }

expect 0 "${import[@]}" --yes
said 'created               2'
written 2
expect 0 "${import[@]}" --yes -- --blank_price=omit
said 'unchanged             2'
written 2

expect 2 "${check[@]}" --import "$work/shop.csv"
sed 's/riyadh-store/jeddah-store/' "$work/config" >>"$work/config.2"
cat "$work/config" >>"$work/config.2"
expect 2 --binaries "$binaries" --config "$work/config.2" \
  --import "$work/shop.csv" --data_dir "$work/data" --yes
said 'which connection?'
expect 2 "${check[@]}" --connection other
said 'there is no connection other'
printf 'code,name,price\nA-1,"open,1.50\n' >"$work/shop.csv"
expect 1 "${import[@]}" --yes
TEST_QOYOD_KEY=wrong expect 4 "${import[@]}" --yes
said 'CREDENTIALS_NEEDED'
written 2
finish
