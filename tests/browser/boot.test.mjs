// @ts-check
// What a person reads when the page cannot start as it should: the field, the reason, the next step – never a blank page.
import assert from 'node:assert/strict';
import {after, afterEach, before, beforeEach, describe, it} from 'node:test';
import {becomes, lamp, reads, room, signIn, start} from './support.mjs';

/** @type {Awaited<ReturnType<typeof start>>} */
let world;
before(async () => { world = await start(); });
after(() => world.close());
beforeEach(() => world.control({reset: true}));
afterEach(() => world.closePages());

/** @param {import('playwright-core').Page} page @param {number} status @param {string} body */
const withConfig = (page, status, body) =>
  page.route('**/config.json', route => route.fulfill({status, body, contentType: 'application/json'}));

describe('config.json', () => {
  it('missing: says which file and what to do', async () => {
    const page = await world.open();
    await withConfig(page, 404, 'not here');
    await page.goto(world.base);
    await reads(page, /config\.json/);
  });
  it('not JSON: says so', async () => {
    const page = await world.open();
    await withConfig(page, 200, '{"clouds": [');
    await page.goto(world.base);
    await reads(page, /config\.json/);
  });
  it('a wrong field: names the field and what is expected', async () => {
    const page = await world.open();
    await withConfig(page, 200, '{"version":1,"clouds":[{"id":"x","name":"X"}]}');
    await page.goto(world.base);
    await reads(page, /clouds\[0\]\.\w+/);
  });
});

describe('what the browser may lack', () => {
  it('storage blocked: it works for this visit and says that a reload signs out', async () => {
    const page = await world.open();
    await page.addInitScript(() => {
      const denied = () => { throw new DOMException('denied', 'SecurityError'); };
      Object.defineProperty(globalThis, 'indexedDB', {get: denied});
      Object.defineProperty(globalThis, 'localStorage', {get: denied});
    });
    await signIn(page, world.base);
    await room(page, 'Kitchen').waitFor({state: 'attached'});
    await page.evaluate(() => { location.hash = '#/settings'; });
    await reads(page, /keeps nothing|sign in again after a reload/);
  });

  it('no service worker: the demo says why it cannot start, on a host without the simulated cloud', async () => {
    const page = await world.open();
    await page.addInitScript(() => { Object.defineProperty(Navigator.prototype, 'serviceWorker', {get: () => undefined}); });
    await page.route('**/config.json', async route => {
      const answer = await route.fetch();
      await route.fulfill({json: {...await answer.json(), simulator: 'worker'}});
    });
    await page.goto(world.base);
    await reads(page, /service worker/i);
    assert.equal(await page.getByRole('button', {name: 'Try the demo home'}).count(), 0);
  });

  it('no WebAssembly: plain words', async () => {
    const page = await world.open();
    await page.addInitScript(() => { Reflect.deleteProperty(globalThis, 'WebAssembly'); });
    await page.goto(world.base);
    await reads(page, /WebAssembly/);
  });

  it('in a foreign frame it shows nothing and touches no storage', async () => {
    const page = await world.open();
    await page.route('**/frame.html', route => route.fulfill({contentType: 'text/html',
      body: `<!doctype html><title>Frame</title><iframe src="${world.base}"></iframe>`}));
    await page.goto(`${world.base.replace('127.0.0.1', 'localhost')}frame.html`);
    await new Promise(resolve => setTimeout(resolve, 1500));
    const inside = page.frames().find(frame => frame !== page.mainFrame());
    const count = inside ? await inside.locator('button').count().catch(() => 0) : 0;
    assert.equal(count, 0);
  });
});

describe('secrets', () => {
  it('no token is in the DOM, the address, the console or plain storage', async () => {
    const page = await world.open();
    /** @type {string[]} */
    const tokens = [];
    /** @type {string[]} */
    const told = [];
    page.on('console', message => told.push(message.text()));
    page.on('response', async response => {
      if (!response.url().endsWith('/token')) return;
      const answer = await response.json().catch(() => ({}));
      for (const name of ['access_token', 'refresh_token', 'id_token']) if (answer[name]) tokens.push(answer[name]);
    });
    await signIn(page, world.base);
    await becomes(lamp(page, 'Kitchen', 'Worktop light'), false);
    assert.ok(tokens.length >= 3);
    const plain = await page.evaluate(() => document.documentElement.outerHTML + location.href + history.length
      + JSON.stringify({...localStorage}) + JSON.stringify({...sessionStorage}));
    const stored = await page.evaluate(async () => {
      const out = [];
      for (const {name} of await indexedDB.databases()) {
        const db = await new Promise((resolve, reject) => {
          const open = indexedDB.open(/** @type {string} */ (name));
          open.onsuccess = () => resolve(open.result);
          open.onerror = reject;
        });
        for (const store of db.objectStoreNames) {
          const all = await new Promise(resolve => {
            const query = db.transaction(store).objectStore(store).getAll();
            query.onsuccess = () => resolve(query.result);
          });
          for (const value of all) {
            out.push(JSON.stringify(value, (_, inner) => inner instanceof ArrayBuffer || ArrayBuffer.isView(inner)
              ? String.fromCharCode(...new Uint8Array(inner instanceof ArrayBuffer ? inner : inner.buffer)) : inner));
          }
        }
        db.close();
      }
      return out.join('\n');
    });
    for (const token of tokens) {
      assert.ok(!plain.includes(token), 'in the page');
      assert.ok(!told.join('\n').includes(token), 'in the console');
      assert.ok(!stored.includes(token), 'in plain storage');
    }
  });
});
