// From a relay description to a whole nginx.conf. Pure functions of values; relay.mjs says what a relay is.
import {isIP} from 'node:net';
import {
  added,
  ambiguous,
  expect,
  forwarded,
  grant,
  hidden,
  most,
  origins,
  own,
  workerPolicy,
  workers,
} from './relay.mjs';

/** @typedef {import('./relay.mjs').Relay} Relay */

/** Requests of one address that may be under way; worker_connections holds many addresses' (two for each request). */
const connections = 64;

const headers = added.map(([name, value]) => `add_header ${name} "${value}" always;`);
const quoted = (/** @type {string} */ text) => `"${text}"`;

/** A regular expression in nginx's quotes. */
const pattern = (/** @type {string} */ text) => text.replaceAll('\\', '\\\\');

/**
 * What every forwarded request shares. The address goes through a variable: nginx then resolves the name while it runs, again
 * and again, and starts without.
 * @param {Relay} relay @param {number} i @param {string} target absolute address, may end with variables @param {string[]} fields of the page that go along
 */
function forward({requests_per_second: rate, answer_seconds}, i, target, fields) {
  const {protocol, host, hostname} = new URL(target.replace(/\$.*/, ''));
  const variable = (/** @type {string} */ name) => `$http_${name.toLowerCase().replaceAll('-', '_')}`;
  return [
    'if ($foreign) { return 403; }',
    `limit_req zone=relay${i} burst=${5 * rate} nodelay;`,
    'limit_req_status 429;',
    `limit_conn callers ${connections};`,
    'limit_conn_status 429;',
    ...Object.keys(own).map((status) => `error_page ${status} = @relay_${status};`), // ours only: the upstream's answers pass as they are
    'proxy_connect_timeout 5s;',
    'proxy_send_timeout 15s;',
    `proxy_read_timeout ${answer_seconds}s;`,
    `set $target "${target}";`,
    'proxy_pass $target;',
    'proxy_pass_request_headers off;',
    `proxy_set_header Host ${host};`,
    'proxy_set_header Connection "";',
    ...fields.map((name) => `proxy_set_header ${name} ${variable(name)};`),
    ...(protocol === 'https:'
      ? [
          'proxy_ssl_server_name on;',
          `proxy_ssl_name ${hostname};`,
          'proxy_ssl_verify on;',
          'proxy_ssl_verify_depth 4;',
          'proxy_ssl_trusted_certificate /etc/ssl/certs/ca-certificates.crt;',
        ]
      : []),
    'proxy_http_version 1.1;',
    'proxy_pass_header Date;', // the page reads the clouds' clock from it (K2)
    ...hidden.map((name) => `proxy_hide_header ${name};`),
    'proxy_ignore_headers X-Accel-Redirect X-Accel-Expires X-Accel-Limit-Rate X-Accel-Buffering X-Accel-Charset;', // no cloud steers this server
    'proxy_redirect off;',
    'proxy_cache off;',
    'proxy_max_temp_file_size 0;', // an endless answer fills no disk
    'proxy_next_upstream off;', // a command must never be sent twice by someone who does not know what it means
    ...headers,
  ];
}

/** @param {string} head @param {string[]} lines */
const block = (head, lines) => `${head} {\n${lines.map((line) => line.replace(/^/gm, '  ')).join('\n')}\n}`;

