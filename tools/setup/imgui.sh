#!/usr/bin/env bash
# Makes the pinned Dear ImGui source release available and prints its folder. Debian's source package and the upstream
# release archive hold the same files; whichever answers is taken, and the digest over the files we compile decides
# whether it is accepted. `FOYER_IMGUI_DIR` names another copy and is then the caller's own responsibility.
set -euo pipefail
. "$(dirname "$0")/env.sh"
version=1.92.2b
digest=9af853013083b0aabb3a132a576ca9faf4edbe322e8387537f4aa5ad4331bb59
files=(imgui.cpp imgui.h imgui_draw.cpp imgui_internal.h imgui_tables.cpp imgui_widgets.cpp imconfig.h
  imstb_rectpack.h imstb_textedit.h imstb_truetype.h LICENSE.txt
  backends/imgui_impl_glfw.cpp backends/imgui_impl_glfw.h backends/imgui_impl_opengl3.cpp
  backends/imgui_impl_opengl3.h backends/imgui_impl_opengl3_loader.h)
home="$FOYER_TOOLS_DIR/imgui-$version"

if [ -n "${FOYER_IMGUI_DIR:-}" ]; then printf '%s\n' "$FOYER_IMGUI_DIR"; exit 0; fi
if [ -f "$home/imgui.cpp" ]; then printf '%s\n' "$home"; exit 0; fi

# Why an origin gave nothing is said in its own words: a missing program is not a missing network.
command -v tar >/dev/null && command -v xz >/dev/null || die "xz is missing, which unpacks Dear ImGui: install xz-utils (or xz) and call again"
from_debian() {
  command -v apt-get >/dev/null || return 1
  private_apt "$work/apt" forky deb-src
  # A mirror that is behind its time is no harm: the digest below decides.
  PRIVATE_APT+=(-o Acquire::Check-Valid-Until=false)
  apt-get "${PRIVATE_APT[@]}" update >&2 && (cd "$1" && apt-get "${PRIVATE_APT[@]}" --download-only source imgui >&2) &&
    tar -xf "$1"/imgui_*.orig.tar.* -C "$1" --strip-components=1
}
from_upstream() {
  command -v curl >/dev/null || { say "  curl is missing"; return 1; }
  curl -fsSL "https://github.com/ocornut/imgui/archive/refs/tags/v$version.tar.gz" | tar -xz -C "$1" --strip-components=1
}

say "Fetching Dear ImGui $version ..."
work=$(work_folder imgui)
trap 'rm -rf "$work"' EXIT
for origin in from_debian from_upstream; do
  rm -rf "$work/tree" && mkdir "$work/tree"
  if ! "$origin" "$work/tree"; then say "  $origin: gave nothing (its own words stand above)"; continue; fi
  found=$(cd "$work/tree" && sha256sum "${files[@]}" | sha256sum | cut -d' ' -f1) || found=incomplete
  if [ "$found" = "$digest" ]; then
    mkdir -p "$work/pinned/backends"
    for file in "${files[@]}"; do cp "$work/tree/$file" "$work/pinned/$file"; done
    rm -rf "$home" && mv "$work/pinned" "$home"
    printf '%s\n' "$home"
    exit 0
  fi
  say "  $origin: digest $found, wanted $digest"
done
die "Dear ImGui $version could not be fetched; unpack its release archive and set FOYER_IMGUI_DIR to that folder"
