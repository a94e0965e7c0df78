// @ts-check
// What every browser test shares: one development server with the simulated cloud per file, one Chromium, pages that are
// found by role and name, and polling instead of sleeping.
import assert from 'node:assert/strict';
import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {openChromium} from '../../tools/chromium.mjs';
import {startServer} from '../../tools/serve.mjs';

export const project = fileURLToPath(new URL('../..', import.meta.url));
export const site = join(process.env.FOYER_BUILD ?? join(project, 'build'), 'site');

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').Locator} Locator */

/** Starts server and browser for one test file. */
export async function start() {
  const server = await startServer({port: 0, site});
  const browser = await openChromium();
  const base = server.url.endsWith('/') ? server.url : `${server.url}/`;
  return {
    base,
    browser,
    /** Sets the simulated cloud's switches. @param {object} settings */
    async control(settings) {
      const answer = await fetch(`${base}cloud/_control`, {
        method: 'POST',
        headers: {'Content-Type': 'application/json'},
        body: JSON.stringify(settings),
      });
      assert.equal(answer.status, 200, await answer.text());
    },
    /** Calls that reached the cloud, oldest first. @returns {Promise<{method: string, path: string, status: number}[]>} */
    async calls() {
      return (await (await fetch(`${base}cloud/_control/log`)).json()).calls;
    },
    /** A page in a context of its own. @param {import('playwright-core').BrowserContextOptions} [options] */
    async open(options = {}) {
      const context = await browser.newContext({viewport: {width: 1200, height: 800}, ...options});
      const page = await context.newPage();
      watch(page);
      return page;
    },
    async closePages() {
      for (const context of browser.contexts()) await context.close();
    },
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

/** @type {WeakMap<Page, string[]>} */
const complaints = new WeakMap();

/** Console errors and uncaught errors of a page; a test that expects none asserts on them. @param {Page} page */
export const complaintsOf = (page) => complaints.get(page) ?? [];

/** @param {Page} page */
export function watch(page) {
  /** @type {string[]} */
  const seen = [];
  complaints.set(page, seen);
  page.on('pageerror', (error) => seen.push(`uncaught: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') seen.push(message.text());
  });
}

/** Polls until `check` answers something true. @template T @param {() => Promise<T> | T} check @param {string} what */
export async function eventually(check, what, limit = 15_000) {
  const end = Date.now() + limit;
  for (;;) {
    const value = await check();
    if (value) return value;
    if (Date.now() > end) assert.fail(`never happened: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Operates a control the way a keyboard does. @param {Locator} locator @param {string} [key] */
export async function press(locator, key = 'Enter') {
  await locator.waitFor({state: 'attached'});
  await locator.focus();
  await locator.press(key);
}

/** The page's own account of its frames. @param {Page} page
 * @returns {Promise<{frames: number, draws: number, reasons: string, webgl: boolean}>} */
export const debug = (page) => page.evaluate('globalThis.foyer.debug()');

/** From the welcome view to the home. @param {Page} page @param {string} base @param {string} [user] @param {string} [way] */
export async function signIn(page, base, user = 'Alice', way = 'Try the demo home') {
  await page.goto(base);
  await press(page.getByRole('button', {name: way}));
  await page.getByRole('heading', {name: 'Sign in'}).waitFor();
  await page.getByRole('button', {name: new RegExp(`^${user}`)}).click();
  await page.getByRole('heading', {name: 'Allow access?'}).waitFor();
  await page.getByRole('button', {name: 'Accept'}).click();
  await page.getByRole('navigation', {name: 'Main'}).waitFor({state: 'attached'});
}

/** Everything in one room of the home view. @param {Page} page @param {string} name */
export const room = (page, name) => page.getByRole('list', {name, exact: true});

/** The switch of a module. @param {Page} page @param {string} ambient @param {string} module */
export const lamp = (page, ambient, module) => room(page, ambient).getByRole('switch', {name: module, exact: true});

/** @param {Locator} toggle */
export const isOn = async (toggle) => (await toggle.getAttribute('aria-checked')) === 'true';

/** @param {Locator} toggle @param {boolean} on */
export const becomes = (toggle, on) =>
  eventually(async () => (await isOn(toggle)) === on, `switched ${on ? 'on' : 'off'}`);

/** @param {Locator} control */
export const confirmed = (control) =>
  eventually(async () => (await control.getAttribute('aria-busy')) !== 'true', 'confirmed');

/** Goes to a deep link of the open page. @param {Page} page @param {string} route "#/settings" */
export const goTo = (page, route) =>
  page.evaluate((to) => {
    location.hash = to;
  }, route);

/** A page that is signed in to the simulated Netatmo Connect, which answers at once. The worker's own requests would pass by
 * what a test puts in the way. @param {Awaited<ReturnType<typeof start>>} world */
export async function netatmoHome(world) {
  const page = await netatmoPage(world);
  await signIn(page, world.base, 'Alice', netatmoWay);
  await page.getByRole('heading', {name: 'Belle-Île'}).waitFor({state: 'attached'});
  return page;
}

/** The same before the sign-in. @param {Awaited<ReturnType<typeof start>>} world */
export async function netatmoPage(world) {
  await world.control({reset: true});
  await world.control({netatmoLagFromMs: 0, netatmoLagToMs: 0});
  return world.open({serviceWorkers: 'block'});
}

/** The button of the welcome view that leads there. */
export const netatmoWay = 'Try: Netatmo demo home';

/** Waits until this browser keeps the home, as it does within moments of showing it. @param {Page} page */
export const homeIsKept = (page) =>
  eventually(
    () =>
      page.evaluate(
        () =>
          new Promise((resolve) => {
            const request = indexedDB.open(`foyer:${new URL('.', location.href).pathname}`);
            request.onerror = () => resolve(false);
            request.onsuccess = () => {
              const keys = request.result.transaction('records').objectStore('records').getAllKeys();
              keys.onsuccess = () =>
                resolve(keys.result.some((key) => String(key).startsWith('home/demo/') && String(key).includes('hc')));
              request.result.close();
            };
          }),
      ),
    'the home is kept',
  );

/** Text that a person can find anywhere on the page. @param {Page} page @param {RegExp | string} text @param {number} [limit] ms */
export const reads = (page, text, limit) =>
  eventually(
    async () => {
      const all = (await page.locator('body').textContent()) ?? '';
      return typeof text === 'string' ? all.includes(text) : text.test(all);
    },
    `the page says ${text}`,
    limit,
  );

/** How many different colours a screenshot of the canvas has, in a coarse grid: a flat canvas has one. @param {Page} page */
export async function coloursOnCanvas(page) {
  const png = await page.screenshot();
  return page.evaluate(async (data) => {
    const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], {type: 'image/png'}));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext('2d'));
    context.drawImage(bitmap, 0, 0);
    const {data: pixels} = context.getImageData(0, 0, bitmap.width, bitmap.height);
    const colours = new Set();
    for (let i = 0; i < pixels.length; i += 4) colours.add((pixels[i] << 16) | (pixels[i + 1] << 8) | pixels[i + 2]);
    return colours.size;
  }, png.toString('base64'));
}

/** Keeps a screenshot for people in build/shots/. @param {Page} page @param {string} name */
export async function shot(page, name) {
  const folder = join(project, 'build', 'shots');
  mkdirSync(folder, {recursive: true});
  await page.screenshot({path: join(folder, `${name}.png`)});
}

/** Everything in this origin's caches: addresses and bodies. @param {Page} page @returns {Promise<string>} */
export const cachedText = (page) =>
  page.evaluate(async () => {
    const out = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        out.push(request.url);
        if (/\.(?:json|html|mjs)/.test(request.url) || request.url.endsWith('/'))
          out.push(await (await cache.match(request))?.text());
      }
    }
    return out.join('\n');
  });
