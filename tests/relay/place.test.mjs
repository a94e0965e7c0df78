// Where a page with a relay may lie: below a folder of its server, at the port it is served at, and nowhere else.
import assert from 'node:assert/strict';
import {spawn, spawnSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import http from 'node:http';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {after, before, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {createRelay} from '../../tools/relay/function.mjs';
import {pageConfig, readRelay} from '../../tools/relay/relay.mjs';
import {accepting, freePort, listen} from './hosts.mjs';

const generator = fileURLToPath(new URL('../../tools/relay/make-conf.mjs', import.meta.url));
const folder = mkdtempSync(path.join(tmpdir(), 'foyer-place-'));
/** @type {{url: string, body: string}[]} */
const seen = [];
/** @type {http.Server} */
let cloud;
let cloudPort = 0;

before(async () => {
  cloud = http.createServer((request, response) => {
    let body = '';
    request.on('data', (part) => (body += part));
    request.on('end', () => {
      seen.push({url: request.url ?? '', body});
      response.writeHead(200, {'Content-Type': 'application/json'}).end('{"cloud":true}');
    });
  });
  cloudPort = await listen(cloud);
  mkdirSync(path.join(folder, 'site'));
  writeFileSync(path.join(folder, 'site/index.html'), 'the page');
});
after(() => {
  cloud.close();
  rmSync(folder, {recursive: true, force: true});
});

const described = (/** @type {string} */ redirect) => ({
  id: 'netatmo',
  name: 'Netatmo',
  providers: ['netatmo'],
  login: `http://127.0.0.1:${cloudPort}`,
  api: `http://127.0.0.1:${cloudPort}`,
  client_id: 'an-id',
  client_secret: 's3cret',
  redirect_uri: redirect,
});
/** @param {object} description @param {...string} args */
const makeConf = (description, ...args) => {
  const file = path.join(folder, 'relay.json');
  writeFileSync(file, JSON.stringify(description), {mode: 0o600});
  return spawnSync(
    process.execPath,
    [generator, file, '--out', path.join(folder, 'out'), '--site', path.join(folder, 'site'), ...args],
    {encoding: 'utf8'},
  );
};

test('below a folder: page, configuration and relay lie together, in nginx', async () => {
  const port = await freePort();
  const {status, stderr} = makeConf(described('https://home.example/foyer/'), '--port', String(port));
  assert.equal(status, 0, stderr);
  const out = path.join(folder, 'out');
  const nginx = spawn('nginx', ['-e', 'stderr', '-p', out, '-c', path.join(out, 'nginx.conf')], {stdio: 'ignore'});
  try {
    await accepting(port, nginx);
    const at = `http://127.0.0.1:${port}`;
    assert.equal(await (await fetch(`${at}/foyer/`)).text(), 'the page');
    for (const start of ['/', '/foyer'])
      assert.equal((await fetch(at + start, {redirect: 'manual'})).headers.get('location'), '/foyer/');
    const [one] = /** @type {any} */ (await (await fetch(`${at}/foyer/config.json`)).json()).clouds;
    const token = new URL(one.token_endpoint, `${at}/foyer/`).href;
    assert.equal(token, `${at}/foyer/relay/token`);
    const answer = await fetch(token, {
      method: 'POST',
      headers: {'X-Foyer': '1'},
      body: new URLSearchParams({grant_type: 'refresh_token', refresh_token: 'r'}),
    });
    assert.equal(answer.status, 200);
    assert.deepEqual(seen.at(-1), {
      url: '/oauth2/token',
      body: 'grant_type=refresh_token&refresh_token=r&client_secret=s3cret',
    });
    assert.equal(
      (await fetch(`${new URL(one.api_base, `${at}/foyer/`).href}/api/homesdata`, {headers: {'X-Foyer': '1'}})).status,
      200,
    );
    for (const outside of ['/relay/token', '/config.json', '/foyer/relay/other'])
      assert.equal((await fetch(at + outside, {headers: {'X-Foyer': '1'}})).status, 404, outside);
  } finally {
    const gone = new Promise((resolve) => nginx.on('exit', resolve));
    nginx.kill();
    await gone;
  }
});

test('below a folder: the function finds its paths there', async () => {
  const relay = createRelay(readRelay(JSON.stringify({clouds: [described('https://home.example/foyer/')]})));
  const ask = async (/** @type {string} */ at) =>
    (await relay(new Request(`https://home.example${at}`, {headers: {'X-Foyer': '1'}}))).status;
  assert.equal(await ask('/foyer/relay/netatmo/api/api/homesdata'), 200);
  assert.equal(await ask('/relay/netatmo/api/api/homesdata'), 404);
});

test('a redirect address that is not the page is refused, before anybody signs in and lands on a 404', () => {
  for (const redirect of [
    'https://home.example/callback',
    'https://home.example/foyer',
    'https://home.example/?x=1',
    'https://home.example/a b/',
  ]) {
    assert.throws(() => readRelay(JSON.stringify(described(redirect))), {message: /^redirect_uri: expected/}, redirect);
  }
  const two = [described('https://home.example/'), {...described('https://home.example/other/'), id: 'b'}];
  assert.throws(() => readRelay(JSON.stringify({clouds: two})), {
    message: 'clouds: expected one page: redirect addresses with the same path',
  });
});

test('a redirect address with another port than the page is served at is refused, with both', () => {
  const wrong = makeConf(described('http://localhost:8080/'), '--port', '9090', '--here');
  assert.equal(wrong.status, 1);
  assert.match(
    wrong.stderr,
    /relay\.json: redirect_uri of netatmo: expected port 9090, at which the page is served \(--port\), not 8080\n$/,
  );
  assert.equal(makeConf(described('http://localhost:9090/'), '--port', '9090', '--here').status, 0);
  const sixth = makeConf(described('http://[::1]:8080/'), '--port', '9090', '--here');
  assert.equal(sixth.status, 1, 'this machine has more than one address');
  assert.match(sixth.stderr, /expected port 9090/);
  assert.equal(
    makeConf(described('https://home.example/'), '--port', '9090', '--here').status,
    0,
    'a server with TLS in front',
  );
});

test('without scopes Netatmo Connect is asked for all that Foyer shows', () => {
  const [one] = /** @type {any[]} */ (pageConfig(readRelay(JSON.stringify(described('https://home.example/')))).clouds);
  assert.equal(one.scopes.length, 12);
  assert.ok(one.send_scope && one.scopes.includes('read_magellan') && one.scopes.includes('write_mhs1'));
  const few = readRelay(JSON.stringify({...described('https://home.example/'), scopes: ['read_smarther']}));
  assert.deepEqual(few[0].scopes, ['read_smarther']);
  assert.equal(
    readFileSync(new URL('../../core/app/session/client_config.cpp', import.meta.url), 'utf8').match(
      /"(?:read|write)_[a-z0-9]+"/g,
    )?.length,
    12,
    'the same list as the core has',
  );
});
