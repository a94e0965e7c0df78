// @ts-check
// What a person reads when the page cannot start as it should: the field, the reason, the next step – never a blank page.
import assert from 'node:assert/strict';
import {after, afterEach, before, beforeEach, describe, it} from 'node:test';
import {goTo, reads, room, signIn, start} from './support.mjs';

/** @type {Awaited<ReturnType<typeof start>>} */
let world;
before(async () => {
  world = await start();
});
after(() => world.close());
beforeEach(() => world.control({reset: true}));
afterEach(() => world.closePages());

/** @param {import('playwright-core').Page} page @param {number} status @param {string} body */
const withConfig = (page, status, body) =>
  page.route('**/config.json', (route) => route.fulfill({status, body, contentType: 'application/json'}));

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
      const denied = () => {
        throw new DOMException('denied', 'SecurityError');
      };
      Object.defineProperty(globalThis, 'indexedDB', {get: denied});
      Object.defineProperty(globalThis, 'localStorage', {get: denied});
    });
    await signIn(page, world.base);
    await room(page, 'Kitchen').waitFor({state: 'attached'});
    await goTo(page, '#/settings');
    await reads(page, /keeps nothing|sign in again after a reload/);
  });

  it('no service worker: the demo says why it cannot start, on a host without the simulated cloud', async () => {
    const page = await world.open();
    await page.addInitScript(() => {
      Object.defineProperty(Navigator.prototype, 'serviceWorker', {get: () => undefined});
    });
    await page.route('**/config.json', async (route) => {
      const answer = await route.fetch();
      await route.fulfill({json: {...(await answer.json()), simulator: 'worker'}});
    });
    await page.goto(world.base);
    await reads(page, /service worker/i);
    assert.equal(await page.getByRole('button', {name: 'Try the demo home'}).count(), 0);
  });

  it('no WebAssembly: plain words', async () => {
    const page = await world.open();
    await page.addInitScript(() => {
      Reflect.deleteProperty(globalThis, 'WebAssembly');
    });
    await page.goto(world.base);
    await reads(page, /WebAssembly/);
  });
});
