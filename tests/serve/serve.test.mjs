// @ts-check
// The development server: files with their types and headers, and the simulated cloud over real sockets.
// FOYER_BUILD points to the build folder; FOYER_SIM to another folder with sim.wasm and sim.mjs.
import assert from 'node:assert/strict';
import {execFileSync, spawn} from 'node:child_process';
import {createHash, createPublicKey, randomBytes, verify} from 'node:crypto';
import {copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {fileURLToPath} from 'node:url';
import {Script} from 'node:vm';
import {brotliCompressSync} from 'node:zlib';
import {startServer} from '../../tools/serve.mjs';

const project = fileURLToPath(new URL('../..', import.meta.url));
const cloud = process.env.FOYER_SIM ?? join(process.env.FOYER_BUILD ?? join(project, 'build'), 'site');
const redirect = 'http://127.0.0.1:9/callback';
const key = '1'.repeat(32);
/** @type {string} */
let work;
/** @type {string} */
let site;

before(() => {
  work = mkdtempSync(join(tmpdir(), 'foyer-serve-'));
  site = join(work, 'site');
  mkdirSync(join(site, 'sub'), {recursive: true});
  writeFileSync(join(work, 'secret.txt'), 'not for the world');
  writeFileSync(
    join(site, 'index.html'),
    `<!doctype html><meta http-equiv="Content-Security-Policy" content="default-src 'none';
    script-src 'self' 'wasm-unsafe-eval'"><title>page</title>`,
  );
  writeFileSync(join(site, 'config.json'), '{"version":1,"simulator":"worker"}');
  writeFileSync(join(site, 'foyer.webmanifest'), '{}');
  for (const file of ['sim.wasm', 'sim.mjs']) copyFileSync(join(cloud, file), join(site, file));
});
after(() => rmSync(work, {recursive: true, force: true}));

/** @param {string} url @param {RequestInit} [init] */
const get = (url, init) => fetch(url, {redirect: 'manual', ...init});
/** @param {string} url @param {object} body */
const control = (url, body) => get(`${url}/cloud/_control`, {method: 'POST', body: JSON.stringify(body)});

/** Signs in as a person does: pages, forms, redirects. @param {string} url @param {string} user */
async function signIn(url, user) {
  const verifier = randomBytes(32).toString('base64url');
  const query = new URLSearchParams({
    client_id: 'foyer-demo',
    response_type: 'code',
    redirect_uri: redirect,
    state: 's',
    nonce: 'n',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  const page = await get(`${url}/cloud/oauth/authorize?${query}`);
  assert.match(page.headers.get('content-type') ?? '', /^text\/html/);
  const tx = /name="tx" value="([^"]+)"/.exec(await page.text())?.[1] ?? '';
  const chosen = await get(`${url}/cloud/oauth/login`, {method: 'POST', body: new URLSearchParams({tx, user})});
  const consent = await get(chosen.headers.get('location') ?? '');
  assert.match(await consent.text(), /Allow access\?/);
  const back = await get(`${url}/cloud/oauth/consent`, {
    method: 'POST',
    body: new URLSearchParams({tx, decision: 'accept'}),
  });
  const location = new URL(back.headers.get('location') ?? '');
  assert.equal(location.origin + location.pathname, redirect);
  assert.equal(location.searchParams.get('iss'), `${url}/cloud/oauth`);
  const answer = await get(`${url}/cloud/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: 'foyer-demo',
      redirect_uri: redirect,
      code_verifier: verifier,
      code: location.searchParams.get('code') ?? '',
    }),
  });
  assert.equal(answer.status, 200);
  return answer.json();
}
/** The same at Netatmo, whose sign-in is another. @param {string} url @param {string} user */
async function signInNetatmo(url, user) {
  const base = `${url}/cloud/netatmo/oauth2`;
  const query = new URLSearchParams({
    client_id: 'foyer-demo',
    redirect_uri: redirect,
    state: 's',
    scope: 'read_magellan write_magellan read_smarther write_smarther',
  });
  const tx = /name="tx" value="([^"]+)"/.exec(await (await get(`${base}/authorize?${query}`)).text())?.[1] ?? '';
  const chosen = await get(`${base}/login`, {method: 'POST', body: new URLSearchParams({tx, user})});
  assert.match(await (await get(chosen.headers.get('location') ?? '')).text(), /See and control lights/);
  const back = await get(`${base}/consent`, {method: 'POST', body: new URLSearchParams({tx, decision: 'accept'})});
  const code = new URL(back.headers.get('location') ?? '').searchParams.get('code') ?? '';
  const answer = await get(`${base}/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: 'foyer-demo',
      redirect_uri: redirect,
      code,
    }),
  });
  assert.equal(answer.status, 200);
  return answer.json();
}
/** @param {{access_token: string}} tokens */
const headers = (tokens) => ({Authorization: `Bearer ${tokens.access_token}`, 'Ocp-Apim-Subscription-Key': key});

