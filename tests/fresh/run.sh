#!/usr/bin/env bash
# tests/fresh/run.sh – does the README work on a machine on which nothing was ever installed?
#
# Makes a minimal Debian 12 with debootstrap (package mirror, certificates and npm's settings are this machine's), puts
# a clean clone into it and types what the README says: the first command, until the page answers and the headless
# client, built there, has switched a lamp and read it back; then the second with a few quick suites. Anything that is
# called but stands in no list of tools/setup/packages.txt is missing there, and makes this fail.
#
#   --keep DIR   an untouched root that is already there (copied, not changed); saves the 40 s of debootstrap
#   --without P  leave package P out of the lists: shows that this test can fail
#   --page       stop after the first command
#
# Needs root, debootstrap, git and this machine's apt; without them it says which is missing, by name, and skips.
# Figures go to build/fresh.json, which ./dev bench shows with its own: packages and bytes that ./dev run brought in,
# seconds until the page answered.
set -euo pipefail
cd "$(dirname "$0")/../.."
project=$PWD
base=
without=
page_only=
while [ $# -gt 0 ]; do
  case $1 in
    --keep) base=${2:?}; shift ;;
    --without) without=${2:?}; shift ;;
    --page) page_only=1 ;;
    *) echo "fresh: unknown argument '$1' (--keep DIR, --without PACKAGE, --page)" >&2; exit 2 ;;
  esac
  shift
done

count() { printf '\n%s passed, %s failed, %s skipped\n' "$1" "$2" "$3"; }
skip() { echo "fresh: skipped: $1"; count 0 0 1; exit 0; }
[ "$(id -u)" = 0 ] || skip "only root may make a root folder of its own"
command -v apt-get >/dev/null || skip "apt-get is missing: this is no Debian"
tools/setup/system.sh fresh || skip "debootstrap is missing" # says which and why
for program in git debootstrap unshare chroot node; do command -v "$program" >/dev/null || skip "$program is missing"; done
if (: </dev/tcp/127.0.0.1/8080) 2>/dev/null; then skip "port 8080, which the README's first command uses, is taken here"; fi

# Everything happens in namespaces of its own: what is mounted and started there ends with them, however this script ends,
# and the folder is removed from outside, where nothing was ever mounted into it.
if [ -z "${FOYER_FRESH_DIR:-}" ]; then
  FOYER_FRESH_DIR=$(mktemp -d "${TMPDIR:-/tmp}/foyer-fresh.XXXXXX")
  export FOYER_FRESH_DIR
  trap 'rm -rf "$FOYER_FRESH_DIR" 2>/dev/null || { sleep 2; rm -rf "$FOYER_FRESH_DIR"; }' EXIT
  unshare --mount --propagation private --pid --fork --kill-child "$0" ${base:+--keep "$base"} ${without:+--without "$without"} ${page_only:+--page} &
  inside=$!
  # unshare itself turns a deaf ear to gentler signals; its namespaces go with it
  trap 'kill -KILL "$inside" 2>/dev/null; wait "$inside" 2>/dev/null; exit 130' INT TERM
  wait "$inside"
  exit
fi
trap 'exit 130' INT TERM

