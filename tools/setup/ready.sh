# Sourced by ./dev. `need system-build npm …` runs the set-up scripts that have not yet succeeded in their present form.
# A stamp holds the digest of the script and of what it reads, so a ready machine passes in a few milliseconds and a
# changed lock file or package list is noticed. The stamps of what belongs to the machine lie in FOYER_TOOLS_DIR, that
# of node_modules in node_modules. Two calls at once wait for each other: a set-up script that runs twice at the same time
# would take away what the other has just put in place.
need() {
  local what stamp digest inputs
  mkdir -p "$FOYER_TOOLS_DIR" || { say "dev: $FOYER_TOOLS_DIR cannot be made: give FOYER_TOOLS_DIR a folder that can be written"; exit 1; }
  exec 9>"$FOYER_TOOLS_DIR/.setting-up" || exit 1
  if command -v flock >/dev/null; then flock 9; fi
  for what in "$@"; do
    inputs=("tools/setup/env.sh" "tools/setup/${what%%-*}.sh")
    stamp="$FOYER_TOOLS_DIR/ready-$what"
    case $what in system-*) inputs+=(tools/setup/packages.txt) ;; esac
    if [ "$what" = npm ]; then
      inputs+=(package-lock.json)
      stamp=node_modules/.foyer-ready
    fi
    digest=$(cat "${inputs[@]}" | sha256sum)
    [ -f "$stamp" ] && [ "$(<"$stamp")" = "$digest" ] && continue
    case $what in
      system-*) "tools/setup/system.sh" "${what#system-}" >/dev/null || exit 1 ;;
      *) "tools/setup/$what.sh" >/dev/null || exit 1 ;;
    esac
    printf '%s\n' "$digest" >"$stamp"
  done
  exec 9>&-
}
