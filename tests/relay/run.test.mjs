// `./dev run --relay FILE` as a person starts it: what it says when the description or the port is wrong, what it serves, and
// that nothing of it stays when it is ended. The page is the finished one: in a copy of the scripts that matter, the steps
// which set up and build do nothing.
import assert from 'node:assert/strict';
import {spawn, spawnSync} from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import {after, before, test} from 'node:test';
import {startServer} from '../../tools/serve.mjs';
import {cloudDir, project, throughSimulator} from '../headless/support.mjs';
import {freePort, listen} from './hosts.mjs';

const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'foyer-relay-run-')));
const secret = 's3cret.with+url,chars~0123456789abcdef';
const key = '11111111111111111111111111111111';
const relayFile = path.join(folder, 'relay.json');
/** @type {Awaited<ReturnType<typeof startServer>>} */
let simulator;

before(async () => {
  for (const name of ['dev', 'tools/run.sh', 'tools/setup/env.sh', 'tools/relay'])
    cpSync(path.join(project, name), path.join(folder, name), {recursive: true});
  writeFileSync(path.join(folder, 'tools/setup/ready.sh'), 'need() { :; }\n');
  writeFileSync(path.join(folder, 'tools/build.sh'), '#!/bin/sh\necho "build $*" >> build.log\n');
  chmodSync(path.join(folder, 'tools/build.sh'), 0o755);
  mkdirSync(path.join(folder, 'build'));
  symlinkSync(realpathSync(cloudDir), path.join(folder, 'build/site'));
  simulator = await startServer({port: 0, cloud: cloudDir});
  const cloud = `${simulator.url}/cloud`;
  describe({
    id: 'legrand',
    name: 'Legrand account',
    providers: ['hc', 'smarther'],
    issuer: `${cloud}/oauth`,
    login: `${cloud}/oauth`,
    api: `${cloud}/api`,
    jwks_uri: `${cloud}/oauth/jwks`,
    client_id: 'foyer-secret',
    client_secret: secret,
    subscription_keys: [key],
    redirect_uri: 'http://127.0.0.1/',
  });
});
after(async () => {
  await simulator.close();
  rmSync(folder, {recursive: true, force: true});
});

/** @type {object} */
let good;
const describe = (/** @type {object} */ what) => {
  good = what;
  writeFileSync(relayFile, JSON.stringify(what), {mode: 0o600});
};

const env = {...process.env, FOYER_TOOLS_DIR: path.join(folder, '.tools')};
const dev = (/** @type {string[]} */ ...args) =>
  spawnSync(path.join(folder, 'dev'), ['run', ...args], {encoding: 'utf8', env, timeout: 30_000});

/** Whether something accepts connections. @param {number} port @returns {Promise<boolean>} */
const open = (port) =>
  new Promise((resolve) => {
    const socket = net
      .connect(port, '127.0.0.1', () => {
        socket.destroy();
        resolve(true);
      })
      .on('error', () => resolve(false));
  });

/** Command lines of every nginx that runs with the configuration made here. */
const programs = () =>
  readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      } catch {
        // it has just ended
        return '';
      }
    })
    .filter((line) => line.includes('nginx') && line.includes(path.join(folder, 'build/relay')));

/** Starts it, and waits for its answer. @param {number} port */
async function start(port) {
  const program = spawn(path.join(folder, 'dev'), ['run', '--relay', relayFile, '--port', String(port)], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [program.stdout, program.stderr]) stream.on('data', (part) => (said += part));
  const ended = new Promise((resolve) => program.on('close', (code, signal) => resolve({code, signal})));
  // Not by the port alone: `nginx -t`, which goes before, listens for a moment too.
  for (const end = Date.now() + 20_000; !said.includes('Foyer with relay') || !(await open(port));) {
    assert.ok(program.exitCode === null && Date.now() < end, `it does not answer: ${said}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return {program, ended, said: () => said};
}

for (const signal of /** @type {const} */ (['SIGTERM', 'SIGINT'])) {
  test(`it serves the page and its configuration, adds the secret to a token request, and ${signal} leaves nothing behind`, async () => {
    const port = await freePort();
    const here = `http://127.0.0.1:${port}`;
    const {program, ended, said} = await start(port);
    try {
      const page = await fetch(`${here}/`);
      assert.equal(page.status, 200);
      assert.equal(await page.text(), readFileSync(path.join(cloudDir, 'index.html'), 'utf8'));
      assert.equal((await fetch(`${here}/foyer.wasm`)).headers.get('content-type'), 'application/wasm');
      const config = await (await fetch(`${here}/config.json`)).text();
      const [cloud] = JSON.parse(config).clouds;
      assert.deepEqual(
        [cloud.id, cloud.client_id, cloud.token_endpoint, cloud.api_base, cloud.subscription_keys],
        ['legrand', 'foyer-secret', './relay/token', './relay/api', ['primary']],
      );
      assert.ok(!config.includes(secret) && !config.includes(key));
      assert.ok(!('simulator' in JSON.parse(config)) && !cloud.simulated, 'not the demo that is beside the page');

      const verifier = 'v'.repeat(43);
      const query = new URLSearchParams({
        response_type: 'code',
        client_id: cloud.client_id,
        redirect_uri: cloud.redirect_uri,
        scope: 'openid',
        state: 's',
        nonce: 'n',
        code_challenge: Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(verifier))).toString('base64url'),
        code_challenge_method: 'S256',
      });
      const code =
        new URL(await throughSimulator(`${cloud.authorize_endpoint}?${query}`, 'alice')).searchParams.get('code') ?? '';
      const form = {
        grant_type: 'authorization_code',
        code,
        redirect_uri: cloud.redirect_uri,
        client_id: cloud.client_id,
        code_verifier: verifier,
      };
      const answer = await fetch(`${here}/relay/token`, {
        method: 'POST',
        headers: {'X-Foyer': '1'},
        body: new URLSearchParams(form),
      });
      const tokens = /** @type {any} */ (await answer.json());
      assert.equal(answer.status, 200, JSON.stringify(tokens)); // this client is refused without its secret: journey.test.mjs
      const plants = await fetch(`${here}/relay/api/hc/api/v1.0/plants`, {
        headers: {'X-Foyer': '1', Authorization: `Bearer ${tokens.access_token}`},
      });
      assert.equal(plants.status, 200);

      assert.equal(programs().length, 1);
      assert.match(said(), new RegExp(`^Foyer with relay: http://localhost:${port}$`, 'm'));
      assert.ok(!said().includes(secret) && !said().includes(key));
      assert.equal(statSync(path.join(folder, 'build/relay/nginx.conf')).mode & 0o077, 0);
    } finally {
      program.kill(signal);
    }
    assert.deepEqual(await ended, {code: 0, signal: null}, said());
    assert.equal(await open(port), false);
    assert.ok(!existsSync(path.join(folder, 'build/relay/nginx.pid')));
    assert.deepEqual(programs(), []);
  });
}

