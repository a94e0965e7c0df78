#!/usr/bin/env bash
# fontTools for the Python in PATH, which cuts the interface's fonts (tools/assets/fonts.py). Debian's package depends on
# a hundred others, down to linear algebra, for formats we do not use: it is unpacked into FOYER_TOOLS_DIR/fonttools
# instead, without them. A Python that already has fontTools is used as it is.
set -euo pipefail
. "$(dirname "$0")/env.sh"
command -v python3 >/dev/null || die "python3 is missing: install it and call again"
if python3 -c 'from fontTools import subset' 2>/dev/null; then exit 0; fi
home="$FOYER_TOOLS_DIR/fonttools"
command -v apt-get >/dev/null || die "fontTools is missing: python3 -m pip install fonttools, then call again"
say "Fetching fontTools ..."
work=$(work_folder fonttools)
trap 'rm -rf "$work"' EXIT
(cd "$work" && apt-get download -o APT::Sandbox::User=root -qq python3-fonttools >&2) ||
  die "apt-get could not download python3-fonttools: check the network (or: apt-get update), then call again"
dpkg -x "$work"/*.deb "$work/tree"
PYTHONPATH="$work/tree/usr/lib/python3/dist-packages" python3 -c 'from fontTools import subset' ||
  die "the fetched fontTools does not start with $(python3 --version)"
rm -rf "$home"
mv "$work/tree" "$home"
