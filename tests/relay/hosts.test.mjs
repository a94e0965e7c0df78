// One table of requests for every kind of relay: what may pass, what must not, what it says when a cloud misbehaves.
import assert from 'node:assert/strict';
import {mkdtempSync, rmSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {after, before, describe, it} from 'node:test';
import {createRelay} from '../../tools/relay/function.mjs';
import {readRelay} from '../../tools/relay/relay.mjs';
import {caddy, foyerServe, freePort, hasCaddy, nginx, node, raw, spooled, upstream} from './hosts.mjs';

/** @typedef {import('./hosts.mjs').Answer} Answer @typedef {import('./hosts.mjs').Seen} Seen */

const secret = 's3cr3t+/=& "quoted"';
const keys = ['0123456789abcdef0123456789abcdef', 'fedcba9876543210fedcba9876543210'];
const canary = 'CANARY7'; // in queries, bodies, tokens and codes: in no log
const api = '/relay/up/api/smarther/v2.0/';
const folder = mkdtempSync(path.join(os.tmpdir(), 'foyer-relays-'));
/** @type {Awaited<ReturnType<typeof upstream>>} */
let cloud;
/** @type {object} */
let described;

before(async () => {
  cloud = await upstream();
  const here = `http://127.0.0.1:${cloud.port}`;
  const one = {
    id: 'up', name: 'Up', providers: ['smarther'], issuer: 'https://issuer.example/', login: here, api: `${here}/upstream`, jwks_uri: `${here}/keys?v=1`,
    client_id: 'the-client', client_secret: secret, subscription_keys: keys, redirect_uri: 'https://home.example/', requests_per_second: 1000, answer_seconds: 1,
  };
  described = {clouds: [one, {...one, id: 'down', login: `http://127.0.0.1:${await freePort()}`, api: `http://127.0.0.1:${await freePort()}`}]};
});
after(async () => {
  await cloud.close();
  rmSync(folder, {recursive: true, force: true});
});

/**
 * @typedef {{method?: string, path: string, headers?: Record<string, string>, body?: string, bare?: boolean}} Sent  `bare`: without the page's header
 * @param {Sent} sent @param {string} host
 */
function text({method = 'GET', path: at, headers = {}, body = '', bare = false}, host) {
  const fields = {Host: host, Connection: 'close', ...(bare ? {} : {'X-Foyer': '1'}), ...(body ? {'Content-Length': String(body.length)} : {}), ...headers};
  return `${method} ${at} HTTP/1.1\r\n${Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`;
}

const bearer = {Authorization: `Bearer ${canary}`};
/** What passes, and as what it arrives. @type {[string, Sent, (seen: Seen) => void][]} */
const passes = [
  ['a read keeps path, query and bearer, and gets the key', {path: `${api}plants/p%201?a=${canary}`, headers: bearer}, (seen) => {
    assert.equal(seen.url, `/upstream/smarther/v2.0/plants/p%201?a=${canary}`);
    assert.equal(seen.headers.authorization, `Bearer ${canary}`);
    assert.equal(seen.headers['ocp-apim-subscription-key'], keys[0]);
    assert.equal(seen.headers.host, `127.0.0.1:${cloud.port}`);
  }],
  ['a key is chosen by name', {path: `${api}plants`, headers: {'Ocp-Apim-Subscription-Key': 'secondary'}}, (seen) => {
    assert.equal(seen.headers['ocp-apim-subscription-key'], keys[1]);
  }],
  ['a write keeps its body', {method: 'POST', path: `${api}plants`, body: `{"x":"${canary}"}`, headers: {'Content-Type': 'application/json'}}, (seen) => {
    assert.equal(seen.body, `{"x":"${canary}"}`);
    assert.equal(seen.headers['content-type'], 'application/json');
  }],
  ['a DELETE', {method: 'DELETE', path: `${api}plants/1/subscription/2`}, (seen) => assert.equal(seen.method, 'DELETE')],
  ['a token request gets the secret, to the letter', {method: 'POST', path: '/relay/up/token', body: `grant_type=authorization_code&code=${canary}&client_id=the-client`, headers: bearer}, (seen) => {
    assert.equal(new URLSearchParams(seen.body).get('client_secret'), secret);
    assert.equal(new URLSearchParams(seen.body).get('code'), canary);
    assert.equal(seen.headers['content-type'], 'application/x-www-form-urlencoded');
    assert.equal(seen.headers.authorization, undefined);
  }],
  ['a renewal gets it, too', {method: 'POST', path: '/relay/up/token', body: `grant_type=refresh_token&refresh_token=${canary}&client_id=the-client`}, (seen) => {
    assert.equal(new URLSearchParams(seen.body).get('client_secret'), secret);
  }],
  ['the issuer\'s keys', {path: '/relay/up/jwks', headers: bearer}, (seen) => {
    assert.equal(seen.url, '/keys?v=1');
    assert.equal(seen.headers.authorization, undefined);
  }],
  ['nothing else of the page\'s header goes along', {path: `${api}plants`, headers: {
    Cookie: canary, Referer: `http://x/?code=${canary}`, Origin: 'https://home.example', 'X-Forwarded-For': '1.2.3.4', 'X-HTTP-Method-Override': 'DELETE', 'Sec-Fetch-Site': 'same-origin',
    'X-Original-URL': '/admin', 'Accept-Language': 'fr',
  }}, (seen) => {
    for (const name of ['cookie', 'referer', 'origin', 'x-forwarded-for', 'x-http-method-override', 'x-foyer', 'sec-fetch-site', 'x-original-url', 'accept-language']) {
      assert.ok(![canary, `http://x/?code=${canary}`, 'https://home.example', '1.2.3.4', 'DELETE', '1', 'same-origin', '/admin', 'fr'].includes(String(seen.headers[name])), name);
    }
  }],
  ['a HEAD-like trick: a GET with an empty query', {path: `${api}plants?`}, (seen) => assert.ok(seen.url.startsWith('/upstream/smarther/v2.0/plants'))],
];

/** What is refused here and reaches nobody. @type {[string, Sent, number[]][]} */
const refused = [
  ['without the page\'s header', {path: `${api}plants`, bare: true}, [403]],
  ['with another value of it', {path: `${api}plants`, headers: {'X-Foyer': 'yes'}}, [403]],
  ['another site\'s page, by Sec-Fetch-Site', {path: `${api}plants`, headers: {'Sec-Fetch-Site': 'cross-site'}}, [403]],
  ['a neighbour\'s page', {path: `${api}plants`, headers: {'Sec-Fetch-Site': 'same-site'}}, [403]],
  ['another Origin', {method: 'POST', path: '/relay/up/token', body: 'grant_type=refresh_token', headers: {Origin: 'https://evil.example'}}, [403]],
  ['the null Origin of a sandbox', {method: 'POST', path: '/relay/up/token', body: 'x=1', headers: {Origin: 'null'}}, [403]],
  ['an Origin that begins with ours', {path: `${api}plants`, headers: {Origin: 'https://home.example.evil.example'}}, [403]],
  ['a foreign name that points here (DNS rebinding)', {path: `${api}plants`, headers: {Host: 'evil.example'}}, [403]],
  ['a Host with a port of its own', {path: `${api}plants`, headers: {Host: 'home.example:99'}}, [403]],
  ['a Host with a user name', {path: `${api}plants`, headers: {Host: 'x@home.example'}}, [400, 403, 404]],
  ['a preflight', {method: 'OPTIONS', path: `${api}plants`, headers: {Origin: 'https://evil.example', 'Access-Control-Request-Headers': 'x-foyer'}, bare: true}, [403, 405]],
  ['an API that is not allowed', {path: '/relay/up/api/devicemanagement/v1/x'}, [404]],
  ['the place itself', {path: '/relay/up/'}, [404]],
  ['no cloud of that name', {path: '/relay/other/token', method: 'POST', body: 'x'}, [404]],
  ['a GET of the token endpoint', {path: '/relay/up/token'}, [405]],
  ['a POST to the keys', {method: 'POST', path: '/relay/up/jwks', body: 'x'}, [405, 413]],
  ['a PUT', {method: 'PUT', path: `${api}plants`, body: 'x'}, [405]],
  ['a TRACE', {method: 'TRACE', path: `${api}plants`}, [404, 405]],
  ['CONNECT', {method: 'CONNECT', path: 'evil.example:443'}, [0, 308, 400, 404, 405]],
  ['an absolute address', {path: 'http://evil.example/x'}, [400, 403, 404]],
  ['a body that is too large for a token request', {method: 'POST', path: '/relay/up/token', body: 'x'.repeat(17 * 1024)}, [413]],
  ['a body that is too large for the API', {method: 'POST', path: `${api}plants`, body: 'x'.repeat(65 * 1024)}, [413]],
  ['a broken length', {method: 'POST', path: '/relay/up/token', headers: {'Content-Length': '-1'}}, [400]],
  ['two lengths', {method: 'POST', path: '/relay/up/token', body: 'abc', headers: {'content-length': '1'}}, [400]],
  ['a NUL in the path', {path: `${api}%00`}, [400, 404]],
  ['what is encoded twice', {path: `${api}%252e%252e/admin`}, [404]],
  ['an escape that is none', {path: `${api}%zz`}, [400, 404]],
  ['an escape of another language', {path: `${api}%u002e%u002e/admin`}, [400, 404]],
  ['a token request with a query', {method: 'POST', path: `/relay/up/token?grant_type=password`, body: 'grant_type=refresh_token&refresh_token=x'}, [404]],
];

/** Token requests that no page of ours makes: none of them gets the secret, and none reaches a cloud as it is. */
const foreignGrants = [
  'x=1', 'code=1', 'grant_type=client_credentials', 'grant_type=password&username=a&password=b', 'grant_type=authorization_code&grant_type=client_credentials',
  'grant_type=refresh_token&client_secret=guess', 'grant_type=refresh_token&%67rant_type=client_credentials', 'grant_type=refresh_token&resource=x',
  'grant_type=authorization_codes&code=1', 'GRANT_TYPE=refresh_token', '{"grant_type":"refresh_token"}', 'grant_type=refresh_token\r\n&x=1',
];

/** Refused, or kept inside of the allowed folder: programs differ, the place they reach must not. */
const escapes = [
  `${api}../../../admin`, `${api}%2e%2e/%2e%2e/admin`, `${api}..%2f..%2fadmin`, `${api}%2e%2e%2f%2e%2e%2fadmin`, `${api}..%5c..%5cadmin`, `${api}..\\..\\admin`,
  `${api}..;/..;/admin`, `${api}/admin`, `${api}./../../admin`, `${api}%252e%252e/admin`, `${api}x%0d%0aX-Evil:%201`, `${api}x%0a%0dHost:%20evil.example`,
  `/relay/up/api//evil.example/smarther/v2.0/`, '/relay/up/api/smarther%2fv2.0/plants', '/relay/up/api/Smarther/v2.0/plants', '/relay/up/api@evil.example/smarther/v2.0/',
  '/relay/up/api/smarther/v2.0', '/relay/up/token/../api/devicemanagement/', '/relay/up/token%2f', '/relay/up/token;x', '//evil.example/relay/up/token', '/relay/up/../../etc/passwd',
  `${api}plants#/../../admin`, `http://evil.example${api}plants`, `http://127.0.0.1:1${api}plants`,
];

/** What a cloud does, and what the page is told. @type {[string, Sent, number, string | null][]} */
const troubles = [
  ['breaks the connection', {method: 'POST', path: `${api}drop`, body: '{}'}, 502, 'relay: upstream unreachable'],
  ['says nothing', {path: `${api}silent`}, 504, 'relay: upstream unreachable, no answer in time'],
  ['is down', {path: '/relay/down/api/smarther/v2.0/plants'}, 502, 'relay: upstream unreachable'],
  ['is down when tokens are wanted', {method: 'POST', path: '/relay/down/token', body: 'grant_type=refresh_token&refresh_token=x'}, 502, 'relay: upstream unreachable'],
  ['sends a header without end', {path: `${api}headers`}, 502, 'relay: upstream unreachable'],
  ['says itself that it is down', {path: `${api}status/502`}, 502, null],
  ['limits the rate', {path: `${api}status/429`}, 429, null],
  ['refuses', {path: `${api}status/403`}, 403, null],
  ['has nothing', {path: `${api}status/204`}, 204, null],
  ['redirects: nobody follows, and the place is not passed on', {path: `${api}moved`}, 302, null],
];

/** @param {Answer} answer @param {string} what */
function clean(answer, what) {
  const everything = answer.lines.join('\n') + answer.body;
  for (const one of [secret, encodeURIComponent(secret), ...keys, 'SECRETPLACE']) assert.ok(!everything.includes(one), `${what}: ${one}`);
  assert.ok([undefined, '/'].includes(answer.headers.location), `${what}: ${answer.headers.location}`);
  for (const name of ['set-cookie', 'access-control-allow-origin', 'access-control-allow-credentials', 'clear-site-data', 'refresh', 'link',
    'service-worker-allowed', 'strict-transport-security', 'x-accel-redirect']) {
    assert.equal(answer.headers[name], undefined, `${what}: ${name}`);
  }
}

/** @param {string} name @param {() => Promise<import('./hosts.mjs').RelayHost>} start @param {{limits: boolean}} options */
function everyKind(name, start, {limits}) {
  describe(name, () => {
    /** @type {import('./hosts.mjs').RelayHost} */
    let host;
    before(async () => {
      host = await start();
    });
    after(() => host.close());
    const ask = (/** @type {Sent} */ sent) => raw(host.port, text(sent, `127.0.0.1:${host.port}`));

    it('forwards what the page asks for', async () => {
      for (const [what, sent, arrives] of passes) {
        const before = cloud.seen.length;
        const answer = await ask(sent);
        assert.equal(answer.status, 200, what);
        assert.equal(cloud.seen.length, before + 1, what);
        arrives(/** @type {Seen} */ (cloud.seen.at(-1)));
        assert.equal(answer.body, '{"upstream":true}', what);
        assert.equal(answer.headers['retry-after'], '7', what);
        assert.equal(answer.headers.date, 'Sun, 06 Nov 1994 08:49:37 GMT', what);
        assert.equal(answer.headers['cache-control'], 'no-store', what);
        clean(answer, what);
      }
    });

    it('answers the page\'s own address too, behind whatever terminates TLS', async () => {
      assert.equal((await raw(host.port, text({path: `${api}plants`, headers: {Origin: 'https://home.example'}}, 'home.example'))).status, 200);
    });

    it('refuses what nobody of ours asks for, and it reaches nobody', async () => {
      for (const [what, sent, statuses] of refused) {
        const before = cloud.seen.length;
        const answer = await ask(sent).catch((error) => {
          if (statuses.includes(0)) return {status: 0, headers: {}, lines: [], body: ''};
          throw error;
        });
        assert.ok(statuses.includes(answer.status), `${what}: ${answer.status}`);
        assert.equal(cloud.seen.length, before, what);
        if ([403, 413].includes(answer.status)) assert.equal(JSON.parse(answer.body).statusCode, answer.status, what);
        clean(answer, what);
      }
    });

    it('is no open proxy: nothing leads out of the allowed folder, to another host or to another line', async () => {
      for (const at of escapes) {
        const before = cloud.seen.length;
        const answer = await ask({path: at});
        const reached = cloud.seen.slice(before);
        for (const {url, headers} of reached) {
          assert.match(url, /^\/upstream\/smarther\/v2\.0\/(?!.*(\.\.|%2e%2e))/i, at);
          assert.equal(headers.host, `127.0.0.1:${cloud.port}`, at);
          assert.equal(headers['x-evil'], undefined, at);
        }
        // What is no address of the relay may be the page itself, or nothing.
        if (reached.length === 0) assert.ok([400, 403, 404, 405].includes(answer.status) || answer.body.includes('<title>Foyer'), `${at}: ${answer.status}`);
        clean(answer, at);
      }
    });

    it('adds the secret to a page\'s two grants and to nothing else', async () => {
      for (const body of foreignGrants) {
        const before = cloud.seen.length;
        const answer = await ask({method: 'POST', path: '/relay/up/token', body});
        for (const {body: arrived} of cloud.seen.slice(before)) assert.equal(arrived, '', body);
        if (cloud.seen.length === before) assert.deepEqual([answer.status, JSON.parse(answer.body).statusCode], [400, 400], body);
        clean(answer, body);
      }
    });

    it('answers everybody, also who asks for too much at once', async () => {
      const answers = await Promise.all(Array.from({length: 180}, () => ask({path: `${api}slow`}).catch(() => null)));
      const statuses = answers.map((answer) => answer?.status ?? 0);
      assert.deepEqual([...new Set(statuses)].filter((status) => ![200, 429].includes(status)), [], 'nobody is left without an answer');
      if (limits) assert.ok(statuses.includes(429));
      assert.ok(statuses.filter((status) => status === 200).length >= 20);
    });

    it('gives up a cloud that falls silent in the middle of its answer', async () => {
      const before = Date.now();
      const answer = await ask({path: `${api}stuck`}).catch(() => null);
      assert.ok(Date.now() - before < 8000, `${Date.now() - before} ms`);
      assert.ok(!answer?.body.endsWith('}'));
    });

    it('lets no second request ride inside of a first (request smuggling)', async () => {
      const before = cloud.seen.length;
      const inner = `GET ${api}smuggled HTTP/1.1\r\nHost: 127.0.0.1:${cloud.port}\r\n\r\n`;
      const both = {'Content-Length': String(inner.length + 5), 'Transfer-Encoding': 'chunked'};
      await ask({method: 'POST', path: '/relay/up/token', headers: both, body: `0\r\n\r\n${inner}`});
      for (const {url, body} of cloud.seen.slice(before)) {
        assert.equal(url, '/token');
        assert.ok(!body.includes('smuggled'));
      }
    });

    it('says in the clouds\' own form what is wrong with one, and asks nothing twice', async () => {
      for (const [what, sent, status, message] of troubles) {
        const before = cloud.seen.length;
        const answer = await ask(sent);
        assert.equal(answer.status, status, what);
        assert.equal(cloud.seen.length - before, sent.path.includes('/down/') ? 0 : 1, what);
        if (message !== null) {
          assert.deepEqual(JSON.parse(answer.body), {statusCode: status, message}, what);
          assert.match(answer.headers['content-type'], /^application\/json/, what);
        } else {
          assert.equal(answer.headers['retry-after'], '7', what);
        }
        clean(answer, what);
      }
    });

    it('lets a cloud set nothing on the page\'s origin: no cookie, no cache, no document, no place to go', async () => {
      const answer = await ask({path: `${api}hostile`});
      assert.equal(answer.status, 200);
      assert.equal(answer.body, '{"upstream":true}');
      assert.equal(answer.headers['cache-control'], 'no-store');
      assert.equal(answer.headers['x-content-type-options'], 'nosniff');
      assert.ok(answer.lines.some((line) => line === "Content-Security-Policy: default-src 'none'; sandbox" || line === "content-security-policy: default-src 'none'; sandbox"), answer.lines.join('\n'));
      clean(answer, 'hostile');
      for (const name of ['reporting-endpoints', 'set-login', 'speculation-rules', 'permissions-policy', 'accept-ch', 'sourcemap', 'origin-agent-cluster']) {
        assert.equal(answer.headers[name], undefined, name);
      }
      if (!limits) assert.equal(answer.headers['x-never-heard-of'], undefined, 'the function passes what it knows');
    });

    it('serves the page so that no copy is used without asking, and none of a sign-in\'s answer is kept', async () => {
      if (name === 'function') return; // it serves no page
      for (const [at, caching] of [['/', 'no-cache'], ['/config.json', 'no-cache'], [`/?code=${canary}&state=x`, 'no-store']]) {
        const answer = await ask({path: at, bare: true});
        assert.equal(answer.status, 200, at);
        assert.equal(answer.headers['cache-control'], caching, at);
      }
      for (const path of ['/worker.js', '/worker.mjs']) {
        assert.match((await ask({path, bare: true})).headers['content-security-policy'], /^default-src 'none'; /);
      }
    });

    it('streams an endless answer, keeps none of it, and stops when the page stops', async () => {
      const before = cloud.sent();
      const answer = await raw(host.port, text({path: `${api}huge`}, `127.0.0.1:${host.port}`), 1 << 19);
      assert.equal(answer.status, 200);
      await new Promise((resolve) => setTimeout(resolve, 200));
      assert.ok(cloud.sent() - before < 1 << 27, `${cloud.sent() - before} bytes sent`);
      assert.equal(limits ? spooled(path.join(folder, name)) : 0, 0);
    });

    it('has no secret, key, token, code or query in what it logs', () => {
      const logs = host.logs();
      assert.ok(logs.includes('/relay/up/token'), 'it logs the paths');
      for (const one of [canary, 's3cr3t', encodeURIComponent(secret), ...keys, 'SECRETPLACE']) assert.ok(!logs.includes(one), one);
    });
  });
}

everyKind('nginx', () => nginx(path.join(folder, 'nginx'), described), {limits: true});
everyKind('function', () => node(described), {limits: false});
everyKind('foyer serve', () => foyerServe(path.join(folder, 'foyer'), described), {limits: false});
if (hasCaddy) everyKind('Caddy', () => caddy(path.join(folder, 'caddy'), described), {limits: false});
else it('Caddy', {skip: 'apt-get install caddy'}, () => {});

describe('the function itself', () => {
  it('takes a Request and gives a Response, whatever the host program is', async () => {
    const relay = createRelay(readRelay(JSON.stringify(described)));
    const ask = (/** @type {Sent} */ {method = 'GET', path: at, headers = {}, body, bare = false}) =>
      relay(new Request(`https://home.example${at}`, {method, body, headers: {...(bare ? {} : {'X-Foyer': '1'}), ...headers}}));
    for (const [what, sent, arrives] of passes) {
      if ('Cookie' in (sent.headers ?? {})) continue; // a Request of Node leaves those out by itself
      const answer = await ask(sent);
      assert.equal(answer.status, 200, what);
      arrives(/** @type {Seen} */ (cloud.seen.at(-1)));
    }
    for (const [what, sent, statuses] of refused) {
      if (!URL.canParse(`https://home.example${sent.path}`) || ['TRACE', 'CONNECT'].includes(sent.method ?? '') || sent.headers?.Host
        || /length|absolute/.test(what)) continue;
      const before = cloud.seen.length;
      assert.ok(statuses.includes((await ask(sent)).status), what);
      assert.equal(cloud.seen.length, before, what);
    }
    assert.equal((await relay(new Request('https://other.example/relay/up/jwks', {headers: {'X-Foyer': '1'}}))).status, 403);
  });
});
