#!/bin/bash
# Prints the path of etcd: that of $PATH, else the program of Debian's package
# etcd-server, unpacked below CACHE. The package is not installed, because its
# service would start and stay.
#
#   tools/benchmark/etcd/find_etcd.sh CACHE
#
# Exit code 0; 1 when it cannot be had.
set -euo pipefail
cache=$1/etcd-server

fail() {
  echo "find_etcd: $*" >&2
  exit 1
}

if command -v etcd; then
  exit 0
fi
if [[ ! -x $cache/usr/bin/etcd ]]; then
  command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null ||
    fail "this is not Debian: put etcd into \$PATH"
  # A download by root goes on as the user _apt, who must see the directory.
  fresh=$(mktemp -d)
  trap 'rm -rf "$fresh"' EXIT
  chmod 755 "$fresh"
  cd "$fresh"
  if ! apt-get -q download etcd-server >log 2>&1; then
    as_root=()
    [[ $EUID -eq 0 ]] || as_root=(sudo)
    "${as_root[@]}" apt-get -q update >log 2>&1 &&
      apt-get -q download etcd-server >log 2>&1 || {
      cat log >&2
      fail "etcd-server cannot be downloaded"
    }
  fi
  mkdir -p "$cache"
  dpkg-deb -x etcd-server_*.deb "$cache"
  echo "find_etcd: unpacked $(ls etcd-server_*.deb)" >&2
fi
"$cache/usr/bin/etcd" --version >/dev/null || fail "etcd does not start"
echo "$cache/usr/bin/etcd"
