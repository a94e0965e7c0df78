#!/usr/bin/env bash
# system.sh SET – installs the Debian packages of one set (packages.txt), all in one transaction, or says which are
# missing and installs none of them. On other systems it only looks for the programs of that set.
set -euo pipefail
. "$(dirname "$0")/env.sh"
set_name=${1:?system.sh wants a set of packages.txt}
mapfile -t packages < <(awk -v set="$set_name" '$1 == set { print $2 }' "$(dirname "$0")/packages.txt")
[ ${#packages[@]} -gt 0 ] || die "packages.txt has no set '$set_name'"

installed() { dpkg-query -W -f '${db:Status-Status}\n' "$1" 2>/dev/null | grep -qx installed; }

if command -v apt-get >/dev/null; then
  missing=()
  for package in "${packages[@]}"; do installed "$package" || missing+=("$package"); done
  if [ "$set_name" = build ] && ! { command -v node && command -v npm; } >/dev/null; then missing+=(nodejs npm); fi
  [ ${#missing[@]} -gt 0 ] || exit 0
  as_root=()
  if [ "$(id -u)" != 0 ]; then
    if command -v sudo >/dev/null && { [ -t 0 ] || sudo -n true 2>/dev/null; }; then as_root=(sudo)
    else die "please install, as root, and call again: apt-get install --no-install-recommends ${missing[*]}"; fi
  fi
  say "Installing ${#missing[@]} Debian packages to $set_name: ${missing[*]}"
  known() { apt-get install -s --no-install-recommends "${missing[@]}" >/dev/null 2>&1; }
  words=
  if ! known; then # apt-get ends well even when it fetched nothing: its words tell
    words=$("${as_root[@]}" apt-get update -qq 2>&1) || words+=" Failed to fetch"
    printf '%s\n' "$words" | sed '/^$/d' >&2
  fi
  if ! known; then
    unknown=()
    for package in "${missing[@]}"; do
      apt-get install -s --no-install-recommends "$package" >/dev/null 2>&1 || unknown+=("$package")
    done
    case $words in *"Failed to fetch"* | *"Some index files failed"*)
      die "the package lists could not be fetched: check the network and /etc/apt/sources.list, then call again" ;;
    esac
    die "this system's package lists lack: ${unknown[*]:-a dependency of ${missing[*]}} (Debian 12 has them all; add its mirror, then call again)"
  fi
  as_root+=(env DEBIAN_FRONTEND=noninteractive)
  # An installation that was cut short is finished first; another one that is at work is waited for.
  "${as_root[@]}" dpkg --configure -a >&2 || die "'dpkg --configure -a' fails (its own words stand above): mend that, then call again"
  "${as_root[@]}" apt-get install -y -qq -o DPkg::Lock::Timeout=120 -o APT::Keep-Downloaded-Packages=false --no-install-recommends "${missing[@]}" >&2 || {
    [ "$(spare /usr)" -ge 500 ] || die "only $(spare /usr) MB are left where /usr lies: make room, then call again; what is there is kept"
    die "apt-get could not install them (its own words stand above): call again, what is there is kept"
  }
  exit 0
fi

case $set_name in
  build) programs=(cmake ninja node npm python3 xz tar curl) ;;
  window) programs=(pkg-config) ;;
  test) programs=(git brotli curl openssl chromium Xvfb) ;;
  check) programs=(git) ;;
  fresh) programs=(git debootstrap unshare) ;;
esac
missing=()
for program in "${programs[@]}"; do command -v "$program" >/dev/null || missing+=("$program"); done
[ "$set_name" = fresh ] || compiler clang++ >/dev/null || missing+=("clang (19 or newer)")
[ ${#missing[@]} -eq 0 ] || die "please install these programs and call again: ${missing[*]}"
