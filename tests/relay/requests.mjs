// @ts-check
// The table of requests that every kind of relay is asked: what may pass, what must not, what it says when a cloud
// misbehaves.
import assert from 'node:assert/strict';

/** @typedef {import('./hosts.mjs').Answer} Answer @typedef {import('./hosts.mjs').Seen} Seen */

export const secret = 's3cr3t+/=& "quoted"';
export const keys = ['0123456789abcdef0123456789abcdef', 'fedcba9876543210fedcba9876543210'];
export const canary = 'CANARY7'; // in queries, bodies, tokens and codes: in no log
export const api = '/relay/up/api/smarther/v2.0/';

/**
 * @typedef {{method?: string, path: string, headers?: Record<string, string>, body?: string, bare?: boolean}} Sent  `bare`: without the page's header
 * @param {Sent} sent @param {string} host
 */
export function text({method = 'GET', path: at, headers = {}, body = '', bare = false}, host) {
  const fields = {
    Host: host,
    Connection: 'close',
    ...(bare ? {} : {'X-Foyer': '1'}),
    ...(body ? {'Content-Length': String(body.length)} : {}),
    ...headers,
  };
  return `${method} ${at} HTTP/1.1\r\n${Object.entries(fields)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')}\r\n${body}`;
}

const bearer = {Authorization: `Bearer ${canary}`};
/** What passes, and as what it arrives. @type {[string, Sent, (seen: Seen, port: number) => void][]} */
export const passes = [
  [
    'a read keeps path, query and bearer, and gets the key',
    {path: `${api}plants/p%201?a=${canary}`, headers: bearer},
    (seen, port) => {
      assert.equal(seen.url, `/upstream/smarther/v2.0/plants/p%201?a=${canary}`);
      assert.equal(seen.headers.authorization, `Bearer ${canary}`);
      assert.equal(seen.headers['ocp-apim-subscription-key'], keys[0]);
      assert.equal(seen.headers.host, `127.0.0.1:${port}`);
    },
  ],
  [
    'a key is chosen by name',
    {path: `${api}plants`, headers: {'Ocp-Apim-Subscription-Key': 'secondary'}},
    (seen) => {
      assert.equal(seen.headers['ocp-apim-subscription-key'], keys[1]);
    },
  ],
  [
    'a write keeps its body',
    {method: 'POST', path: `${api}plants`, body: `{"x":"${canary}"}`, headers: {'Content-Type': 'application/json'}},
    (seen) => {
      assert.equal(seen.body, `{"x":"${canary}"}`);
      assert.equal(seen.headers['content-type'], 'application/json');
    },
  ],
  [
    'a DELETE',
    {method: 'DELETE', path: `${api}plants/1/subscription/2`},
    (seen) => assert.equal(seen.method, 'DELETE'),
  ],
  [
    'a token request gets the secret, to the letter',
    {
      method: 'POST',
      path: '/relay/up/token',
      body: `grant_type=authorization_code&code=${canary}&client_id=the-client`,
      headers: bearer,
    },
    (seen) => {
      assert.equal(new URLSearchParams(seen.body).get('client_secret'), secret);
      assert.equal(new URLSearchParams(seen.body).get('code'), canary);
      assert.equal(seen.headers['content-type'], 'application/x-www-form-urlencoded');
      assert.equal(seen.headers.authorization, undefined);
    },
  ],
  [
    'a renewal gets it, too',
    {
      method: 'POST',
      path: '/relay/up/token',
      body: `grant_type=refresh_token&refresh_token=${canary}&client_id=the-client`,
    },
    (seen) => {
      assert.equal(new URLSearchParams(seen.body).get('client_secret'), secret);
    },
  ],
  [
    "the issuer's keys",
    {path: '/relay/up/jwks', headers: bearer},
    (seen) => {
      assert.equal(seen.url, '/keys?v=1');
      assert.equal(seen.headers.authorization, undefined);
    },
  ],
  [
    "nothing else of the page's header goes along",
    {
      path: `${api}plants`,
      headers: {
        Cookie: canary,
        Referer: `http://x/?code=${canary}`,
        Origin: 'https://home.example',
        'X-Forwarded-For': '1.2.3.4',
        'X-HTTP-Method-Override': 'DELETE',
        'Sec-Fetch-Site': 'same-origin',
        'X-Original-URL': '/admin',
        'Accept-Language': 'fr',
      },
    },
    (seen) => {
      for (const name of [
        'cookie',
        'referer',
        'origin',
        'x-forwarded-for',
        'x-http-method-override',
        'x-foyer',
        'sec-fetch-site',
        'x-original-url',
        'accept-language',
      ]) {
        assert.ok(
          ![
            canary,
            `http://x/?code=${canary}`,
            'https://home.example',
            '1.2.3.4',
            'DELETE',
            '1',
            'same-origin',
            '/admin',
            'fr',
          ].includes(String(seen.headers[name])),
          name,
        );
      }
    },
  ],
  [
    'a HEAD-like trick: a GET with an empty query',
    {path: `${api}plants?`},
    (seen) => assert.ok(seen.url.startsWith('/upstream/smarther/v2.0/plants')),
  ],
];

