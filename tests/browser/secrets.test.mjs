// @ts-check
// Rules S1–S5 of what the page keeps: where secrets are found – nowhere, neither in the browser nor behind the relay.
import assert from 'node:assert/strict';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, afterEach, before, beforeEach, describe, it} from 'node:test';
import {nginx} from '../relay/hosts.mjs';
import {becomes, cachedText, complaintsOf, lamp, press, reads, site, start} from './support.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {Awaited<ReturnType<typeof start>>} */
let world;
before(async () => {
  world = await start();
});
after(() => world.close());
beforeEach(() => world.control({reset: true}));
afterEach(() => world.closePages());

/** Everything in this origin's databases, bytes as text. @param {Page} page @returns {Promise<string>} */
const databaseText = (page) =>
  page.evaluate(async () => {
    const out = [];
    for (const {name} of await indexedDB.databases()) {
      /** @type {IDBDatabase} */
      const db = await new Promise((resolve, reject) => {
        const open = indexedDB.open(/** @type {string} */ (name));
        open.onsuccess = () => resolve(open.result);
        open.onerror = reject;
      });
      for (const store of db.objectStoreNames) {
        const all = await new Promise((resolve) => {
          const query = db.transaction(store).objectStore(store).getAll();
          query.onsuccess = () => resolve(query.result);
        });
        for (const value of all) {
          out.push(
            JSON.stringify(value, (_, inner) =>
              inner instanceof ArrayBuffer || ArrayBuffer.isView(inner)
                ? String.fromCharCode(...new Uint8Array(inner instanceof ArrayBuffer ? inner : inner.buffer))
                : inner,
            ),
          );
        }
      }
      db.close();
    }
    return out.join('\n');
  });

describe('secrets (C6, S1, S5, P4, P10)', () => {
  it('tokens, code, state, verifier and nonce are found nowhere but in the vault, and there not in plain', async () => {
    const page = await world.open();
    /** @type {Set<string>} */
    const secrets = new Set();
    /** @type {string[]} */
    const told = [];
    page.on('console', (message) => told.push(message.text()));
    page.on('request', (request) => {
      const url = new URL(request.url());
      for (const name of ['code', 'state', 'nonce', 'code_challenge']) {
        const value = url.searchParams.get(name);
        if (value && value.length > 16) secrets.add(value);
      }
      // The provider's own pages, and the worker that passes on what the browser navigates to, are not our page's doing.
      const ours =
        !request.isNavigationRequest() &&
        !request.serviceWorker() &&
        !/\/cloud\/oauth\//.test(request.headers().referer ?? '');
      if (ours) told.push(`${url.href} ${request.headers().referer ?? ''}`);
      const form = new URLSearchParams(request.postData() ?? '');
      for (const name of ['code_verifier', 'refresh_token']) if (form.get(name)) secrets.add(String(form.get(name)));
    });
    await page.addInitScript(() => {
      const messages = /** @type {string[]} */ (/** @type {any} */ (globalThis).messages = []);
      for (const kind of [ServiceWorker, BroadcastChannel, MessagePort, Worker]) {
        const old = kind.prototype.postMessage;
        kind.prototype.postMessage = function (/** @type {any} */ message, /** @type {any[]} */ ...rest) {
          messages.push(JSON.stringify(message));
          return /** @type {any} */ (old).call(this, message, ...rest);
        };
      }
      // The browser may forget a body before its tool can be asked for it: the page itself keeps a copy for the test.
      const fetched = globalThis.fetch;
      const answers = /** @type {Promise<any>[]} */ (/** @type {any} */ (globalThis).tokenAnswers = []);
      globalThis.fetch = async (...asked) => {
        const answer = await fetched(...asked);
        if (answer.url.endsWith('/token')) answers.push(answer.clone().json());
        return answer;
      };
    });
    await page.goto(world.base);
    await press(page.getByRole('button', {name: 'Try the demo home'}));
    await page.getByRole('heading', {name: 'Sign in'}).waitFor();
    const attempt = await page.evaluate(() =>
      Object.entries(sessionStorage).map(([name, value]) => `${name}=${value}`),
    );
    assert.equal(attempt.length, 1, 'A7: the attempt, and nothing else');
    const [state] = [...secrets].filter((one) => attempt[0].split('=')[0].includes(one));
    assert.equal(state, undefined, 'A7: under a hash of its state');
    await page.getByRole('button', {name: /^Alice/}).click();
    await page.getByRole('button', {name: 'Accept'}).click();
    await becomes(lamp(page, 'Kitchen', 'Worktop light'), false);
    for (const answer of await page.evaluate(() => Promise.all(/** @type {any} */ (globalThis).tokenAnswers)))
      for (const name of ['access_token', 'refresh_token', 'id_token']) if (answer[name]) secrets.add(answer[name]);
    assert.ok(secrets.size >= 7, `${secrets.size} secrets to look for`);

    const {plain, messages} = await page.evaluate(() => ({
      plain: {
        document: document.documentElement.outerHTML,
        address: location.href,
        history: JSON.stringify(history.state),
        cookies: document.cookie,
        name: window.name,
        localStorage: JSON.stringify({...localStorage}),
        sessionStorage: JSON.stringify({...sessionStorage}),
        title: document.title,
      },
      messages: /** @type {any} */ (globalThis).messages.join('\n'),
    }));
    /** @type {Record<string, string>} */
    const places = {
      ...plain,
      messages,
      console_and_requests: told.join('\n'),
      caches: await cachedText(page),
      databases: await databaseText(page),
    };
    for (const secret of secrets) {
      for (const [name, text] of Object.entries(places)) assert.ok(!text.includes(secret), `${name} has a secret`);
    }
    assert.equal(plain.sessionStorage, '{}', 'B6: the attempt is gone');
    assert.equal(plain.localStorage, '{}');
  });

  it('a page of another origin that opens this one gets no hold on it (P8)', async () => {
    const page = await world.open();
    const popup = page.waitForEvent('popup');
    await page.goto(`${world.base.replace('127.0.0.1', 'localhost')}nothing-here`);
    await page.evaluate((url) => {
      /** @type {any} */ (globalThis).opened = open(url);
    }, world.base);
    const opened = await popup;
    await opened.getByRole('button', {name: 'Try the demo home'}).waitFor({state: 'attached'});
    assert.equal(await opened.evaluate('window.opener'), null);
    assert.equal(await page.evaluate('globalThis.opened.closed'), true);
  });
});

