// @ts-check
// The service worker in a real browser: it plays the cloud on a plain static host below a folder, survives being stopped,
// starts the page offline, and steps aside where the server plays the cloud.
import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {execFileSync} from 'node:child_process';
import {copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {fileURLToPath} from 'node:url';
import {openChromium} from '../../tools/chromium.mjs';
import {startServer} from '../../tools/serve.mjs';

const project = fileURLToPath(new URL('../..', import.meta.url));
const cloud = process.env.FOYER_SIM ?? join(process.env.FOYER_BUILD ?? join(project, 'build'), 'site');
const verifier = 'v'.repeat(43);
const challenge = createHash('sha256').update(verifier).digest('base64url');
const key = '1'.repeat(32);

// A page as strict as ours, and nothing else in it.
const page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Page</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src
 'self'; img-src 'self' data:; worker-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; object-src 'none';
 require-trusted-types-for 'script'; trusted-types app"></head><body><h1>Page</h1><script type="module" src="page.mjs">
</script></body></html>`;
const script = `import {startWorker} from './register.mjs';
const known = ['worker', 'server', 'none'].map(one => './worker.js?sim=' + one);
const policy = trustedTypes.createPolicy('app', {createScriptURL: url => {
  if (!known.includes(url)) throw new TypeError('not ours');
  return url;
}});
const config = await (await fetch('config.json')).json();
globalThis.report = await startWorker({simulator: config.simulator, scriptUrl: url => policy.createScriptURL(url)});
document.title = report.state;`;

/** @type {import('playwright-core').Browser} */
let browser;
/** @type {string} */
let site;

before(async () => {
  site = mkdtempSync(join(tmpdir(), 'foyer-worker-'));
  writeFileSync(join(site, 'index.html'), page);
  writeFileSync(join(site, 'page.mjs'), script);
  writeFileSync(join(site, 'config.json'), '{"version":1,"simulator":"worker"}');
  for (const file of ['sim.wasm', 'sim.mjs']) copyFileSync(join(cloud, file), join(site, file));
  copyFileSync(join(project, 'web/worker/register.mjs'), join(site, 'register.mjs'));
  execFileSync(process.execPath, [join(project, 'web/worker/seal.mjs'), site]);
  browser = await openChromium();
});
after(async () => {
  await browser.close();
  rmSync(site, {recursive: true, force: true});
});

/** @param {string} base */
const authorize = (base) =>
  `${base}cloud/oauth/authorize?${new URLSearchParams({
    client_id: 'foyer-demo',
    response_type: 'code',
    redirect_uri: base,
    state: 's',
    nonce: 'n',
    code_challenge: challenge,
    code_challenge_method: 'S256',
  })}`;

/** @param {import('playwright-core').Page} tab */
async function ready(tab) {
  await tab.waitForFunction(() => 'report' in globalThis);
  assert.deepEqual(await tab.evaluate('report'), {state: 'ready', message: ''});
}

/** Calls the API from the page with the token of the given answer. @param {import('playwright-core').Page} tab */
async function plants(tab, /** @type {{access_token: string}} */ tokens) {
  return tab.evaluate(
    async ([token, subscription]) => {
      const answer = await fetch('cloud/api/hc/api/v1.0/plants', {
        headers: {Authorization: `Bearer ${token}`, 'Ocp-Apim-Subscription-Key': subscription},
      });
      return {status: answer.status, text: await answer.text()};
    },
    [tokens.access_token, key],
  );
}

describe('on a plain static host, in a folder', () => {
  /** @type {Awaited<ReturnType<typeof startServer>>} */
  let server;
  /** @type {import('playwright-core').BrowserContext} */
  let context;
  /** @type {import('playwright-core').Page} */
  let tab;
  /** @type {string} */
  let base;
  /** @type {any} */
  let tokens;
  before(async () => {
    server = await startServer({port: 0, site, cloud: null, base: '/some/folder'});
    base = `${server.url.replace('127.0.0.1', 'localhost')}/`;
    context = await browser.newContext();
    tab = await context.newPage();
    await tab.goto(base);
    await ready(tab);
  });
  after(async () => {
    await context.close();
    await server.close();
  });

  it('the worker plays login, consent and redirects; the page exchanges the code', async () => {
    await tab.goto(authorize(base));
    await tab.getByRole('heading', {name: 'Sign in'}).waitFor();
    await tab.getByRole('button', {name: 'Alice'}).click();
    await tab.getByRole('heading', {name: 'Allow access?'}).waitFor();
    await tab.getByRole('button', {name: 'Accept'}).click();
    await tab.waitForURL((url) => url.searchParams.has('code'));
    const location = new URL(tab.url());
    assert.equal(location.origin + location.pathname, base);
    assert.equal(location.searchParams.get('iss'), `${base}cloud/oauth`);
    await ready(tab);
    tokens = await tab.evaluate(
      async ([code, code_verifier, redirect_uri]) => {
        const answer = await fetch('cloud/oauth/token', {
          method: 'POST',
          redirect: 'error',
          credentials: 'omit',
          body: new URLSearchParams({
            grant_type: 'authorization_code',
            client_id: 'foyer-demo',
            code,
            code_verifier,
            redirect_uri,
          }),
        });
        return answer.json();
      },
      [location.searchParams.get('code') ?? '', verifier, base],
    );
    assert.equal(tokens.token_type, 'Bearer');
    assert.match((await plants(tab, tokens)).text, /Rue des Lilas/);
  });

  it('the worker plays the other cloud as well: its pages, forms and JSON', async () => {
    const query = new URLSearchParams({
      client_id: 'foyer-demo',
      redirect_uri: base,
      state: 's',
      scope: 'read_magellan write_magellan',
    });
    await tab.goto(`${base}cloud/netatmo/oauth2/authorize?${query}`);
    await tab.getByRole('button', {name: 'Alice'}).click();
    await tab.getByText('See and control lights').waitFor();
    await tab.getByRole('button', {name: 'Accept'}).click();
    await tab.waitForURL((url) => url.searchParams.has('code'));
    await ready(tab);
    const seen = await tab.evaluate(
      async ([code, redirect_uri]) => {
        const token = await (
          await fetch('cloud/netatmo/oauth2/token', {
            method: 'POST',
            body: new URLSearchParams({grant_type: 'authorization_code', client_id: 'foyer-demo', code, redirect_uri}),
          })
        ).json();
        const headers = {Authorization: `Bearer ${token.access_token}`, 'Content-Type': 'application/json'};
        const {body} = await (await fetch('cloud/netatmo/api/homesdata', {headers})).json();
        const module = body.homes[0].modules.find((/** @type {any} */ one) => one.type === 'NLF');
        const set = await fetch('cloud/netatmo/api/setstate', {
          method: 'POST',
          headers,
          body: JSON.stringify({
            home: {id: body.homes[0].id, modules: [{id: module.id, bridge: module.bridge, on: false}]},
          }),
        });
        return {name: body.homes[0].name, status: set.status, answer: (await set.json()).status};
      },
      [new URL(tab.url()).searchParams.get('code') ?? '', base],
    );
    assert.deepEqual(seen, {name: 'Belle-Île', status: 200, answer: 'ok'});
  });

  it('the pages of the cloud have no accessibility fault, light and dark', async () => {
    const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
      const other = await context.newPage();
      await other.emulateMedia({colorScheme});
      for (const step of ['login', 'consent']) {
        if (step === 'login') await other.goto(authorize(base));
        else await other.getByRole('button', {name: 'Bruno'}).click();
        await other.getByRole('heading', {name: step === 'login' ? 'Sign in' : 'Allow access?'}).waitFor();
        await other.evaluate(axe);
        const found = await other.evaluate('axe.run().then(result => result.violations.map(v => v.id))');
        assert.deepEqual(found, [], `${step}, ${colorScheme}`);
      }
      await other.close();
    }
  });

  it('refusing leads back with the documented error', async () => {
    const other = await context.newPage();
    await other.goto(authorize(base));
    await other.getByRole('button', {name: 'Nora'}).click();
    await other.getByRole('button', {name: 'Deny'}).click();
    await other.waitForURL((url) => url.searchParams.has('error'));
    assert.equal(new URL(other.url()).searchParams.get('error_description'), 'Access denied by user');
    await other.close();
  });

  it('the cloud remembers everything when the browser stops the worker', async () => {
    await tab.evaluate(() => fetch('cloud/_control', {method: 'POST', body: '{"latencyMs":3}'}));
    const devtools = await context.newCDPSession(tab);
    await devtools.send('ServiceWorker.enable');
    // The saving goes on behind the answer; a browser lets it finish, the test therefore asks until it has.
    await tab.waitForFunction(async (path) => {
      const open = indexedDB.open(`foyer-sim:${path}`);
      const database = await new Promise((resolve) => (open.onsuccess = () => resolve(open.result)));
      const get = database.transaction('state').objectStore('state').get('cloud');
      const saved = await new Promise((resolve) => (get.onsuccess = () => resolve(get.result)));
      database.close();
      return JSON.parse(saved).switches.latency === 3;
    }, new URL(base).pathname);
    await devtools.send('ServiceWorker.stopAllWorkers');
    assert.equal((await plants(tab, tokens)).status, 200);
    assert.equal(await tab.evaluate(async () => (await (await fetch('cloud/_control')).json()).latencyMs), 3);
  });

  it('another site reaches the pages of a sign-in and nothing else, and is sent nowhere but back here', async () => {
    const other = await context.newPage();
    const foreign = await startServer({port: 0, site, cloud: null});
    /** @param {string} action @param {string} method @param {string} [body] */
    const submit = async (action, method, body = '') => {
      await other.route('**/evil.html', (route) =>
        route.fulfill({
          contentType: 'text/html',
          body: `<!doctype html><form method="${method}" action="${action}" enctype="text/plain"><input name='${body}' value=""><button>Go</button></form>`,
        }),
      );
      await other.goto(`${foreign.url}/evil.html`); // 127.0.0.1 is another site than localhost
      const [answer] = await Promise.all([other.waitForNavigation(), other.getByRole('button').click()]);
      await other.unroute('**/evil.html');
      return answer?.status();
    };
    assert.equal(await submit(`${base}cloud/_control`, 'post', '{"latencyMs":77,"x":"'), 403);
    assert.equal(await submit(`${base}cloud/oauth/token`, 'post', 'grant_type'), 403);
    assert.equal(await submit(`${base}cloud/api/hc/api/v1.0/plants`, 'get'), 403);
    assert.equal(await submit(`${base}cloud/oauth/authorize`, 'post', 'client_id'), 403);
    assert.notEqual(await tab.evaluate(async () => (await (await fetch('cloud/_control')).json()).latencyMs), 77);
    for (const to of [
      'http://127.0.0.1:9/',
      'http://localhost:9/',
      base.replace('/some/folder/', '/other/'),
      'https://evil.example/',
    ]) {
      const asked = new URL(authorize(base));
      asked.searchParams.set('redirect_uri', to);
      assert.equal((await other.goto(asked.href))?.status(), 403, to);
    }
    assert.equal((await other.goto(authorize(base)))?.status(), 200);
    await other.close();
    await foreign.close();
  });

  it('a dropped connection is a failed fetch, a delay is waited for', async () => {
    const failed = await tab.evaluate(async () => {
      await fetch('cloud/_control', {method: 'POST', body: '{"faults":[{"drop":true},{"status":503,"delayMs":200}]}'});
      const dropped = await fetch('cloud/api/hc/api/v1.0/plants').then(
        () => 'answered',
        () => 'failed',
      );
      const begin = performance.now();
      const {status} = await fetch('cloud/api/hc/api/v1.0/plants');
      return {dropped, status, waited: performance.now() - begin};
    });
    assert.equal(failed.dropped, 'failed');
    assert.equal(failed.status, 503);
    assert.ok(failed.waited >= 190);
  });

  it('a reload past the worker is taken over again', async () => {
    const devtools = await context.newCDPSession(tab);
    await devtools.send('Page.reload', {ignoreCache: true});
    await tab.waitForFunction(() => 'report' in globalThis);
    await ready(tab);
    assert.equal(await tab.evaluate(async () => (await fetch('cloud/_control')).status), 200);
  });

  it('no callback, no answer of the cloud and nothing with a token is in any cache', async () => {
    const urls = await tab.evaluate(async () => {
      const all = [];
      for (const name of await caches.keys()) all.push(...(await (await caches.open(name)).keys()).map((r) => r.url));
      return all;
    });
    assert.ok(urls.length >= 5);
    for (const url of urls) assert.ok(!url.includes('?') && !url.includes('/cloud/'), url);
  });

  it('a new version takes over with the next page, whole, and keeps the demo for offline use', async () => {
    writeFileSync(join(site, 'index.html'), page.replace('<h1>Page</h1>', '<h1>Second</h1>'));
    execFileSync(process.execPath, [join(project, 'web/worker/seal.mjs'), site]);
    await tab.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready;
      await registration.update();
      while (!registration.waiting) await new Promise((resolve) => setTimeout(resolve, 20));
    });
    await tab.getByRole('heading', {name: 'Page'}).waitFor();
    await tab.goto(`${base}#/home/deep`);
    await tab.reload();
    await tab.getByRole('heading', {name: 'Second'}).waitFor();
    await ready(tab);
    assert.equal(new URL(tab.url()).hash, '#/home/deep');
    assert.equal((await tab.evaluate(() => caches.keys())).length, 1);
    writeFileSync(join(site, 'index.html'), page);
    execFileSync(process.execPath, [join(project, 'web/worker/seal.mjs'), site]);
  });

  it('the page and its demo cloud start without network', async () => {
    await server.close();
    await tab.goto('about:blank');
    await tab.goto(base);
    await ready(tab);
    assert.equal((await plants(tab, tokens)).status, 200);
    await tab.goto(`${base}?code=x&state=y`);
    await tab.getByRole('heading', {name: 'Second'}).waitFor();
  });
});