/** What is refused here and reaches nobody. @type {[string, Sent, number[]][]} */
export const refused = [
  ["without the page's header", {path: `${api}plants`, bare: true}, [403]],
  ['with another value of it', {path: `${api}plants`, headers: {'X-Foyer': 'yes'}}, [403]],
  ["another site's page, by Sec-Fetch-Site", {path: `${api}plants`, headers: {'Sec-Fetch-Site': 'cross-site'}}, [403]],
  ["a neighbour's page", {path: `${api}plants`, headers: {'Sec-Fetch-Site': 'same-site'}}, [403]],
  [
    'another Origin',
    {
      method: 'POST',
      path: '/relay/up/token',
      body: 'grant_type=refresh_token',
      headers: {Origin: 'https://evil.example'},
    },
    [403],
  ],
  [
    'the null Origin of a sandbox',
    {method: 'POST', path: '/relay/up/token', body: 'x=1', headers: {Origin: 'null'}},
    [403],
  ],
  [
    'an Origin that begins with ours',
    {path: `${api}plants`, headers: {Origin: 'https://home.example.evil.example'}},
    [403],
  ],
  ['a foreign name that points here (DNS rebinding)', {path: `${api}plants`, headers: {Host: 'evil.example'}}, [403]],
  ['a Host with a port of its own', {path: `${api}plants`, headers: {Host: 'home.example:99'}}, [403]],
  ['a Host with a user name', {path: `${api}plants`, headers: {Host: 'x@home.example'}}, [400, 403, 404]],
  [
    'a preflight',
    {
      method: 'OPTIONS',
      path: `${api}plants`,
      headers: {Origin: 'https://evil.example', 'Access-Control-Request-Headers': 'x-foyer'},
      bare: true,
    },
    [403, 405],
  ],
  ['an API that is not allowed', {path: '/relay/up/api/devicemanagement/v1/x'}, [404]],
  ['the place itself', {path: '/relay/up/'}, [404]],
  ['no cloud of that name', {path: '/relay/other/token', method: 'POST', body: 'x'}, [404]],
  ['a GET of the token endpoint', {path: '/relay/up/token'}, [405]],
  ['a POST to the keys', {method: 'POST', path: '/relay/up/jwks', body: 'x'}, [405, 413]],
  ['a PUT', {method: 'PUT', path: `${api}plants`, body: 'x'}, [405]],
  ['a TRACE', {method: 'TRACE', path: `${api}plants`}, [404, 405]],
  ['CONNECT', {method: 'CONNECT', path: 'evil.example:443'}, [0, 308, 400, 404, 405]],
  ['an absolute address', {path: 'http://evil.example/x'}, [400, 403, 404]],
  [
    'a body that is too large for a token request',
    {method: 'POST', path: '/relay/up/token', body: 'x'.repeat(17 * 1024)},
    [413],
  ],
  ['a body that is too large for the API', {method: 'POST', path: `${api}plants`, body: 'x'.repeat(65 * 1024)}, [413]],
  ['a broken length', {method: 'POST', path: '/relay/up/token', headers: {'Content-Length': '-1'}}, [400]],
  ['two lengths', {method: 'POST', path: '/relay/up/token', body: 'abc', headers: {'content-length': '1'}}, [400]],
  ['a NUL in the path', {path: `${api}%00`}, [400, 404]],
  ['what is encoded twice', {path: `${api}%252e%252e/admin`}, [404]],
  ['an escape that is none', {path: `${api}%zz`}, [400, 404]],
  ['an escape of another language', {path: `${api}%u002e%u002e/admin`}, [400, 404]],
  [
    'a token request with a query',
    {method: 'POST', path: `/relay/up/token?grant_type=password`, body: 'grant_type=refresh_token&refresh_token=x'},
    [404],
  ],
];

