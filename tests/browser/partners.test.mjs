// @ts-check
// The page itself and providers that nobody here wrote, through the relay as it is generated: login on their own pages,
// refresh with rotation, denial, sign-out. The headless journeys (tests/headless) have the finer steps.
import assert from 'node:assert/strict';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {glewlwyd, secret as glewlwydSecret} from '../headless/partners/glewlwyd.mjs';
import {oidcProvider, secret} from '../headless/partners/oidc_provider.mjs';
import {nginx} from '../relay/hosts.mjs';
import {openChromium} from '../../tools/chromium.mjs';
import {complaintsOf, eventually, press, reads, site, watch} from './support.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('../headless/partners/front.mjs').Partner} Partner */

const folder = mkdtempSync(join(tmpdir(), 'foyer-browser-partners-'));
/** @type {Awaited<ReturnType<typeof openChromium>>} */
let browser;
before(async () => {
  browser = await openChromium();
});
after(async () => {
  await browser.close();
  rmSync(folder, {recursive: true, force: true});
});

/** Time passes for this page alone, from its next load on: its clock is that many hours ahead. @param {Page} page @param {number} hours */
const clockAhead = (page, hours) =>
  page.addInitScript((shift) => {
    const real = Date.now;
    Date.now = () => real() + shift;
  }, hours * 3_600_000);

/**
 * @param {string} name @param {string} clientSecret @param {() => Promise<Partner>} start
 * @param {{login: (page: Page) => Promise<void>, deny?: (page: Page) => Promise<void>}} pages what a person does on the provider's own pages
 */
function journey(name, clientSecret, start, pages) {
  describe(name, () => {
    /** @type {Partner} */
    let partner;
    /** @type {import('../relay/hosts.mjs').RelayHost} */
    let relay;
    before(async () => {
      partner = await start();
      const [cloud] = /** @type {any} */ (partner.config('')).clouds;
      const {issuer, authorize_endpoint, token_endpoint, jwks_uri, api_base} = cloud;
      relay = await nginx(
        join(folder, name),
        {
          id: 'partner',
          name: 'Partner',
          providers: ['smarther'],
          issuer,
          login: issuer,
          authorize_endpoint,
          token_endpoint,
          jwks_uri,
          api: api_base,
          client_id: 'foyer-relay',
          client_secret: clientSecret,
          subscription_keys: ['11111111111111111111111111111111'],
          redirect_uri: 'http://127.0.0.1/',
          send_scope: true,
        },
        site,
      );
      await /** @type {any} */ (partner).register?.(`${relay.origin}/`);
    });
    after(async () => {
      await relay?.close();
      await partner?.close();
    });

    const button = (/** @type {Page} */ page) => page.getByRole('button', {name: /Partner|Sign in again/}).first();
    /** A browser of its own at the welcome view. */
    async function arrive() {
      const page = await (await browser.newContext({viewport: {width: 1440, height: 900}})).newPage();
      page.setDefaultTimeout(10_000);
      watch(page);
      await page.goto(relay.origin);
      await press(button(page));
      return page;
    }

    it('login, reload, refresh with rotation, sign-out', async () => {
      const page = await arrive();
      const {front} = partner;
      await pages.login(page);
      await reads(page, /no home here yet.*Third-party access/); // its API knows none
      assert.ok(page.url().startsWith(relay.origin));
      assert.doesNotMatch(page.url(), /code=|state=/);
      assert.equal(front.grants('authorization_code'), 1);
      assert.equal(front.forms[0].get('client_secret'), clientSecret);
      const grants = () =>
        front.forms
          .filter((form) => form.get('grant_type') === 'refresh_token')
          .map((form) => form.get('refresh_token'));

      await page.reload();
      await reads(page, /no home here yet.*Third-party access/);
      assert.equal(front.grants('authorization_code'), 1, 'a reload keeps the session');
      assert.deepEqual(grants(), [], 'and its token (T4)');
      const first = front.bearers.at(-1);

      for (const round of [1, 2]) {
        // an hour each
        const calls = front.bearers.length;
        await clockAhead(page, 1);
        await page.reload();
        await reads(page, /no home here yet.*Third-party access/);
        await eventually(() => front.bearers.length > calls, 'the API is asked');
        assert.equal(grants().length, round, 'one refresh an hour');
      }
      assert.notEqual(grants()[0], grants()[1], 'the second with what the first brought');
      assert.notEqual(front.bearers.at(-1), first);
      assert.equal(front.grants('authorization_code'), 1);

      await press(page.getByRole('navigation', {name: 'Main'}).getByRole('link', {name: 'Settings'}));
      await press(page.getByRole('button', {name: /^Sign out/}));
      await button(page).waitFor({state: 'attached'});
      await page.reload();
      await button(page).waitFor({state: 'attached'});
      assert.equal(grants().length, 2);
      assert.deepEqual(
        complaintsOf(page).filter((text) => text.includes(relay.origin)),
        [],
      );
      const logs = relay.logs();
      assert.match(logs, /POST \/relay\/token 200/);
      for (const one of [clientSecret, encodeURIComponent(clientSecret), 'code=', ...front.bearers, ...grants()])
        assert.ok(!logs.includes(String(one)));
      await page.context().close();
    });

    const {deny} = pages;
    if (deny) {
      it('a refusal is explained, offers another try, and exchanges nothing', async () => {
        const before = partner.front.forms.length;
        const page = await arrive();
        await deny(page);
        await reads(page, /declined|Access was not granted/);
        assert.ok(page.url().startsWith(relay.origin));
        assert.doesNotMatch(page.url(), /error=|state=/);
        await button(page).waitFor({state: 'attached'});
        assert.equal(partner.front.forms.length, before);
        await page.context().close();
      });
    }
  });
}

/** The provider's login page. @param {Page} page */
async function oidcLogin(page) {
  await page.getByPlaceholder('Enter any login').fill('jane');
  await page.getByPlaceholder('and password').fill('any');
  await page.getByRole('button', {name: 'Sign-in'}).click();
}
journey('oidc-provider', secret, () => oidcProvider(), {
  login: async (page) => {
    await oidcLogin(page);
    await page.getByRole('button', {name: 'Continue'}).click();
  },
  deny: async (page) => {
    await oidcLogin(page);
    await page.getByRole('link', {name: /Cancel/}).click();
  },
});

// Its page has no way to decline.
journey('glewlwyd', glewlwydSecret, glewlwyd, {
  login: async (page) => {
    await page.getByLabel('Login').fill('jane');
    await page.getByLabel('Password').fill('password');
    await page.getByRole('button', {name: 'OK'}).click();
    await page.getByRole('button', {name: 'Continue'}).click();
  },
});
