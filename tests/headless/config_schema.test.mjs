// What docs/config.schema.json and docs/relay.schema.json refuse, Foyer refuses in the same words, and nothing more: an editor that
// knows the schema says beforehand what the program would say.
import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, test} from 'node:test';
import {readRelay} from '../../tools/relay/relay.mjs';
import {clientFile, project, schemaMistakes} from './support.mjs';

const folder = mkdtempSync(join(tmpdir(), 'foyer-schema-'));
after(() => rmSync(folder, {recursive: true, force: true}));

/** @type {Record<string, any>} */
const legrand = {
  id: 'legrand',
  name: 'Legrand',
  providers: ['smarther', 'hc'],
  issuer: 'https://issuer.example/tenant/v2.0/',
  jwks_uri: 'https://issuer.example/keys',
  authorize_endpoint: 'https://partners-login.eliotbylegrand.com/authorize',
  token_endpoint: 'https://partners-login.eliotbylegrand.com/token',
  client_id: 'an-id',
  client_secret: 'a secret',
  redirect_uri: 'http://127.0.0.1:8400/callback',
  send_scope: false,
  api_base: 'https://api.developer.legrand.com',
  subscription_keys: ['0123456789abcdef'],
};
/** @type {Record<string, any>} */
const netatmo = {
  id: 'netatmo',
  name: 'Netatmo',
  providers: ['netatmo'],
  authorize_endpoint: 'https://api.netatmo.com/oauth2/authorize',
  token_endpoint: 'https://api.netatmo.com/oauth2/token',
  client_id: '5f0000000000000000000000',
  client_secret: 'a secret',
  redirect_uri: 'http://127.0.0.1:8401/callback',
  api_base: 'https://api.netatmo.com',
};

let number = 0;
/** What the program says of a configuration, or '' when it takes it. @param {any} config @returns {Promise<string>} */
function program(config) {
  const file = join(folder, `c${++number}.json`);
  writeFileSync(file, JSON.stringify(config));
  return new Promise((resolve) =>
    execFile(process.execPath, [clientFile, '--config', file, 'session'], (_, stdout) => {
      const {error} = JSON.parse(stdout);
      const name = `c${file.slice(folder.length + 2)}: `;
      resolve(error?.kind === 'config' ? error.message.replace(name, '') : '');
    }),
  );
}

/** One change of a field at a time. @param {Record<string, any>} base @param {Record<string, any[]>} changes */
const changed = (base, changes) =>
  Object.entries(changes).flatMap(([field, values]) =>
    values.map((value) => {
      const cloud = {...base, [field]: value};
      if (value === undefined) delete cloud[field];
      return {name: `${field} ${value === undefined ? 'left out' : JSON.stringify(value)}`, cloud};
    }),
  );

const address = [undefined, 7, 'http://example.org/x', 'ftp://example.org/', 'https://a.example/#x'];
const flag = [undefined, 'yes', null];
const cases = [
  ...changed(legrand, {
    id: [undefined, 'De mo', 7, '', 'ok-1'],
    name: [undefined, '', 7],
    providers: [undefined, [], ['x'], ['netatmo', 'hc'], 'hc'],
    issuer: address,
    jwks_uri: [undefined, ''],
    authorize_endpoint: address,
    token_endpoint: [undefined, 'https://relay.example/token'],
    client_id: [undefined, '', 3],
    client_secret: [undefined, 7, ''],
    redirect_uri: [undefined, 'https://home.example/'],
    api_base: [undefined, 'https://relay.example/api', null],
    subscription_keys: [undefined, [], ['a', 'b', 'c'], [''], 'a'],
    discovery: [7, 'https://issuer.example/d'],
    revocation_endpoint: ['http://example.org/', null],
    end_session_endpoint: [[]],
    simulated: flag,
    openid: [false, 'no'],
    send_scope: flag,
    require_iss_parameter: flag,
    scopes: [undefined, 'openid', [1], ['']],
    daily_limit: [0, 1.5, '500', 1000001, 500],
    unknown: ['is passed over'],
  }),
  ...changed(legrand, {
    authorize_endpoint: ['https://api.netatmo.com/oauth2/authorize'],
    api_base: ['https://api.netatmo.com'],
  }),
  ...changed(netatmo, {
    openid: [true, false],
    send_scope: [false, true],
    subscription_keys: [['a'], []],
    client_secret: [undefined],
    scopes: [[], undefined],
    token_endpoint: ['https://partners-login.eliotbylegrand.com/token', './relay/token', 'https://relay.example/token'],
    api_base: ['https://api.developer.legrand.com'],
  }),
].map(({name, cloud}) => ({
  name: `${cloud.id ?? 'no id'}: ${name}`,
  config: {base: 'https://home.example/', clouds: [cloud]},
}));
/** @type {{name: string, config: any}[]} */
const files = [
  {name: 'no object', config: []},
  {name: 'no clouds', config: {}},
  {name: 'none of them', config: {clouds: []}},
  {name: 'a cloud that is none', config: {clouds: [7]}},
  {name: 'a base that is none', config: {base: 'here', clouds: [legrand]}},
  {name: 'a schema for editors', config: {$schema: './config.schema.json', clouds: [legrand, netatmo]}},
];

