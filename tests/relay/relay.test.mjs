// The relay as deployed: the generated configuration in a real nginx, in front of an upstream that notes what it gets.
import assert from 'node:assert/strict';
import {spawn, spawnSync} from 'node:child_process';
import {mkdtempSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import {after, before, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {nginxConf} from '../../tools/relay/nginx.mjs';
import {pageConfig, readRelay} from '../../tools/relay/relay.mjs';
import {accepting, freePort, listen} from './hosts.mjs';

const generator = fileURLToPath(new URL('../../tools/relay/make-conf.mjs', import.meta.url));
const secret = `s3cr3t $host "&;'%\\`; // everything that nginx's or the form's syntax could trip over
const keys = ['0123456789abcdef0123456789abcdef', 'fedcba9876543210fedcba9876543210'];

/** @typedef {{ method: string, url: string, headers: http.IncomingHttpHeaders, body: string }} Seen */
/** @type {Seen[]} */
const seen = [];
/** A request as our own page makes it: with the header that no other site's page can add. @param {string} where @param {RequestInit} [options] */
const ask = (where, options = {}) => fetch(where, {...options, headers: {'x-foyer': '1', ...options.headers}});
/** @type {http.Server} */
let upstream;
/** @type {import('node:child_process').ChildProcess[]} */
const running = [];
let relay = '';
let several = ''; // three clouds in one file: one of a low rate, Netatmo Connect, one whose host is down
const dir = mkdtempSync(path.join(os.tmpdir(), 'foyer-relay-'));

const description = (/** @type {number} */ port) => ({
  id: 'vendor',
  name: 'Vendor',
  providers: ['smarther'],
  issuer: 'https://issuer.example/',
  login: `http://127.0.0.1:${port}`,
  api: `http://127.0.0.1:${port}/upstream`,
  jwks_uri: `http://127.0.0.1:${port}/keys?v=1`,
  client_id: 'the-client',
  client_secret: secret,
  subscription_keys: keys,
  redirect_uri: 'http://localhost/',
});

/** A relay of its own, as `./dev run --relay` makes it. @param {string} name of its folder @param {object} described @returns {Promise<string>} */
async function serve(name, described) {
  const port = await freePort();
  const site = path.join(dir, 'site');
  mkdirSync(site, {recursive: true});
  writeFileSync(path.join(site, 'index.html'), '<!doctype html><title>Foyer</title>');
  writeFileSync(path.join(site, 'config.json'), '{"demo":true}');
  const file = path.join(dir, `${name}.json`);
  writeFileSync(file, JSON.stringify(described), {mode: 0o600});
  const made = spawnSync(
    process.execPath,
    [generator, file, '--out', path.join(dir, name), '--site', site, '--port', String(port)],
    {encoding: 'utf8'},
  );
  assert.equal(made.status, 0, made.stderr);
  const nginx = spawn('nginx', ['-e', 'stderr', '-p', path.join(dir, name), '-c', path.join(dir, name, 'nginx.conf')], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  running.push(nginx);
  await accepting(port, nginx);
  return `http://127.0.0.1:${port}`;
}

before(async () => {
  upstream = http.createServer((request, response) => {
    let body = '';
    request.on('data', (part) => (body += part));
    request.on('end', () => {
      seen.push({method: request.method ?? '', url: request.url ?? '', headers: request.headers, body});
      if (request.url?.includes('/drop')) {
        request.socket.destroy();
        return;
      }
      const status = Number(/status=(\d+)/.exec(request.url ?? '')?.[1] ?? 200);
      response.writeHead(status, {
        'content-type': 'application/json',
        'set-cookie': 'tracker=1',
        'access-control-allow-origin': '*',
        'retry-after': '7',
        date: 'Sun, 06 Nov 1994 08:49:37 GMT',
      });
      response.end('{"upstream":true}');
    });
  });
  const upstreamPort = await listen(upstream);
  relay = await serve('out', description(upstreamPort));
  several = await serve('several', {
    clouds: [
      {...description(upstreamPort), id: 'slow', requests_per_second: 1},
      {
        id: 'net',
        name: 'Netatmo',
        providers: ['netatmo'],
        login: `http://127.0.0.1:${upstreamPort}`,
        api: `http://127.0.0.1:${upstreamPort}/net`,
        client_id: 'net-client',
        client_secret: 'n3t+s3cr3t',
        redirect_uri: 'http://localhost/',
      },
      {...description(await freePort()), id: 'dead'},
    ],
  });
});

after(async () => {
  for (const nginx of running) {
    if (nginx.exitCode !== null) continue;
    const gone = new Promise((resolve) => nginx.on('exit', resolve));
    nginx.kill('SIGTERM');
    await gone;
  }
  upstream?.close();
  rmSync(dir, {recursive: true, force: true});
});

/** @returns {Seen} what the upstream got last */
const last = () => /** @type {Seen} */ (seen.at(-1));

test('the token request arrives with the secret in its form, to the letter, and nothing else is changed', async () => {
  const form = new URLSearchParams({
    grant_type: 'authorization_code',
    code: 'a+b/c=',
    code_verifier: 'v',
    client_id: 'the-client',
  });
  const answer = await ask(`${relay}/relay/token`, {method: 'POST', body: form});
  assert.equal(answer.status, 200);
  assert.equal(last().url, '/token');
  const got = new URLSearchParams(last().body);
  assert.equal(got.get('client_secret'), secret);
  got.delete('client_secret');
  assert.deepEqual([...got], [...form]);
});

test('the secret never comes back to the page', async () => {
  const answer = await ask(`${relay}/relay/token`, {method: 'POST', body: 'grant_type=x'});
  const everything = JSON.stringify([...answer.headers]) + (await answer.text());
  assert.ok(!everything.includes('s3cr3t'));
  const config = await (await ask(`${relay}/config.json`)).text();
  assert.ok(!config.includes('s3cr3t') && !config.includes(keys[0]) && !config.includes(keys[1]));
});

test('an API call carries the key, keeps path, query, bearer and body', async () => {
  await ask(`${relay}/relay/api/smarther/v2.0/plants/p%201/topology?a=1&b=2`, {
    method: 'POST',
    body: '{"x":1}',
    headers: {authorization: 'Bearer t', 'content-type': 'application/json'},
  });
  assert.equal(last().url, '/upstream/smarther/v2.0/plants/p%201/topology?a=1&b=2');
  assert.equal(last().method, 'POST');
  assert.equal(last().headers.authorization, 'Bearer t');
  assert.equal(last().headers['ocp-apim-subscription-key'], keys[0]);
  assert.equal(last().body, '{"x":1}');
});

test('the page chooses between two keys by name, never by value', async () => {
  for (const [name, key] of [
    ['primary', keys[0]],
    ['secondary', keys[1]],
    ['anything', keys[0]],
  ]) {
    await ask(`${relay}/relay/api/hc/api/v1.0/plants`, {headers: {'ocp-apim-subscription-key': name}});
    assert.equal(last().headers['ocp-apim-subscription-key'], key);
  }
});

test('no open proxy: other paths, methods and dot segments stay outside', async () => {
  const before = seen.length;
  for (const [where, status, method] of /** @type {const} */ ([
    ['/relay/api/devicemanagement/v1/x', 404, 'GET'],
    ['/relay/', 404, 'GET'],
    ['/relay/token', 405, 'GET'],
    ['/relay/jwks', 405, 'POST'],
    ['/relay/api/smarther/v2.0/plants', 405, 'PUT'],
    ['/relay/api/smarther/v2.0/%2e%2e/%2e%2e/admin', 404, 'GET'],
  ])) {
    const answer = await ask(relay + where, {method});
    assert.equal(answer.status, status, where);
  }
  assert.equal(seen.length, before);
});

test("what another site's page starts is refused, what our own page starts is not", async () => {
  const status = (/** @type {string} */ site) =>
    new Promise((resolve) =>
      http.get(
        `${relay}/relay/api/smarther/v2.0/plants`,
        {headers: {'sec-fetch-site': site, 'x-foyer': '1'}},
        (answer) => resolve(answer.statusCode),
      ),
    );
  assert.equal(await status('cross-site'), 403);
  assert.equal(await status('same-site'), 403);
  assert.equal(await status('same-origin'), 200);
  for (const headers of /** @type {HeadersInit[]} */ ([{}, {'x-foyer': '0'}])) {
    const bare = await fetch(`${relay}/relay/api/smarther/v2.0/plants`, {headers});
    assert.equal(bare.status, 403);
    assert.deepEqual(await bare.json(), {statusCode: 403, message: 'relay: only the page of this origin may call'});
  }
  assert.equal((await fetch(`${relay}/config.json`)).status, 200, 'files are for everyone');
});

test('no cookie passes in either direction, and no foreign CORS header', async () => {
  const answer = await ask(`${relay}/relay/api/smarther/v2.0/plants`, {
    headers: {cookie: 'a=b', referer: 'http://x/?code=1'},
  });
  assert.equal(answer.headers.get('set-cookie'), null);
  assert.equal(answer.headers.get('access-control-allow-origin'), null);
  assert.equal(last().headers.cookie, undefined);
  assert.equal(last().headers.referer, undefined);
});

test("the vendor's own codes reach the page unchanged (E1)", async () => {
  for (const code of [204, 400, 401, 403, 404, 408, 430, 469, 470, 486, 500, 503]) {
    assert.equal((await ask(`${relay}/relay/api/smarther/v2.0/plants?status=${code}`)).status, code);
  }
});

test('a connection that breaks in the middle of a command is not repeated', async () => {
  const before = seen.length;
  const answer = await ask(`${relay}/relay/api/smarther/v2.0/drop`, {method: 'POST', body: '{}'});
  assert.equal(answer.status, 502);
  assert.equal(seen.length, before + 1);
});

test("an upstream that is down is told in the clouds' own form, which the page reads as gateway trouble", async () => {
  for (const [where, method] of /** @type {const} */ ([
    ['token', 'POST'],
    ['jwks', 'GET'],
    ['api/smarther/v2.0/plants', 'GET'],
  ])) {
    const answer = await ask(`${several}/relay/dead/${where}`, {method});
    assert.equal(answer.status, 502);
    assert.match(String(answer.headers.get('content-type')), /^application\/json/);
    assert.equal(answer.headers.get('cache-control'), 'no-store');
    assert.deepEqual(await answer.json(), {statusCode: 502, message: 'relay: upstream unreachable'});
  }
});

test('an error of the upstream is not taken for one of the relay', async () => {
  const answer = await ask(`${relay}/relay/api/smarther/v2.0/plants?status=502`);
  assert.deepEqual(await answer.json(), {upstream: true});
});

test('Retry-After and the clock of the upstream reach the page (E13, K2)', async () => {
  const answer = await ask(`${relay}/relay/api/smarther/v2.0/plants?status=429`);
  assert.equal(answer.headers.get('retry-after'), '7');
  assert.equal(answer.headers.get('date'), 'Sun, 06 Nov 1994 08:49:37 GMT');
});

test('more requests than allowed are refused here, with a time to come back, and reach nobody', async () => {
  const before = seen.length;
  const answers = await Promise.all(
    Array.from({length: 40}, () => ask(`${several}/relay/slow/api/smarther/v2.0/plants`)),
  );
  const refused = answers.filter((answer) => answer.status === 429);
  assert.ok(refused.length >= 20, `${refused.length} of 40 refused`);
  assert.equal(seen.length - before, answers.length - refused.length);
  assert.equal(refused[0].headers.get('retry-after'), '1');
  assert.deepEqual(await refused[0].json(), {statusCode: 429, message: 'relay: rate limit is exceeded'});
});

test('a body over the limit is refused here', async () => {
  const before = seen.length;
  const answer = await ask(`${relay}/relay/token`, {method: 'POST', body: 'x'.repeat(17 * 1024)});
  assert.equal(answer.status, 413);
  assert.equal((await answer.json()).statusCode, 413);
  assert.equal(seen.length, before);
});

test('several clouds: each has its own secret, key and paths', async () => {
  await ask(`${several}/relay/net/token`, {method: 'POST', body: 'grant_type=refresh_token'});
  assert.equal(last().url, '/oauth2/token');
  assert.equal(last().body, 'grant_type=refresh_token&client_secret=n3t%2Bs3cr3t');
  await ask(`${several}/relay/net/api/api/homesdata`, {headers: {'ocp-apim-subscription-key': 'primary'}});
  assert.equal(last().url, '/net/api/homesdata');
  assert.equal(last().headers['ocp-apim-subscription-key'], undefined);
  assert.equal((await ask(`${several}/relay/net/jwks`)).status, 404);
  assert.equal((await ask(`${several}/relay/token`, {method: 'POST'})).status, 404);
  const {clouds} = await (await fetch(`${several}/config.json`)).json();
  assert.deepEqual(
    clouds.map((/** @type {{id: string}} */ cloud) => cloud.id),
    ['slow', 'net', 'dead'],
  );
  assert.equal(clouds[1].openid, false);
  assert.equal(clouds[1].api_base, './relay/net/api');
});

test('keys of the issuer come through without a token', async () => {
  await ask(`${relay}/relay/jwks`, {headers: {authorization: 'Bearer t'}});
  assert.equal(last().url, '/keys?v=1');
  assert.equal(last().headers.authorization, undefined);
});

test('the log has no query, no secret and no key; files with secrets are for the owner alone', async () => {
  await ask(`${relay}/?code=TOPSECRET&state=y`);
  await ask(`${relay}/relay/api/smarther/v2.0/drop?code=TOPSECRET`);
  const logs = ['out', 'several']
    .flatMap((of) => ['access.log', 'error.log'].map((name) => readFileSync(path.join(dir, of, name), 'utf8')))
    .join('');
  assert.ok(logs.includes('GET /index.html 200'));
  assert.ok(
    !logs.includes('TOPSECRET') && !logs.includes('s3cr3t') && !logs.includes(keys[0]) && !logs.includes('n3t'),
  );
  assert.equal(statSync(path.join(dir, 'out', 'nginx.conf')).mode & 0o777, 0o600);
  // A web server of another user reads the page's file, and cannot look around.
  assert.equal(statSync(path.join(dir, 'out', 'config.json')).mode & 0o777, 0o644);
  assert.equal(statSync(path.join(dir, 'out')).mode & 0o777, 0o711);
});

test('the page is served with the headers a meta tag cannot give (P2, P8)', async () => {
  for (const where of ['/', '/config.json']) {
    const answer = await ask(relay + where);
    assert.equal(answer.headers.get('content-security-policy'), "frame-ancestors 'none'");
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
    assert.equal(answer.headers.get('cross-origin-opener-policy'), 'same-origin');
  }
});

test("no copy of the page is used without asking, none of a sign-in's answer is kept, and the worker has a policy (P4, P10)", async () => {
  writeFileSync(path.join(dir, 'site', 'worker.js'), '// worker');
  for (const [where, caching] of [
    ['/', 'no-cache'],
    ['/index.html', 'no-cache'],
    ['/worker.js', 'no-cache'],
    ['/config.json', 'no-cache'],
    ['/?code=x&state=y', 'no-store'],
    ['/?error=access_denied', 'no-store'],
  ]) {
    const answer = await ask(relay + where);
    assert.equal(answer.headers.get('cache-control'), caching, where);
  }
  const worker = await ask(`${relay}/worker.js`);
  assert.match(
    worker.headers.get('content-security-policy') ?? '',
    /^default-src 'none'; .*connect-src 'self'; frame-ancestors 'none'$/,
  );
});

test('it starts and serves the page while no name can be resolved, and says so when a cloud is asked', async () => {
  const named = {
    ...description(1),
    login: 'https://login.example',
    api: 'https://api.example',
    jwks_uri: 'https://keys.example/k',
  };
  const port = await freePort();
  const file = path.join(dir, 'named.json');
  writeFileSync(file, JSON.stringify(named), {mode: 0o600});
  const where = ['--out', path.join(dir, 'named'), '--site', path.join(dir, 'site'), '--port', String(port)];
  const made = spawnSync(process.execPath, [generator, file, ...where, '--resolver', '127.0.0.1'], {encoding: 'utf8'});
  assert.equal(made.status, 0, made.stderr);
  running.push(
    spawn('nginx', ['-e', 'stderr', '-p', path.join(dir, 'named'), '-c', path.join(dir, 'named', 'nginx.conf')], {
      stdio: ['ignore', 'inherit', 'inherit'],
    }),
  );
  await accepting(port, running.at(-1) ?? assert.fail());
  assert.equal((await ask(`http://127.0.0.1:${port}/`)).status, 200);
  const answer = await ask(`http://127.0.0.1:${port}/relay/api/smarther/v2.0/plants`);
  assert.equal(answer.status, 502);
  assert.equal((await answer.json()).message, 'relay: upstream unreachable');
  const wrong = spawnSync(process.execPath, [generator, file, ...where, '--resolver', 'dns.example'], {
    encoding: 'utf8',
  });
  assert.match(wrong.stderr, /--resolver: expected the address of a name server/);
});

test('a mistake in the description names the field and what is expected', () => {
  const good = description(1);
  /** @type {[object, RegExp][]} */
  const mistakes = [
    [{client_secret: undefined}, /^client_secret: expected/],
    [{subscription_keys: []}, /^subscription_keys: expected one or two keys/],
    [{subscription_keys: ['"; evil']}, /^subscription_keys/],
    [{login: 'http://example.org'}, /^login: expected an https address/],
    [{jwks_uri: 'https://x/;}'}, /^jwks_uri/],
    [{issuer: 'https://x/$host'}, /^issuer/],
    [{allow: ['/']}, /^allow/],
    [{allow: ['/a/../']}, /^allow/],
    [{providers: ['other']}, /^providers\[0\]: expected "smarther"/],
    [{providers: ['netatmo', 'hc']}, /^providers: expected "netatmo" alone/],
    [{requests_per_second: 0}, /^requests_per_second: expected a whole number/],
  ];
  for (const [change, message] of mistakes)
    assert.throws(() => readRelay(JSON.stringify({...good, ...change})), {message});
  assert.throws(
    () => readRelay(JSON.stringify({clouds: [good, {...good, id: 'b', name: 1}]})),
    /clouds\[1\]\.name: expected/,
  );
  assert.throws(() => readRelay(JSON.stringify({clouds: [good, good]})), /clouds: expected a different id/);
  assert.throws(() => readRelay('{"clouds":[]}'), /clouds: expected a list/);
  assert.throws(() => readRelay('{'), /expected JSON/);
  assert.throws(() => readRelay('[]'), /expected a JSON object/);
});

test("the page's file holds names of keys and relative addresses only", () => {
  const [cloud] = /** @type {any[]} */ (pageConfig(readRelay(JSON.stringify(description(1)))).clouds);
  assert.deepEqual(cloud.subscription_keys, ['primary', 'secondary']);
  assert.equal(cloud.token_endpoint, './relay/token');
  assert.ok(!('client_secret' in cloud));
});

test("the vendor's hosts are reached by verified TLS", () => {
  const {login, api, ...rest} = description(1);
  const conf = nginxConf(readRelay(JSON.stringify({...rest, jwks_uri: 'https://keys.example/k'})), {
    out: '/tmp/x',
    site: '/tmp/y',
    port: 8080,
    resolvers: ['192.0.2.53'],
  });
  const targets = conf.match(/set \$target "https?:/g) ?? [];
  assert.ok(targets.length >= 4 && targets.every((one) => one === 'set $target "https:'));
  assert.equal(conf.match(/proxy_pass /g)?.length, targets.length);
  assert.match(conf, /resolver 192\.0\.2\.53 valid=30s;/);
  assert.equal(conf.match(/proxy_ssl_verify on;/g)?.length, targets.length);
  assert.match(conf, /set \$target "https:\/\/partners-login\.eliotbylegrand\.com\/token";/);
  assert.match(conf, /set \$target "https:\/\/api\.developer\.legrand\.com\$path0\$is_args\$args";/);
  assert.ok(login && api);
});
