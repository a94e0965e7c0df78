// @ts-check
// Any static host will do: a server that knows nothing but files, below a folder, and nginx as Debian ships it, which knows
// few types of files. The service worker plays the cloud, and the whole way from the first visit to a lamp that is on goes
// through it; afterwards the page starts without network.
import assert from 'node:assert/strict';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {openChromium} from '../../tools/chromium.mjs';
import {startServer} from '../../tools/serve.mjs';
import {stockNginx} from '../relay/hosts.mjs';
import {becomes, confirmed, isOn, lamp, press, reads, room, signIn, site} from './support.mjs';

const work = mkdtempSync(join(tmpdir(), 'foyer-static-'));
after(() => rmSync(work, {recursive: true, force: true}));

/** @type {[string, string, () => Promise<{url: string, close: () => Promise<unknown>}>][]} */
const hosts = [
  ['a static host, in a folder', '/a/folder/', () => startServer({port: 0, site, cloud: null, base: '/a/folder'})],
  ['nginx as Debian ships it', '/', () => stockNginx(work, site)],
];
for (const [name, folder, begin] of hosts)
  describe(`on ${name}`, () => {
    /** @type {import('playwright-core').Browser} */
    let browser;
    /** @type {Awaited<ReturnType<typeof begin>>} */
    let server;
    before(async () => {
      server = await begin();
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
      assert.ok(page.url().startsWith(`${server.url}/`) && page.url().includes(`${folder}#/home`), page.url());
      const worktop = lamp(page, 'Kitchen', 'Worktop light');
      await press(worktop, 'Space');
      await becomes(worktop, true);
      await confirmed(worktop);
      await page.reload();
      await becomes(lamp(page, 'Kitchen', 'Worktop light'), true);
      await page.context().setOffline(true);
      await page.reload();
      await room(page, 'Kitchen').waitFor({state: 'attached'});
      await reads(page, /offline/i);
      assert.equal(await isOn(lamp(page, 'Kitchen', 'Worktop light')), true, 'the last known home is shown');
    });
  });
