// What is wrong with the command line or config.json is said with the field and what is expected; nothing is sent.
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {createServer} from 'node:https';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {Household, clientFile, demoConfig} from './support.mjs';

const base = 'http://127.0.0.1:9';
/** @param {(config: any, cloud: any) => void} change */
const broken = (change) => {
  const config = demoConfig(base);
  change(config, config.clouds[0]);
  return config;
};

/** @type {Array<[string, any, string | undefined, RegExp]>} */
const mistakes = [
  ['no JSON', '{', undefined, /could not be read/],
  ['no clouds', {}, 'clouds', /at least one cloud/],
  [
    'a cloud without client_id',
    broken((_, cloud) => delete cloud.client_id),
    'clouds[0].client_id',
    /id of your application/,
  ],
  [
    'an unknown provider',
    broken((_, cloud) => (cloud.providers = ['zigbee'])),
    'clouds[0].providers[0]',
    /"smarther", "hc"/,
  ],
  [
    'plain http on the internet (A1)',
    broken((_, cloud) => (cloud.token_endpoint = 'http://example.com/token')),
    'clouds[0].token_endpoint',
    /https/,
  ],
  ['two clouds of one id', broken((all, cloud) => all.clouds.push(cloud)), 'clouds[1].id', /no other cloud/],
  ['relative addresses that belong nowhere', broken((all) => delete all.base), 'clouds[0].issuer', /absolute/],
  [
    'three keys',
    broken((_, cloud) => (cloud.subscription_keys = ['a', 'b', 'c'])),
    'clouds[0].subscription_keys',
    /at most two/,
  ],
];
for (const [name, config, field, expected] of mistakes) {
  test(`config.json: ${name}`, async () => {
    const house = new Household(config);
    const {code, json, events} = await house.run('homes');
    assert.equal(code, 3, JSON.stringify(json));
    assert.equal(json.error.kind, 'config');
    assert.equal(json.error.field, field);
    assert.match(json.error.message, expected);
    assert.equal(events.length, 0);
    house.remove();
  });
}

test('a file that is not there is named', async () => {
  const house = new Household({});
  house.config += '.missing';
  const {code, json} = await house.run('homes');
  assert.equal(code, 3);
  assert.match(json.error.message, /missing/);
  house.remove();
});

test('an unknown option is refused in one sentence, which names it', async () => {
  const house = new Household(demoConfig(base));
  const {code, json, stderr} = await house.run('homes', '--colour', 'red');
  assert.equal(code, 2);
  assert.match(json.error.message, /--colour/);
  assert.equal(stderr, '', 'the sentence is not buried under the whole help');
  house.remove();
});

test('--help explains every command and exit code', () => {
  const {status, stdout} = spawnSync(process.execPath, [clientFile, '--help'], {encoding: 'utf8'});
  assert.equal(status, 0);
  for (const word of [
    'sign-in',
    'session',
    'sign-out',
    'homes',
    'topology',
    'state',
    'quota',
    'doctor',
    'set',
    'call',
    '14 cancelled',
  ]) {
    assert.ok(stdout.includes(word), word);
  }
});

test('a redirect address that is not on this machine cannot be listened to', async () => {
  const house = new Household(
    broken((_, cloud) => Object.assign(cloud, {simulated: false, redirect_uri: 'https://home.example/'})),
  );
  const {code, json} = await house.run('sign-in');
  assert.equal(code, 2);
  assert.match(json.error.message, /--redirect http:\/\/127\.0\.0\.1/);
  house.remove();
});

test('nobody is signed in: commands say so with their own exit code', async () => {
  const house = new Household(demoConfig(base));
  for (const args of [['homes'], ['state', 'x'], ['set', 'x', 'y', 'on'], ['call', 'GET', '/x'], ['session']]) {
    const {code} = await house.run(...args);
    assert.equal(code, 9, args.join(' '));
  }
  house.remove();
});

test('a cloud that cannot be reached is a transport failure', async () => {
  const house = new Household(demoConfig(base));
  const {code, json} = await house.run('doctor');
  assert.equal(code, 5, JSON.stringify(json));
  house.remove();
});

// What is out of date is its certificate alone: whoever signed it is trusted.
test('a cloud whose certificate is out of date: command and doctor name it, and what to do', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'foyer-certificate-'));
  const [key, cert] = ['key.pem', 'cert.pem'].map((name) => join(folder, name));
  const made = spawnSync(
    'faketime',
    [
      '2024-01-01',
      'openssl',
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-days',
      '2',
      '-subj',
      '/CN=localhost',
      '-addext',
      'subjectAltName=DNS:localhost',
      '-keyout',
      key,
      '-out',
      cert,
    ],
    {encoding: 'utf8'},
  );
  assert.equal(made.status, 0, made.stderr);
  let asked = 0;
  const server = createServer({key: readFileSync(key), cert: readFileSync(cert)}, (_, response) => {
    asked += 1;
    response.end();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const {port} = /** @type {import('node:net').AddressInfo} */ (server.address());
  const house = new Household(demoConfig(`https://localhost:${port}`));
  house.env.NODE_EXTRA_CA_CERTS = cert;
  try {
    const {code, json} = await house.run('doctor');
    assert.equal(code, 5, JSON.stringify(json));
    const check = /** @type {any} */ (json.checks.find((one) => one.name === 'keys'));
    assert.equal(check.what, "The service's certificate is not accepted.");
    assert.match(check.remedy, /clock of this device.*renew the certificate/);
    assert.equal(check.error.code, 'L4');
    assert.equal(asked, 0, 'nothing was sent');
  } finally {
    house.remove();
    server.close();
    rmSync(folder, {recursive: true, force: true});
  }
});