/** The paths of one cloud. @param {Relay} relay @param {number} i */
function cloudLocations(relay, i) {
  const token = block(`location = ${relay.place}/token`, [
    'if ($request_method != POST) { return 405; }',
    'if ($args) { return 404; }',
    ...forward(relay, i, relay.token_endpoint, ['Accept', 'User-Agent']),
    `client_max_body_size ${most.token};`,
    `client_body_buffer_size ${most.token};`, // the body must be in memory, $request_body is empty otherwise
    'client_body_in_single_buffer on;',
    'proxy_set_header Content-Type application/x-www-form-urlencoded;',
    `proxy_set_body $grant${i};`,
  ]);
  const jwks =
    relay.jwks_uri === ''
      ? []
      : [
          block(`location = ${relay.place}/jwks`, [
            'if ($request_method != GET) { return 405; }',
            ...forward(relay, i, relay.jwks_uri, ['Accept', 'User-Agent']),
            'proxy_pass_request_body off;',
            'proxy_set_header Content-Length "";',
          ]),
        ];
  const key = relay.subscription_keys.length > 0 ? `$subscription_key${i}` : '""';
  const nowhere = ['error_page 404 = @relay_404;'];
  const apis = relay.allow.flatMap((prefix) => [
    block(`location = ${relay.place}/api${prefix.slice(0, -1)}`, [...nowhere, 'return 404;']), // nginx would answer with a redirect of its own
    block(`location ^~ ${relay.place}/api${prefix}`, [
      `if ($request_uri ~* "^[^?]*(${pattern(ambiguous)})") { return 404; }`,
      `if ($path${i} = "") { return 404; }`,
      'if ($request_method !~ ^(GET|POST|DELETE)$) { return 405; }',
      ...forward(relay, i, `${relay.api}$path${i}$is_args$args`, forwarded),
      `client_max_body_size ${most.api};`,
      `proxy_set_header Ocp-Apim-Subscription-Key ${key};`,
    ]),
  ]);
  return [token, ...jwks, ...apis];
}

/**
 * The whole nginx.conf. nginx runs as one process of the calling user, on this machine's own address only: a public
 * server terminates TLS in front of it, or takes over its `location` blocks.
 * @param {Relay[]} relays @param {{ out: string, site: string, port: number, resolvers?: string[] }} place  `resolvers`: addresses of the
 *   name servers, needed where a cloud has a name
 */
