// Payloads recorded or published by others (../shared/fixtures/eliot), served over HTTP: topology, state, commands, errors.
// Ids are "string" in the schema examples; they are replaced by those of the recorded status, so that the files belong to
// one home. Nothing else is changed.
import assert from 'node:assert/strict';
import {existsSync, readFileSync} from 'node:fs';
import {createServer} from 'node:http';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {startServer} from '../../tools/serve.mjs';
import {Household, cloudDir, demoConfig, project, signIn} from './support.mjs';

const folder = join(process.env.FOYER_FIXTURES ?? join(project, '../shared/fixtures'), 'eliot');
const skip = existsSync(folder) ? false : `missing: ${folder}`;
const plantId = 'b5e48d6f-cbad-2711-e053-27182d0ad74c';
const moduleId = '1ee68d6f-46b7-8f11-e053-27182d0a846a';
const read = (/** @type {string} */ name) => readFileSync(join(folder, name), 'utf8');
/** @param {string} name @param {string[]} ids */
const named = (name, ids) => {
  let next = 0;
  return read(name).replace(/"id": "string"/g, () => `"id": "${ids[next++]}"`);
};

/** @type {Awaited<ReturnType<typeof startServer>>} */
let cloud;
/** @type {import('node:http').Server} */
let recordings;
/** @type {Household} */
let house;
/** @type {Array<{path: string, body: any}>} */
const posted = [];
/** @type {{status: number, file: string} | null} */
let failure = null;

before(async () => {
  if (skip) return;
  const status = `/chronothermostat/thermoregulation/addressLocation/plants/${plantId}/modules/parameter/id/value/${moduleId}`;
  /** @type {Record<string, () => string>} */
  const routes = {
    '/plants': () => named('smarther/plants_200_schema_example.json', [plantId]),
    [`/plants/${plantId}/topology`]: () => named('smarther/topology_200_schema_example.json', [plantId, moduleId]),
    [status]: () => read('smarther/status_get_automatic.json'),
  };
  recordings = createServer((request, response) => {
    let body = '';
    request
      .on('data', (piece) => (body += piece))
      .on('end', () => {
        const path = (request.url ?? '').split('?')[0].replace('/smarther/v2.0', '');
        const answer = (/** @type {number} */ code, /** @type {string} */ text) =>
          response.writeHead(code, {'Content-Type': 'application/json'}).end(text);
        if (failure && path === status) return answer(failure.status, read(failure.file));
        if (request.method === 'POST' && path === status) {
          posted.push({path, body: JSON.parse(body)});
          return answer(200, '');
        }
        return routes[path] ? answer(200, routes[path]()) : answer(404, read('errors/smarther_404.json'));
      });
  });
  await new Promise((resolve) => recordings.listen(0, '127.0.0.1', () => resolve(undefined)));
  cloud = await startServer({port: 0, cloud: cloudDir});
  const config = demoConfig(cloud.url);
  const {port} = /** @type {import('node:net').AddressInfo} */ (recordings.address());
  Object.assign(config.clouds[0], {providers: ['smarther'], api_base: `http://127.0.0.1:${port}`});
  house = new Household(config);
  assert.equal((await signIn(house)).code, 0);
});
after(async () => {
  house?.remove();
  recordings?.closeAllConnections();
  recordings?.close();
  await cloud?.close();
});

test('the published topology becomes a home with a thermostat', {skip}, async () => {
  const {code, json} = await house.run('topology', plantId);
  assert.equal(code, 0, JSON.stringify(json));
  assert.deepEqual(
    json.modules.map((one) => [one.id, one.kind, one.device]),
    [[`smarther:${moduleId}`, 'thermostat', 'chronothermostat']],
  );
});

test('the recorded state is read: upper-case words, numbers as text, a program as a number', {skip}, async () => {
  const {code, json} = await house.run('state', plantId);
  assert.equal(code, 0, JSON.stringify(json));
  const readings = Object.fromEntries(json.modules[0].readings.map((one) => [one.aspect, one]));
  assert.equal(readings.temperature.value, 19.5);
  assert.equal(readings.humidity.value, 61.9);
  assert.equal(readings.setpoint.value, 18);
  assert.equal(readings.mode.value, 'automatic');
  assert.equal(readings.function.value, 'heating');
  assert.equal(readings.program.value, '1');
  assert.equal(readings.load_active.value, false);
  assert.equal(new Date(readings.temperature.measured).toISOString(), '2021-02-27T20:49:32.000Z');
});

test('commands have the form that others send', {skip}, async () => {
  for (const [command, file] of [
    ['mode=automatic', 'set_automatic.json'],
    ['mode=off', 'set_off.json'],
    ['setpoint=20.5', 'set_manual_template.json'],
  ]) {
    posted.length = 0;
    await house.run('set', plantId, moduleId, command);
    const theirs = JSON.parse(read(`smarther/${file}`));
    assert.equal(posted.length >= 1, true, command);
    const {body} = posted[0];
    assert.equal(String(body.function).toLowerCase(), theirs.function, command);
    assert.equal(String(body.mode).toLowerCase(), theirs.mode, command);
    for (const name of Object.keys(theirs).filter((key) => key !== 'activationTime'))
      assert.ok(name in body, `${command}: ${name}`);
    if (theirs.programs) assert.equal(typeof body.programs[0].number, 'number');
    if (theirs.setPoint) {
      assert.equal(Number(body.setPoint.value), 20.5);
      assert.equal(body.setPoint.unit, 'C');
    }
  }
});

// 469 is the last: it parks the account (E17), and nothing more is sent.
/** @type {Array<[number, string]>} */
const published = [
  [400, 'E3'],
  [404, 'E9'],
  [430, 'E12'],
  [500, 'E16'],
  [469, 'E17'],
];
for (const [status, condition] of published) {
  test(`the published error body of ${status} is understood`, {skip}, async () => {
    failure = {status, file: `errors/smarther_${status}.json`};
    const path = `/smarther/v2.0/chronothermostat/thermoregulation/addressLocation/plants/${plantId}/modules/parameter/id/value/${moduleId}`;
    const {code, json} = await house.run('call', 'GET', path);
    failure = null;
    assert.notEqual(code, 0);
    assert.equal(json.error.status, status, JSON.stringify(json));
    assert.equal(json.error.condition, condition, JSON.stringify(json));
  });
}