. tools/setup/env.sh
fresh=$FOYER_FRESH_DIR
fail() {
  echo "fresh: $1" >&2
  tail -n 40 "$fresh"/*.log >&2 2>/dev/null || true
  count "$passed" 1 0
  exit 1
}
passed=0

echo "fresh: an untouched Debian 12 ..."
if [ -n "$base" ]; then
  cp -a "$base" "$fresh/root"
else
  debootstrap --variant=minbase bookworm "$fresh/root" "$(debian_mirror)" >"$fresh/debootstrap.log" 2>&1 || fail "debootstrap failed"
fi
root="$fresh/root"
mount --bind /dev "$root/dev"
mount -t tmpfs tmpfs "$root/dev/shm"
mount -t proc proc "$root/proc"

# How this machine reaches its mirrors, and nothing else of it.
for file in resolv.conf hosts; do cp -L "/etc/$file" "$root/etc/$file" 2>/dev/null || true; done
security=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -E '/debian-security/?$' | head -n1)
printf 'deb %s bookworm main\ndeb %s bookworm-updates main\ndeb %s bookworm-security main\n' \
  "$(debian_mirror)" "$(debian_mirror)" "${security:-http://deb.debian.org/debian-security}" >"$root/etc/apt/sources.list"
apt-config dump --format '%f "%v";%n' Acquire::http::Proxy Acquire::https::Proxy >"$root/etc/apt/apt.conf.d/90proxy"
mkdir -p "$root/root" "$root/etc/ssl"
# Beside the place where the package ca-certificates will write its own list.
certificates=/etc/ssl/of-this-machine.crt
cp -L /etc/ssl/certs/ca-certificates.crt "$root$certificates" 2>/dev/null || : >"$root$certificates"
for file in "$HOME/.npmrc" "$(npm config get globalconfig 2>/dev/null)"; do
  [ -f "$file" ] && grep -vE '^(nodedir|cafile) *=' "$file" >>"$root/root/.npmrc" || true
done
git clone --quiet --no-hardlinks "$project" "$root/root/foyer"
if [ -n "$without" ]; then
  sed -i "/^[a-z]* *$without /d" "$root/root/foyer/tools/setup/packages.txt"
  echo "fresh: without $without"
fi

settings=(HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8
  NODE_EXTRA_CA_CERTS=$certificates SSL_CERT_FILE=$certificates NPM_CONFIG_CAFILE=$certificates)
while IFS= read -r line; do settings+=("$line"); done < <(env | grep -E '^(https?_proxy|HTTPS?_PROXY|no_proxy|NO_PROXY|npm_config_[a-z]+)=' || true)
inside() { env -i "${settings[@]}" chroot "$root" /bin/bash -c "cd /root/foyer && $1"; }
packages() { chroot "$root" dpkg-query -W | wc -l; }
bytes() { du -sxb --exclude="$root/proc" --exclude="$root/dev" "$root" | cut -f1; }

# The README's own words: the first lines of its first block of commands.
mapfile -t commands < <(sed -n '/^## Two commands/,/^## /p' README.md | sed -n '/^```/,/^```/p' | grep '^\./dev' | sed 's/ *#.*//')
[ "${#commands[@]}" -ge 2 ] || fail "README.md has no block of two commands"
packages_before=$(packages)
bytes_before=$(bytes)

echo "fresh: ${commands[0]}"
started=$SECONDS
set -m # the command and what it starts are one group, which ends as a whole
inside "${commands[0]}" >"$fresh/run.log" 2>&1 </dev/null &
server=$!
set +m
until (exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET / HTTP/1.0\r\nHost: localhost:8080\r\n\r\n' >&3 && grep -q ' 200 ' <&3) 2>/dev/null; do
  kill -0 "$server" 2>/dev/null || fail "'${commands[0]}' ended before the page answered"
  [ $((SECONDS - started)) -lt 3600 ] || fail "no page after an hour"
  sleep 1
done
seconds=$((SECONDS - started))
busy=$(cut -d' ' -f1 /proc/loadavg)
packages_after=$(packages)
bytes_after=$(bytes)
passed=$((passed + 1))
echo "fresh: the page answers after $seconds s on $(nproc) cores with load $busy; $((packages_after - packages_before)) packages, $(((bytes_after - bytes_before) / 1000000)) MB"

echo "fresh: a lamp"
inside './dev build node && PATH="$PWD/.tools/node/bin:$PATH" node tests/fresh/lamp.mjs http://localhost:8080' >"$fresh/lamp.log" 2>&1 </dev/null || fail "the headless client did not switch a lamp"
tail -n 1 "$fresh/lamp.log"
passed=$((passed + 1))

if [ -z "$page_only" ]; then
  kill -- "-$server" 2>/dev/null || true
  for filter in base_tests oauth_tests tests/headless/config tests/browser/boot; do
    echo "fresh: ${commands[1]} $filter"
    inside "${commands[1]} $filter" >"$fresh/test.log" 2>&1 </dev/null || fail "'${commands[1]} $filter' failed"
    tail -n 1 "$fresh/test.log" | sed 's/^/fresh: in it: /'
    passed=$((passed + 1))
  done
fi
# What was promised about the first command; the seconds, which a busy machine stretches, are told and not judged.
if node tests/fresh/figures.mjs "$((packages_after - packages_before))" "$((bytes_after - bytes_before))" "$seconds"; then
  passed=$((passed + 1))
else
  fail "more than was promised"
fi
count "$passed" 0 0
