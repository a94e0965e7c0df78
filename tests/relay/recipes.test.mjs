// The two recipes of docs/serve.md as they stand there: a server with TLS in front of `foyer serve`, reached by a name. Only
// the ports, the name of the certificate's files and what needs root are put in place of the documented ones.
import assert from 'node:assert/strict';
import {spawn, spawnSync} from 'node:child_process';
import {existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import https from 'node:https';
import os from 'node:os';
import path from 'node:path';
import {after, before, describe, it} from 'node:test';
import {fileURLToPath} from 'node:url';
import {serve} from '../../web/headless/serve.mjs';
import {freePort, hasCaddy, upstream} from './hosts.mjs';

const project = fileURLToPath(new URL('../..', import.meta.url));
const guide = readFileSync(path.join(project, 'docs/serve.md'), 'utf8');
const site = path.join(process.env.FOYER_BUILD ?? path.join(project, 'build'), 'site');
const program = new URL('../../build/node/foyer.mjs', import.meta.url);
const folder = mkdtempSync(path.join(os.tmpdir(), 'foyer-recipes-'));
/** @type {Awaited<ReturnType<typeof upstream>>} */
let cloud;

before(async () => {
  cloud = await upstream();
});
after(async () => {
  await cloud.close();
  rmSync(folder, {recursive: true, force: true});
});

/** The block of the guide in that language. @param {string} language */
const recipe = (language) => new RegExp('```' + language + '\n([^]*?)```').exec(guide)?.[1] ?? '';
/** Every replacement has to meet something, or the guide says another thing than what is tested. @param {string} text @param {Record<string, string>} places */
function placed(text, places) {
  for (const [documented, here] of Object.entries(places)) {
    assert.ok(text.includes(documented), `docs/serve.md has no "${documented}"`);
    text = text.replaceAll(documented, here);
  }
  return text;
}

/** `foyer serve` behind a name. @param {string} name of the folder @param {number} port of the proxy */
async function behind(name, port) {
  const here = `http://127.0.0.1:${cloud.port}`;
  const relay = path.join(folder, `${name}.json`);
  writeFileSync(
    relay,
    JSON.stringify({
      id: 'up',
      name: 'Up',
      providers: ['smarther'],
      issuer: 'https://issuer.example/',
      login: here,
      api: here,
      jwks_uri: `${here}/keys`,
      client_id: 'the-client',
      client_secret: 'the-secret-of-it',
      subscription_keys: ['0123456789abcdef0123456789abcdef'],
      redirect_uri: `https://home.lan:${port}/`,
      answer_seconds: 5,
    }),
    {mode: 0o600},
  );
  /** @type {string[]} */
  const log = [];
  const server = await serve({relay, port: '0', site, origin: `https://home.lan:${port}`}, program, (line) =>
    log.push(line),
  );
  assert.equal(server.address, `https://home.lan:${port}/`);
  return {...server, log};
}

/** @param {number} port @param {string} ca @param {string} target @param {{method?: string, headers?: Record<string, string>, body?: string, host?: string}} [options] */
const ask = (port, ca, target, {method = 'GET', headers = {}, body = '', host = `home.lan:${port}`} = {}) =>
  /** @type {Promise<{status: number, headers: import('node:http').IncomingHttpHeaders, body: string}>} */ (
    new Promise((resolve, reject) => {
      const request = https.request(
        {
          host: '127.0.0.1',
          port,
          path: target,
          method,
          ca,
          servername: 'home.lan',
          headers: {Host: host, ...headers},
          agent: false,
          timeout: 20_000,
        },
        (response) => {
          let text = '';
          response
            .on('data', (part) => (text += part))
            .on('end', () => resolve({status: response.statusCode ?? 0, headers: response.headers, body: text}));
        },
      );
      request
        .on('error', reject)
        .on('timeout', () => request.destroy(new Error('no answer')))
        .end(body);
    })
  );

/** Until the proxy answers with its certificate. @param {import('node:child_process').ChildProcess} proxy @param {() => string} words @param {() => Promise<unknown>} attempt */
async function ready(proxy, words, attempt) {
  for (let tries = 0; tries < 600 && proxy.exitCode === null; tries += 1) {
    if (
      await attempt().then(
        () => true,
        () => false,
      )
    )
      return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`the proxy does not answer: ${words()}`);
}

/** What people get through the proxy. @param {() => {port: number, ca: string, log: string[]}} reached */
function promises(reached) {
  it('brings the page, with its policy, and config.json with the own cloud and the demo', async () => {
    const {port, ca} = reached();
    const page = await ask(port, ca, '/?code=CANARY&state=x');
    assert.equal(page.status, 200);
    assert.match(String(page.headers['content-security-policy']), /frame-ancestors 'none'/);
    const {clouds, simulator} = JSON.parse((await ask(port, ca, '/config.json')).body);
    assert.equal(simulator, 'server');
    assert.deepEqual(
      clouds.map((/** @type {any} */ one) => one.id),
      ['up', 'demo', 'netatmo'],
    );
    assert.equal(clouds[0].redirect_uri, `https://home.lan:${port}/`);
    assert.ok(!JSON.stringify(clouds).includes('the-secret-of-it'));
  });

  it('forwards what the page asks, with key and secret, and refuses whom it does not know', async () => {
    const {port, ca, log} = reached();
    const ours = {'X-Foyer': '1', 'Sec-Fetch-Site': 'same-origin', Origin: `https://home.lan:${port}`};
    const read = await ask(port, ca, '/relay/api/smarther/v2.0/plants?q=CANARY', {
      headers: {...ours, Authorization: 'Bearer CANARY'},
    });
    assert.deepEqual([read.status, read.body], [200, '{"upstream":true}']);
    assert.equal(cloud.seen.at(-1)?.headers['ocp-apim-subscription-key'], '0123456789abcdef0123456789abcdef');
    await ask(port, ca, '/relay/token', {
      method: 'POST',
      headers: ours,
      body: 'grant_type=refresh_token&refresh_token=CANARY',
    });
    assert.match(cloud.seen.at(-1)?.body ?? '', /client_secret=the-secret-of-it/);
    const before = cloud.seen.length;
    assert.equal((await ask(port, ca, '/relay/api/smarther/v2.0/plants')).status, 403);
    assert.equal(
      (
        await ask(port, ca, '/relay/api/smarther/v2.0/plants', {
          headers: {...ours, Origin: 'https://elsewhere.example'},
        })
      ).status,
      403,
    );
    assert.equal((await ask(port, ca, '/relay/api/elsewhere/', {headers: ours})).status, 404);
    assert.equal(cloud.seen.length, before);
    assert.ok(
      log.length >= 5 && log.every((line) => /^[\d:.TZ-]+ [A-Z]+ \/relay\/\S* \d{3} [\d.]+$/.test(line)),
      log.join('\n'),
    );
  });

  it('has a demo cloud that calls itself by the public name', async () => {
    const {port, ca} = reached();
    const {body} = await ask(port, ca, '/cloud/oauth/.well-known/openid-configuration');
    assert.equal(JSON.parse(body).issuer, `https://home.lan:${port}/cloud/oauth`);
  });
}

describe('Caddy with an authority of its own', {skip: hasCaddy ? false : 'there is no caddy here'}, () => {
  let port = 0;
  let ca = '';
  let words = '';
  /** @type {Awaited<ReturnType<typeof behind>>} */
  let server;
  /** @type {import('node:child_process').ChildProcess} */
  let proxy;
  before(async () => {
    port = await freePort();
    server = await behind('caddy', port);
    const home = path.join(folder, 'caddy');
    mkdirSync(home);
    writeFileSync(
      path.join(home, 'Caddyfile'),
      placed(recipe('caddy'), {
        '{\n\tskip_install_trust\n': `{\n\tskip_install_trust\n\tadmin off\n\tauto_https disable_redirects\n`,
        'https://home.lan {': `https://home.lan:${port} {`,
        '127.0.0.1:8080': `127.0.0.1:${server.port}`,
      }),
    );
    proxy = spawn('caddy', ['run', '--adapter', 'caddyfile', '--config', path.join(home, 'Caddyfile')], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {...process.env, HOME: home, XDG_DATA_HOME: home, XDG_CONFIG_HOME: home},
    });
    for (const stream of [proxy.stdout, proxy.stderr]) stream?.on('data', (part) => (words += part));
    const root = path.join(home, 'caddy/pki/authorities/local/root.crt');
    await ready(
      proxy,
      () => words,
      async () => {
        ca = readFileSync(root, 'utf8');
        await ask(port, ca, '/config.json');
      },
    );
  });
  after(async () => {
    proxy?.kill('SIGTERM');
    await server?.close();
  });
  promises(() => ({port, ca, log: server.log}));
  it('keeps no query in any log', () => assert.ok(!`${words}${server.log.join('\n')}`.includes('CANARY')));
});