describe('behind the relay', () => {
  it('the page itself signs in, reads and switches through nginx, with a cloud that insists on the secret', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'foyer-browser-relay-'));
    const cloud = `${world.base}cloud`;
    const relay = await nginx(
      folder,
      {
        id: 'legrand',
        name: 'Legrand account',
        providers: ['hc', 'smarther'],
        issuer: `${cloud}/oauth`,
        login: `${cloud}/oauth`,
        api: `${cloud}/api`,
        jwks_uri: `${cloud}/oauth/jwks`,
        client_id: 'foyer-secret',
        client_secret: 's3cret.with+url,chars~0123456789abcdef',
        subscription_keys: ['11111111111111111111111111111111'],
        redirect_uri: 'http://127.0.0.1/',
      },
      site,
    );
    try {
      const page = await world.open();
      await page.goto(relay.origin);
      await press(page.getByRole('button', {name: /Legrand account/}));
      await page.getByRole('button', {name: /^Alice/}).click();
      await page.getByRole('button', {name: 'Accept'}).click();
      await becomes(lamp(page, 'Kitchen', 'Worktop light'), false);
      await press(lamp(page, 'Kitchen', 'Worktop light'), 'Space');
      await becomes(lamp(page, 'Kitchen', 'Worktop light'), true);
      assert.ok(page.url().startsWith(relay.origin));
      const logs = relay.logs();
      assert.match(logs, /POST \/relay\/token 200/);
      assert.doesNotMatch(logs, /s3cret|11111111111111111111111111111111|code=|Bearer/);
      assert.deepEqual(
        complaintsOf(page).filter((text) => !/404/.test(text)),
        [],
      );
    } finally {
      await relay.close();
      rmSync(folder, {recursive: true, force: true});
    }
  });
});
