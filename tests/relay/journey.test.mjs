// The whole way through a relay – sign-in, refresh, API – with clouds that insist on the client secret: the simulated one and
// npm oidc-provider. What plays the page here is fetch with the page's header; tests/browser has the page itself.
import assert from 'node:assert/strict';
import {createHash, randomBytes} from 'node:crypto';
import {mkdtempSync, rmSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {after, before, describe, it} from 'node:test';
import {pageConfig, readRelay} from '../../tools/relay/relay.mjs';
import {startServer} from '../../tools/serve.mjs';
import {oidcProvider, secret as providerSecret, throughPages} from '../headless/partners/oidc_provider.mjs';
import {cloudDir, throughSimulator} from '../headless/support.mjs';
import {caddy, hasCaddy, nginx, node} from './hosts.mjs';

const folder = mkdtempSync(path.join(os.tmpdir(), 'foyer-relay-journey-'));
const simulatorSecret = 's3cret.with+url,chars~0123456789abcdef';
const key = '11111111111111111111111111111111';
/** @type {Awaited<ReturnType<typeof startServer>>} */
let simulator;
/** @type {Awaited<ReturnType<typeof oidcProvider>>} */
let provider;
/** @type {any[]} */
let clouds;

before(async () => {
  simulator = await startServer({port: 0, cloud: cloudDir});
  provider = await oidcProvider();
  const own = {name: 'Cloud', providers: ['smarther'], redirect_uri: 'http://127.0.0.1/', requests_per_second: 1000};
  const base = `${simulator.url}/cloud`;
  clouds = [
    {
      ...own,
      id: 'simulated',
      issuer: `${base}/oauth`,
      login: `${base}/oauth`,
      api: `${base}/api`,
      jwks_uri: `${base}/oauth/jwks`,
      client_id: 'foyer-secret',
      client_secret: simulatorSecret,
      subscription_keys: [key],
    },
    {
      ...own,
      id: 'certified',
      issuer: provider.issuer,
      login: provider.issuer,
      authorize_endpoint: `${provider.issuer}/auth`,
      api: `${provider.issuer}/gateway`,
      jwks_uri: `${provider.issuer}/jwks`,
      client_id: 'foyer-relay',
      client_secret: providerSecret,
      subscription_keys: [key],
    },
  ];
});
after(async () => {
  await provider.close();
  await simulator.close();
  rmSync(folder, {recursive: true, force: true});
});

/** @param {string} id @param {string} authorize */
const through = (id, authorize) =>
  id === 'simulated' ? throughSimulator(authorize, 'alice') : throughPages(authorize, 'accept');

/** @param {string} name @param {() => Promise<import('./hosts.mjs').RelayHost>} start */
function everyKind(name, start) {
  describe(name, () => {
    /** @type {import('./hosts.mjs').RelayHost} */
    let host;
    before(async () => {
      host = await start();
    });
    after(() => host.close());

    for (const id of ['simulated', 'certified']) {
      it(`${id}: sign-in, refresh and API, and nothing secret in between`, async () => {
        const cloud = pageConfig(readRelay(JSON.stringify({clouds}))).clouds.find((one) => one.id === id);
        assert.ok(cloud);
        /** @type {string[]} */
        const heard = []; // all that reached the page
        const ask = async (/** @type {string} */ where, /** @type {RequestInit} */ options = {}) => {
          const answer = await fetch(new URL(where, `${host.origin}/`), {
            ...options,
            headers: {'X-Foyer': '1', ...options.headers},
          });
          const body = await answer.text();
          heard.push(JSON.stringify([...answer.headers]), body);
          return {status: answer.status, json: body.startsWith('{') ? JSON.parse(body) : null};
        };
        const verifier = randomBytes(32).toString('base64url');
        const query = new URLSearchParams({
          response_type: 'code',
          client_id: cloud.client_id,
          redirect_uri: cloud.redirect_uri,
          scope: 'openid',
          state: 'state-of-the-page',
          nonce: 'nonce-of-the-page',
          code_challenge: createHash('sha256').update(verifier).digest('base64url'),
          code_challenge_method: 'S256',
        });
        const back = new URL(await through(id, `${cloud.authorize_endpoint}?${query}`));
        const code = back.searchParams.get('code') ?? '';
        assert.ok(code, back.href);
        const form = {
          grant_type: 'authorization_code',
          code,
          redirect_uri: cloud.redirect_uri,
          client_id: cloud.client_id,
          code_verifier: verifier,
        };
        const direct = await fetch(
          readRelay(JSON.stringify({clouds})).find((one) => one.id === id)?.token_endpoint ?? '',
          {method: 'POST', body: new URLSearchParams({...form, code: 'x'})},
        );
        assert.equal((await direct.json()).error, 'invalid_client', 'without the relay nobody gets past the secret');

        const first = await ask(cloud.token_endpoint, {method: 'POST', body: new URLSearchParams(form)});
        assert.equal(first.status, 200, JSON.stringify(first.json));
        const claims = JSON.parse(Buffer.from(first.json.id_token.split('.')[1], 'base64url').toString());
        assert.deepEqual([claims.iss, claims.nonce], [/** @type {any} */ (cloud).issuer, 'nonce-of-the-page']);
        const {kid} = JSON.parse(Buffer.from(first.json.id_token.split('.')[0], 'base64url').toString());
        const keys = await ask(/** @type {any} */ (cloud).jwks_uri);
        assert.ok(keys.json.keys.some((/** @type {{kid: string}} */ one) => one.kid === kid));

        const refreshed = await ask(cloud.token_endpoint, {
          method: 'POST',
          body: new URLSearchParams({
            grant_type: 'refresh_token',
            refresh_token: first.json.refresh_token,
            client_id: cloud.client_id,
          }),
        });
        assert.equal(refreshed.status, 200, JSON.stringify(refreshed.json));
        assert.notEqual(refreshed.json.access_token, first.json.access_token);
        const plants = await ask(`${cloud.api_base}/smarther/v2.0/plants`, {
          headers: {Authorization: `Bearer ${refreshed.json.access_token}`, 'Ocp-Apim-Subscription-Key': 'primary'},
        });
        assert.equal(plants.status, 200, JSON.stringify(plants.json));
        assert.ok(Array.isArray(plants.json.plants));

        const logs = host.logs();
        assert.ok(logs.includes(`/relay/${id}/token`));
        for (const one of [
          simulatorSecret,
          encodeURIComponent(simulatorSecret),
          providerSecret,
          encodeURIComponent(providerSecret),
          key,
        ]) {
          assert.ok(!heard.join('\n').includes(one), 'a secret reached the page');
          assert.ok(!logs.includes(one), 'a secret is in a log');
        }
        for (const one of [
          code,
          verifier,
          first.json.access_token,
          first.json.refresh_token,
          first.json.id_token,
          refreshed.json.access_token,
        ]) {
          assert.ok(!logs.includes(one), 'a token is in a log');
        }
      });
    }
  });
}

everyKind('nginx', () => nginx(path.join(folder, 'nginx'), {clouds}));
everyKind('function', () => node({clouds}));
if (hasCaddy) everyKind('Caddy', () => caddy(path.join(folder, 'caddy'), {clouds}));
else it('Caddy', {skip: 'apt-get install caddy'}, () => {});
