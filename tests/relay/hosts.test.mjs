// Every kind of relay is asked the same (requests.mjs), and answers the same.
import assert from 'node:assert/strict';
import {mkdtempSync, rmSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {after, before, describe, it} from 'node:test';
import {createRelay} from '../../tools/relay/function.mjs';
import {readRelay} from '../../tools/relay/relay.mjs';
import {
  api,
  canary,
  clean,
  escapes,
  foreignGrants,
  keys,
  passes,
  refused,
  secret,
  text,
  troubles,
} from './requests.mjs';
import {caddy, foyerServe, freePort, hasCaddy, nginx, node, raw, spooled, upstream} from './hosts.mjs';

/** @typedef {import('./hosts.mjs').Seen} Seen @typedef {import('./requests.mjs').Sent} Sent */

const folder = mkdtempSync(path.join(os.tmpdir(), 'foyer-relays-'));
/** @type {Awaited<ReturnType<typeof upstream>>} */
let cloud;
/** @type {object} */
let described;

before(async () => {
  cloud = await upstream();
  const here = `http://127.0.0.1:${cloud.port}`;
  const one = {
    id: 'up',
    name: 'Up',
    providers: ['smarther'],
    issuer: 'https://issuer.example/',
    login: here,
    api: `${here}/upstream`,
    jwks_uri: `${here}/keys?v=1`,
    client_id: 'the-client',
    client_secret: secret,
    subscription_keys: keys,
    redirect_uri: 'https://home.example/',
    requests_per_second: 1000,
    answer_seconds: 1,
  };
  described = {
    clouds: [
      one,
      {...one, id: 'down', login: `http://127.0.0.1:${await freePort()}`, api: `http://127.0.0.1:${await freePort()}`},
    ],
  };
});
after(async () => {
  await cloud.close();
  rmSync(folder, {recursive: true, force: true});
});
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
        arrives(/** @type {Seen} */ (cloud.seen.at(-1)), cloud.port);
        assert.equal(answer.body, '{"upstream":true}', what);
        assert.equal(answer.headers['retry-after'], '7', what);
        assert.equal(answer.headers.date, 'Sun, 06 Nov 1994 08:49:37 GMT', what);
        assert.equal(answer.headers['cache-control'], 'no-store', what);
        clean(answer, what);
      }
    });

    it("answers the page's own address too, behind whatever terminates TLS", async () => {
      assert.equal(
        (await raw(host.port, text({path: `${api}plants`, headers: {Origin: 'https://home.example'}}, 'home.example')))
          .status,
        200,
      );
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
        if (reached.length === 0)
          assert.ok(
            [400, 403, 404, 405].includes(answer.status) || answer.body.includes('<title>Foyer'),
            `${at}: ${answer.status}`,
          );
        clean(answer, at);
      }
    });

    it("adds the secret to a page's two grants and to nothing else", async () => {
      for (const body of foreignGrants) {
        const before = cloud.seen.length;
        const answer = await ask({method: 'POST', path: '/relay/up/token', body});
        for (const {body: arrived} of cloud.seen.slice(before)) assert.equal(arrived, '', body);
        if (cloud.seen.length === before)
          assert.deepEqual([answer.status, JSON.parse(answer.body).statusCode], [400, 400], body);
        clean(answer, body);
      }
    });

    it('answers everybody, also who asks for too much at once', async () => {
      const answers = await Promise.all(Array.from({length: 180}, () => ask({path: `${api}slow`}).catch(() => null)));
      const statuses = answers.map((answer) => answer?.status ?? 0);
      assert.deepEqual(
        [...new Set(statuses)].filter((status) => ![200, 429].includes(status)),
        [],
        'nobody is left without an answer',
      );
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

    it("says in the clouds' own form what is wrong with one, and asks nothing twice", async () => {
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

    it("lets a cloud set nothing on the page's origin: no cookie, no cache, no document, no place to go", async () => {
      const answer = await ask({path: `${api}hostile`});
      assert.equal(answer.status, 200);
      assert.equal(answer.body, '{"upstream":true}');
      assert.equal(answer.headers['cache-control'], 'no-store');
      assert.equal(answer.headers['x-content-type-options'], 'nosniff');
      assert.ok(
        answer.lines.some(
          (line) =>
            line === "Content-Security-Policy: default-src 'none'; sandbox" ||
            line === "content-security-policy: default-src 'none'; sandbox",
        ),
        answer.lines.join('\n'),
      );
      clean(answer, 'hostile');
      for (const name of [
        'reporting-endpoints',
        'set-login',
        'speculation-rules',
        'permissions-policy',
        'accept-ch',
        'sourcemap',
        'origin-agent-cluster',
      ]) {
        assert.equal(answer.headers[name], undefined, name);
      }
      if (!limits) assert.equal(answer.headers['x-never-heard-of'], undefined, 'the function passes what it knows');
    });

    it("serves the page so that no copy is used without asking, and none of a sign-in's answer is kept", async () => {
      if (name === 'function') return; // it serves no page
      for (const [at, caching] of [
        ['/', 'no-cache'],
        ['/config.json', 'no-cache'],
        [`/?code=${canary}&state=x`, 'no-store'],
      ]) {
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
      for (const one of [canary, 's3cr3t', encodeURIComponent(secret), ...keys, 'SECRETPLACE'])
        assert.ok(!logs.includes(one), one);
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
      relay(
        new Request(`https://home.example${at}`, {
          method,
          body,
          headers: {...(bare ? {} : {'X-Foyer': '1'}), ...headers},
        }),
      );
    for (const [what, sent, arrives] of passes) {
      if ('Cookie' in (sent.headers ?? {})) continue; // a Request of Node leaves those out by itself
      const answer = await ask(sent);
      assert.equal(answer.status, 200, what);
      arrives(/** @type {Seen} */ (cloud.seen.at(-1)), cloud.port);
    }
    for (const [what, sent, statuses] of refused) {
      if (
        !URL.canParse(`https://home.example${sent.path}`) ||
        ['TRACE', 'CONNECT'].includes(sent.method ?? '') ||
        sent.headers?.Host ||
        /length|absolute/.test(what)
      )
        continue;
      const before = cloud.seen.length;
      assert.ok(statuses.includes((await ask(sent)).status), what);
      assert.equal(cloud.seen.length, before, what);
    }
    assert.equal(
      (await relay(new Request('https://other.example/relay/up/jwks', {headers: {'X-Foyer': '1'}}))).status,
      403,
    );
  });
});
