// @ts-check
// Any static host will do: a server that knows nothing but files, below a folder. The service worker plays the cloud, and
// the whole way from the first visit to a lamp that is on goes through it; afterwards the page starts without network.
import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {openChromium} from '../../tools/chromium.mjs';
import {startServer} from '../../tools/serve.mjs';
import {becomes, eventually, isOn, lamp, press, reads, room, signIn, site} from './support.mjs';

describe('on a static host, in a folder', () => {
  /** @type {import('playwright-core').Browser} */
  let browser;
  /** @type {Awaited<ReturnType<typeof startServer>>} */
  let server;
  before(async () => {
    server = await startServer({port: 0, site, cloud: null, base: '/a/folder'});
    browser = await openChromium();
  });
  after(async () => {
    await browser.close();
    await server.close();
  });

  it('the demo signs in, switches a lamp, keeps both over a reload, and starts offline', async () => {
    const page = await (await browser.newContext({viewport: {width: 1440, height: 900}})).newPage();
    await signIn(page, `${server.url}/`);
    await room(page, 'Kitchen').waitFor({state: 'attached'});
    assert.match(page.url(), /\/a\/folder\/#\/home/);
    const worktop = lamp(page, 'Kitchen', 'Worktop light');
    await press(worktop, 'Space');
    await becomes(worktop, true);
    await eventually(async () => (await worktop.getAttribute('aria-busy')) !== 'true', 'confirmed');
    await page.reload();
    await becomes(lamp(page, 'Kitchen', 'Worktop light'), true);
    await page.context().setOffline(true);
    await page.reload();
    await room(page, 'Kitchen').waitFor({state: 'attached'});
    await reads(page, /offline/i);
    assert.equal(await isOn(lamp(page, 'Kitchen', 'Worktop light')), true, 'the last known home is shown');
  });
});
