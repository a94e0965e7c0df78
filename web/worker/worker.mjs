// @ts-check
/**
 * The page's service worker: offline start, versions that never mix, and the simulated cloud where no server plays it.
 *
 * Registered by register.mjs as `./worker.js?sim=worker|server|none`, scope: the folder of the page.
 *  - sim=worker (the configuration has a simulated cloud, and a plain static host serves the page): requests below
 *    `<scope>cloud/` are answered by sim.wasm, for pages of this folder alone. Its state is kept in IndexedDB after every
 *    call, because a browser may stop this worker at any time.
 *  - sim=server (the development server answers /cloud/ itself): `<scope>cloud/` is left alone, and files come from the
 *    network first, so that a rebuilt file is seen at once.
 *  - sim=none: no cloud is simulated.
 *
 * Versions: seal.mjs makes one file of this one, sim.mjs and the hash of every file of the site (`files`), so that the
 * worker arrives whole or not at all. A version is installed only when every file has arrived with its hash; until then the
 * former one goes on, and register.mjs and updates.mjs try again. It takes over when its page is asked for and no other is
 * open, when a person says so, or when nobody has touched any page for a while; then every page is loaded anew.
 *
 * Caching (rule P10): only GET, same origin, a file of the sealed list, no Authorization header. A callback URL carries a
 * query: it gets the page from the cache and is itself never stored nor sent anywhere. config.json always comes from the
 * network when there is one.
 */
import {createCloud} from './sim.mjs';
import {files, version} from './sealed.mjs';

const worker = /** @type {any} */ (globalThis);
const scope = new URL('./', worker.location.href);
const task = new URL(worker.location.href).searchParams.get('sim');
const simulates = task === 'worker';
const fresh = task === 'server';
const cachePrefix = `foyer:${scope.pathname}:`;
const cacheName = cachePrefix + version;
const cloudPrefix = `${scope.pathname}cloud/`;
/** Address of each file → its hash; '' for what whoever runs the page may change. */
const listed = new Map(Object.entries(files).map(([file, hash]) => [new URL(file, scope).href, hash]));
const simulator = new URL('sim.wasm', scope).href;
/** Fetched and kept when it is wanted: no visitor pays for it before. @param {string} url */
const onDemand = (url) => /\/((sim|later)\.wasm|lock\.\w+|\w+\.words)$/.test(url);
const network = {
  cache: /** @type {RequestCache} */ ('no-cache'),
  credentials: /** @type {RequestCredentials} */ ('same-origin'),
};
const index = new URL('index.html', scope).href;

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
  const response = await cacheFirst(simulator, null);
  const module = await WebAssembly.compile(await response.arrayBuffer());
  return createCloud({module, savedState: await readState()});
}
function cloud() {
  starting ??= startCloud().catch((error) => {
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
    saving = saving
      .then(async () => {
        saveAsked = false;
        await writeState((await cloud()).save());
      })
      .catch(() => {}); // storage denied: the demo lives until the worker stops
  }
  return saving;
}

const sleep = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** @param {number} status */
const refuse = (status) =>
  new Response(status === 403 ? 'The simulated cloud answers its own page only.' : 'No cloud is simulated here.', {
    status,
    headers: {'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store'},
  });

/**
 * Only pages of this folder reach this worker by fetch(). Any page of the web can make a browser navigate here, with a form
 * of its own, too: that leads to the pages of a sign-in – where nothing counts without the number of the attempt – and back
 * to an address of this folder, nowhere else.
 * @param {Request} request @param {URL} url
 */
function mayAsk(request, url) {
  const step = /^(?:oauth|netatmo\/oauth2)\/(authorize|login|consent)$/.exec(
    url.pathname.slice(cloudPrefix.length),
  )?.[1];
  if (step === 'authorize' && url.searchParams.getAll('redirect_uri').some((to) => !to.startsWith(scope.href)))
    return false;
  return request.mode !== 'navigate' || (step !== undefined && (request.method === 'GET' || step !== 'authorize'));
}

/** @param {Request} request @param {URL} url @returns {Promise<Response>} */
async function answerCloud(request, url) {
  const target = `/cloud/${url.pathname.slice(cloudPrefix.length)}${url.search}`;
  let response;
  try {
    const body = request.method === 'GET' || request.method === 'HEAD' ? '' : await request.text();
    response = await (
      await cloud()
    ).handle({
      method: request.method,
      target,
      headers: Object.fromEntries(request.headers),
      body,
      base: scope.href.replace(/\/$/, ''),
    });
  } catch (error) {
    return new Response(`The simulated cloud cannot start: ${error instanceof Error ? error.message : error}`, {
      status: 503,
      headers: {'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store'},
    });
  }
  if (response.delay > 0) await sleep(response.delay);
  if (response.drop) return Response.error();
  const empty = response.status === 204 || response.status === 304;
  return new Response(empty ? null : /** @type {BodyInit} */ (response.body), {
    status: response.status,
    headers: response.headers,
  });
}

// ---- files ----

/** A file with the hash that this version wants. Throws when the network has another. @param {string} url */
async function fetchWhole(url) {
  const integrity = listed.get(url) ?? '';
  let response;
  try {
    response = await fetch(url, {...network, integrity});
  } catch (error) {
    if (!integrity) throw error;
    response = await fetch(url, {...network, cache: 'reload', integrity}); // a cache on the way may have an older one
  }
  if (!response.ok) throw new Error(`${url}: HTTP ${response.status}`);
  return response;
}

/**
 * The copy of this version, or else what the network has: the page checks by itself what it runs (rule P6).
 * @param {string} url @param {Request | string | null} [request] what is asked of the network; null: nothing but this version
 */
async function cacheFirst(url, request = url) {
  const cache = await caches.open(cacheName);
  const kept = await cache.match(url);
  if (kept) return kept;
  if (onDemand(url)) {
    try {
      const response = await fetchWhole(url);
      await cache.put(url, response.clone()).catch(() => {}); // storage full or denied
      return response;
    } catch (error) {
      worker.registration.update().catch(() => {}); // as a rule the network has a newer version
      if (!request) throw error;
    }
  }
  if (!request) throw new Error(`${url} is not of this version`);
  return fetch(request, typeof request === 'string' ? network : undefined);
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
  event.waitUntil(
    (async () => {
      const cache = await caches.open(cacheName);
      await Promise.all(
        [...listed.keys()].map(async (url) => {
          if (onDemand(url) && !(await caches.match(url))) return; // who has used it keeps it offline
          const optional = !listed.get(url);
          const response = await fetchWhole(url).catch((error) => {
            if (!optional) throw error;
          });
          if (response) await cache.put(url, response);
        }),
      );
      // The first worker and one with another task begin at once; a new version waits (see the top).
      if (worker.registration.active?.scriptURL !== worker.location.href) await worker.skipWaiting();
    })(),
  );
});