test('config.json: the schema and the program refuse the same, in the same words', async () => {
  const all = [...cases, ...files];
  let refused = 0;
  /** @type {string[]} */
  const apart = [];
  for (let at = 0; at < all.length; at += 4) {
    await Promise.all(
      all.slice(at, at + 4).map(async ({name, config}) => {
        const schema = schemaMistakes('config.schema.json', config);
        const said = await program(config);
        if (schema.length > 0) refused++;
        if (schema.length === 0 ? said !== '' : !schema.includes(said))
          apart.push(`${name}: the program says "${said}", the schema ${JSON.stringify(schema)}`);
      }),
    );
  }
  assert.deepEqual(apart, []);
  assert.ok(refused > 50 && all.length - refused > 12, `${refused} of ${all.length}`);
});

test('relay.json: the schema and the relay refuse the same, in the same words', () => {
  /** @type {Record<string, any>} */
  const good = {
    id: 'legrand',
    name: 'Legrand',
    issuer: 'https://issuer.example/v2.0/',
    jwks_uri: 'https://issuer.example/keys',
    client_id: 'an-id',
    client_secret: 'a secret',
    subscription_keys: ['0123456789abcdef'],
    redirect_uri: 'https://home.example/',
  };
  const net = {
    id: 'netatmo',
    name: 'Netatmo',
    providers: ['netatmo'],
    client_id: 'x',
    client_secret: 'y',
    redirect_uri: 'https://home.example/foyer/',
  };
  const values = [
    undefined,
    null,
    7,
    0,
    '',
    'x y',
    'http://example.org/',
    'https://a.example/$b',
    'https://a.example/b',
    'https://a.example/b/',
    true,
    false,
    [],
    ['x'],
    [7],
    {},
    ['netatmo'],
    ['hc', 'netatmo'],
    ['smarther', 'hc'],
    ['0123456789abcdef', '0123456789abcdef', '0123456789abcdef'],
    'https://api.netatmo.com',
    'https://partners-login.eliotbylegrand.com',
    '/x/',
    ['/x/'],
    20,
    120,
    121,
    1001,
    1.5,
    '20',
  ];
  const fields = Object.keys(
    JSON.parse(readFileSync(join(project, 'docs/relay.schema.json'), 'utf8')).$defs.cloud.properties,
  );
  assert.ok(fields.length > 15);
  const all = [good, net].flatMap((base) => changed(base, Object.fromEntries(fields.map((field) => [field, values]))));
  let refused = 0;
  for (const {name, cloud} of [
    ...all,
    {name: 'no object', cloud: []},
    {name: 'none', cloud: {clouds: []}},
    {name: 'several', cloud: {clouds: [good, {...good, id: 'b', name: 7}]}},
  ]) {
    const schema = schemaMistakes('relay.schema.json', cloud);
    let said = '';
    try {
      readRelay(JSON.stringify(cloud));
    } catch (error) {
      said = /** @type {Error} */ (error).message;
    }
    if (schema.length === 0) {
      assert.equal(said, '', name);
    } else {
      refused++;
      assert.ok(schema.includes(said), `${name}: the relay says "${said}", the schema ${JSON.stringify(schema)}`);
    }
  }
  assert.ok(refused > 300 && all.length - refused > 40, `${refused} of ${all.length}`);
});