/** Token requests that no page of ours makes: none of them gets the secret, and none reaches a cloud as it is. */
export const foreignGrants = [
  'x=1',
  'code=1',
  'grant_type=client_credentials',
  'grant_type=password&username=a&password=b',
  'grant_type=authorization_code&grant_type=client_credentials',
  'grant_type=refresh_token&client_secret=guess',
  'grant_type=refresh_token&%67rant_type=client_credentials',
  'grant_type=refresh_token&resource=x',
  'grant_type=authorization_codes&code=1',
  'GRANT_TYPE=refresh_token',
  '{"grant_type":"refresh_token"}',
  'grant_type=refresh_token\r\n&x=1',
];

/** Refused, or kept inside of the allowed folder: programs differ, the place they reach must not. */
export const escapes = [
  `${api}../../../admin`,
  `${api}%2e%2e/%2e%2e/admin`,
  `${api}..%2f..%2fadmin`,
  `${api}%2e%2e%2f%2e%2e%2fadmin`,
  `${api}..%5c..%5cadmin`,
  `${api}..\\..\\admin`,
  `${api}..;/..;/admin`,
  `${api}/admin`,
  `${api}./../../admin`,
  `${api}%252e%252e/admin`,
  `${api}x%0d%0aX-Evil:%201`,
  `${api}x%0a%0dHost:%20evil.example`,
  `/relay/up/api//evil.example/smarther/v2.0/`,
  '/relay/up/api/smarther%2fv2.0/plants',
  '/relay/up/api/Smarther/v2.0/plants',
  '/relay/up/api@evil.example/smarther/v2.0/',
  '/relay/up/api/smarther/v2.0',
  '/relay/up/token/../api/devicemanagement/',
  '/relay/up/token%2f',
  '/relay/up/token;x',
  '//evil.example/relay/up/token',
  '/relay/up/../../etc/passwd',
  `${api}plants#/../../admin`,
  `http://evil.example${api}plants`,
  `http://127.0.0.1:1${api}plants`,
];

/** What a cloud does, and what the page is told. @type {[string, Sent, number, string | null][]} */
export const troubles = [
  ['breaks the connection', {method: 'POST', path: `${api}drop`, body: '{}'}, 502, 'relay: upstream unreachable'],
  ['says nothing', {path: `${api}silent`}, 504, 'relay: upstream unreachable, no answer in time'],
  ['is down', {path: '/relay/down/api/smarther/v2.0/plants'}, 502, 'relay: upstream unreachable'],
  [
    'is down when tokens are wanted',
    {method: 'POST', path: '/relay/down/token', body: 'grant_type=refresh_token&refresh_token=x'},
    502,
    'relay: upstream unreachable',
  ],
  ['sends a header without end', {path: `${api}headers`}, 502, 'relay: upstream unreachable'],
  ['says itself that it is down', {path: `${api}status/502`}, 502, null],
  ['limits the rate', {path: `${api}status/429`}, 429, null],
  ['refuses', {path: `${api}status/403`}, 403, null],
  ['has nothing', {path: `${api}status/204`}, 204, null],
  ['redirects: nobody follows, and the place is not passed on', {path: `${api}moved`}, 302, null],
];

/** @param {Answer} answer @param {string} what */
export function clean(answer, what) {
  const everything = answer.lines.join('\n') + answer.body;
  for (const one of [secret, encodeURIComponent(secret), ...keys, 'SECRETPLACE'])
    assert.ok(!everything.includes(one), `${what}: ${one}`);
  assert.ok([undefined, '/'].includes(answer.headers.location), `${what}: ${answer.headers.location}`);
  for (const name of [
    'set-cookie',
    'access-control-allow-origin',
    'access-control-allow-credentials',
    'clear-site-data',
    'refresh',
    'link',
    'service-worker-allowed',
    'strict-transport-security',
    'x-accel-redirect',
  ]) {
    assert.equal(answer.headers[name], undefined, `${what}: ${name}`);
  }
}
