// The guides for a registration of one's own (docs/legrand.md, docs/netatmo.md), followed against the simulated clouds: files,
// addresses and commands are those of the text, only the vendor's hosts and the person's own values are put in.
import assert from 'node:assert/strict';
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, test} from 'node:test';
import {createRelay} from '../../tools/relay/function.mjs';
import {pageConfig, readRelay} from '../../tools/relay/relay.mjs';
import {startServer} from '../../tools/serve.mjs';
import {Household, cloudDir, project, schemaMistakes, throughSimulator} from './support.mjs';

const server = await startServer({port: 0, cloud: cloudDir});
after(() => server.close());
const cloud = `${server.url}/cloud`;

/** The vendor's addresses, the longest first, and where the simulated clouds stand for them. @type {[string, string][]} */
const hosts = [
  ['https://partners-login.eliotbylegrand.com/CLIENT_ID/', `${cloud}/oauth/`],
  ['https://partners-login.eliotbylegrand.com/foyer-secret/', `${cloud}/oauth/`],
  ['https://partners-login.eliotbylegrand.com', `${cloud}/oauth`],
  ['https://api.developer.legrand.com', `${cloud}/api`],
  ['https://api.netatmo.com', `${cloud}/netatmo`],
];
/** @param {string} text */
const simulated = (text) => hosts.reduce((so, [from, to]) => so.replaceAll(from, to), text);
/** What the mail, the portal and the discovery page would say. @type {Record<string, string>} */
const own = {
  CLIENT_ID: 'foyer-secret',
  CLIENT_SECRET: 's3cret.with+url,chars~0123456789abcdef',
  PRIMARY_KEY: '1'.repeat(32),
  SECONDARY_KEY: '2'.repeat(32),
};
/** @param {string} text @param {Record<string, string>} [values] */
const filled = (text, values = own) =>
  Object.entries(values).reduce((so, [name, value]) => so.replaceAll(`"${name}"`, JSON.stringify(value)), text);

/** @param {string} name */
function guide(name) {
  const text = readFileSync(join(project, 'docs', name), 'utf8');
  const file = (/** @type {string} */ title) =>
    new RegExp(`\`\`\`json ${title.replace('.', '\\.')}\n(.*?)\`\`\``, 's').exec(text)?.[1] ??
    assert.fail(`${name} has no ${title}`);
  const commands = [...text.matchAll(/^ {4}foyer --config config\.json (.+)$/gm)].map(([, words]) => words.split(' '));
  return {text, relay: file('relay.json'), config: file('config.json'), commands};
}

/** Step 4 of docs/legrand.md: what the page of JSON says. @param {string} text */
async function discovered(text) {
  const address = /^ {4}(https:\S+openid-configuration)$/m.exec(text)?.[1] ?? assert.fail('no discovery address');
  const {issuer, jwks_uri: keys} = /** @type {any} */ (await (await fetch(simulated(address))).json());
  return {ISSUER: issuer, JWKS_URI: keys};
}