export function nginxConf(relays, {out, site, port, resolvers = []}) {
  const names = relays
    .flatMap((one) => [one.token_endpoint, one.jwks_uri, one.api])
    .filter(Boolean)
    .map((one) => new URL(one).hostname);
  const named = names.some((name) => isIP(name.replace(/^\[|\]$/g, '')) === 0);
  expect(!named || resolvers.length > 0, '--resolver', 'the address of a name server: none stands in /etc/resolv.conf');
  expect(
    resolvers.every((one) => isIP(one) !== 0),
    '--resolver',
    'the address of a name server, like 192.0.2.53',
  );
  expect(Number.isInteger(port) && port > 0 && port < 65_536, '--port', 'a number from 1 to 65535');
  for (const [name, dir] of Object.entries({out, site}))
    expect(/^\/[\w./-]+$/.test(dir), `--${name}`, 'a path of plain characters');
  const locations = relays.flatMap(cloudLocations);
  const here = origins(relays, port);
  const [{folder}] = relays;
  const security = [
    `add_header Content-Security-Policy "frame-ancestors 'none'" always;`,
    'add_header X-Content-Type-Options nosniff always;',
    'add_header Referrer-Policy no-referrer always;',
    'add_header Cross-Origin-Opener-Policy same-origin always;',
    'add_header Permissions-Policy "camera=(), geolocation=(), microphone=()" always;',
  ];
  const server = block('server', [
    `listen 127.0.0.1:${port};`,
    'server_name _;',
    'server_tokens off;',
    'absolute_redirect off;',
    ...security,
    ...(folder === '/'
      ? []
      : [
          block('location = /', [`return 302 ${folder};`]),
          block(`location = ${folder.slice(0, -1)}`, [`return 302 ${folder};`]),
        ]),
    // The page looks for a new version of itself: no copy may be used without asking, and none of an address that holds a
    // sign-in's answer may be kept.
    block(`location ${folder}`, [
      `alias ${site}/;`,
      'index index.html;',
      ...security,
      'add_header Cache-Control $page_cache always;',
      'gzip on;',
      'gzip_types application/wasm text/javascript text/css application/json;',
    ]),
    ...workers.map((name) =>
      block(`location = ${folder}${name}`, [
        `alias ${site}/${name};`,
        ...security.slice(1),
        `add_header Content-Security-Policy "${workerPolicy}" always;`,
        'add_header Cache-Control no-cache always;',
      ]),
    ),
    block(`location = ${folder}config.json`, [
      `alias ${out}/config.json;`,
      ...security,
      'add_header Cache-Control no-cache always;',
    ]),
    ...locations,
    ...Object.entries(own).map(([status, message]) =>
      block(`location @relay_${status}`, [
        'default_type application/json;',
        ...headers,
        ...(status === '429' ? ['add_header Retry-After 1 always;'] : []),
        `return ${status} '${JSON.stringify({statusCode: Number(status), message})}';`,
      ]),
    ),
    block(`location ${folder}relay/`, ['error_page 404 = @relay_404;', 'return 404;']),
  ]);
  return `${[
    'worker_processes 1;',
    'master_process off;',
    'daemon off;',
    `pid ${out}/nginx.pid;`,
    `error_log ${out}/error.log emerg;`, // lower levels quote the request line with its query
    block('events', ['worker_connections 1024;']),
    block('http', [
      ...['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${out}/tmp-${kind};`),
      block('types', [
        'text/html html;',
        'text/javascript js mjs;',
        'text/css css;',
        'application/wasm wasm;',
        'application/json json;',
        'application/manifest+json webmanifest;',
        'image/svg+xml svg;',
        'image/png png;',
        'font/ttf ttf;',
        'font/woff2 woff2;',
        'text/plain txt;',
      ]),
      'default_type application/octet-stream;',
      "log_format plain '$time_iso8601 $request_method $uri $status $request_time';",
      `access_log ${out}/access.log plain;`,
      // A browser says whether another site's page started the request, and does not let one add a header of its own. A
      // foreign name that was made to point here (DNS rebinding) is its own origin, but not ours.
      block('map $http_host $foreign_host', [
        'default 1;',
        ...here.map((origin) => `${quoted(new URL(origin).host)} 0;`),
      ]),
      block('map $http_origin $foreign_origin', [
        'default 1;',
        '"" 0;',
        ...here.map((origin) => `${quoted(origin)} 0;`),
      ]),
      block('map "$http_x_foyer $http_sec_fetch_site $foreign_host $foreign_origin" $foreign', [
        'default 1;',
        '"1  0 0" 0;',
        '"1 same-origin 0 0" 0;',
      ]),
      ...(named
        ? [
            `resolver ${resolvers.map((one) => (isIP(one) === 6 ? `[${one}]` : one)).join(' ')} valid=30s;`,
            'resolver_timeout 5s;',
          ]
        : []),
      'limit_conn_zone $binary_remote_addr zone=callers:1m;',
      block('map $args $page_cache', ['"" no-cache;', 'default no-store;']),
      // The path as it was sent: what the patterns have seen is what goes on.
      ...relays.map(({place, allow}, i) =>
        block(`map $request_uri $path${i}`, [
          'default "";',
          `"~^${place}/api(?<rest${i}>(?:${allow.map((prefix) => pattern(prefix.replaceAll('.', '\\.'))).join('|')})[^?]*)" $rest${i};`,
        ]),
      ),
      // A body without the secret is refused by the cloud: nginx cannot look into it before it has chosen where to send it.
      ...relays.map(({client_secret: secret}, i) =>
        block(`map $request_body $grant${i}`, [
          'default "";',
          // Percent-encoding leaves nothing that nginx's own syntax would read ($, quotes, backslash); ' is the one exception.
          `"~${pattern(grant)}" "$request_body&client_secret=${encodeURIComponent(secret).replaceAll("'", '%27')}";`,
        ]),
      ),
      'client_header_timeout 15s;',
      'client_body_timeout 15s;',
      ...relays.map(
        (relay, i) => `limit_req_zone $binary_remote_addr zone=relay${i}:1m rate=${relay.requests_per_second}r/s;`,
      ),
      ...relays.flatMap(({subscription_keys: [primary, secondary]}, i) =>
        primary === undefined
          ? []
          : [
              block(`map $http_ocp_apim_subscription_key $subscription_key${i}`, [
                `default ${primary};`,
                `secondary ${secondary ?? primary};`,
              ]),
            ],
      ),
      server,
    ]),
  ].join('\n')}\n`;
}
