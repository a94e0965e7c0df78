// @ts-check
// `foyer serve` in a browser: what a person sees who follows the address it prints, and how the licences are reached.
import {after, afterEach, before, describe, it} from 'node:test';
import assert from 'node:assert/strict';
import {serve} from '../../web/headless/serve.mjs';
import {lamp, isOn, becomes, press, signIn, site, start} from './support.mjs';

/** @type {Awaited<ReturnType<typeof start>>} */
let world;
/** @type {Awaited<ReturnType<typeof serve>>} */
let server;
before(async () => {
  world = await start();
  server = await serve({port: '0', site}, new URL(import.meta.url), () => {});
});
after(async () => {
  await server.close();
  await world.close();
});
afterEach(() => world.closePages());

describe('foyer serve without a relay file', () => {
  it('opens Set-up', async () => {
    const page = await world.open();
    await page.goto(server.address);
    await page.getByRole('heading', {level: 1, name: 'Set-up'}).waitFor({state: 'attached'});
    await press(page.getByRole('radio', {name: 'Netatmo Connect'}), 'Space');
    await page
      .getByRole('button', {name: `Copy ${server.address.replace('#/setup', '')}`})
      .waitFor({state: 'attached'});
  });

  it('offers the demo, which is played by the same process', async () => {
    const page = await world.open();
    await signIn(page, server.address.replace('#/setup', ''));
    const toggle = lamp(page, 'Kitchen', 'Worktop light');
    await toggle.waitFor({state: 'attached'});
    const before = await isOn(toggle);
    await press(toggle);
    await becomes(toggle, !before);
  });
});

describe('about', () => {
  it('says the version and leads to the licences of all parts', async () => {
    const page = await world.open();
    await page.goto(server.address.replace('#/setup', '#/settings'));
    await page.getByText(/^Version \d+\.\d+\.\d+$/).waitFor({state: 'attached'});
    await press(page.getByRole('button', {name: 'Licences of all parts'}));
    await page.waitForURL('**/THIRD_PARTY_NOTICES.txt');
    assert.match(
      await page.locator('body').innerText(),
      /Foyer \d+\.\d+\.\d+ – third-party notices[^]*Inter – SIL Open Font License/,
    );
  });
});
