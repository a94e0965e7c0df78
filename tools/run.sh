#!/usr/bin/env bash
# run.sh [--port N] [--relay FILE] – builds the page and serves it together with the simulated cloud; with --relay the
# page is served by nginx, which also forwards to the real clouds (tools/relay/).
set -euo pipefail
. "$(dirname "$0")/setup/env.sh"
cd "$FOYER_ROOT"
port=8080
relay=
while [ $# -gt 0 ]; do
  case $1 in
    --port) port=${2:?--port needs a number}; shift ;;
    --relay) relay=${2:?--relay needs a file}; shift ;;
    *) die "run: unknown argument '$1' (--port N, --relay FILE)" ;;
  esac
  shift
done
[[ $port =~ ^[0-9]+$ ]] && [ "$port" -gt 0 ] && [ "$port" -lt 65536 ] || die "run: --port wants a number from 1 to 65535"
if (: </dev/tcp/127.0.0.1/"$port") 2>/dev/null; then die "run: port $port is taken; choose another with --port N"; fi
if [ -n "$relay" ] && [[ $relay != /* ]]; then relay="${FOYER_FROM:-$PWD}/$relay"; fi
if [ -n "$relay" ]; then # what is wrong with the description is said before the page is built
  command -v nginx >/dev/null || die "nginx is missing: apt-get install nginx-light"
  [ -f "$relay" ] && [ -r "$relay" ] || die "run: --relay: there is no file '$relay' that can be read"
  node tools/relay/make-conf.mjs "$relay" --out build/relay --site build/site --port "$port" --here
fi
tools/build.sh web
if [ -z "$relay" ]; then exec node tools/serve.mjs --port "$port"; fi

nginx=(nginx -e stderr -p "$FOYER_ROOT/build/relay" -c "$FOYER_ROOT/build/relay/nginx.conf")
"${nginx[@]}" -t -q || die "run: nginx cannot start"
# The page lies where the redirect address says.
folder=$(node -e 'const f = JSON.parse(require("fs").readFileSync(process.argv[1])); console.log(new URL((f.clouds ?? [f])[0].redirect_uri).pathname)' "$relay")
printf 'Foyer with relay: http://localhost:%s%s\n' "$port" "${folder%/}"
exec "${nginx[@]}"