worker.addEventListener('activate', (/** @type {any} */ event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) {
        if (name.startsWith(cachePrefix) && name !== cacheName) await caches.delete(name);
      }
      await worker.clients.claim();
    })(),
  );
});

/** Whether nobody has touched any page of ours for so long. One that does not answer is asleep. @param {number} ms */
async function quiet(ms) {
  const pages = await worker.clients.matchAll({type: 'window', includeUncontrolled: true});
  const untouched = await Promise.all(
    pages.map(
      (/** @type {any} */ page) =>
        new Promise((resolve) => {
          const {port1, port2} = new MessageChannel();
          port1.onmessage = ({data}) => resolve(data);
          page.postMessage('touched', [port2]);
          setTimeout(resolve, 10_000, Infinity);
        }),
    ),
  );
  return untouched.every((time) => time >= ms);
}

// A page that was reloaded past its worker (Shift + reload) asks to be taken over, one that began without looks whether the
// worker is of its version; the new version is told when to begin.
worker.addEventListener('message', (/** @type {any} */ event) => {
  if (event.data === 'claim') event.waitUntil(worker.clients.claim());
  if (event.data === 'files') event.ports[0].postMessage(files);
  if (event.data === 'take over') event.waitUntil(worker.skipWaiting());
  if (event.data?.quiet) {
    event.waitUntil(quiet(event.data.quiet).then((yes) => yes && worker.skipWaiting()));
  }
});

/**
 * The page, for a navigation. When a new version waits and no page of ours is open but the one that is being left, it takes
 * over first: the browser is told to ask again at once.
 * @param {Request} request @param {URL} url @param {string} from the page that is being left
 */
async function answerPage(request, url, from) {
  const waiting = worker.registration.waiting;
  if (waiting) {
    const open = await worker.clients.matchAll({type: 'window'});
    if (open.every((/** @type {any} */ page) => page.id === from)) {
      waiting.postMessage('take over');
      return new Response('', {headers: {'Content-Type': 'text/html', Refresh: '0', 'Cache-Control': 'no-store'}});
    }
  }
  const file = url.pathname === scope.pathname ? index : url.origin + url.pathname;
  // Whatever the query: a new index.html would not fit the files of this version. The query stays in the browser.
  return listed.has(file) && !fresh ? cacheFirst(file) : networkFirst(request, listed.has(file) ? file : index);
}

worker.addEventListener('fetch', (/** @type {any} */ event) => {
  /** @type {Request} */
  const request = event.request;
  const url = new URL(request.url);
  if (url.origin !== scope.origin || !url.pathname.startsWith(scope.pathname)) return;
  if (url.pathname.startsWith(cloudPrefix)) {
    if (fresh) return;
    if (!simulates || !mayAsk(request, url)) {
      event.respondWith(refuse(simulates ? 403 : 404));
      return;
    }
    const answer = answerCloud(request, url);
    event.respondWith(answer);
    event.waitUntil(answer.then(saveSoon));
    return;
  }
  if (request.method !== 'GET' || request.headers.has('authorization')) return;
  if (request.mode === 'navigate') {
    event.respondWith(answerPage(request, url, event.clientId));
    return;
  }
  if (url.search !== '' || !listed.has(url.href)) return;
  const changeable = fresh || !listed.get(url.href);
  event.respondWith(changeable ? networkFirst(url.href, url.href) : cacheFirst(url.href, request));
});
