// @ts-check
/**
 * The page's service worker: offline start, and the simulated cloud where no server plays it.
 *
 * Registered by register.mjs as `./worker.mjs?sim=worker|server`, type module, scope: the folder of the page.
 *  - sim=worker (a plain static host): every request below `<scope>cloud/` – pages, redirects, tokens, API – is answered
 *    by sim.wasm. Its state is kept in IndexedDB after every call, because a browser may stop this worker at any time.
 *  - sim=server (the development server answers /cloud/ itself): `<scope>cloud/` is left alone, and files come from the
 *    network first, so that a rebuilt file is seen at once.
 *
 * Caching (rule P10): only GET, same origin, a file of the sealed list (version.mjs), no Authorization header, no query.
 * A callback URL carries a query and is therefore never stored; offline it shows the page. config.json always comes from
 * the network when there is one. A new version has its own cache and takes over when a page is asked for, never while
 * one is being put together: a page is always made of files of one version.
 */
import {createCloud} from './sim.mjs';
import {files, version} from './version.mjs';

const worker = /** @type {any} */ (globalThis);
const scope = new URL('./', worker.location.href);
const simulates = new URL(worker.location.href).searchParams.get('sim') !== 'server';
const cachePrefix = `foyer:${scope.pathname}:`;
const cacheName = cachePrefix + version;
const cloudPrefix = `${scope.pathname}cloud/`;
const listed = new Set(files.map(file => new URL(file, scope).href));
const simulator = new URL('sim.wasm', scope).href;
/** Fetched and kept when it is wanted: no visitor pays for it before. @param {string} url */
const onDemand = url => /\/((sim|later)\.wasm|lock\.\w+|\w+\.words)$/.test(url);
const network = {cache: /** @type {RequestCache} */ ('no-cache'), credentials: /** @type {RequestCredentials} */ ('same-origin')};

// ---- the simulated cloud ----

/** @returns {Promise<IDBDatabase>} */
function openDatabase() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(`foyer-sim:${scope.pathname}`, 1);
    request.onupgradeneeded = () => request.result.createObjectStore('state');
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** @returns {Promise<string | null>} what was saved, or null when there is nothing or storage is denied (rule S3) */
async function readState() {
  try {
    const database = await openDatabase();
    return await new Promise((resolve, reject) => {
      const request = database.transaction('state').objectStore('state').get('cloud');
      request.onsuccess = () => resolve(request.result ?? null);
      request.onerror = () => reject(request.error);
      request.transaction?.addEventListener('complete', () => database.close());
    });
  } catch {
    return null;
  }
}

