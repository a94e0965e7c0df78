#!/usr/bin/env bash
# Installs the Debian packages the build and the tests use, all in one transaction, or says which are missing and
# installs none of them. On other systems it only looks for the programs.
set -euo pipefail
. "$(dirname "$0")/env.sh"
packages=(clang-19 lld-19 libclang-rt-19-dev clang-tidy-19 clang-format-19 cmake ninja-build ccache pkg-config
  nlohmann-json3-dev libgtest-dev libgmock-dev libcurl4-openssl-dev libssl-dev libglfw3-dev libgl-dev
  libegl1 libgl1-mesa-dri libgles2 libgl1 libpci3 xvfb xauth nginx-light chromium brotli curl python3
  libharfbuzz-bin fonttools fonts-inter faketime dbconfig-no-thanks glewlwyd sqlite3 caddy
  libsecret-1-0 gnome-keyring dbus-daemon)

installed() { dpkg-query -W -f '${db:Status-Status}\n' "$1" 2>/dev/null | grep -qx installed; }

if command -v apt-get >/dev/null; then
  missing=()
  for package in "${packages[@]}"; do
    [ "$package" = nginx-light ] && command -v nginx >/dev/null && continue
    installed "$package" || missing+=("$package")
  done
  if ! command -v node >/dev/null || ! command -v npm >/dev/null; then missing+=(nodejs npm); fi
  if [ ${#missing[@]} -gt 0 ]; then
    as_root=()
    if [ "$(id -u)" != 0 ]; then
      if command -v sudo >/dev/null && { [ -t 0 ] || sudo -n true 2>/dev/null; }; then as_root=(sudo)
      else die "please install, as root: apt-get install --no-install-recommends ${missing[*]}"; fi
    fi
    say "Installing ${#missing[@]} Debian packages: ${missing[*]}"
    known() { apt-get install -s --no-install-recommends "${missing[@]}" >/dev/null 2>&1; }
    known || "${as_root[@]}" apt-get update -qq >&2
    known || die "this system's package lists lack some of: ${missing[*]}"
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
      apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
  fi
else
  missing=()
  for program in clang++-19 wasm-ld-19 cmake ninja node npm brotli curl python3 hb-subset; do
    command -v "$program" >/dev/null || missing+=("$program")
  done
  [ ${#missing[@]} -eq 0 ] || die "please install these programs first (the test suites also use Chromium, Xvfb and nginx): ${missing[*]}"
fi