describe('nginx with a certificate', () => {
  let port = 0;
  let ca = '';
  let words = '';
  const home = path.join(folder, 'nginx');
  /** @type {Awaited<ReturnType<typeof behind>>} */
  let server;
  /** @type {import('node:child_process').ChildProcess} */
  let proxy;
  before(async () => {
    port = await freePort();
    server = await behind('nginx', port);
    mkdirSync(home);
    const [cert, key] = ['home.lan.crt', 'home.lan.key'].map((name) => path.join(home, name));
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
        '/CN=home.lan',
        '-addext',
        'subjectAltName=DNS:home.lan',
        '-keyout',
        key,
        '-out',
        cert,
      ],
      {encoding: 'utf8'},
    );
    assert.equal(made.status, 0, made.stderr);
    ca = readFileSync(cert, 'utf8');
    const block = placed(recipe('nginx'), {
      'listen 443 ssl': `listen 127.0.0.1:${port} ssl`,
      '/etc/ssl/home.lan.crt': cert,
      '/etc/ssl/private/home.lan.key': key,
      '127.0.0.1:8080': `127.0.0.1:${server.port}`,
    });
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
      .map((kind) => `${kind}_temp_path ${home}/tmp-${kind};`)
      .join('\n');
    writeFileSync(
      path.join(home, 'nginx.conf'),
      `daemon off;\nmaster_process off;\npid ${home}/pid;\nerror_log ${home}/error.log;\nevents {}\nhttp {\n${temporary}\n${block}\n}\n`,
    );
    proxy = spawn('nginx', ['-e', 'stderr', '-p', home, '-c', path.join(home, 'nginx.conf')], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    proxy.stderr?.on('data', (part) => (words += part));
    await ready(
      proxy,
      () => words,
      () => ask(port, ca, '/config.json'),
    );
  });
  after(async () => {
    proxy?.kill('SIGTERM');
    await server?.close();
  });
  promises(() => ({port, ca, log: server.log}));
  it('keeps no query in any log', () => {
    const kept = existsSync(path.join(home, 'error.log')) ? readFileSync(path.join(home, 'error.log'), 'utf8') : '';
    assert.ok(!`${words}${kept}${server.log.join('\n')}`.includes('CANARY'), kept);
    assert.ok(!existsSync(path.join(home, 'logs/access.log')));
  });
});
