// The catalogue of operations on the command line: what there is, and calls by name.
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {clientFile, control, lilas, project, schemaMistakes, signedIn} from './support.mjs';

const {server, house} = await signedIn();
assert.equal((await house.run('homes')).code, 0); // so that names are known

/** @param {...string} args */
const alone = (...args) => spawnSync(process.execPath, [clientFile, ...args], {encoding: 'utf8'});

test('operations lists the catalogue without any configuration, as docs/operations.schema.json says', () => {
  const {status, stdout} = alone('operations');
  assert.equal(status, 0);
  const list = JSON.parse(stdout);
  assert.deepEqual(schemaMistakes('operations.schema.json', list), []);
  assert.deepEqual(
    list.apis.map((/** @type {{id: string}} */ api) => api.id),
    ['smarther', 'hc', 'netatmo', 'multisocket', 'myhome', 'classe', 'emergency'],
  );
  const one = JSON.parse(alone('operations', 'hc').stdout);
  assert.equal(one.apis.length, 1);
  assert.equal(alone('operations', 'elsewhere').status, 2);
});

test('docs/apis.md says of each operation whether its answer is decoded, as the client does', () => {
  const text = readFileSync(join(project, 'docs/apis.md'), 'utf8');
  for (const api of JSON.parse(alone('operations').stdout).apis) {
    for (const {id, decoded} of api.operations) {
      const row = text.split('\n').find((line) => line.startsWith(`| \`${id}\` |`));
      assert.equal(row?.split('|')[3].trim() === 'yes', decoded, id);
    }
  }
});

test('call takes an operation with names of the home instead of ids', async () => {
  await control(server.url, {stateDelayMs: 0}); // what is switched is told at once, so one look is enough
  const read = await house.run('call', 'hc.status', `plant=${lilas}`);
  assert.equal(read.code, 0, JSON.stringify(read.json));
  assert.equal(read.json.status, 200);
  assert.ok(read.json.body.modules.lights.length > 5);
  assert.equal(read.events[0].path, '/hc/api/v1.0/plants/{plant}');

  const level = await house.run(
    'call',
    'hc.light.level',
    `plant=${lilas}`,
    'module=Living room/Ceiling light',
    'level=35',
  );
  assert.equal(level.code, 0, JSON.stringify(level.json));
  const {json} = await house.run('state', lilas);
  const lamp = json.modules.find((one) => one.id.endsWith('0001'));
  assert.equal(lamp?.readings.find((one) => one.aspect === 'level')?.value, 35);
});

test('call of an operation goes to the account whose sign-in opens it', async () => {
  const {code, json, events} = await house.run('call', 'smarther.plants');
  assert.equal(code, 0, JSON.stringify(json));
  assert.equal(json.body.plants[0].name, 'Chalet');
  assert.equal(events.length, 1);
});

test('the smaller APIs of the gateway take the homes that are known', async () => {
  const strip = await house.run('call', 'multisocket.status', `plant=${lilas}`, 'by=name', 'value=Desk strip');
  assert.equal(strip.code, 0, JSON.stringify(strip.json));
  const {modules} = /** @type {any} */ (strip.json).decoded;
  assert.deepEqual(
    modules.map((/** @type {any} */ one) => [one.name, one.on]),
    [
      ['Desk strip', undefined],
      ['Desk strip 1', true],
      ['Desk strip 2', true],
      ['Desk strip 3', false],
      ['Desk strip 4', false],
    ],
  );
  const hotels = /** @type {any} */ ((await house.run('call', 'myhome.plants')).json);
  assert.ok(hotels.decoded.homes.length > 0, JSON.stringify(hotels));
  const hotel = /** @type {any} */ (
    (await house.run('call', 'myhome.topology', `plant=${hotels.decoded.homes[0].id}`)).json
  );
  assert.ok(hotel.decoded.home.ambients.every((/** @type {any} */ room) => room.floor));
});

test('what does not fit is named before anything is sent', async () => {
  /** @type {Array<[string[], RegExp, string | undefined]>} */
  const cases = [
    [['call', 'hc.dance'], /there is no operation "hc.dance"/, undefined],
    [['call', 'hc.light.level', `plant=${lilas}`, 'module=Floor lamp'], /level: is missing/, 'level'],
    [['call', 'hc.light.level', `plant=${lilas}`, 'module=Floor lamp', 'level=140'], /expected 0 to 100 %/, 'level'],
    [
      ['call', 'hc.light.level', 'level=140'],
      /^plant: is missing; module: is missing; level: expected 0 to 100 %$/,
      'plant',
    ],
    [['call', 'hc.light.level', `plant=${lilas}`, 'module=Ceiling light', 'level=40'], /several are called/, undefined],
    [['call', 'hc.light.level', 'forty'], /expected name=value/, undefined],
    [['call', 'hc.plants', 'colour=red'], /there is no such parameter/, 'colour'],
    [['call'], /expected: call OPERATION/, undefined],
  ];
  for (const [args, message, field] of cases) {
    const {code, json, events} = await house.run(...args);
    assert.equal(code, 2, JSON.stringify(json));
    assert.match(json.error.message, message);
    assert.equal(json.error.field, field);
    assert.deepEqual(events, []);
  }
});

test('a momentary operation is never repeated after an ambiguous outcome', async () => {
  await control(server.url, {
    clearLog: true,
    fault: {status: 0, drop: true, after: true, method: 'POST', path: '/cloud/api/hc/'},
  });
  const plants = await house.run('call', 'hc.scenes', `plant=${lilas}`);
  const scene = plants.json.body.scenes[0].sender.plant.module.id;
  const {code, events} = await house.run('call', 'hc.scene.run', `plant=${lilas}`, `module=${scene}`);
  assert.notEqual(code, 0);
  assert.equal(events.filter((event) => event.method === 'POST').length, 1, JSON.stringify(events));
});
