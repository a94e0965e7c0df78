// How often a caller may ask, where the relay is one process: counted as nginx counts it, and compared with nginx itself.
import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {after, test} from 'node:test';
import {createRelay} from '../../tools/relay/function.mjs';
import {rateLimit} from '../../tools/relay/rate.mjs';
import {readRelay} from '../../tools/relay/relay.mjs';
import {accepting, freePort, nginx, upstream} from './hosts.mjs';

const folder = mkdtempSync(path.join(os.tmpdir(), 'foyer-rate-'));
after(() => rmSync(folder, {recursive: true, force: true}));
/** @param {number} rate @param {string} [here] */
const described = (rate, here = 'http://127.0.0.1:9') => ({
  id: 'up',
  name: 'Up',
  providers: ['smarther'],
  issuer: 'https://issuer.example/',
  login: here,
  api: here,
  jwks_uri: `${here}/keys`,
  client_id: 'the-client',
  client_secret: 'the-secret',
  subscription_keys: ['0123456789abcdef0123456789abcdef'],
  redirect_uri: 'https://home.example/',
  requests_per_second: rate,
});
const [two] = readRelay(JSON.stringify(described(2)));
const [other] = readRelay(JSON.stringify(described(2)));

/** @param {(relay: any, caller: string) => boolean} admit @param {string} [caller] @returns {number} how many pass at once */
function burst(admit, caller = 'a') {
  let passed = 0;
  while (admit(two, caller)) passed += 1;
  return passed;
}

test('one and five times the rate pass at once, then as many as the rate says', () => {
  let now = 0;
  const admit = rateLimit(() => now);
  assert.equal(burst(admit), 11);
  now += 499;
  assert.equal(burst(admit), 0);
  now += 1;
  assert.equal(burst(admit), 1);
  now += 2000;
  assert.equal(burst(admit), 4);
  now += 3_600_000;
  assert.equal(burst(admit), 11);
});

test('being refused costs nothing, and each caller and each cloud has its own account', () => {
  let now = 0;
  const admit = rateLimit(() => now);
  burst(admit);
  for (let i = 0; i < 1000; i += 1) admit(two, 'a');
  assert.equal(burst(admit, 'b'), 11);
  assert.ok(admit(other, 'a'));
  now += 500;
  assert.equal(burst(admit), 1);
});

test('a crowd of callers does not grow the memory: who owes nothing is forgotten first', () => {
  let now = 0;
  const admit = rateLimit(() => now);
  const crowd = (/** @type {string} */ name) => {
    for (let i = 0; i < 9_999; i += 1) for (const _ of [1, 2]) assert.ok(admit(two, `${name} ${i}`));
  };
  crowd('early');
  burst(admit, 'greedy');
  assert.equal(admit(two, 'one too many'), false);
  now += 500;
  crowd('late');
  assert.equal(burst(admit, 'greedy'), 1);
});

test('nginx lets exactly as many pass at once', async () => {
  const cloud = await upstream();
  const here = `http://127.0.0.1:${cloud.port}`;
  const real = await nginx(path.join(folder, 'nginx'), described(2, here));
  const ours = createRelay(readRelay(JSON.stringify(described(2, here))), {admit: rateLimit()});
  const at = 'home.example';
  try {
    const target = '/relay/api/smarther/v2.0/plants';
    const begun = performance.now();
    const theirs = await Promise.all(Array.from({length: 40}, () => get(real.port, target, at)));
    const spent = (performance.now() - begun) / 1000;
    const mine = await Promise.all(
      Array.from({length: 40}, () =>
        ours(new Request(`http://${at}${target}`, {headers: {'x-foyer': '1'}}), '127.0.0.1'),
      ),
    );
    const passed = theirs.filter((status) => status === 200).length;
    assert.ok(passed >= 11 && passed <= 11 + Math.ceil(2 * spent), `${passed} of nginx in ${spent} s`);
    const ourPassed = mine.filter(({status}) => status === 200).length;
    assert.ok(ourPassed >= 11 && ourPassed <= 13, `${ourPassed} of ours`);
    const late = mine.find(({status}) => status === 429);
    assert.equal(late?.headers.get('retry-after'), '1');
    assert.deepEqual(await late?.json(), {statusCode: 429, message: 'relay: rate limit is exceeded'});
  } finally {
    await real.close();
    await cloud.close();
  }
});

test('the function as a program of its own counts, too', async () => {
  const cloud = await upstream();
  const port = await freePort();
  const file = path.join(folder, 'relay.json');
  writeFileSync(file, JSON.stringify(described(2, `http://127.0.0.1:${cloud.port}`)), {mode: 0o600});
  const program = spawn(
    process.execPath,
    [new URL('../../tools/relay/serve.mjs', import.meta.url).pathname, file, '--port', String(port)],
    {stdio: ['ignore', 'ignore', 'inherit']},
  );
  try {
    await accepting(port, program);
    const begun = performance.now();
    const statuses = await Promise.all(
      Array.from({length: 40}, () => get(port, '/relay/api/smarther/v2.0/plants', 'home.example')),
    );
    const spent = (performance.now() - begun) / 1000;
    const passed = statuses.filter((status) => status === 200).length;
    assert.ok(passed >= 11 && passed <= 11 + Math.ceil(2 * spent), `${passed} in ${spent} s`);
    assert.equal(statuses.filter((status) => status === 429).length, 40 - passed);
  } finally {
    program.kill();
    await cloud.close();
  }
});

/** @param {number} port @param {string} target @param {string} host @returns {Promise<number>} */
async function get(port, target, host) {
  const {request} = await import('node:http');
  return new Promise((resolve, reject) => {
    request({port, host: '127.0.0.1', path: target, headers: {Host: host, 'X-Foyer': '1'}}, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });
}
