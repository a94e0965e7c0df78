// @ts-check
// What this browser keeps of a session, and for whom (S1–S3, P11): sealed, under a passphrase, gone in all tabs.
import assert from 'node:assert/strict';
import {after, afterEach, before, beforeEach, describe, it} from 'node:test';
import {becomes, complaintsOf, eventually, goTo, lamp, press, reads, room, signIn, start} from './support.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {Awaited<ReturnType<typeof start>>} */
let world;
before(async () => {
  world = await start();
});
after(() => world.close());
beforeEach(() => world.control({reset: true}));
afterEach(() => world.closePages());

/** Looks into the vault, or keeps and restores its record. @param {Page} page @param {'keep' | 'restore' | 'key' | 'record'} work @returns {Promise<unknown>} */
const inVault = (page, work) =>
  page.evaluate(
    (text) =>
      new Promise((resolve, reject) => {
        const open = indexedDB.open(`foyer:${new URL('.', location.href).pathname}`);
        open.onsuccess = () => {
          const transaction = open.result.transaction(['keys', 'vault'], 'readwrite');
          const state = /** @type {any} */ (globalThis);
          const vault = transaction.objectStore('vault');
          const keys = transaction.objectStore('keys');
          /** @type {unknown} */
          let answer;
          const get = (
            /** @type {IDBObjectStore} */ store,
            /** @type {string} */ name,
            /** @type {(value: any) => void} */ use,
          ) => {
            store.get(name).onsuccess = (event) => use(/** @type {any} */ (event.target).result);
          };
          if (text === 'keep')
            get(vault, 'session/demo', (value) => {
              state.kept = value;
            });
          if (text === 'restore') vault.put(state.kept, 'session/demo');
          if (text === 'key')
            get(keys, 'vault', (value) => {
              answer = value instanceof CryptoKey ? 'key' : Object.keys(value).sort().join();
            });
          if (text === 'record')
            get(vault, 'session/demo', (value) => {
              answer = value ? 'there' : 'gone';
            });
          transaction.oncomplete = () => {
            open.result.close();
            resolve(answer);
          };
          transaction.onabort = () => reject(transaction.error);
        };
      }),
    work,
  );

describe('the vault (S1, S2)', () => {
  it('is sealed by a key that cannot be taken out; an older record that comes back is not believed, deleted, and told', async () => {
    const page = await world.open();
    await signIn(page, world.base);
    await room(page, 'Kitchen').waitFor({state: 'attached'});
    const kept = await page.evaluate(async () => {
      /** @type {IDBDatabase} */
      const db = await new Promise((resolve) => {
        const open = indexedDB.open(`foyer:${new URL('.', location.href).pathname}`);
        open.onsuccess = () => resolve(open.result);
      });
      /** @param {string} store @param {string} key @returns {Promise<any>} */
      const get = (store, key) =>
        new Promise((resolve) => {
          const query = db.transaction(store).objectStore(store).get(key);
          query.onsuccess = () => resolve(query.result);
        });
      const key = await get('keys', 'vault');
      const record = await get('vault', 'session/demo');
      db.close();
      const taken = await Promise.allSettled(
        ['raw', 'jwk'].map((form) => crypto.subtle.exportKey(/** @type {any} */ (form), key)),
      );
      return {
        extractable: key.extractable,
        algorithm: key.algorithm.name,
        length: key.algorithm.length,
        usages: key.usages,
        taken: taken.map((one) => one.status),
        iv: record.iv.length,
        number: record.number,
      };
    });
    assert.deepEqual(kept, {
      extractable: false,
      algorithm: 'AES-GCM',
      length: 256,
      usages: ['encrypt', 'decrypt'],
      taken: ['rejected', 'rejected'],
      iv: 12,
      number: kept.number,
    });
    assert.ok(kept.number >= 1);
    await inVault(page, 'keep');
    await goTo(page, '#/settings');
    await press(page.getByRole('button', {name: /^Sign out/}));
    await page.getByRole('button', {name: 'Try the demo home'}).waitFor({state: 'attached'});
    await inVault(page, 'restore');
    await page.reload();
    await page
      .getByRole('button', {name: /Try the demo home|Sign in again/})
      .first()
      .waitFor({state: 'attached'});
    await reads(page, /cleared its storage, and the session with it/);
    assert.equal(await room(page, 'Kitchen').count(), 0);
    await eventually(async () => (await inVault(page, 'record')) === 'gone', 'the record is deleted');
  });

  it('under a passphrase it opens for who knows it, once per visit, and for nobody else', async () => {
    const page = await world.open();
    await signIn(page, world.base);
    await room(page, 'Kitchen').waitFor({state: 'attached'});
    await page.goto(`${world.base}lock.html`);
    await page.getByLabel('New passphrase').fill('correct horse / battery');
    await page.getByLabel('Once more').fill('correct horse / battery');
    await page.getByRole('button', {name: 'Set the passphrase'}).click();
    await page.getByText('Locked.').waitFor();
    assert.equal(await inVault(page, 'key'), 'iv,rounds,salt,wrapped');

    await page.getByRole('link', {name: 'Back to Foyer'}).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Passphrase').fill('correct horse');
    await dialog.getByRole('button', {name: 'Unlock'}).click();
    await dialog.getByText('That is not it.').waitFor();
    assert.equal(await room(page, 'Kitchen').count(), 0);
    await dialog.getByLabel('Passphrase').fill('');
    await dialog.getByLabel('Passphrase').pressSequentially('correct horse / battery');
    await dialog.getByRole('button', {name: 'Unlock'}).click();
    await becomes(lamp(page, 'Kitchen', 'Worktop light'), false);
    assert.equal(await inVault(page, 'record'), 'there');

    await page.reload();
    await dialog.getByRole('button', {name: 'Not now'}).click();
    await page.getByRole('button', {name: 'Try the demo home'}).waitFor({state: 'attached'});
    assert.equal(await inVault(page, 'record'), 'there', 'nothing is lost');

    await page.goto(`${world.base}lock.html`);
    await page.getByLabel('Present passphrase').fill('wrong');
    await page.getByRole('button', {name: 'Take it off'}).click();
    await page.getByText('That did not work').waitFor();
    await page.getByLabel('Present passphrase').fill('correct horse / battery');
    await page.getByRole('button', {name: 'Take it off'}).click();
    await page.getByText('Unlocked.').waitFor();
    assert.equal(await inVault(page, 'key'), 'key');
    await page.goto(world.base);
    await becomes(lamp(page, 'Kitchen', 'Worktop light'), false);
    assert.deepEqual(complaintsOf(page), []);
  });
});