describe('files', () => {
  /** @type {Awaited<ReturnType<typeof startServer>>} */
  let server;
  before(async () => void (server = await startServer({port: 0, site, base: '/some/folder'})));
  after(() => server.close());

  it('come with their types, and the policy of the page grows by what a meta element cannot say', async () => {
    const page = await get(`${server.url}/`);
    assert.equal(page.status, 200);
    assert.equal(
      page.headers.get('content-security-policy'),
      "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; frame-ancestors 'none'",
    );
    assert.equal(page.headers.get('x-content-type-options'), 'nosniff');
    const types = {
      'sim.wasm': 'application/wasm',
      'sim.mjs': 'text/javascript; charset=utf-8',
      'foyer.webmanifest': 'application/manifest+json; charset=utf-8',
    };
    for (const [file, type] of Object.entries(types)) {
      assert.equal((await get(`${server.url}/${file}`)).headers.get('content-type'), type);
    }
  });

  it('are answered 304 when nothing changed', async () => {
    const first = await get(`${server.url}/sim.mjs`);
    const again = await get(`${server.url}/sim.mjs`, {headers: {'If-None-Match': first.headers.get('etag') ?? ''}});
    assert.equal(again.status, 304);
  });

  it('outside the site or the base folder are never given', async () => {
    for (const path of ['/../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt', '/none.txt', '/sub/', '/%ff']) {
      assert.ok([400, 404].includes((await get(server.url + path)).status), path);
    }
    assert.equal((await get(`${new URL(server.url).origin}/index.html`)).status, 404);
    assert.equal((await get(server.url)).headers.get('location'), '/some/folder/');
  });

  it('say in config.json that this server plays the cloud', async () => {
    assert.deepEqual(await (await get(`${server.url}/config.json`)).json(), {version: 1, simulator: 'server'});
  });

  it('stay as they are without the cloud', async () => {
    const plain = await startServer({port: 0, site, cloud: null});
    assert.deepEqual(await (await get(`${plain.url}/config.json`)).json(), {version: 1, simulator: 'worker'});
    assert.equal((await get(`${plain.url}/cloud/oauth/jwks`)).status, 404);
    await plain.close();
  });
});

describe('the simulated cloud over sockets', () => {
  /** @type {Awaited<ReturnType<typeof startServer>>} */
  let server;
  before(async () => void (server = await startServer({port: 0, cloud})));
  after(() => server.close());

  it('signs a person in with an id_token that Node verifies', async () => {
    const tokens = await signIn(server.url, 'alice');
    const [jwk] = (await (await get(`${server.url}/cloud/oauth/jwks`)).json()).keys;
    const [head, claims, signature] = tokens.id_token.split('.');
    assert.ok(
      verify(
        'sha256',
        Buffer.from(`${head}.${claims}`),
        createPublicKey({key: jwk, format: 'jwk'}),
        Buffer.from(signature, 'base64url'),
      ),
    );
    assert.equal(JSON.parse(Buffer.from(claims, 'base64url').toString()).nonce, 'n');
  });

  it('serves both APIs and refuses without key', async () => {
    const tokens = await signIn(server.url, 'alice');
    for (const path of ['smarther/v2.0/plants', 'hc/api/v1.0/plants']) {
      const url = `${server.url}/cloud/api/${path}`;
      assert.equal((await (await get(url, {headers: headers(tokens)})).json()).plants.length, 1);
      assert.equal((await get(url)).status, 401);
    }
    const nora = await signIn(server.url, 'nora');
    assert.equal((await get(`${server.url}/cloud/api/hc/api/v1.0/plants`, {headers: headers(nora)})).status, 204);
  });

  it('passes everything below /cloud/netatmo on, pages, forms and JSON', async () => {
    const tokens = await signInNetatmo(server.url, 'alice');
    const bearer = {Authorization: `Bearer ${tokens.access_token}`};
    const api = `${server.url}/cloud/netatmo/api`;
    const {body} = await (await get(`${api}/homesdata`, {headers: bearer})).json();
    assert.equal(body.homes[0].name, 'Belle-Île');
    const home = body.homes[0].id;
    const lamp = body.homes[0].modules.find((/** @type {any} */ module) => module.type === 'NLF');
    await control(server.url, {netatmoLagFromMs: 0, netatmoLagToMs: 0});
    const set = await get(`${api}/setstate`, {
      method: 'POST',
      headers: {...bearer, 'Content-Type': 'application/json'},
      body: JSON.stringify({home: {id: home, modules: [{id: lamp.id, bridge: lamp.bridge, on: false}]}}),
    });
    assert.equal((await set.json()).status, 'ok');
    const status = await (await get(`${api}/homestatus?home_id=${home}`, {headers: bearer})).json();
    assert.equal(status.body.home.modules.find((/** @type {any} */ module) => module.id === lamp.id).on, false);
    const form = await get(`${api}/setthermmode`, {
      method: 'POST',
      headers: bearer,
      body: new URLSearchParams({home_id: home, mode: 'away'}),
    });
    assert.equal(form.status, 200);
  });

  it('hands an installer 10,000 modules', async () => {
    const tokens = await signInNetatmo(server.url, 'ines');
    const {body} = await (
      await get(`${server.url}/cloud/netatmo/api/homesdata`, {
        headers: {Authorization: `Bearer ${tokens.access_token}`},
      })
    ).json();
    assert.equal(body.homes.length, 200);
    assert.equal(body.homes.flatMap((/** @type {any} */ home) => home.modules).length, 10000);
  });

  it('really waits and really cuts the connection', async () => {
    await control(server.url, {fault: {status: 503, delayMs: 300}});
    const begin = performance.now();
    assert.equal((await get(`${server.url}/cloud/api/hc/api/v1.0/plants`)).status, 503);
    assert.ok(performance.now() - begin >= 290);
    await control(server.url, {fault: {drop: true}});
    await assert.rejects(get(`${server.url}/cloud/api/hc/api/v1.0/plants`));
  });

  it('handles many calls at once', async () => {
    const all = await Promise.all(Array.from({length: 20}, () => signIn(server.url, 'alice')));
    assert.equal(new Set(all.map((tokens) => tokens.access_token)).size, 20);
  });

  it('answers ten megabytes when told to', async () => {
    await control(server.url, {fault: {body: 'huge'}});
    const body = await (await get(`${server.url}/cloud/api/hc/api/v1.0/plants`)).text();
    assert.ok(body.length > 10_000_000);
  });
});

