#!/bin/bash
# Installs the modules of package-lock.json, by npm, into a cache outside the
# source tree, and prints the folder to put into NODE_PATH. Quick when they are
# there already.
#
#   export NODE_PATH=$(tools/examples/node/install.sh)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
home=${HOME:-$(getent passwd "$(id -u)" | cut -d: -f6)}
version=$(sha256sum package-lock.json | cut -c1-16)
folder=${XDG_CACHE_HOME:-$home/.cache}/qantara/examples-node-$version
if [[ ! -e $folder/complete ]]; then
  echo "tools/examples/node: installing $(grep -c '"integrity"' \
    package-lock.json) modules" >&2
  mkdir -p "$folder"
  cp package.json package-lock.json "$folder"
  npm ci --prefix "$folder" --ignore-scripts --no-audit --no-fund \
    --no-update-notifier --loglevel=error </dev/null >&2
  touch "$folder/complete"
fi
# The Node.js that was found, for who looks in fewer places.
[[ -x $folder/node ]] || ln -sfn "$(command -v node)" "$folder/node"
echo "$folder/node_modules"