describe('where the configuration has no simulated cloud', () => {
  it('there is none, and the page starts without network all the same', async () => {
    const server = await startServer({port: 0, site, cloud: null});
    const base = `${server.url.replace('127.0.0.1', 'localhost')}/`;
    writeFileSync(join(site, 'config.json'), '{"version":1,"simulator":"none"}');
    const context = await browser.newContext();
    const tab = await context.newPage();
    await tab.goto(base);
    await ready(tab);
    assert.equal(await tab.evaluate(async () => (await fetch('cloud/_control')).status), 404);
    assert.equal((await tab.goto(authorize(base)))?.status(), 404);
    await server.close();
    await tab.goto(base);
    await ready(tab);
    await context.close();
    writeFileSync(join(site, 'config.json'), '{"version":1,"simulator":"worker"}');
  });
});

describe('where the server plays the cloud', () => {
  it('it answers its own pages and programs, and no other site', async () => {
    const server = await startServer({port: 0, site, cloud});
    const to = `${server.url}/cloud/_control`;
    /** @param {Record<string, string>} headers */
    const status = async (headers) => (await fetch(to, {method: 'POST', body: '{}', headers})).status;
    assert.equal(await status({}), 200);
    assert.equal(await status({Origin: server.url}), 200);
    assert.equal(await status({Origin: 'https://evil.example'}), 403);
    assert.equal(await status({Origin: 'null'}), 403);
    const context = await browser.newContext();
    const tab = await context.newPage();
    await tab.route('**/evil.html', (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<!doctype html><form method="post" action="${to}" enctype="text/plain"><input name='{"latencyMs":78,"x":"' value='"}'><button>Go</button></form>`,
      }),
    );
    await tab.goto(`${server.url.replace('127.0.0.1', 'localhost')}/evil.html`);
    const [answer] = await Promise.all([tab.waitForNavigation(), tab.getByRole('button').click()]);
    assert.equal(answer?.status(), 403);
    assert.notEqual((await (await fetch(to)).json()).latencyMs, 78);
    await context.close();
    await server.close();
  });

  it('the worker leaves /cloud/ alone and shows changed files at once', async () => {
    const server = await startServer({port: 0, site, cloud});
    const base = `${server.url.replace('127.0.0.1', 'localhost')}/`;
    const context = await browser.newContext();
    const tab = await context.newPage();
    await tab.goto(base);
    await ready(tab);
    await tab.evaluate(() => fetch('cloud/_control', {method: 'POST', body: '{"latencyMs":42}'}));
    const seen = await (await fetch(`${server.url}/cloud/_control`)).json();
    assert.equal(seen.latencyMs, 42);
    writeFileSync(join(site, 'index.html'), page.replace('<h1>Page</h1>', '<h1>Changed</h1>'));
    await tab.reload();
    await tab.getByRole('heading', {name: 'Changed'}).waitFor();
    writeFileSync(join(site, 'index.html'), page);
    execFileSync(process.execPath, [join(project, 'web/worker/seal.mjs'), site]);
    await context.close();
    await server.close();
  });

  it('a worker that played the cloud before hands over at once', async () => {
    const plain = await startServer({port: 0, site, cloud: null});
    const {port} = plain;
    const base = `http://localhost:${port}/`;
    const context = await browser.newContext();
    const tab = await context.newPage();
    await tab.goto(base);
    await ready(tab);
    await plain.close();
    const server = await startServer({port, site, cloud});
    await tab.goto(base);
    await ready(tab);
    await tab.evaluate(() => fetch('cloud/_control', {method: 'POST', body: '{"latencyMs":43}'}));
    assert.equal((await (await fetch(`${server.url}/cloud/_control`)).json()).latencyMs, 43);
    await context.close();
    await server.close();
  });
});