test('a description that is missing or wrong is said before anything is built', () => {
  const log = path.join(folder, 'build.log');
  rmSync(log, {force: true});
  const wrong = path.join(folder, 'wrong.json');
  /** @type {[string[], string | undefined, RegExp][]} */
  const cases = [
    [
      ['--relay', path.join(folder, 'nowhere.json')],
      undefined,
      /^dev: run: --relay: there is no file '\/.*nowhere\.json' that can be read$/m,
    ],
    [['--relay', folder], undefined, /^dev: run: --relay: there is no file/m],
    [['--relay'], undefined, /--relay needs a file/],
    [['--relay', wrong], '{', /wrong\.json: the file: expected JSON$/m],
    [
      ['--relay', wrong],
      JSON.stringify({...good, client_secret: undefined}),
      /wrong\.json: client_secret: expected the secret of your application$/m,
    ],
    [
      ['--relay', wrong],
      JSON.stringify({...good, api: 'http://example.org'}),
      /wrong\.json: api: expected an https address/,
    ],
    [['--relay', relayFile, '--port', '0'], undefined, /--port wants a number from 1 to 65535/],
  ];
  for (const [args, text, message] of cases) {
    if (text !== undefined) writeFileSync(wrong, text, {mode: 0o600});
    const {status, stdout, stderr} = dev(...args);
    assert.equal(status, 1, stderr);
    assert.match(stderr, message);
    assert.doesNotMatch(stdout + stderr, /Foyer with relay|s3cret|\n\s+at /);
  }
  chmodSync(wrong, 0o644);
  const {stderr} = dev('--relay', wrong);
  assert.match(stderr, /wrong\.json: it can be read by others; chmod 600 .*wrong\.json$/m);
  assert.ok(!existsSync(log));
});

test('a relative path begins where the caller is', () => {
  mkdirSync(path.join(folder, 'elsewhere'));
  writeFileSync(path.join(folder, 'elsewhere/mine.json'), '{', {mode: 0o600});
  const {stderr} = spawnSync('../dev', ['run', '--relay', 'mine.json'], {
    cwd: path.join(folder, 'elsewhere'),
    encoding: 'utf8',
    env,
    timeout: 30_000,
  });
  assert.match(stderr, /elsewhere\/mine\.json: the file: expected JSON$/m);
});

test('a port that is taken is said at once, and leaves the configuration of a relay that runs there alone', async () => {
  const conf = path.join(folder, 'build/relay/nginx.conf');
  writeFileSync(conf, 'of the other one');
  const other = net.createServer();
  const port = await listen(other);
  const {status, stdout, stderr} = dev('--relay', relayFile, '--port', String(port));
  await new Promise((resolve) => other.close(resolve));
  assert.equal(status, 1);
  assert.equal(stderr, `dev: run: port ${port} is taken; choose another with --port N\n`);
  assert.equal(stdout, '');
  assert.equal(readFileSync(conf, 'utf8'), 'of the other one');
});

test('an nginx that does not want its configuration is said, not announced as an address', async () => {
  const bin = path.join(folder, 'old');
  mkdirSync(bin);
  writeFileSync(path.join(bin, 'nginx'), '#!/bin/sh\necho "nginx: [emerg] unknown directive" >&2\nexit 1\n', {
    mode: 0o755,
  });
  const {status, stdout, stderr} = spawnSync(
    path.join(folder, 'dev'),
    ['run', '--relay', relayFile, '--port', String(await freePort())],
    {encoding: 'utf8', env: {...env, PATH: `${bin}:${process.env.PATH}`}},
  );
  assert.equal(status, 1);
  assert.equal(stderr, 'nginx: [emerg] unknown directive\ndev: run: nginx cannot start\n');
  assert.equal(stdout, '');
});

test('without nginx it says which package is missing', () => {
  const bin = path.join(folder, 'bin');
  mkdirSync(bin);
  for (const name of ['bash', 'dirname', 'env', 'node'])
    symlinkSync(spawnSync('which', [name], {encoding: 'utf8'}).stdout.trim(), path.join(bin, name));
  const {status, stderr} = spawnSync(path.join(folder, 'dev'), ['run', '--relay', relayFile], {
    encoding: 'utf8',
    env: {...env, PATH: bin},
  });
  assert.equal(status, 1);
  assert.equal(stderr, 'dev: nginx is missing: apt-get install nginx-light\n');
});
