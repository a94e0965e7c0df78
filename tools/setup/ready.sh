# Sourced by ./dev. `need system-build npm …` runs the set-up scripts that have not yet succeeded in their present form.
# A stamp is named by the digest of the script and of what it reads, so a ready machine passes in a few milliseconds, a
# changed lock file or package list is noticed, and two checkouts of different age that share a FOYER_TOOLS_DIR do not
# undo each other's work. The stamp of node_modules lies in node_modules. Two calls at once wait for each other: a set-up
# script that runs twice at the same time would take away what the other has just put in place.
stopped() { # step, exit code
  [ "$2" = 3 ] || say "dev: setting up $1 stopped (its own words stand above): call again, it goes on where it stopped"
  local left
  left=$(spare "$FOYER_TOOLS_DIR")
  [ "$left" -ge 500 ] || say "dev: only $left MB are left where $FOYER_TOOLS_DIR lies: make room, then call again"
  exit 1
}
need() {
  local what stamp stamps digest inputs fetched=
  mkdir -p "$FOYER_TOOLS_DIR/ready" 2>/dev/null || { say "dev: $FOYER_TOOLS_DIR cannot be made: give FOYER_TOOLS_DIR a folder that can be written"; exit 1; }
  { exec 9>"$FOYER_TOOLS_DIR/.setting-up"; } 2>/dev/null || { say "dev: $FOYER_TOOLS_DIR cannot be written: give FOYER_TOOLS_DIR a folder that can"; exit 1; }
  if command -v flock >/dev/null; then flock 9; fi
  for what in "$@"; do
    inputs=("tools/setup/env.sh" "tools/setup/${what%%-*}.sh")
    stamps="$FOYER_TOOLS_DIR/ready"
    case $what in
      system-*) inputs+=(tools/setup/packages.txt) ;;
      npm) inputs=(tools/setup/npm.sh package-lock.json) && stamps=node_modules/.foyer ;;
    esac
    digest=$(cat "${inputs[@]}" | sha256sum)
    stamp="$stamps/$what-${digest:0:16}"
    [ ! -f "$stamp" ] || continue
    fetched=1
    case $what in
      system-*) FOYER_DIE=3 "tools/setup/system.sh" "${what#system-}" >/dev/null || stopped "$what" $? ;;
      *) FOYER_DIE=3 "tools/setup/$what.sh" >/dev/null || stopped "$what" $? ;;
    esac
    mkdir -p "$stamps" && : >"$stamp" || stopped "$what" 1
  done
  [ -z "$fetched" ] || rm -rf "$FOYER_TOOLS_DIR/cache/npm" # all of it has arrived where it is used
  exec 9>&-
}