describe('the passphrase page', () => {
  it('speaks French where the browser does, and an altered module does not run (P6)', async () => {
    const page = await world.open({locale: 'fr-FR', serviceWorkers: 'block'});
    await page.goto(world.base);
    await press(page.getByRole('button', {name: 'Essayer la maison de démonstration'}));
    await page.getByRole('button', {name: /^Alice/}).click();
    await page.getByRole('button', {name: 'Accept'}).click();
    await page.getByRole('navigation').first().waitFor({state: 'attached'});
    await page.goto(`${world.base}lock.html`);
    await page.getByLabel('Nouvelle phrase secrète').fill('cheval exact / pile');
    await page.getByLabel('Encore une fois').fill('cheval exact / pile');
    await page.getByRole('button', {name: 'Définir la phrase secrète'}).click();
    await page.getByText('Verrouillé.').waitFor();
    await page.goto(world.base);
    await page.getByRole('dialog').getByRole('heading', {name: 'Votre connexion est verrouillée'}).waitFor();
    await page.route('**/lock.js', async (route) => {
      const answer = await route.fetch();
      await route.fulfill({body: `${await answer.text()}\nglobalThis.injected = 1;`, contentType: 'text/javascript'});
    });
    await page.reload();
    await page.getByRole('button', {name: 'Essayer la maison de démonstration'}).waitFor({state: 'attached'});
    assert.equal(await page.getByRole('dialog').count(), 0);
    assert.equal(await page.evaluate(() => 'injected' in globalThis), false);
  });
});

describe('a tab that comes back (P11, T9)', () => {
  it('learns of a sign-out it has not heard of before it offers anything', async () => {
    const first = await world.open();
    await signIn(first, world.base);
    const second = await first.context().newPage();
    await second.addInitScript(() => {
      BroadcastChannel.prototype.postMessage = () => {};
    });
    await second.goto(world.base);
    await room(second, 'Kitchen').waitFor({state: 'attached'});
    await goTo(second, '#/settings');
    await press(second.getByRole('button', {name: /^Sign out/}));
    await second.getByRole('button', {name: 'Try the demo home'}).waitFor({state: 'attached'});
    assert.equal(await room(first, 'Kitchen').count(), 1, 'the first tab has not heard');
    await first.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true})));
    await first.getByRole('button', {name: 'Try the demo home'}).waitFor({state: 'attached'});
    assert.equal(await room(first, 'Kitchen').count(), 0);
  });
});
