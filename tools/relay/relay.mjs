// What a relay is told (relay.json), what the page may know of it (config.json), and what every kind of relay – nginx
// (nginx.mjs), function (function.mjs) – has in common. Pure functions of values.
//
// A relay keeps no state. It forwards a fixed list of paths to fixed hosts, adds what a page must not hold (the
// client secret in the body of the token request, the subscription key as a header), and nothing else: a short list of
// header fields, no cookie in either direction, no query in a log. It serves the page of its own origin alone: no other
// `Host` or `Origin`, no request that another site's page started (`Sec-Fetch-Site`) or that lacks the header only our
// own page can add (`X-Foyer`: another site's page would have to ask first, and is refused).

/**
 * @typedef {{ id: string, name: string, providers: string[], login: string, api: string, issuer: string,
 *   authorize_endpoint: string, token_endpoint: string, jwks_uri: string, client_id: string, client_secret: string,
 *   subscription_keys: string[], redirect_uri: string, scopes: string[], send_scope: boolean, allow: string[],
 *   requests_per_second: number, answer_seconds: number, folder: string, place: string }} Relay  `folder`: of the page on its origin, "/" or "/foyer/"; `place`: path of this cloud there, "/relay", "/relay/ID" or "/foyer/relay"
 */

/** A mistake in the description: says which field and what is expected there. */
export class RelayError extends Error {}

/** @throws {RelayError} unless `good` */
export const expect = (/** @type {boolean} */ good, /** @type {string} */ field, /** @type {string} */ what) => {
  if (!good) throw new RelayError(`${field}: expected ${what}`);
};

/** @param {string} host a name or an address @returns {boolean} reached from this machine alone */
export const isLoopback = (host) => /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/i.test(host);

