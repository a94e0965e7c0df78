// @ts-check
// The other cloud in the page: Netatmo's sign-in, a home of its kinds, commands and a refusal, and the part of the program
// that is fetched only for it (later.wasm).
import assert from 'node:assert/strict';
import {after, afterEach, before, beforeEach, describe, it} from 'node:test';
import {becomes, complaintsOf, confirmed, netatmoPage, netatmoWay, press, reads, signIn, start} from './support.mjs';

/** @type {Awaited<ReturnType<typeof start>>} */
let world;
/** @type {import('playwright-core').Page} */
let page;
before(async () => {
  world = await start();
});
after(() => world.close());
beforeEach(async () => {
  page = await netatmoPage(world);
});
afterEach(() => world.closePages());

const heading = () => page.getByRole('heading', {name: 'Belle-Île'});
const light = () => page.getByRole('switch', {name: 'Entrance light', exact: true});

describe('Netatmo Connect', () => {
  it('signs in, fetches the rest of the program once, shows the home and switches a light', async () => {
    /** @type {string[]} */
    const asked = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.goto(world.base);
    await page.getByRole('button', {name: netatmoWay}).waitFor({state: 'attached'});
    assert.equal(asked.filter((path) => path.endsWith('later.wasm')).length, 0, 'a first visit does not pay for it');
    await signIn(page, world.base, 'Alice', netatmoWay);
    await heading().waitFor({state: 'attached'});
    assert.equal(asked.filter((path) => path.endsWith('later.wasm')).length, 1);
    await press(light(), 'Space');
    await becomes(light(), true);
    await confirmed(light());
    await page.reload();
    await becomes(light(), true);
    assert.deepEqual(complaintsOf(page), []);
  });

  it('says when that part cannot be had, and asks for it again', async () => {
    await page.route('**/later.wasm', (route) => route.abort());
    await signIn(page, world.base, 'Alice', netatmoWay);
    await reads(page, /This part of Foyer could not be loaded/);
    await page.waitForLoadState('networkidle'); // the other views ask for the same file: none is left on its way
    await page.unroute('**/later.wasm');
    await press(page.getByRole('button', {name: 'Try again'}).first());
    await heading().waitFor({state: 'attached'});
  });

  it('a part with other bytes than those of this version does not run (P6)', async () => {
    await page.route('**/later.wasm', async (route) => {
      const answer = await route.fetch();
      const body = await answer.body();
      body[body.length - 1] ^= 1;
      await route.fulfill({response: answer, body});
    });
    await signIn(page, world.base, 'Alice', netatmoWay);
    await reads(page, /This part of Foyer could not be loaded/);
  });

  it('an error inside a 200 is a refusal: the old state is back and the reason is read', async () => {
    await signIn(page, world.base, 'Alice', netatmoWay);
    await heading().waitFor({state: 'attached'});
    await page.route('**/api/setstate', async (route) => {
      // as Netatmo answers for a module its gateway cannot reach
      const [module] = JSON.parse(route.request().postData() ?? '').home.modules;
      await route.fulfill({json: {status: 'ok', time_server: 1, body: {errors: [{code: 6, id: module.id}]}}});
    });
    await press(light(), 'Space');
    await reads(page, /can.t be reached|does not answer|not reachable|unreachable/i);
    await becomes(light(), false);
  });
});
