#!/usr/bin/env bash
# Servers that the tests talk to (nginx, Caddy, glewlwyd): downloaded and unpacked into FOYER_TOOLS_DIR/partners with
# whatever of their libraries the machine lacks, never installed – a package would enable a service on the machine.
# env.sh puts partners/bin behind the machine's own PATH: a server that is already there is used as it is.
set -euo pipefail
. "$(dirname "$0")/env.sh"
home="$FOYER_TOOLS_DIR/partners"
declare -A package=([nginx]=nginx-light [caddy]=caddy [glewlwyd]=glewlwyd)
command -v apt-get >/dev/null ||
  die "the tests use nginx, caddy and glewlwyd: install them and call again"
say "Fetching the servers that the tests talk to ..."
work=$(work_folder partners)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/debs" "$work/tree/bin"
plan() { apt-get install -s --no-install-recommends "$@" 2>/dev/null | awk '$1 == "Inst" { print $2 }'; }
[ -n "$(plan "${package[@]}")" ] || plan "${package[@]}" >/dev/null ||
  die "this system's package lists lack some of: ${package[*]} (try: apt-get update)"
# Those that are installed already are taken from the machine; the simulation names what is missing, in order.
mapfile -t wanted < <(plan "${package[@]}")
if [ ${#wanted[@]} -gt 0 ]; then
  (cd "$work/debs" && apt-get download -o APT::Sandbox::User=root -qq "${wanted[@]}" >&2) ||
    die "apt-get could not download ${wanted[*]}: check the network, then call again"
  for deb in "$work"/debs/*.deb; do dpkg -x "$deb" "$work/tree"; done
fi
# A link of one package may lead into another: into the tree where that was unpacked too, onto the machine where it was there.
find "$work/tree" -type l | while read -r link; do
  aim=$(readlink "$link")
  case $aim in /*) ;; *) aim=$(realpath -ms "$(dirname "${link#"$work/tree"}")/$aim") ;; esac
  if [ -e "$work/tree$aim" ]; then ln -sfn "$home$aim" "$link"
  elif [ -e "$aim" ]; then ln -sfn "$aim" "$link"; fi
done
machine=$(uname -m)-linux-gnu
for name in "${!package[@]}"; do
  for place in usr/sbin usr/bin; do
    [ -x "$work/tree/$place/$name" ] || continue
    cat >"$work/tree/bin/$name" <<WRAP
#!/bin/sh
LD_LIBRARY_PATH="$home/usr/lib/$machine:$home/lib/$machine\${LD_LIBRARY_PATH:+:\$LD_LIBRARY_PATH}"
export LD_LIBRARY_PATH
exec "$home/$place/$name" "\$@"
WRAP
    chmod +x "$work/tree/bin/$name"
  done
  command -v "$name" >/dev/null || [ -x "$work/tree/bin/$name" ] || die "$name came with no program: it is neither installed nor in its package"
done
rm -rf "$home"
mv "$work/tree" "$home"
