# Sourced by every script under tools/: where the project is, where fetched tools are kept, what version is wanted.
# Contract: sets FOYER_ROOT and FOYER_TOOLS_DIR (absolute). FOYER_TOOLS_DIR may be given to share one copy of the
# fetched tools between checkouts; its default is `.tools` in the project, which git ignores.
FOYER_ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
FOYER_TOOLS_DIR="${FOYER_TOOLS_DIR:-$FOYER_ROOT/.tools}"
case "$FOYER_TOOLS_DIR" in /*) ;; *) FOYER_TOOLS_DIR="$FOYER_ROOT/$FOYER_TOOLS_DIR" ;; esac
export FOYER_ROOT FOYER_TOOLS_DIR
if [ -x "$FOYER_TOOLS_DIR/node/bin/node" ]; then PATH="$FOYER_TOOLS_DIR/node/bin:$PATH"; fi
export PATH="$PATH:$FOYER_TOOLS_DIR/partners/bin" FOYER_PARTNERS="$FOYER_TOOLS_DIR/partners"
# Setting up leaves nothing in the person's home.
export npm_config_cache="$FOYER_TOOLS_DIR/cache/npm" npm_config_update_notifier=false
if [ ! -w "${HOME:-/}" ]; then export CCACHE_DIR="${CCACHE_DIR:-$FOYER_TOOLS_DIR/cache/ccache}"; fi

say() { printf '%s\n' "$*" >&2; }
# die SENTENCE – ends with what is wrong and what to do. ready.sh gives FOYER_DIE, to tell it from an end without a sentence.
die() { say "dev: $*"; exit "${FOYER_DIE:-1}"; }
# spare FOLDER – how many megabytes its file system has left.
spare() { df -Pk "$1" | awk 'NR == 2 { print int($4 / 1024) }'; }
# work_folder NAME – a new folder for what is being fetched; what of it is whole is moved to its place by one rename.
# Leftovers of a run that was killed are removed here, once nobody can be at work in them.
work_folder() {
  mkdir -p "$FOYER_TOOLS_DIR/unfinished" || die "$FOYER_TOOLS_DIR cannot be written: give FOYER_TOOLS_DIR a folder that can"
  find "$FOYER_TOOLS_DIR/unfinished" -mindepth 1 -maxdepth 1 -mmin +60 -exec rm -rf {} +
  mktemp -d "$FOYER_TOOLS_DIR/unfinished/$1.XXXXXX"
}

# version_at_least WANTED HAVE – true when HAVE is the same or newer.
version_at_least() { [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n1)" = "$1" ]; }

# compiler NAME – prints the program of that LLVM tool (clang, clang++, clang-tidy, clang-format) that is new enough,
# whatever it is called: $CC or $CXX first, then NAME, then NAME-19 and newer. Fails when there is none.
compiler() {
  local wanted=19 candidate given=
  case $1 in clang) given=${CC:-} ;; clang++) given=${CXX:-} ;; esac
  for candidate in $given "$1-19" "$1" "$1-20" "$1-21" "$1-22"; do
    command -v "$candidate" >/dev/null && "$candidate" --version 2>/dev/null | grep -q clang || continue
    version_at_least "$wanted" "$("$candidate" --version | grep -oE 'version [0-9.]+' | head -n1 | cut -d' ' -f2)" || continue
    command -v "$candidate"
    return 0
  done
  return 1
}

# The Debian mirror this machine already uses, so that one more suite comes from where the others came from.
debian_mirror() {
  local uri
  uri=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
    grep -E '/debian/?$' | head -n1)
  printf '%s\n' "${uri:-http://deb.debian.org/debian}"
}

# private_apt STATE_DIR SUITE KIND – prepares an apt state of its own (never touches the system's lists) and fills
# the array PRIVATE_APT with the options that select it. KIND is deb or deb-src.
private_apt() {
  local state=$1 suite=$2 kind=$3
  mkdir -p "$state/lists/partial" "$state/archives/partial"
  printf '%s [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] %s %s main\n' \
    "$kind" "$(debian_mirror)" "$suite" >"$state/sources.list"
  PRIVATE_APT=(-o "Dir::State::Lists=$state/lists" -o "Dir::Etc::sourcelist=$state/sources.list"
    -o Dir::Etc::sourceparts=/dev/null -o "Dir::Cache::archives=$state/archives"
    -o "Dir::Cache::pkgcache=" -o "Dir::Cache::srcpkgcache=" -o APT::Sandbox::User=root -qq)
}
