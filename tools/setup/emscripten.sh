#!/usr/bin/env bash
# Makes an Emscripten of at least 3.1.69 available and prints the folder that holds emcc and its CMake module.
# Order: emcc in PATH when new enough; else an earlier result of this script; else Debian 13's package, unpacked into
# FOYER_TOOLS_DIR beside (not into) the system and driven by the system's own clang-19. Safe to call again at any
# time: the folder appears by one rename, so a broken download never looks like a finished one.
set -euo pipefail
. "$(dirname "$0")/env.sh"
wanted=3.1.69
home="$FOYER_TOOLS_DIR/emscripten"
root="$home/usr/share/emscripten"

if command -v emcc >/dev/null; then
  have=$(emcc -dumpversion 2>/dev/null || echo 0)
  if version_at_least "$wanted" "$have"; then
    printf '%s\n' "${EMSDK:+$EMSDK/upstream/emscripten}" | grep . || dirname "$(readlink -f "$(command -v emcc)")"
    exit 0
  fi
fi
made="$home 1" # a result is good where it was made; the number grows when what is made changes
if [ -f "$home/made" ] && [ "$(<"$home/made")" = "$made" ]; then
  printf '%s\n' "$root"
  exit 0
fi

command -v apt-get >/dev/null && [ "$(dpkg --print-architecture)" = amd64 ] ||
  die "Emscripten $wanted or newer is missing: install emsdk (https://emscripten.org/docs/getting_started/downloads.html) and put emcc in PATH"
for program in clang-19 wasm-ld-19 llvm-ar-19; do # the package calls them by these names
  [ -x "/usr/bin/$program" ] || die "$program is missing: apt-get install clang-19 lld-19 llvm-19"
done
command -v npm >/dev/null || die "npm is missing: install Node.js 20 or newer"

say "Fetching Emscripten from Debian 13 (about half a minute) ..."
work=$(work_folder emscripten)
trap 'rm -rf "$work"' EXIT
private_apt "$work/apt" trixie deb
apt-get "${PRIVATE_APT[@]}" update >&2 || true # what it could not fetch is missing below
mkdir "$work/debs" "$work/tree"
(cd "$work/debs" && apt-get "${PRIVATE_APT[@]}" download emscripten binaryen libc6 libstdc++6 libgcc-s1 >&2) ||
  die "$(debian_mirror) did not give Debian 13's emscripten: check the network and that this mirror has the suite trixie, then call again (or install emsdk and put emcc in PATH)"
# Nine tenths of it are libraries in forms that nothing here is linked with: threads, sanitizers, position-independent.
unused=('*-mt[-.]*' '*-ww[-.]*' '*asan*' '*lsan*' '*ubsan*' '*sanitizer*')
for deb in "$work"/debs/*.deb; do
  dpkg --fsys-tarfile "$deb" | tar -x -C "$work/tree" "${unused[@]/#/--exclude=*/sysroot/lib/*/}" \
    --exclude='*/sysroot/lib/*/pic' --exclude='*/sysroot/lib/*/lto-pic' --exclude='*/share/emscripten/test'
  rm "$deb" # its bytes are in the tree: not both at once where there is little room
done
tree="$work/tree"

# Binaryen is linked against Debian 13's C library: start its programs through the loader unpacked with them.
mkdir -p "$tree/binaryen/bin"
lib=$(dirname "$(find "$tree" -name libc.so.6 | head -n1)")
loader=$(find "$tree" -name ld-linux-x86-64.so.2 -type f | head -n1)
[ -n "$loader" ] || die "the unpacked C library has no loader"
for program in "$tree"/usr/bin/wasm* "$tree"/usr/bin/binaryen*; do
  [ -f "$program" ] || continue
  cat >"$tree/binaryen/bin/$(basename "$program")" <<WRAP
#!/bin/sh
exec "${loader/#$tree/$home}" --library-path "${lib/#$tree/$home}:$home/usr/lib/x86_64-linux-gnu" "$home/usr/bin/$(basename "$program")" "\$@"
WRAP
done
chmod +x "$tree"/binaryen/bin/*

# A package.json of its own: without one, npm would install into this project's folder, and Node would take the
# package's CommonJS files for modules because this project's package.json says so.
(cd "$tree/usr/share/emscripten" &&
  printf '{ "private": true, "type": "commonjs" }\n' >package.json &&
  npm install --no-audit --no-fund --loglevel=error acorn@8.19.0 google-closure-compiler@20260927.0.0 >&2) ||
  die "npm could not fetch what Emscripten needs (its own words stand above): check the network and npm's registry, then call again"
# The package reads its own `.emscripten`; with the paths written there, no environment variable is needed and an IDE
# that only knows the CMake preset builds the same thing.
config="$tree/usr/share/emscripten/.emscripten"
sed -i -e "s#^BINARYEN_ROOT = .*#BINARYEN_ROOT = '$home/binaryen'#" \
  -e "s#^NODE_JS = .*#NODE_JS = '$(command -v node)'#" \
  -e "s#^CLOSURE_COMPILER = .*#CLOSURE_COMPILER = ['$root/node_modules/.bin/google-closure-compiler']#" "$config"
rm -rf "$home"
mv "$tree" "$home"
printf '%s\n' "$made" >"$home/made"
printf '%s\n' "$root"
