// `foyer serve` as a program: page, demo cloud and relay from one process, and what it refuses.
import assert from 'node:assert/strict';
import {spawn, spawnSync} from 'node:child_process';
import {chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import https from 'node:https';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {isLoopback} from '../../tools/relay/relay.mjs';
import {configOf} from '../../web/headless/serve.mjs';
import {freePort, upstream} from '../relay/hosts.mjs';
import {Household, buildDir, clientFile, demoConfig, signIn} from './support.mjs';

const folder = mkdtempSync(join(tmpdir(), 'foyer serve '));
const site = join(buildDir, 'site');
/** @type {Awaited<ReturnType<typeof upstream>>} */
let cloud;
/** What runs; ended with the tests. @type {import('node:child_process').ChildProcess[]} */
const running = [];

before(async () => {
  cloud = await upstream();
});
after(async () => {
  for (const child of running) child.kill('SIGKILL');
  await cloud.close();
  rmSync(folder, {recursive: true, force: true});
});

/** Starts it and waits for its address. @param {string[]} args */
async function serve(...args) {
  const child = spawn(process.execPath, [clientFile, 'serve', '--site', site, ...args], {cwd: folder});
  running.push(child);
  const out = {stdout: '', stderr: ''};
  child.stderr.on('data', (part) => (out.stderr += part));
  await new Promise((resolve, reject) => {
    child.stdout.on('data', (part) => {
      out.stdout += part;
      if (out.stdout.includes('\n')) resolve(undefined);
    });
    child.on('close', () => reject(new Error(`it ended: ${out.stderr}`)));
  });
  const address = /^Foyer: (\S+)\n/.exec(out.stdout)?.[1] ?? '';
  return {
    child,
    out,
    address,
    url: address.replace(/\/(#.*)?$/, ''),
    end: () =>
      /** @type {Promise<number | null>} */ (
        new Promise((resolve) => {
          child.on('close', resolve);
          child.kill('SIGTERM');
        })
      ),
  };
}

/** @param {string} name @param {object} more @returns {string} */
function relayFile(name, more = {}) {
  const here = `http://127.0.0.1:${cloud.port}`;
  const file = join(folder, name);
  writeFileSync(
    file,
    JSON.stringify({
      id: 'own',
      name: 'Own home',
      providers: ['smarther'],
      issuer: 'https://issuer.example/',
      login: here,
      api: here,
      jwks_uri: `${here}/keys`,
      client_id: 'the-client',
      client_secret: 'the-secret-of-it',
      subscription_keys: ['0123456789abcdef0123456789abcdef'],
      redirect_uri: 'http://localhost:8080/',
      ...more,
    }),
    {mode: 0o600},
  );
  return file;
}

test('without a relay file: page and demo, the address leads to Set-up, a client signs in and reads the home, Ctrl-C ends it', async () => {
  const server = await serve('--port', '0');
  assert.match(server.address, /^http:\/\/localhost:\d+\/#\/setup$/);
  assert.equal(await (await fetch(`${server.url}/`)).text(), readFileSync(join(site, 'index.html'), 'utf8'));
  const config = await (await fetch(`${server.url}/config.json`)).json();
  assert.deepEqual(
    [config.simulator, config.clouds.every((/** @type {any} */ one) => one.simulated)],
    ['server', true],
  );
  assert.equal(
    (await fetch(`${server.url}/relay/token`, {method: 'POST'})).status,
    405,
    'there is no relay: a file server answers',
  );
  const house = new Household(demoConfig(server.url));
  const {code, stderr} = await signIn(house);
  assert.equal(code, 0, stderr);
  assert.equal((await house.run('homes')).json.homes.length > 0, true);
  house.remove();
  assert.equal(await server.end(), 0);
});

test('with a relay file: the own cloud first, then the demo; the address is the one a sign-in comes back to', async () => {
  const port = await freePort();
  const server = await serve('--relay', relayFile('relay.json', {redirect_uri: `http://127.0.0.1:${port}/`}));
  assert.equal(server.address, `http://127.0.0.1:${port}/`);
  const {clouds} = await (await fetch(`${server.url}/config.json`)).json();
  assert.deepEqual(
    clouds.map((/** @type {any} */ one) => one.id),
    ['own', 'demo', 'netatmo'],
  );
  const answer = await fetch(`${server.url}/relay/api/smarther/v2.0/plants?q=CANARY`, {
    headers: {'X-Foyer': '1', Authorization: 'Bearer CANARY'},
  });
  assert.deepEqual(await answer.json(), {upstream: true});
  assert.equal(cloud.seen.at(-1)?.headers['ocp-apim-subscription-key'], '0123456789abcdef0123456789abcdef');
  assert.equal((await fetch(`${server.url}/relay/api/smarther/v2.0/plants`)).status, 403);
  assert.equal((await fetch(`${server.url}/relay/api/elsewhere`, {headers: {'X-Foyer': '1'}})).status, 404);
  await server.end();
  assert.match(server.out.stderr, /^\S+ GET \/relay\/api\/smarther\/v2\.0\/plants 200 [\d.]+$/m);
  assert.doesNotMatch(server.out.stderr, /CANARY|the-secret|0123456789abcdef/);
});

test('its relay counts: more than the rate allows is 429 with a time to wait', async () => {
  const port = await freePort();
  const server = await serve(
    '--relay',
    relayFile('slow.json', {redirect_uri: `http://127.0.0.1:${port}/`, requests_per_second: 1}),
  );
  const answers = await Promise.all(
    Array.from({length: 30}, () => fetch(`${server.url}/relay/api/smarther/v2.0/plants`, {headers: {'X-Foyer': '1'}})),
  );
  const refused = answers.filter(({status}) => status === 429);
  assert.ok(refused.length > 0 && refused.length <= 24, String(refused.length));
  assert.equal(refused[0].headers.get('retry-after'), '1');
  await server.end();
});

test('without the demo no cloud is simulated', async () => {
  const port = await freePort();
  const relay = relayFile('alone.json', {redirect_uri: `http://127.0.0.1:${port}/`});
  const server = await serve('--relay', relay, '--no-demo');
  const config = await (await fetch(`${server.url}/config.json`)).json();
  assert.deepEqual(
    config.clouds.map((/** @type {any} */ one) => one.id),
    ['own'],
  );
  assert.equal((await fetch(`${server.url}/cloud/_control/log`)).status, 404);
  assert.equal((await fetch(`${server.url}/cloud/oauth/jwks`)).status, 404);
  await server.end();
});

test('--open takes the browser that BROWSER names, and says so when there is none', async () => {
  const opened = join(folder, 'named');
  const script = join(folder, 'named browser');
  writeFileSync(script, `#!/bin/sh\nprintf %s "$1" >'${opened}.new' && mv '${opened}.new' '${opened}'\n`, {
    mode: 0o755,
  });
  const begin = (/** @type {Record<string, string>} */ env) => {
    const child = spawn(process.execPath, [clientFile, 'serve', '--site', site, '--port', '0', '--open'], {
      env: {...process.env, ...env},
    });
    running.push(child);
    return child;
  };
  const child = begin({BROWSER: script});
  while (!existsSync(opened) && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 20));
  assert.match(readFileSync(opened, 'utf8'), /^http:\/\/localhost:\d+\/#\/setup$/);
  child.kill();
  const bare = begin({BROWSER: join(folder, 'nothing')});
  const said = await new Promise((resolve) => bare.stderr.on('data', (part) => resolve(String(part))));
  assert.match(said, /^foyer serve: no browser was opened \(.*ENOENT\); open the address yourself\n$/);
  bare.kill();
});

test('a sign-in that would come back elsewhere is said', async () => {
  const server = await serve(
    '--port',
    '0',
    '--relay',
    relayFile('elsewhere.json', {redirect_uri: 'http://localhost:18080/'}),
  );
  await server.end();
  assert.match(
    server.out.stderr,
    /a sign-in comes back to http:\/\/localhost:18080\/, where this server does not listen: use --port 18080/,
  );
});

test('with certificate and key it serves https', async () => {
  const [cert, key] = ['cert.pem', 'key.pem'].map((name) => join(folder, name));
  const made = spawnSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-days',
      '2',
      '-subj',
      '/CN=localhost',
      '-addext',
      'subjectAltName=DNS:localhost',
      '-keyout',
      key,
      '-out',
      cert,
    ],
    {encoding: 'utf8'},
  );
  assert.equal(made.status, 0, made.stderr);
  const server = await serve('--port', '0', '--host', '0.0.0.0', '--cert', cert, '--key', key);
  const {port} = new URL(server.address);
  const answer = await new Promise((resolve, reject) => {
    https
      .get(
        {
          host: '127.0.0.1',
          servername: 'localhost',
          port,
          path: '/cloud/oauth/.well-known/openid-configuration',
          headers: {Host: `localhost:${port}`},
          ca: readFileSync(cert),
        },
        (response) => {
          let text = '';
          response.on('data', (part) => (text += part)).on('end', () => resolve(text));
        },
      )
      .on('error', reject);
  });
  assert.equal(JSON.parse(answer).issuer, `https://localhost:${port}/cloud/oauth`);
  await server.end();
});

/** What is refused: arguments, exit code, words. @type {[string, () => string[], number, RegExp][]} */
const refused = [
  [
    'another address than this machine’s',
    () => ['--host', '192.168.1.5'],
    13,
    /--host: refused without TLS: .*WebCrypto and service workers.*docs\/serve\.md/,
  ],
  ['every address', () => ['--host', '0.0.0.0'], 13, /refused without TLS/],
  ['a port that is none', () => ['--port', '99999'], 2, /--port: expected a number from 0 to 65535, not "99999"/],
  ['an unknown option', () => ['--colour'], 2, /--colour.*foyer serve --help/],
  ['a word too many', () => ['now'], 2, /"now" is one word too many/],
  [
    'a relay file that is not there',
    () => ['--relay', 'nothing.json'],
    3,
    /--relay: nothing\.json can't be read: ENOENT/,
  ],
  [
    'a relay file that others can read',
    () => {
      const file = relayFile('open.json');
      chmodSync(file, 0o644);
      return ['--relay', file];
    },
    3,
    /can be read by others; chmod 600/,
  ],
  [
    'a relay file with a mistake',
    () => ['--relay', relayFile('wrong.json', {subscription_keys: ['x']})],
    3,
    /wrong\.json: subscription_keys(\[0\])?: expected/,
  ],
  [
    'a redirect address with a path',
    () => ['--relay', relayFile('path.json', {redirect_uri: 'http://localhost:8080/foyer/'})],
    3,
    /redirect_uri of "own": expected an address without a path/,
  ],
  ['a certificate without a key', () => ['--cert', 'x'], 2, /--key: one of the two is missing/],
  ['a certificate that is not there', () => ['--cert', 'x', '--key', 'y'], 3, /--cert: x can't be read: ENOENT/],
  [
    'files that are no certificate',
    () => ['--cert', relayFile('c.pem'), '--key', relayFile('k.pem')],
    13,
    /PEM|no start line/i,
  ],
  [
    'a public name without https',
    () => ['--origin', 'http://home.lan'],
    2,
    /--origin: expected an address like https:\/\/home\.example/,
  ],
  ['a folder without a page', () => ['--site', folder], 3, /--site: there is no page in/],
];
for (const [name, args, code, words] of refused) {
  test(`refused: ${name}`, () => {
    const {status, stdout, stderr} = spawnSync(process.execPath, [clientFile, 'serve', '--site', site, ...args()], {
      cwd: folder,
      encoding: 'utf8',
      timeout: 60_000,
    });
    assert.equal(status, code, stderr);
    assert.match(stderr, words);
    assert.equal(stdout, '');
    assert.equal(stderr.trim().split('\n').length, 1, 'one sentence');
  });
}

test('before a desktop’s terminal it opens Set-up in the browser, and does not with --no-open or over SSH', async () => {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  const opened = join(folder, 'opened');
  writeFileSync(
    join(bin, 'xdg-open'),
    `#!/bin/sh\nprintf %s "$1" >'${opened}.new' && mv '${opened}.new' '${opened}'\n`,
    {mode: 0o755},
  );
  const env = {...process.env, PATH: `${bin}:${process.env.PATH}`, DISPLAY: ':9', CI: '', SSH_CONNECTION: ''};
  /** What was opened, if anything was, after it was ended. @param {string} more options @param {boolean} wait until it is there @param {object} [also] */
  const sitting = async (more, wait, also = {}) => {
    rmSync(opened, {force: true});
    const child = spawn(
      'script',
      ['-qec', `'${process.execPath}' '${clientFile}' serve --port 0 --site '${site}' ${more}`, '/dev/null'],
      {env: {...env, ...also}, timeout: 60_000},
    );
    running.push(child);
    let seen = '';
    await new Promise((resolve) =>
      child.stdout.on('data', (part) => (seen += part).includes('Foyer: ') && resolve(undefined)),
    );
    while (wait && !existsSync(opened) && child.exitCode === null)
      await new Promise((resolve) => setTimeout(resolve, 20));
    const gone = new Promise((resolve) => child.on('close', resolve));
    child.stdin.write('\x03');
    await gone;
    return {address: /Foyer: (\S+)/.exec(seen)?.[1], opened: existsSync(opened) ? readFileSync(opened, 'utf8') : ''};
  };
  const first = await sitting('', true);
  assert.match(first.opened, /\/#\/setup$/);
  assert.equal(first.opened, first.address);
  assert.equal((await sitting('--no-open', false)).opened, '');
  assert.equal((await sitting('', false, {SSH_CONNECTION: '192.0.2.1 1 192.0.2.2 22'})).opened, '');
});

test('an occupied port is said, with the way out', async () => {
  const server = await serve('--port', '0');
  const {port} = new URL(server.address);
  const {status, stderr} = spawnSync(process.execPath, [clientFile, 'serve', '--site', site, '--port', port], {
    encoding: 'utf8',
    timeout: 60_000,
  });
  assert.equal(status, 13);
  assert.match(stderr, new RegExp(`--port: port ${port} is taken; .* another with --port N`));
  await server.end();
});

test('a demo whose id is taken gets another, and may be left out', () => {
  const own = readFileSync(join(site, 'config.json'), 'utf8');
  const relay = /** @type {any} */ ({
    id: 'netatmo',
    name: 'Mine',
    providers: ['netatmo'],
    place: '/relay',
    jwks_uri: '',
    subscription_keys: [],
    redirect_uri: 'http://localhost:8080/',
  });
  assert.deepEqual(
    configOf(own, [relay]).clouds.map((/** @type {any} */ one) => one.id),
    ['netatmo', 'demo', 'demo-netatmo'],
  );
  assert.deepEqual(
    configOf(own, [relay], false).clouds.map((/** @type {any} */ one) => one.id),
    ['netatmo'],
  );
});

test('only this machine is this machine', () => {
  for (const host of ['localhost', '127.0.0.1', '127.8.0.1', '::1', '[::1]']) assert.ok(isLoopback(host), host);
  for (const host of ['0.0.0.0', '::', '192.168.0.1', '127.0.0.1.example', 'localhost.example', '128.0.0.1', ''])
    assert.ok(!isLoopback(host), host);
});

test('the version is that of the one file', () => {
  const {stdout} = spawnSync(process.execPath, [clientFile, '--version'], {encoding: 'utf8'});
  assert.equal(stdout, readFileSync(new URL('../../VERSION', import.meta.url), 'utf8'));
});