for (const name of ['legrand.md', 'netatmo.md']) {
  const {text, relay, config, commands} = guide(name);
  /** @type {Record<string, string>} */
  const values = {...own, ...(name === 'legrand.md' ? await discovered(text) : {})};

  test(`${name}: its files fit the schemas, and nothing of them is of another vendor`, () => {
    assert.deepEqual(
      schemaMistakes('config.schema.json', JSON.parse(filled(config, {...values, ISSUER: 'https://issuer.example/'}))),
      [],
    );
    assert.deepEqual(
      schemaMistakes('relay.schema.json', JSON.parse(filled(relay, {...values, ISSUER: 'https://issuer.example/'}))),
      [],
    );
    for (const file of [relay, config])
      for (const word of Object.keys(JSON.parse(file))) assert.doesNotMatch(word, /secret_|key_/);
  });

  test(`${name}: doctor, sign-in and homes of the headless client, as the text has them`, async () => {
    assert.deepEqual(
      commands.map(([word]) => word),
      ['doctor', 'sign-in', 'homes'],
    );
    const house = new Household(simulated(filled(config, values)));
    try {
      for (const words of commands) {
        if (words[0] !== 'sign-in') {
          const {code, json} = await house.run(...words);
          assert.equal(code, 0, `${words}: ${JSON.stringify(json)}`);
          if (words[0] === 'homes') assert.ok(json.homes.length > 0);
          else
            assert.ok(
              json.checks.every((check) => check.ok),
              JSON.stringify(json.checks),
            );
          continue;
        }
        // The port of the text may be taken here; the path is its own.
        const {pathname} = new URL(JSON.parse(config).clouds[0].redirect_uri);
        const client = house.start(...words, '--timeout', '60', '--redirect', `http://127.0.0.1:0${pathname}`);
        const {authorize} = await client.line(0);
        await fetch(await throughSimulator(authorize, 'alice'));
        const {code, json} = await client.ended;
        assert.equal(code, 0, JSON.stringify(json));
        assert.equal(json.accounts[0].status, 'signed_in');
      }
    } finally {
      house.remove();
    }
  });

  test(`${name}: a wrong secret is named before anybody signs in`, async () => {
    const house = new Household(simulated(filled(config, {...values, CLIENT_SECRET: 'mistyped'})));
    const {code, json} = await house.run('doctor');
    const token = json.checks.find((check) => check.name === 'token');
    assert.equal(code, 3, JSON.stringify(json));
    assert.match(token?.error.message ?? '', /invalid_client/);
    assert.equal(token?.error.field, 'client_secret');
    assert.ok(!JSON.stringify(json).includes('mistyped'));
    house.remove();
  });

  test(`${name}: the page's relay adds the secret, with the vendor's own addresses behind it`, async () => {
    const relays = readRelay(filled(relay, values));
    const [described] = /** @type {any[]} */ (pageConfig(relays).clouds);
    assert.ok(
      !JSON.stringify(described).includes(own.CLIENT_SECRET) && !JSON.stringify(described).includes(own.PRIMARY_KEY),
    );
    const run = createRelay(relays, {fetch: (target, init) => fetch(simulated(String(target)), init)});
    const at = described.redirect_uri;
    const ask = (/** @type {string} */ path, /** @type {RequestInit} */ init = {}) =>
      run(new Request(new URL(path, at), {...init, headers: {'X-Foyer': '1', ...init.headers}}));
    const verifier = 'v'.repeat(43);
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: described.client_id,
      redirect_uri: at,
      state: 's',
      nonce: 'n',
      scope: described.scopes.join(' '),
      code_challenge: Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(verifier))).toString('base64url'),
      code_challenge_method: 'S256',
    });
    const back = await throughSimulator(`${simulated(described.authorize_endpoint)}?${query}`, 'alice');
    const form = {
      grant_type: 'authorization_code',
      code: new URL(back).searchParams.get('code') ?? '',
      redirect_uri: at,
      client_id: described.client_id,
      code_verifier: verifier,
    };
    const answer = await ask(described.token_endpoint, {method: 'POST', body: new URLSearchParams(form)});
    const tokens = /** @type {any} */ (await answer.json());
    assert.equal(answer.status, 200, JSON.stringify(tokens));
    const path = name === 'legrand.md' ? '/smarther/v2.0/plants' : '/api/homesdata';
    const homes = await ask(`${described.api_base}${path}`, {
      headers: {Authorization: `Bearer ${tokens.access_token}`},
    });
    assert.equal(homes.status, 200);
  });

  test(`${name}: copied without one's own values it is refused with the first that is missing`, async () => {
    const house = new Household('{}');
    writeFileSync(house.config, simulated(config));
    const {code, json} = await house.run('doctor');
    if (name === 'legrand.md') {
      assert.equal(code, 3);
      assert.equal(json.error.field, 'clouds[0].issuer');
    } else {
      assert.ok(
        json.checks.some((check) => check.error?.field === 'client_secret'),
        'the doctor says that the id is not known',
      );
    }
    house.remove();
  });
}

test("the guides name every permission that Foyer asks for, and the issuer's address", () => {
  const netatmo = guide('netatmo.md').text;
  const [one] = /** @type {any[]} */ (pageConfig(readRelay(filled(guide('netatmo.md').relay))).clouds);
  for (const scope of one.scopes) assert.ok(netatmo.includes(`\`${scope}\``), scope);
  assert.deepEqual(JSON.parse(guide('netatmo.md').config).clouds[0].scopes, one.scopes);
  assert.ok(
    guide('legrand.md').text.includes(
      'https://partners-login.eliotbylegrand.com/CLIENT_ID/.well-known/openid-configuration',
    ),
  );
});
