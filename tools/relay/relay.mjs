// From a relay description to an nginx configuration and to the page's config.json. Pure functions of values.
//
// The relay keeps no state. It forwards a fixed list of paths to fixed hosts, adds what a page must not hold (the
// client secret in the body of the token request, the subscription key as a header), and nothing else: no cookie in
// either direction, no query in a log, no request that another site's page started (`Sec-Fetch-Site`) or that lacks the
// header only our own page can add (`X-Foyer`: another site's page would have to ask first, and is refused).

/**
 * @typedef {{ id: string, name: string, providers: string[], login: string, api: string, issuer: string,
 *   authorize_endpoint: string, token_endpoint: string, jwks_uri: string, client_id: string, client_secret: string,
 *   subscription_keys: string[], redirect_uri: string, scopes: string[], send_scope: boolean, allow: string[],
 *   requests_per_second: number, place: string }} Relay  `place`: path of this cloud on the page's origin, "/relay" or "/relay/ID"
 */

/** A mistake in the description: says which field and what is expected there. */
export class RelayError extends Error {}

const expect = (/** @type {boolean} */ good, /** @type {string} */ field, /** @type {string} */ what) => {
  if (!good) throw new RelayError(`${field}: expected ${what}`);
};

/** https, or http on this very machine (A1). @param {unknown} value @param {string} field @returns {string} */
function address(value, field) {
  const what = 'an https address (http only for localhost)';
  expect(typeof value === 'string' && URL.canParse(value), field, what);
  const url = new URL(String(value));
  const loopback = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  expect(url.protocol === 'https:' || (url.protocol === 'http:' && loopback), field, what);
  expect(!/[\s"'\\${};]/.test(String(value)) && url.username === '' && url.hash === '', field, `${what} without special characters`);
  return String(value);
}

/** One cloud, or `{"clouds": [one, …]}`. @param {string} json @returns {Relay[]} @throws {RelayError} naming the first field that is wrong */
export function readRelay(json) {
  /** @type {any} */
  let from;
  try {
    from = JSON.parse(json);
  } catch {
    throw new RelayError('the file: expected JSON');
  }
  expect(typeof from === 'object' && from !== null && !Array.isArray(from), 'the file', 'a JSON object');
  if (from.clouds === undefined) return [readCloud(from, '', '/relay')];
  const clouds = from.clouds;
  const objects = Array.isArray(clouds) && clouds.every((one) => typeof one === 'object' && one !== null && !Array.isArray(one));
  expect(objects && clouds.length > 0, 'clouds', 'a list of one cloud or more');
  const relays = clouds.map((/** @type {Record<string, unknown>} */ one, /** @type {number} */ i) => readCloud(one, `clouds[${i}].`, `/relay/${one.id}`));
  const ids = relays.map((/** @type {Relay} */ one) => one.id);
  expect(new Set(ids).size === ids.length, 'clouds', 'a different id for each');
  return relays;
}

/** @param {Record<string, unknown>} from @param {string} where before the name of a field @param {string} place @returns {Relay} */
function readCloud(from, where, place) {
  const text = (/** @type {string} */ field, /** @type {string} */ what, /** @type {RegExp} */ pattern) => {
    const value = from[field];
    expect(typeof value === 'string' && pattern.test(value), where + field, what);
    return String(value);
  };
  const list = (/** @type {string} */ field, /** @type {string} */ what, /** @type {RegExp} */ pattern, /** @type {string[]} */ otherwise) => {
    const value = from[field] ?? otherwise;
    expect(Array.isArray(value) && value.every((item) => typeof item === 'string' && pattern.test(item)), where + field, what);
    return /** @type {string[]} */ (value);
  };
  const providers = list('providers', '"smarther", "hc", "netatmo"', /^(smarther|hc|netatmo)$/, ['smarther']);
  const netatmo = providers.includes('netatmo');
  expect(!netatmo || providers.length === 1, `${where}providers`, '"netatmo" alone: it has a sign-in of its own');
  const url = (/** @type {string} */ field, /** @type {string | undefined} */ otherwise = undefined) => address(from[field] ?? otherwise, where + field);
  const login = url('login', netatmo ? 'https://api.netatmo.com' : 'https://partners-login.eliotbylegrand.com').replace(/\/$/, '');
  const api = url('api', netatmo ? 'https://api.netatmo.com' : 'https://api.developer.legrand.com').replace(/\/$/, '');
  const paths = netatmo ? ['/api/'] : ['/smarther/v2.0/', '/hc/api/v1.0/'];
  const oauth = netatmo ? '/oauth2' : '';
  const relay = {
    id: text('id', 'a short id of a-z 0-9 - _', /^[a-z0-9_-]+$/),
    name: text('name', 'the words on the sign-in button', /^[^\u0000-\u001f]+$/),
    providers,
    login,
    api,
    issuer: netatmo ? '' : url('issuer'), // Netatmo Connect signs no id_token
    authorize_endpoint: url('authorize_endpoint', `${login}${oauth}/authorize`),
    token_endpoint: url('token_endpoint', `${login}${oauth}/token`),
    jwks_uri: netatmo ? '' : url('jwks_uri'),
    client_id: text('client_id', 'the id of your application', /^[\x21-\x7e]+$/),
    client_secret: text('client_secret', 'the secret of your application', /^[\x20-\x7e]+$/),
    subscription_keys: list('subscription_keys', 'one or two keys of letters and digits', /^[A-Za-z0-9]{8,64}$/, []),
    redirect_uri: url('redirect_uri'),
    scopes: list('scopes', 'scope names', /^[\x21-\x7e]+$/, netatmo ? [] : ['openid']),
    send_scope: from.send_scope === undefined ? netatmo : from.send_scope === true,
    allow: list('allow', 'paths like "/smarther/v2.0/"', /^\/[A-Za-z0-9._/-]*\/$/, paths),
    requests_per_second: Number(from.requests_per_second ?? 20),
    place,
  };
  const { length } = relay.subscription_keys;
  expect(netatmo ? length === 0 : length === 1 || length === 2, `${where}subscription_keys`, netatmo ? 'none with netatmo' : 'one or two keys of letters and digits');
  expect(relay.allow.length > 0 && relay.allow.every((prefix) => !prefix.includes('..') && prefix !== '/'), `${where}allow`, 'paths below the root, without ".."');
  const rate = relay.requests_per_second;
  expect(Number.isInteger(rate) && rate >= 1 && rate <= 1000, `${where}requests_per_second`, 'a whole number from 1 to 1000');
  return relay;
}

/** What the page may know: its own relay's addresses, and names instead of keys. @param {Relay[]} relays */
export function pageConfig(relays) {
  return {
    clouds: relays.map((relay) => ({
      id: relay.id,
      name: relay.name,
      providers: relay.providers,
      authorize_endpoint: relay.authorize_endpoint,
      token_endpoint: `.${relay.place}/token`,
      ...(relay.jwks_uri === '' ? { openid: false } : { issuer: relay.issuer, jwks_uri: `.${relay.place}/jwks` }),
      client_id: relay.client_id,
      redirect_uri: relay.redirect_uri,
      scopes: relay.scopes,
      send_scope: relay.send_scope,
      api_base: `.${relay.place}/api`,
      subscription_keys: ['primary', 'secondary'].slice(0, relay.subscription_keys.length),
    })),
  };
}

/** The relay's own refusals, in the form the clouds use, so that the page classifies them like theirs. @type {Record<number, string>} */
const own = {
  403: 'relay: only the page of this origin may call',
  413: 'relay: the request is too large',
  429: 'relay: rate limit is exceeded',
  502: 'relay: upstream unreachable',
  504: 'relay: upstream unreachable, no answer in time',
};

/** What every forwarded request shares. @param {string} target absolute address @param {number} zone number of its rate limit @param {number} rate */
function forward(target, zone, rate) {
  const { protocol, host, hostname } = new URL(target);
  return [
    'if ($foreign) { return 403; }',
    `limit_req zone=relay${zone} burst=${5 * rate} nodelay;`,
    'limit_req_status 429;',
    ...Object.keys(own).map((status) => `error_page ${status} = @relay_${status};`), // ours only: the upstream's answers pass as they are
    'proxy_connect_timeout 5s;',
    'proxy_send_timeout 15s;',
    'proxy_read_timeout 30s;',
    `proxy_pass ${target};`,
    `proxy_set_header Host ${host};`,
    ...(protocol === 'https:'
      ? ['proxy_ssl_server_name on;', `proxy_ssl_name ${hostname};`, 'proxy_ssl_verify on;', 'proxy_ssl_verify_depth 4;',
         'proxy_ssl_trusted_certificate /etc/ssl/certs/ca-certificates.crt;']
      : []),
    'proxy_http_version 1.1;',
    'proxy_set_header Connection "";',
    'proxy_set_header Cookie "";',
    'proxy_set_header Origin "";',
    'proxy_set_header Referer "";',
    'proxy_set_header X-Foyer "";',
    'proxy_pass_header Date;', // the page reads the clouds' clock from it (K2)
    'proxy_hide_header Set-Cookie;',
    'proxy_hide_header Access-Control-Allow-Origin;',
    'proxy_redirect off;',
    'proxy_cache off;',
    'proxy_next_upstream off;', // a command must never be sent twice by someone who does not know what it means
    'add_header Cache-Control no-store always;',
    'add_header X-Content-Type-Options nosniff always;',
  ];
}

/** @param {string} head @param {string[]} lines */
const block = (head, lines) => `${head} {\n${lines.map((line) => line.replace(/^/gm, '  ')).join('\n')}\n}`;

/** The paths of one cloud. @param {Relay} relay @param {number} i */
function cloudLocations(relay, i) {
  // Percent-encoding leaves nothing that nginx's own syntax would read ($, quotes, backslash); ' is the one exception.
  const secret = encodeURIComponent(relay.client_secret).replaceAll("'", '%27');
  const token = block(`location = ${relay.place}/token`, [
    'if ($request_method != POST) { return 405; }',
    ...forward(relay.token_endpoint, i, relay.requests_per_second),
    'client_max_body_size 16k;',
    'client_body_buffer_size 16k;', // the body must be in memory, $request_body is empty otherwise
    'client_body_in_single_buffer on;',
    'proxy_set_header Content-Type application/x-www-form-urlencoded;',
    'proxy_set_header Authorization "";',
    `proxy_set_body "$request_body&client_secret=${secret}";`,
  ]);
  const jwks = relay.jwks_uri === '' ? [] : [block(`location = ${relay.place}/jwks`, [
    'if ($request_method != GET) { return 405; }',
    ...forward(relay.jwks_uri, i, relay.requests_per_second),
    'proxy_pass_request_body off;',
    'proxy_set_header Content-Length "";',
    'proxy_set_header Authorization "";',
  ])];
  const key = relay.subscription_keys.length > 0 ? `$subscription_key${i}` : '""';
  const apis = relay.allow.map((prefix) =>
    block(`location ^~ ${relay.place}/api${prefix}`, [
      'if ($request_method !~ ^(GET|POST|DELETE)$) { return 405; }',
      ...forward(`${relay.api}${prefix}`, i, relay.requests_per_second),
      'client_max_body_size 64k;',
      `proxy_set_header Ocp-Apim-Subscription-Key ${key};`,
    ]),
  );
  return [token, ...jwks, ...apis];
}

/**
 * The whole nginx.conf. nginx runs as one process of the calling user, on this machine's own address only: a public
 * server terminates TLS in front of it, or takes over its `location` blocks.
 * @param {Relay[]} relays @param {{ out: string, site: string, port: number }} place
 */
export function nginxConf(relays, { out, site, port }) {
  expect(Number.isInteger(port) && port > 0 && port < 65_536, '--port', 'a number from 1 to 65535');
  for (const [name, dir] of Object.entries({ out, site })) expect(/^\/[\w./-]+$/.test(dir), `--${name}`, 'a path of plain characters');
  const locations = relays.flatMap(cloudLocations);
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
    ...security,
    block('location /', [`root ${site};`, 'index index.html;', 'gzip on;', 'gzip_types application/wasm text/javascript text/css application/json;']),
    block('location = /config.json', [`alias ${out}/config.json;`, ...security, 'add_header Cache-Control no-cache always;']),
    ...locations,
    ...Object.entries(own).map(([status, message]) => block(`location @relay_${status}`, [
      'default_type application/json;',
      'add_header Cache-Control no-store always;',
      ...(status === '429' ? ['add_header Retry-After 1 always;'] : []),
      `return ${status} '${JSON.stringify({ statusCode: Number(status), message })}';`,
    ])),
    block('location /relay/', ['return 404;']),
  ]);
  return `${[
    'worker_processes 1;',
    'master_process off;',
    'daemon off;',
    `pid ${out}/nginx.pid;`,
    `error_log ${out}/error.log emerg;`, // lower levels quote the request line with its query
    block('events', ['worker_connections 256;']),
    block('http', [
      ...['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${out}/tmp-${kind};`),
      block('types', ['text/html html;', 'text/javascript js mjs;', 'text/css css;', 'application/wasm wasm;', 'application/json json;',
        'application/manifest+json webmanifest;', 'image/svg+xml svg;', 'image/png png;', 'font/ttf ttf;', 'font/woff2 woff2;', 'text/plain txt;']),
      'default_type application/octet-stream;',
      "log_format plain '$time_iso8601 $request_method $uri $status $request_time';",
      `access_log ${out}/access.log plain;`,
      // A browser says whether another site's page started the request, and does not let one add a header of its own.
      block('map "$http_x_foyer $http_sec_fetch_site" $foreign', ['default 1;', '"1 " 0;', '"1 same-origin" 0;']),
      ...relays.map((relay, i) => `limit_req_zone $binary_remote_addr zone=relay${i}:1m rate=${relay.requests_per_second}r/s;`),
      ...relays.flatMap(({ subscription_keys: [primary, secondary] }, i) => primary === undefined ? [] : [
        block(`map $http_ocp_apim_subscription_key $subscription_key${i}`, [`default ${primary};`, `secondary ${secondary ?? primary};`])]),
      server,
    ]),
  ].join('\n')}\n`;
}
