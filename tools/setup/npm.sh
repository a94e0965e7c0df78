#!/usr/bin/env bash
# Installs exactly what package-lock.json names (each archive is checked against the digest in it).
set -euo pipefail
. "$(dirname "$0")/env.sh"
cd "$FOYER_ROOT"
say "Installing npm packages from the lock file ..."
npm ci --no-audit --no-fund --loglevel=error >&2
