#!/bin/bash
# The whole story ends well, tells each part, and leaves nothing behind.
set -uo pipefail
source tests/tools/quickstart/programs.sh

expect 0 --binaries "$binaries"
said \
  '185 products with English and Arabic names' \
  'killed in the middle' \
  'the answer about the other 52 will never arrive' \
  '1 request without an answer' \
  'Qoyod: 185 products, 185 different SKUs, 185 in all' \
  "Qantara's mapping has the same 185 pairs" \
  '0 requests that create, of 4 since the beginning' \
  'sent by PUT: {"product":{"selling_price":29.50}}' \
  'no figure -> 40 ' \
  '40 -> 37.5 ' \
  'nothing is left behind'
if compgen -G "$work/qantara-quickstart.*" >/dev/null; then
  echo "the folder of the run is left"
  faults=$((faults + 1))
fi

mkdir "$work/broken"
ln -s "$binaries"/qantara* "$work/broken"
printf '#!/bin/sh\necho no room >&2\nexit 3\n' >"$work/broken/qoyod_simulator"
chmod +x "$work/broken/qoyod_simulator"
expect 1 --binaries "$work/broken"
said 'FAILED: simulator did not start' 'no room'

expect 0 --help
said '--config FILE'
expect 2 --wrong
expect 2 --yes
expect 2 --config "$work/absent"
finish