/** @param {string} state */
async function writeState(state) {
  const database = await openDatabase();
  await new Promise((resolve, reject) => {
    const transaction = database.transaction('state', 'readwrite');
    transaction.objectStore('state').put(state, 'cloud');
    transaction.oncomplete = () => resolve(undefined);
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
  database.close();
}

/** @type {Promise<import('./sim.mjs').SimulatedCloud> | null} */
let starting = null;
async function startCloud() {
  const response = await cacheFirst(simulator);
  if (!response.ok) throw new Error(`sim.wasm: HTTP ${response.status}`);
  const module = await WebAssembly.compile(await response.arrayBuffer());
  return createCloud({module, savedState: await readState()});
}
function cloud() {
  starting ??= startCloud().catch(error => {
    starting = null;
    throw error;
  });
  return starting;
}

/** @type {Promise<void>} */
let saving = Promise.resolve();
let saveAsked = false;
/** Saves the newest state; calls that come while one waits share it. @returns {Promise<void>} */
function saveSoon() {
  if (!saveAsked) {
    saveAsked = true;
    saving = saving.then(async () => {
      saveAsked = false;
      await writeState((await cloud()).save());
    }).catch(() => {});  // storage denied: the demo lives until the worker stops
  }
  return saving;
}

const sleep = (/** @type {number} */ ms) => new Promise(resolve => setTimeout(resolve, ms));

/** @param {Request} request @param {URL} url @returns {Promise<Response>} */
async function answerCloud(request, url) {
  const target = `/cloud/${url.pathname.slice(cloudPrefix.length)}${url.search}`;
  let response;
  try {
    const body = request.method === 'GET' || request.method === 'HEAD' ? '' : await request.text();
    response = await (await cloud()).handle({
      method: request.method,
      target,
      headers: Object.fromEntries(request.headers),
      body,
      base: scope.href.replace(/\/$/, ''),
    });
  } catch (error) {
    return new Response(`The simulated cloud cannot start: ${error instanceof Error ? error.message : error}`, {
      status: 503, headers: {'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store'}});
  }
  if (response.delay > 0) await sleep(response.delay);
  if (response.drop) return Response.error();
  const empty = response.status === 204 || response.status === 304;
  return new Response(empty ? null : /** @type {BodyInit} */ (response.body), {
    status: response.status, headers: response.headers});
}

// ---- files ----

/** @param {string} url */
async function cacheFirst(url) {
  const cache = await caches.open(cacheName);
  const kept = await cache.match(url);
  if (kept) return kept;
  const response = await fetch(url, network);
  if (onDemand(url) && response.ok) await cache.put(url, response.clone()).catch(() => {});  // storage full or denied
  return response;
}

/** @param {Request | string} request @param {string} kept address of the cached copy */
async function networkFirst(request, kept) {
  try {
    return await fetch(request, typeof request === 'string' ? network : undefined);
  } catch (error) {
    const copy = await (await caches.open(cacheName)).match(kept);
    if (copy) return copy;
    throw error;
  }
}

worker.addEventListener('install', (/** @type {any} */ event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(cacheName);
    await Promise.all([...listed].map(async url => {
      if (onDemand(url) && !(await caches.match(url))) return;  // who has used it keeps it offline
      const response = await fetch(url, network);
      if (response.ok) return cache.put(url, response);
      if (!url.endsWith('/config.json')) throw new Error(`${url}: HTTP ${response.status}`);
    }));
    // The first worker and one with another task begin at once; a new version waits for the next page (see navigate).
    if (worker.registration.active?.scriptURL !== worker.location.href) await worker.skipWaiting();
  })());
});

worker.addEventListener('activate', (/** @type {any} */ event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith(cachePrefix) && name !== cacheName) await caches.delete(name);
    }
    await worker.clients.claim();
  })());
});

// A page that was reloaded past its worker (Shift + reload) asks to be taken over; an old worker sends for the new one.
worker.addEventListener('message', (/** @type {any} */ event) => {
  if (event.data === 'claim') event.waitUntil(worker.clients.claim());
  if (event.data === 'take over') event.waitUntil(worker.skipWaiting());
});

/**
 * The page, for a navigation. When a new version waits and at most one page of ours is open (as a rule the one that is being
 * reloaded), it takes over first: the browser is told to ask again at once.
 * @param {Request} request @param {string} index
 */
async function answerPage(request, index) {
  const waiting = worker.registration.waiting;
  if (waiting && (await worker.clients.matchAll({type: 'window'})).length < 2) {
    waiting.postMessage('take over');
    return new Response('', {headers: {'Content-Type': 'text/html', 'Refresh': '0', 'Cache-Control': 'no-store'}});
  }
  const plain = request.url === scope.href || request.url === index;
  return plain && simulates ? cacheFirst(index) : networkFirst(request, index);
}

worker.addEventListener('fetch', (/** @type {any} */ event) => {
  /** @type {Request} */
  const request = event.request;
  const url = new URL(request.url);
  if (url.origin !== scope.origin || !url.pathname.startsWith(scope.pathname)) return;
  if (url.pathname.startsWith(cloudPrefix)) {
    if (!simulates) return;
    const answer = answerCloud(request, url);
    event.respondWith(answer);
    event.waitUntil(answer.then(saveSoon));
    return;
  }
  if (request.method !== 'GET' || request.headers.has('authorization')) return;
  const index = new URL('index.html', scope).href;
  if (request.mode === 'navigate') {
    // Under any address of ours; the copy is only ever the plain file, never this address's answer.
    event.respondWith(answerPage(request, index));
    return;
  }
  if (url.search !== '' || !listed.has(url.href)) return;
  const fresh = !simulates || url.href.endsWith('/config.json');
  event.respondWith(fresh ? networkFirst(url.href, url.href) : cacheFirst(url.href));
});
