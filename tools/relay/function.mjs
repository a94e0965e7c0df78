// The relay as a Web-standard function, `fetch(Request) → Response`, for serverless hosts and for anything that has no
// nginx. Same rules as nginx.mjs, except for the rate limit: instances share nothing, so the platform has to count. A relay
// that is one process hands in rate.mjs.
//
// Example (a module worker of a serverless host; RELAY holds the text of relay.json as a secret of the platform):
//   import { createRelay } from './function.mjs';
//   import { readRelay } from './relay.mjs';
//   let relay;
//   export default { fetch: (request, env) => (relay ??= createRelay(readRelay(env.RELAY)))(request) };
import {added, ambiguous, forwarded, grant, most, origins, own, passed} from './relay.mjs';

/**
 * @typedef {import('./relay.mjs').Relay} Relay
 * @typedef {{ method: string, target: string, fields: Record<string, string>, limit: number, seconds: number,
 *   body: (text: Uint8Array<ArrayBuffer>) => BodyInit | undefined }} Forward  what goes to a cloud
 */

/** @param {number} status @param {[string, string][]} [also] header fields */
const refuse = (status, also = status === 429 ? [['Retry-After', '1']] : []) =>
  new Response(JSON.stringify({statusCode: status, message: own[status]}), {
    status,
    headers: [...added, ['Content-Type', 'application/json'], ...also],
  });

/** @param {Request} request @param {string[]} names */
const pick = (request, names) =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = request.headers.get(name);
      return value === null ? [] : [[name, value]];
    }),
  );

/** A mistake of the caller: nothing is forwarded. */
class Refused extends Error {
  /** @param {number} status */
  constructor(status) {
    super(own[status]);
    this.status = status;
  }
}

/** The whole body, or a refusal as soon as it is too large. @param {Request} request @param {number} limit */
async function bodyOf(request, limit) {
  /** @type {Uint8Array[]} */
  const parts = [];
  let size = 0;
  for await (const part of /** @type {AsyncIterable<Uint8Array>} */ (/** @type {unknown} */ (request.body ?? []))) {
    size += part.length;
    if (size > limit) throw new Refused(413);
    parts.push(part);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** @param {string} path */
const plain = (path) => !new RegExp(ambiguous, 'i').test(path);

/** @param {Relay} relay @param {Request} request @param {string} rest behind the place of this cloud @param {string} query @returns {Forward} */
function route(relay, request, rest, query) {
  const {method} = request;
  const seconds = relay.answer_seconds;
  if (rest === '/token') {
    if (method !== 'POST') throw new Refused(405);
    if (query !== '') throw new Refused(404);
    const secret = new TextEncoder().encode(`&client_secret=${encodeURIComponent(relay.client_secret)}`);
    return {
      method,
      target: relay.token_endpoint,
      limit: most.token,
      seconds,
      fields: {...pick(request, ['Accept', 'User-Agent']), 'Content-Type': 'application/x-www-form-urlencoded'},
      body: (text) => {
        if (!new RegExp(grant).test(new TextDecoder().decode(text))) throw new Refused(400);
        return new Blob([text, secret]);
      },
    };
  }
  if (rest === '/jwks' && relay.jwks_uri !== '') {
    if (method !== 'GET') throw new Refused(405);
    return {
      method,
      target: relay.jwks_uri,
      limit: 0,
      seconds,
      fields: pick(request, ['Accept', 'User-Agent']),
      body: () => undefined,
    };
  }
  const path = rest.startsWith('/api/') ? rest.slice('/api'.length) : '';
  if (!plain(path) || !relay.allow.some((prefix) => path.startsWith(prefix))) throw new Refused(404);
  if (!['GET', 'POST', 'DELETE'].includes(method)) throw new Refused(405);
  const [primary, secondary] = relay.subscription_keys;
  const wanted = request.headers.get('Ocp-Apim-Subscription-Key');
  const key = wanted === 'secondary' ? (secondary ?? primary) : primary;
  return {
    method,
    target: `${relay.api}${path}${query}`,
    limit: most.api,
    seconds,
    fields: {...pick(request, forwarded), ...(key === undefined ? {} : {'Ocp-Apim-Subscription-Key': key})},
    body: (bytes) => (bytes.length > 0 ? bytes : undefined),
  };
}

/** @param {Request} request @param {string[]} here */
function isOurs(request, here) {
  const origin = request.headers.get('Origin');
  const site = request.headers.get('Sec-Fetch-Site');
  const {host} = new URL(request.url);
  return (
    request.headers.get('X-Foyer') === '1' &&
    (site === null || site === 'same-origin') &&
    (origin === null || here.includes(origin)) &&
    here.some((one) => new URL(one).host === host)
  );
}

/** @param {Forward} to @param {Uint8Array<ArrayBuffer>} bytes @param {typeof globalThis.fetch} fetch */
async function send(to, bytes, fetch) {
  const body = to.body(bytes);
  const abort = new AbortController();
  // How long a cloud may say nothing, in the middle of its answer too.
  let timer = setTimeout(() => abort.abort(), to.seconds * 1000);
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(() => abort.abort(), to.seconds * 1000);
  };
  try {
    const answer = await fetch(to.target, {
      method: to.method,
      headers: to.fields,
      body,
      redirect: 'manual',
      signal: abort.signal,
    });
    const headers = new Headers();
    for (const name of passed) {
      const value = answer.headers.get(name);
      if (value !== null) headers.set(name, value);
    }
    for (const [name, value] of added) headers.set(name, value);
    if (!answer.body) {
      clearTimeout(timer);
      return new Response(null, {status: answer.status, headers});
    }
    const reader = answer.body.getReader();
    const rest = new ReadableStream({
      async pull(to) {
        try {
          const {done, value} = await reader.read();
          if (!done) {
            heard();
            return to.enqueue(value);
          }
          to.close();
        } catch (error) {
          to.error(error);
        }
        clearTimeout(timer);
      },
      cancel() {
        clearTimeout(timer);
        abort.abort();
      },
    });
    return new Response(rest, {status: answer.status, headers});
  } catch {
    clearTimeout(timer);
    return refuse(abort.signal.aborted ? 504 : 502); // never asked twice: a command may have arrived
  }
}

/**
 * @param {Relay[]} relays
 * @param {{ port?: number, fetch?: typeof globalThis.fetch, admit?: (relay: Relay, caller: string) => boolean }} [options]
 *   `port`: answers to localhost with this port too; `admit`: may this caller ask once more? (rate.mjs; by default the
 *   platform counts)
 * @returns {(request: Request, caller?: string) => Promise<Response>} never rejects; `caller`: the address that asks
 */
export function createRelay(relays, {port, fetch = globalThis.fetch, admit = () => true} = {}) {
  const here = origins(relays, port);
  return async (request, caller = '') => {
    try {
      const {pathname, search} = new URL(request.url);
      const relay = relays.find((one) => pathname.startsWith(`${one.place}/`));
      if (relay === undefined) return refuse(404);
      const to = route(relay, request, pathname.slice(relay.place.length), search);
      if (!isOurs(request, here)) return refuse(403);
      if (!admit(relay, caller)) return refuse(429);
      return await send(to, await bodyOf(request, to.limit), fetch);
    } catch (error) {
      return refuse(error instanceof Refused ? error.status : 502);
    }
  };
}
