// An independent partner: npm oidc-provider (certified). Sign-in with PKCE, id_token checks, refresh, denial.
import assert from 'node:assert/strict';
import {generateKeyPairSync} from 'node:crypto';
import {readFileSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:http';
import {after, before, test} from 'node:test';
// @ts-ignore it has no types
import Provider from 'oidc-provider';
import {Browser, Household, locationOf} from './support.mjs';

/** @type {string} */
let issuer;
/** @type {import('node:http').Server} */
let server;
/** @type {any} */
let provider;
/** @type {string[]} */
const grants = [];
/** @type {Array<{path: string, authorization: string}>} */
const apiCalls = [];
let apiStatus = 200;

const keyOf = (/** @type {string} */ kid) => ({...generateKeyPairSync('rsa', {modulusLength: 2048}).privateKey.export({format: 'jwk'}), kid, alg: 'RS256', use: 'sig'});

before(async () => {
  // The port is needed for the issuer before the provider is made.
  server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  issuer = `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}`;
  provider = new Provider(issuer, {
    clients: [{
      client_id: 'foyer', application_type: 'native', token_endpoint_auth_method: 'none',
      redirect_uris: ['http://127.0.0.1/callback'], grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'],
    }],
    jwks: {keys: [keyOf('one')]},
    cookies: {keys: ['test']},
    pkce: {required: () => true, methods: ['S256']},
    issueRefreshToken: async () => true,
    rotateRefreshToken: true,
    ttl: {AccessToken: 3600, RefreshToken: 3600, IdToken: 60, AuthorizationCode: 60, Grant: 3600, Interaction: 60, Session: 60},
    clientBasedCORS: () => false,
  });
  provider.on('grant.success', (/** @type {any} */ context) => grants.push(context.oidc.params?.grant_type));
  const handle = provider.callback();
  server.on('request', (request, response) => {
    if (!request.url?.startsWith('/api/')) return handle(request, response);
    apiCalls.push({path: request.url, authorization: request.headers.authorization ?? ''});
    response.writeHead(apiStatus, {'Content-Type': 'application/json'}).end(JSON.stringify({plants: []}));
  });
});
after(() => {
  server.closeAllConnections();
  server.close();
});

const config = (changes = {}) => ({
  clouds: [{
    id: 'certified', name: 'oidc-provider', providers: ['smarther'], issuer, authorize_endpoint: `${issuer}/auth`,
    token_endpoint: `${issuer}/token`, jwks_uri: `${issuer}/jwks`, client_id: 'foyer',
    redirect_uri: 'http://127.0.0.1:0/callback', scopes: ['openid'], require_iss_parameter: true, api_base: `${issuer}/api`,
    ...changes,
  }],
});

/**
 * Plays the browser through login and consent (or leaves). Returns the address of the answer.
 * @param {string} authorize @param {string} login
 */
async function throughProvider(authorize, login, decision = 'accept') {
  const browser = new Browser();
  let at = authorize;
  for (let step = 0; step < 12; ++step) {
    if (at.includes('/callback?')) return at;
    const response = await browser.fetch(at);
    if (response.status >= 300 && response.status < 400) {
      at = locationOf(response, at);
      continue;
    }
    assert.equal(response.status, 200, await response.clone().text());
    const prompt = /name="prompt" value="(\w+)"/.exec(await response.text())?.[1] ?? '';
    if (prompt === 'consent' && decision === 'deny') {
      at = `${at}/abort`;
      continue;
    }
    const answer = await browser.post(at, prompt === 'login' ? {prompt, login, password: 'any'} : {prompt});
    at = locationOf(answer, at);
  }
  throw new Error(`no answer after ${at}`);
}

/** @param {Household} house */
async function signIn(house, login = 'jane', decision = 'accept') {
  const client = house.start('sign-in', '--redirect', 'http://127.0.0.1:0/callback', '--timeout', '60');
  const {authorize} = await client.line(0);
  const back = await throughProvider(authorize, login, decision);
  await fetch(back);
  return {...await client.ended, back};
}

test('sign-in with PKCE: code, id_token and issuer pass every check', async () => {
  const house = new Household(config());
  const {code, json, back} = await signIn(house);
  assert.equal(code, 0, JSON.stringify(json));
  assert.equal(json.accounts[0].status, 'signed_in');
  assert.equal(json.accounts[0].subject, 'jane');
  assert.equal(new URL(back).searchParams.get('iss'), issuer);
  house.remove();
});

/** The client's record of its session. @param {Household} house */
const recordOf = (house) => JSON.parse(JSON.parse(readFileSync(`${house.config}.vault`, 'utf8'))['session/certified']);

/** As if the access token had been received an hour ago (T4, K1). @param {Household} house */
function letAnHourPass(house) {
  const record = recordOf(house);
  record.received -= 3_600_000;
  writeFileSync(`${house.config}.vault`, JSON.stringify({'session/certified': JSON.stringify(record)}), {mode: 0o600});
}

test('an access token that is about to expire is renewed before the call, and the rotated one the next time', async () => {
  const house = new Household(config());
  await signIn(house);
  grants.length = apiCalls.length = 0;
  for (const round of [1, 2]) {
    letAnHourPass(house);
    const {code, json} = await house.run('call', 'GET', '/smarther/v2.0/plants');
    assert.equal(code, 0, JSON.stringify(json));
    assert.equal(grants.filter((grant) => grant === 'refresh_token').length, round);
  }
  assert.equal(apiCalls.length, 2);
  assert.match(apiCalls[0].authorization, /^Bearer \S{20,}$/);
  assert.notEqual(apiCalls[0].authorization, apiCalls[1].authorization);
  house.remove();
});

test('a denied consent is told with the provider’s words, and no code is exchanged', async () => {
  const house = new Household(config());
  grants.length = 0;
  const {code, json} = await signIn(house, 'jane', 'deny');
  assert.equal(code, 8, JSON.stringify(json));
  assert.equal(json.error.kind, 'refused');
  assert.equal(grants.length, 0);
  assert.equal((await house.run('session')).code, 9);
  house.remove();
});

test('an id_token that is signed with another key is not believed (D4), and nothing is stored (D12)', async () => {
  const {kty, n, e} = keyOf('one');
  const strangers = createServer((_, response) => response.writeHead(200, {'Content-Type': 'application/json'})
      .end(JSON.stringify({keys: [{kty, n, e, kid: 'one', alg: 'RS256', use: 'sig'}]})));
  await new Promise((resolve) => strangers.listen(0, '127.0.0.1', () => resolve(undefined)));
  const {port} = /** @type {import('node:net').AddressInfo} */ (strangers.address());
  const house = new Household(config({jwks_uri: `http://127.0.0.1:${port}/jwks`}));
  const {code, json} = await signIn(house);
  assert.equal(code, 10, JSON.stringify(json));
  assert.equal(json.error.code, 'D4');
  assert.equal((await house.run('session')).code, 9);
  strangers.closeAllConnections();
  strangers.close();
  house.remove();
});

test('another issuer than the pinned one is refused (B4, D6)', async () => {
  const house = new Household(config({issuer: `${issuer}/other`}));
  const {code, json} = await signIn(house);
  assert.equal(code, 10, JSON.stringify(json));
  assert.ok(['B4', 'D6'].includes(json.error.code), json.error.code);
  house.remove();
});

test('when the provider has ended the grant, the session is over and says so', async () => {
  const house = new Household(config());
  await signIn(house, 'joan');
  const token = await provider.RefreshToken.find(recordOf(house).refresh_token);
  assert.ok(token, 'the provider knows the refresh token of the vault');
  await token.destroy();
  letAnHourPass(house);
  const {code, json} = await house.run('call', 'GET', '/smarther/v2.0/plants');
  assert.equal(code, 9, JSON.stringify(json));
  house.remove();
});

test('an API that does not want the fresh token halts without looping (E4)', async () => {
  const house = new Household(config());
  await signIn(house);
  apiCalls.length = 0;
  apiStatus = 401;
  const {code} = await house.run('call', 'GET', '/smarther/v2.0/plants');
  apiStatus = 200;
  assert.equal(code, 8);
  assert.ok(apiCalls.length <= 2, `${apiCalls.length} calls`);
  house.remove();
});
