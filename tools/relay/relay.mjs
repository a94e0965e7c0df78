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
 *   requests_per_second: number, answer_seconds: number, place: string }} Relay  `place`: path of this cloud on the page's origin, "/relay" or "/relay/ID"
 */

/** A mistake in the description: says which field and what is expected there. */
export class RelayError extends Error {}

/** @throws {RelayError} unless `good` */
export const expect = (/** @type {boolean} */ good, /** @type {string} */ field, /** @type {string} */ what) => {
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
  // What core/cloud's catalogue asks for; addresses that only the portal tells are for relay.json to add.
  const paths = netatmo ? ['/api/'] : ['/smarther/v2.0/', '/hc/api/v1.0/', '/multioutlet/plug/energy/', '/myhomeup/v1.0/'];
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
    answer_seconds: Number(from.answer_seconds ?? 30),
    place,
  };
  const { length } = relay.subscription_keys;
  expect(netatmo ? length === 0 : length === 1 || length === 2, `${where}subscription_keys`, netatmo ? 'none with netatmo' : 'one or two keys of letters and digits');
  expect(relay.allow.length > 0 && relay.allow.every((prefix) => !prefix.includes('..') && prefix !== '/'), `${where}allow`, 'paths below the root, without ".."');
  const rate = relay.requests_per_second;
  expect(Number.isInteger(rate) && rate >= 1 && rate <= 1000, `${where}requests_per_second`, 'a whole number from 1 to 1000');
  const patience = relay.answer_seconds;
  expect(Number.isInteger(patience) && patience >= 1 && patience <= 120, `${where}answer_seconds`, 'a whole number from 1 to 120');
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
export const own = {
  403: 'relay: only the page of this origin may call',
  404: 'relay: not one of the forwarded paths',
  405: 'relay: not one of the forwarded methods',
  413: 'relay: the request is too large',
  429: 'relay: rate limit is exceeded',
  502: 'relay: upstream unreachable',
  504: 'relay: upstream unreachable, no answer in time',
};

/** Bytes of a request's body. */
export const most = { token: 16 * 1024, api: 64 * 1024 };

/**
 * What a path to a cloud may not hold (a regular expression, case ignored): climbing and encoded slashes have no business
 * there, and what one program reads as a folder another reads as a name.
 */
export const ambiguous = String.raw`\.\.|%2e|%2f|%5c|\\|//|%0|%1|%7f`;

/** Header fields of the page that reach a cloud; its own `Host` and the key come to them. */
export const forwarded = ['Accept', 'Authorization', 'Content-Type', 'User-Agent'];

/**
 * Header fields of a cloud that must not reach the page as if its own server had said them: who is signed in there, who may
 * call, what this origin keeps, where to go.
 */
export const hidden = ['Set-Cookie', 'Set-Cookie2', 'Location', 'Refresh', 'Link', 'Clear-Site-Data', 'Service-Worker-Allowed',
  'Access-Control-Allow-Origin', 'Access-Control-Allow-Credentials', 'Access-Control-Allow-Headers', 'Access-Control-Allow-Methods',
  'Access-Control-Expose-Headers', 'Access-Control-Max-Age', 'Content-Security-Policy', 'Strict-Transport-Security', 'Alt-Svc',
  'Report-To', 'NEL', 'X-Powered-By', 'X-Accel-Redirect', 'X-Sendfile', 'X-Content-Type-Options', 'Cache-Control', 'Expires', 'Pragma'];

/** What every answer of the relay carries. A body of a cloud that is opened as a document can do nothing. @type {[string, string][]} */
export const added = [['Cache-Control', 'no-store'], ['X-Content-Type-Options', 'nosniff'], ['Content-Security-Policy', "default-src 'none'; sandbox"]];

/**
 * Where the page may come from: the origins of the redirect addresses, and this machine's own for a port of it.
 * @param {Relay[]} relays @param {number} [port] @returns {string[]}
 */
export function origins(relays, port) {
  const local = port === undefined ? [] : [`http://localhost:${port}`, `http://127.0.0.1:${port}`];
  return [...new Set([...relays.map((relay) => new URL(relay.redirect_uri).origin), ...local])];
}
