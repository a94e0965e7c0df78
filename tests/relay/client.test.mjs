// The headless client through the relay as it is generated, with a cloud that insists on the secret. A program has no page's
// origin, so what docs/relay.md says of curl holds for it: somebody adds the header. Here that is a few lines in between.
import assert from 'node:assert/strict';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import {after, before, test} from 'node:test';
import {startServer} from '../../tools/serve.mjs';
import {cloudDir, control, Household, signIn} from '../headless/support.mjs';
import {listen, nginx} from './hosts.mjs';

const folder = mkdtempSync(path.join(os.tmpdir(), 'foyer-relay-client-'));
const secret = 's3cret.with+url,chars~0123456789abcdef';
const key = '11111111111111111111111111111111';
const home = 'Rue des Lilas';
/** @type {Awaited<ReturnType<typeof startServer>>} */
let simulator;
/** @type {import('./hosts.mjs').RelayHost} */
let relay;
/** @type {Household} */
let house;
/** Adds the header to everything and changes nothing else. @type {http.Server} */
let adds;

before(async () => {
  simulator = await startServer({port: 0, cloud: cloudDir});
  const cloud = `${simulator.url}/cloud`;
  await fetch(`${cloud}/oauth/jwks`); // makes its keys: on a busy machine that takes longer than the relay waits
  relay = await nginx(path.join(folder, 'relay'), {
    id: 'legrand',
    name: 'Legrand account',
    providers: ['hc', 'smarther'],
    issuer: `${cloud}/oauth`,
    login: `${cloud}/oauth`,
    api: `${cloud}/api`,
    jwks_uri: `${cloud}/oauth/jwks`,
    client_id: 'foyer-secret',
    client_secret: secret,
    subscription_keys: [key],
    redirect_uri: 'http://127.0.0.1/',
    requests_per_second: 1000,
    answer_seconds: 1,
  });
  adds = http.createServer((request, response) => {
    const {method, url, headers} = request;
    const onward = http
      .request(
        {
          host: '127.0.0.1',
          port: relay.port,
          method,
          path: url,
          agent: false,
          headers: {...headers, host: `127.0.0.1:${relay.port}`, 'x-foyer': '1'},
        },
        (answer) => {
          response.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(response);
        },
      )
      .on('error', () => response.destroy());
    request.pipe(onward);
  });
  house = new Household(await configOf(`http://127.0.0.1:${await listen(adds)}`));
});
after(async () => {
  house.remove();
  adds.closeAllConnections();
  await new Promise((resolve) => adds.close(resolve));
  await relay.close();
  await simulator.close();
  rmSync(folder, {recursive: true, force: true});
});

/** What the relay publishes for the page, for a program that reaches it at that address. @param {string} base */
const configOf = async (base) => ({
  .../** @type {any} */ (await (await fetch(`${relay.origin}/config.json`)).json()),
  base: `${base}/`,
});

test('who does not add the header gets no token, and nothing of it reaches the cloud', async () => {
  const stranger = new Household(await configOf(relay.origin));
  const {code, json} = await signIn(stranger);
  assert.equal(code, 5, JSON.stringify(json));
  assert.equal(json.error.code, 'X1.403');
  assert.match(relay.logs(), /POST \/relay\/token 403/);
  assert.equal((await stranger.run('session')).code, 9);
  stranger.remove();
});

test('it signs in, reads the home and switches a lamp, and holds neither secret nor key', async () => {
  const {code, json: signed, stderr} = await signIn(house);
  assert.equal(code, 0, `${stderr} ${JSON.stringify(signed)} ${relay.logs().slice(-500)}`);
  const topology = await house.run('topology', home);
  assert.equal(topology.code, 0, topology.stderr);
  assert.equal(topology.json.ambients.length, 10);
  const set = await house.run('set', home, 'Floor lamp', 'on');
  assert.equal(set.code, 0, JSON.stringify(set.json));
  assert.equal(set.json.picture, 'confirmed');
  const {json} = await house.run('state', home);
  const lamp = json.modules.find((one) => one.name === 'Floor lamp');
  assert.equal(lamp?.readings.find((one) => one.aspect === 'on_off')?.value, true);
  assert.match(relay.logs(), /POST \/relay\/token 200/);
  assert.match(relay.logs(), /POST \/relay\/api\/hc\/api\/v1\.0\/light\/lighting\/\S+ 20\d /);
  const kept = ['', '.vault', '.records'].map((end) => readFileSync(house.config + end, 'utf8')).join('');
  for (const one of [secret, encodeURIComponent(secret), key])
    assert.ok(!(kept + relay.logs() + topology.stderr).includes(one));
});

test('a cloud that says nothing is not waited for longer than the relay was told, and asked again', async () => {
  await control(simulator.url, {fault: {status: 200, delayMs: 3000, path: '/cloud/api/hc/'}});
  const {code, events} = await house.run('call', 'GET', '/hc/api/v1.0/plants');
  await control(simulator.url, {clearFaults: true});
  assert.equal(code, 0);
  assert.deepEqual(
    events.map((event) => event.status),
    [504, 200],
  );
});

test('a cloud that is down: the client says that the service is not available, the doctor which parts, and the session stays', async () => {
  await simulator.close();
  const {code, json, events} = await house.run('state', home);
  // Two APIs are read at once: either the last answer is told, or that the breaker lets no more through.
  assert.equal(json.error.message, "Legrand's service is not available at the moment.");
  assert.deepEqual([code, json.error.code], code === 8 ? [8, 'E21'] : [11, 'N4']);
  assert.ok(events.length > 0 && events.every((event) => event.status === 502));
  const doctor = await house.run('doctor');
  assert.equal(doctor.code, 5, doctor.stderr);
  for (const name of ['keys', 'token']) {
    const check = /** @type {any} */ (doctor.json.checks.find((one) => one.name === name));
    assert.equal(check.what, 'The vendor’s service does not answer (status 502).');
    assert.equal(check.error.code, 'E21');
  }
  assert.equal((await house.run('session')).json.accounts[0].status, 'signed_in');
});
