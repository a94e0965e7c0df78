// What the headless client keeps at rest: whose files it believes, and the vault under a passphrase.
import assert from 'node:assert/strict';
import {chmodSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {after, before, test} from 'node:test';
import {startServer} from '../../tools/serve.mjs';
import {clockOff} from './partners/journeys.mjs';
import {cloudDir, demoConfig, Household, signIn} from './support.mjs';

/** @type {Awaited<ReturnType<typeof startServer>>} */
let server;
before(async () => {
  server = await startServer({port: 0, cloud: cloudDir});
});
after(() => server.close());

const passphrase = {FOYER_PASSPHRASE: 'correct horse battery staple'};
const vaultOf = (/** @type {Household} */ house) => `${house.config}.vault`;
const keptIn = (/** @type {Household} */ house) => JSON.parse(readFileSync(vaultOf(house), 'utf8'));

/** @param {Record<string, string>} [env] */
async function signedIn(env = {}) {
  const house = new Household(demoConfig(server.url));
  house.env = env;
  const {code, stderr} = await signIn(house);
  assert.equal(code, 0, stderr);
  return house;
}

test("the vault is the owner's alone: a file that others can read, or a folder that others can change, is refused with the way out (S3)", async () => {
  const house = await signedIn();
  assert.equal(statSync(vaultOf(house)).mode & 0o777, 0o600);
  for (const [what, mode, way] of /** @type {const} */ ([
    [vaultOf(house), 0o640, /chmod 600/],
    [vaultOf(house), 0o604, /chmod 600/],
    [house.folder, 0o702, /chmod 700/],
    [house.folder, 0o777, /chmod 700/],
  ])) {
    const {mode: good} = statSync(what);
    chmodSync(what, mode);
    const {code, json} = await house.run('homes');
    assert.equal(code, 12, JSON.stringify(json));
    assert.match(json.error.message, way);
    chmodSync(what, good);
  }
  assert.equal((await house.run('session')).code, 0, 'nothing was deleted');
  house.remove();
});

test('under a passphrase no token lies in the file, each write has an IV of its own, and other runs go on with it', async () => {
  const house = await signedIn(passphrase);
  const before = keptIn(house);
  assert.match(before['session/demo'], /^sealed\./);
  assert.doesNotMatch(readFileSync(vaultOf(house), 'utf8'), /token|eyJ/);
  house.env = {...passphrase, ...clockOff(1)};
  assert.equal((await house.run('homes')).code, 0);
  const later = keptIn(house);
  assert.notEqual(later['session/demo'].split('.')[1], before['session/demo'].split('.')[1]);
  assert.ok(Number(later['session/demo#']) > Number(before['session/demo#']));
  house.remove();
});

test('without the passphrase, or with another one, nothing is read and nothing is lost', async () => {
  const house = await signedIn(passphrase);
  const text = readFileSync(vaultOf(house), 'utf8');
  /** @type {Record<string, string>[]} */
  const wrong = [{}, {FOYER_PASSPHRASE: 'Correct horse battery staple'}];
  for (const env of wrong) {
    house.env = env;
    const {code, json} = await house.run('homes');
    assert.equal(code, 12, JSON.stringify(json));
    assert.match(json.error.message, /passphrase/);
    assert.equal(readFileSync(vaultOf(house), 'utf8'), text);
  }
  house.env = passphrase;
  assert.equal((await house.run('session')).code, 0);
  house.remove();
});

test("an older record, another account's record and a changed one are not believed: deleted, and told (S1, S2)", async () => {
  const house = await signedIn(passphrase);
  const old = keptIn(house);
  house.env = {...passphrase, ...clockOff(1)};
  assert.equal((await house.run('homes')).code, 0);
  house.env = passphrase;
  const good = keptIn(house);
  const name = 'session/demo';
  const broken = `${good[name].slice(0, -8)}${good[name].endsWith('AAAAAAAA') ? 'BBBBBBBB' : 'AAAAAAAA'}`;
  for (const [what, record] of [
    ['rollback', {...good, [name]: old[name]}],
    ['number', {...good, [`${name}#`]: String(Number(good[`${name}#`]) + 1)}],
    ['exchange', {...good, [name]: good['#lock'].split(' ')[1]}],
    ['bytes', {...good, [name]: broken}],
  ]) {
    writeFileSync(vaultOf(house), JSON.stringify(record), {mode: 0o600});
    const {code, json} = await house.run('homes');
    assert.deepEqual([code, json.error.code], [12, 'S2'], `${what}: ${JSON.stringify(json)}`);
    assert.equal((await house.run('homes')).code, 9, 'told once');
    assert.notEqual(keptIn(house)[name], /** @type {any} */ (record)[name], `${what}: it is gone`);
  }
  writeFileSync(vaultOf(house), JSON.stringify(good), {mode: 0o600});
  assert.equal((await house.run('session')).code, 0, 'the right one is believed');
  house.remove();
});