describe('state', () => {
  it('outlives the server when a file keeps it', async () => {
    const state = join(work, 'cloud.json');
    const first = await startServer({port: 0, cloud, state});
    const tokens = await signIn(first.url, 'alice');
    await control(first.url, {latencyMs: 1});
    await first.close();
    assert.equal(statSync(state).mode & 0o777, 0o600);
    const second = await startServer({port: 0, cloud, state});
    assert.equal((await (await get(`${second.url}/cloud/_control`)).json()).latencyMs, 1);
    assert.equal((await get(`${second.url}/cloud/api/hc/api/v1.0/plants`, {headers: headers(tokens)})).status, 200);
    await second.close();
  });

  it('that nobody can read starts afresh', async () => {
    const state = join(work, 'broken.json');
    writeFileSync(state, 'oops');
    const server = await startServer({port: 0, cloud, state});
    assert.equal((await get(`${server.url}/cloud/_control`)).status, 200);
    await server.close();
  });
});

describe('the program', () => {
  const program = join(project, 'tools/serve.mjs');

  it('prints its address and stops when asked', async () => {
    const child = spawn(process.execPath, [program, '--port', '0', '--site', site], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const line = await new Promise((resolve) => child.stdout.once('data', (data) => resolve(String(data))));
    const url = /http:\/\/localhost:\d+\//.exec(line)?.[0];
    assert.ok(url, line);
    assert.equal((await get(url)).status, 200);
    child.kill('SIGTERM');
    assert.equal(await new Promise((resolve) => child.once('exit', resolve)), 0);
  });

  it('says what is wrong with its arguments', () => {
    for (const args of [['--port', 'x'], ['--port', '70000'], ['--nonsense']]) {
      assert.throws(() => execFileSync(process.execPath, [program, ...args], {stdio: 'pipe'}), /serve: /);
    }
  });
});

describe('what goes to the visitor', () => {
  // Six APIs with their people and houses. No part of the first visit: it is fetched when a demo begins.
  it('is small: the simulator takes less than 128 KB', () => {
    const bytes = ['sim.wasm', 'sim.mjs'].reduce(
      (sum, file) => sum + brotliCompressSync(readFileSync(join(cloud, file))).length,
      0,
    );
    assert.ok(bytes < 128 * 1024, `${bytes} bytes`);
  });

  it('is sealed with a version that changes with any byte and with nothing else', async () => {
    const seal = join(project, 'web/worker/seal.mjs');
    const copy = join(work, 'sealed');
    cpSync(site, copy, {recursive: true});
    const sealed = () => {
      execFileSync(process.execPath, [seal, copy]);
      return readFileSync(join(copy, 'worker.js'), 'utf8');
    };
    const first = sealed();
    assert.match(first, /"index.html"/);
    assert.doesNotMatch(first, /"(worker|sim)\.mjs": "sha/);
    assert.equal(sealed(), first);
    writeFileSync(join(copy, 'config.json'), '{"changed": "by whoever runs the page"}');
    assert.equal(sealed(), first);
    writeFileSync(join(copy, 'index.html'), 'changed');
    assert.notEqual(sealed(), first);
  });

  it('is a worker that is no program when it was cut anywhere', () => {
    const copy = join(work, 'cut');
    mkdirSync(copy);
    writeFileSync(join(copy, 'index.html'), 'page');
    execFileSync(process.execPath, [join(project, 'web/worker/seal.mjs'), copy]);
    const whole = readFileSync(join(copy, 'worker.js'), 'utf8').trimEnd();
    const is = (/** @type {string} */ text) => {
      try {
        new Script(text);
        return true;
      } catch {
        return false;
      }
    };
    assert.ok(is(whole));
    for (let end = 1; end < whole.length; end += 7) assert.ok(!is(whole.slice(0, end)), `cut at ${end}`);
    assert.ok(!is(whole.slice(0, -1)));
  });
});