/** https, or http on this very machine (A1). @param {unknown} value @param {string} field @returns {string} */
function address(value, field) {
  const what = 'an https address (http only for localhost) without special characters';
  expect(typeof value === 'string' && URL.canParse(value), field, what);
  const url = new URL(String(value));
  const loopback = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  expect(url.protocol === 'https:' || (url.protocol === 'http:' && loopback), field, what);
  expect(!/[\s"'\\${};]/.test(String(value)) && url.username === '' && url.hash === '', field, what);
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
  if (from.clouds === undefined) return [readCloud(from, '', 'relay')];
  const clouds = from.clouds;
  const objects =
    Array.isArray(clouds) && clouds.every((one) => typeof one === 'object' && one !== null && !Array.isArray(one));
  expect(objects && clouds.length > 0, 'clouds', 'a list of one cloud or more');
  const relays = clouds.map((/** @type {Record<string, unknown>} */ one, /** @type {number} */ i) =>
    readCloud(one, `clouds[${i}].`, `relay/${one.id}`),
  );
  const ids = relays.map((/** @type {Relay} */ one) => one.id);
  expect(new Set(ids).size === ids.length, 'clouds', 'a different id for each');
  const pages = new Set(relays.map((/** @type {Relay} */ one) => one.folder));
  expect(pages.size === 1, 'clouds', 'one page: redirect addresses with the same path');
  return relays;
}

/** What a sign-in to Netatmo Connect asks for when nothing else is said: without scopes it grants the weather station alone. */
export const netatmoScopes = ['magellan', 'bubendorff', 'smarther', 'thermostat', 'mx', 'mhs1'].flatMap((one) => [
  `read_${one}`,
  `write_${one}`,
]);

const vendors = {legrand: /(^|\.)(legrand|eliotbylegrand)\.com$/, netatmo: /(^|\.)netatmo\.(com|net)$/};

/** @param {Record<string, unknown>} from @param {string} where before the name of a field @param {string} place @returns {Relay} */
function readCloud(from, where, place) {
  const text = (/** @type {string} */ field, /** @type {string} */ what, /** @type {RegExp} */ pattern) => {
    const value = from[field];
    expect(typeof value === 'string' && pattern.test(value), where + field, what);
    return String(value);
  };
  const list = (
    /** @type {string} */ field,
    /** @type {string} */ what,
    /** @type {RegExp} */ pattern,
    /** @type {string[]} */ otherwise,
  ) => {
    const value = from[field] === undefined ? otherwise : from[field];
    expect(Array.isArray(value), where + field, what);
    /** @type {unknown[]} */ (value).forEach((item, i) =>
      expect(typeof item === 'string' && pattern.test(item), `${where}${field}[${i}]`, what),
    );
    return /** @type {string[]} */ (value);
  };
  const providers = list('providers', '"smarther", "hc" or both, or "netatmo"', /^(smarther|hc|netatmo)$/, [
    'smarther',
  ]);
  expect(providers.length > 0, `${where}providers`, '"smarther", "hc" or both, or "netatmo"');
  const netatmo = providers.includes('netatmo');
  expect(!netatmo || providers.length === 1, `${where}providers`, '"netatmo" alone: it has a sign-in of its own');
  const url = (/** @type {string} */ field, /** @type {string | undefined} */ otherwise = undefined) => {
    const good = address(from[field] === undefined ? otherwise : from[field], where + field);
    const {hostname} = new URL(good);
    expect(
      !netatmo || !vendors.legrand.test(hostname) || field === 'redirect_uri',
      where + field,
      'an address of Netatmo Connect, not one of Legrand',
    );
    expect(
      netatmo || !vendors.netatmo.test(hostname) || field === 'redirect_uri',
      where + field,
      'an address of Legrand, not one of Netatmo Connect',
    );
    return good;
  };
  const whole = (/** @type {string} */ field, /** @type {number} */ otherwise, /** @type {number} */ most) => {
    const value = from[field] === undefined ? otherwise : from[field];
    expect(
      Number.isInteger(value) && Number(value) >= 1 && Number(value) <= most,
      where + field,
      `a whole number from 1 to ${most}`,
    );
    return Number(value);
  };
  const redirect = url('redirect_uri');
  const page = new URL(redirect);
  expect(
    page.pathname.endsWith('/') && page.search === '' && /^[\w./~-]*$/.test(page.pathname),
    `${where}redirect_uri`,
    'the address of the page itself, ending in /',
  );
  expect(from.send_scope === undefined || typeof from.send_scope === 'boolean', `${where}send_scope`, 'true or false');
  expect(
    !netatmo || from.send_scope !== false,
    `${where}send_scope`,
    'true or nothing: Netatmo Connect grants what is asked for, and the weather station alone otherwise',
  );
  for (const field of netatmo ? ['issuer', 'jwks_uri'] : [])
    expect(from[field] === undefined, where + field, 'nothing: Netatmo Connect signs no id_token');
  const login = url('login', netatmo ? 'https://api.netatmo.com' : 'https://partners-login.eliotbylegrand.com').replace(
    /\/$/,
    '',
  );
  const api = url('api', netatmo ? 'https://api.netatmo.com' : 'https://api.developer.legrand.com').replace(/\/$/, '');
  // What core/cloud's catalogue asks for; addresses that only the portal tells are for relay.json to add.
  const paths = netatmo
    ? ['/api/']
    : ['/smarther/v2.0/', '/hc/api/v1.0/', '/multioutlet/plug/energy/', '/myhomeup/v1.0/'];
  const oauth = netatmo ? '/oauth2' : '';
  const places = 'paths like "/smarther/v2.0/", below the root and without ".."';
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
    redirect_uri: redirect,
    scopes: list('scopes', 'a list of scope names', /^[\x21-\x7e]+$/, netatmo ? [] : ['openid']),
    send_scope: from.send_scope === undefined ? netatmo : from.send_scope === true,
    allow: list('allow', places, /^(?!.*\.\.)\/[A-Za-z0-9._-][A-Za-z0-9._/-]*\/$/, paths),
    requests_per_second: whole('requests_per_second', 20, 1000),
    answer_seconds: whole('answer_seconds', 30, 120),
    folder: page.pathname,
    place: `${page.pathname}${place}`,
  };
  if (netatmo && relay.scopes.length === 0) relay.scopes = netatmoScopes;
  const {length} = relay.subscription_keys;
  expect(
    netatmo ? length === 0 : length === 1 || length === 2,
    `${where}subscription_keys`,
    netatmo ? 'none with netatmo' : 'one or two keys of letters and digits',
  );
  expect(relay.allow.length > 0, `${where}allow`, places);
  return relay;
}

/** Where the page finds this cloud, from its own folder. @param {Relay} relay */
const beside = ({folder = '/', place}) => `./${place.slice(folder.length)}`;

/** What the page may know: its own relay's addresses, and names instead of keys. @param {Relay[]} relays */
export function pageConfig(relays) {
  return {
    clouds: relays.map((relay) => ({
      id: relay.id,
      name: relay.name,
      providers: relay.providers,
      authorize_endpoint: relay.authorize_endpoint,
      token_endpoint: `${beside(relay)}/token`,
      ...(relay.jwks_uri === '' ? {openid: false} : {issuer: relay.issuer, jwks_uri: `${beside(relay)}/jwks`}),
      client_id: relay.client_id,
      redirect_uri: relay.redirect_uri,
      scopes: relay.scopes,
      send_scope: relay.send_scope,
      api_base: `${beside(relay)}/api`,
      subscription_keys: ['primary', 'secondary'].slice(0, relay.subscription_keys.length),
    })),
  };
}

/** The relay's own refusals, in the form the clouds use, so that the page classifies them like theirs. @type {Record<number, string>} */
export const own = {
  400: 'relay: not one of the two forms of a token request',
  403: 'relay: only the page of this origin may call',
  404: 'relay: not one of the forwarded paths',
  405: 'relay: not one of the forwarded methods',
  413: 'relay: the request is too large',
  429: 'relay: rate limit is exceeded',
  502: 'relay: upstream unreachable',
  504: 'relay: upstream unreachable, no answer in time',
};

/** Bytes of a request's body. */
export const most = {token: 16 * 1024, api: 64 * 1024};

/**
 * What a path to a cloud may not hold (a regular expression, case ignored): climbing and encoded slashes have no business
 * there, nor has what is encoded twice or in no way, and what one program reads as a folder another reads as a name.
 */
export const ambiguous = String.raw`\.\.|%2e|%2f|%5c|\\|//|%0|%1|%7f|%25|%(?![0-9a-f][0-9a-f])`;

/**
 * The form of a token request (a regular expression): one of the two grants of a page, and nothing that a page has no use
 * for. Anything else does not get the secret.
 */
export const grant =
  '^(?=(?:.*&)?grant_type=)(?:(?:grant_type=(?:authorization_code|refresh_token)|' +
  '(?:client_id|code|code_verifier|redirect_uri|refresh_token|scope)=[^&]*)(?:&|$))+$';

/** Header fields of the page that reach a cloud; its own `Host` and the key come to them. */
export const forwarded = ['Accept', 'Authorization', 'Content-Type', 'User-Agent'];

/**
 * Header fields of a cloud that must not reach the page as if its own server had said them: who is signed in there, who may
 * call, what this origin keeps, where to go. For nginx, which can hide what it knows by name only (`passed` is shorter).
 */
export const hidden = [
  'Set-Cookie',
  'Set-Cookie2',
  'Location',
  'Refresh',
  'Link',
  'Clear-Site-Data',
  'Service-Worker-Allowed',
  'Access-Control-Allow-Origin',
  'Access-Control-Allow-Credentials',
  'Access-Control-Allow-Headers',
  'Access-Control-Allow-Methods',
  'Access-Control-Expose-Headers',
  'Access-Control-Max-Age',
  'Content-Security-Policy',
  'Strict-Transport-Security',
  'Alt-Svc',
  'Report-To',
  'NEL',
  'X-Powered-By',
  'X-Accel-Redirect',
  'X-Sendfile',
  'X-Content-Type-Options',
  'Cache-Control',
  'Expires',
  'Pragma',
  'Reporting-Endpoints',
  'Set-Login',
  'Speculation-Rules',
  'Permissions-Policy',
  'Permissions-Policy-Report-Only',
  'Feature-Policy',
  'Document-Policy',
  'Content-Security-Policy-Report-Only',
  'Cross-Origin-Opener-Policy',
  'Cross-Origin-Embedder-Policy',
  'Cross-Origin-Resource-Policy',
  'Origin-Agent-Cluster',
  'Accept-CH',
  'Critical-CH',
  'Delegate-CH',
  'No-Vary-Search',
  'Supports-Loading-Mode',
  'SourceMap',
  'X-SourceMap',
  'Timing-Allow-Origin',
  'Server-Timing',
  'Content-Disposition',
  'Content-Location',
  'Activate-Storage-Access',
  'Secure-Session-Registration',
  'Sec-Session-Registration',
  'Integrity-Policy',
  'Use-As-Dictionary',
  'Observe-Browsing-Topics',
  'Attribution-Reporting-Register-Source',
  'Attribution-Reporting-Register-Trigger',
  'Expect-CT',
  'Public-Key-Pins',
  'X-Frame-Options',
  'X-XSS-Protection',
  'X-Permitted-Cross-Domain-Policies',
  'Proxy-Authenticate',
  'Via',
  'Age',
  'Server',
];

/** What of a cloud's header the page reads; the function passes nothing else. */
export const passed = [
  'Content-Type',
  'Date',
  'Retry-After',
  'WWW-Authenticate',
  'X-Request-Id',
  'Request-Id',
  'Ocp-Apim-Trace-Location',
];

/** The page's worker, and its name for browsers that hold an older version. */
export const workers = ['worker.js', 'worker.mjs'];

/** Policy of the page's worker: a worker has that of its header (P4). */
export const workerPolicy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; frame-ancestors 'none'";

/** What every answer of the relay carries. A body of a cloud that is opened as a document can do nothing. @type {[string, string][]} */
export const added = [
  ['Cache-Control', 'no-store'],
  ['X-Content-Type-Options', 'nosniff'],
  ['Content-Security-Policy', "default-src 'none'; sandbox"],
];

/**
 * Where the page may come from: the origins of the redirect addresses, and this machine's own for a port of it.
 * @param {Relay[]} relays @param {number} [port] @returns {string[]}
 */
export function origins(relays, port) {
  const local = port === undefined ? [] : [`http://localhost:${port}`, `http://127.0.0.1:${port}`];
  return [...new Set([...relays.map((relay) => new URL(relay.redirect_uri).origin), ...local])];
}
