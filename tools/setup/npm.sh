#!/usr/bin/env bash
# Installs exactly what package-lock.json names (each archive is checked against the digest in it).
set -euo pipefail
. "$(dirname "$0")/env.sh"
cd "$FOYER_ROOT"
say "Installing npm packages from the lock file ..."
[ -w . ] || die "$FOYER_ROOT cannot be written: npm's packages and what is built belong there; copy the project to a folder of yours"
if [ -L node_modules ]; then rm node_modules; fi # another checkout's, which is not ours to change
npm ci --no-audit --no-fund --loglevel=error >&2 ||
  die "npm could not install them (its own words stand above): check the network and npm's registry (npm ping), then call again"
