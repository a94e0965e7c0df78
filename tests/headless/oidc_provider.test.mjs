// An independent partner: npm oidc-provider (certified). The whole life of a sign-in, and what a client must not believe.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {createServer} from 'node:http';
import {after, before, test} from 'node:test';
import {clockOff, journeys} from './partners/journeys.mjs';
import {keyOf, oidcProvider} from './partners/oidc_provider.mjs';
import {Household} from './support.mjs';

/** @type {Awaited<ReturnType<typeof oidcProvider>>} */
let partner;
before(async () => {
  partner = await oidcProvider();
});
after(() => partner.close());

journeys(() => partner);

/** @param {Household} house */
async function signIn(house) {
  const client = house.start('sign-in', '--redirect', 'http://127.0.0.1:0/callback', '--timeout', '60');
  const {authorize} = await client.line(0);
  await fetch(await partner.through(authorize));
  return client.ended;
}
const household = (/** @type {object} */ changes = {}) => new Household(partner.config('', changes));

test('an id_token that is signed with another key is not believed (D4), and nothing is stored (D12)', async () => {
  const {kty, n, e} = keyOf('one');
  const strangers = createServer((_, response) =>
    response
      .writeHead(200, {'Content-Type': 'application/json'})
      .end(JSON.stringify({keys: [{kty, n, e, alg: 'RS256', use: 'sig', kid: strangersKid}]})),
  );
  await new Promise((resolve) => strangers.listen(0, '127.0.0.1', () => resolve(undefined)));
  const strangersKid = (await (await fetch(`${partner.issuer}/jwks`)).json()).keys[0].kid;
  const {port} = /** @type {import('node:net').AddressInfo} */ (strangers.address());
  const house = household({jwks_uri: `http://127.0.0.1:${port}/jwks`});
  const {code, json} = await signIn(house);
  assert.equal(code, 10, JSON.stringify(json));
  assert.equal(json.error.code, 'D4.signature');
  assert.equal((await house.run('session')).code, 9);
  strangers.closeAllConnections();
  strangers.close();
  house.remove();
});

test('another issuer than the pinned one is refused (B4, D6)', async () => {
  const house = household({issuer: `${partner.issuer}/other`});
  const {code, json} = await signIn(house);
  assert.equal(code, 10, JSON.stringify(json));
  assert.match(json.error.code, /^(B4|D6)\.iss$/);
  house.remove();
});

test('when the provider has ended the grant, the session is over and says so', async () => {
  const house = household();
  await signIn(house);
  const record = JSON.parse(JSON.parse(readFileSync(`${house.config}.vault`, 'utf8'))['session/partner']);
  const token = await partner.provider().RefreshToken.find(record.refresh_token);
  assert.ok(token, 'the provider knows the refresh token of the vault');
  await token.destroy();
  house.env = clockOff(1);
  const {code, json} = await house.run('call', 'GET', '/smarther/v2.0/plants');
  assert.equal(code, 9, JSON.stringify(json));
  house.remove();
});

test('an API that does not want the fresh token halts without looping (E4)', async () => {
  const house = household();
  await signIn(house);
  const {front} = partner;
  const before = front.bearers.length;
  front.apiStatus = 401;
  const {code} = await house.run('call', 'GET', '/smarther/v2.0/plants');
  front.apiStatus = 200;
  assert.equal(code, 8);
  assert.ok(front.bearers.length - before <= 2, `${front.bearers.length - before} calls`);
  house.remove();
});
