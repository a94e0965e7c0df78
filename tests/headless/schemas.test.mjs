// Every report of the headless client has the form that its schema in docs/ describes, for every cloud.
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {createHmac} from 'node:crypto';
import {existsSync, readFileSync, readdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {mistakes, unknownWords} from '../support/schema.mjs';
import {clientFile, demoConfig, lilas, project, schemaMistakes, signedIn} from './support.mjs';

const {server, house} = await signedIn();

/** Runs a command that must do its work, and compares with the schema. @param {string} schema @param {...string} args */
async function fits(schema, ...args) {
  const {code, json} = await house.run(...args);
  assert.equal(code, 0, JSON.stringify(json));
  assert.deepEqual(schemaMistakes(schema, json), [], args.join(' '));
  return /** @type {any} */ (json);
}

test('the checker finds what a schema forbids, and refuses words it does not know', () => {
  const none = () => ({});
  const schema = {
    type: 'object',
    required: ['a'],
    additionalProperties: false,
    properties: {
      a: {type: 'array', items: {$ref: '#/$defs/small'}, minItems: 1},
      b: {enum: ['x']},
      c: {anyOf: [{type: 'null'}, {minLength: 2}]},
    },
    $defs: {small: {type: 'integer', maximum: 3}},
  };
  assert.deepEqual(mistakes(schema, {a: [1, 3]}, none), []);
  assert.deepEqual(mistakes(schema, {a: [1, 9, 'x', 1.5], b: 'y', d: 1, c: 'z'}, none), [
    'a[1]: is above 3',
    'a[2]: expected integer, not string',
    'a[3]: expected integer, not number',
    'b: "y" is none of x',
    'd: is not in the schema',
    'c: fits 0 of 2 forms',
  ]);
  assert.deepEqual(mistakes(schema, {}, none), ['the whole: "a" is missing']);
  assert.deepEqual(mistakes(schema, {a: []}, none), ['a: has 0 items']);
  assert.throws(() => mistakes({format: 'date'}, '', none), /"format", which is not checked/);
  assert.throws(() => mistakes({$ref: '#/$defs/x'}, '', none), /refers to nothing/);
});

test('each schema in docs uses only words that are checked', () => {
  const files = readdirSync(join(project, 'docs')).filter((name) => name.endsWith('.schema.json'));
  assert.ok(files.length >= 6, files.join());
  for (const file of files)
    assert.deepEqual(unknownWords(JSON.parse(readFileSync(join(project, 'docs', file), 'utf8'))), [], file);
});

test('homes, topology and state of every provider', async () => {
  const {homes} = await fits('homes.schema.json', 'homes');
  assert.equal(homes.length, 2);
  for (const {id} of homes) {
    await fits('home.schema.json', 'topology', id);
    const {modules} = await fits('home.schema.json', 'state', id);
    assert.ok(
      modules.some((/** @type {any} */ module) => module.readings.length > 0),
      id,
    );
  }
});

test('scenes of Home + Control; Smarther has none and says so', async () => {
  const {scenes} = await fits('scenes.schema.json', 'scenes', lilas);
  assert.deepEqual(scenes.map((/** @type {any} */ scene) => scene.name).sort(), [
    'Evening',
    'Film night',
    'Good morning',
    'Leave home',
  ]);
  const none = await house.run('scenes', 'Chalet');
  assert.equal(none.code, 13);
  assert.match(none.json.error.message, /Smarther has no scenes/);
});

test('programmes of a Smarther; Home + Control has no schedules and says so', async () => {
  const {thermostats} = await fits('schedules.schema.json', 'schedules', 'Chalet');
  assert.ok(thermostats.length > 0 && thermostats[0].programs.length > 1);
  assert.equal(thermostats[0].programs[0].number, '0');
  const none = await house.run('schedules', lilas);
  assert.equal(none.code, 13);
  assert.match(none.json.error.message, /has no schedules/);
  const edit = await house.run('schedule', 'Chalet', 'switch', '1');
  assert.equal(edit.code, 13);
  assert.match(edit.json.error.message, /set HOME MODULE program=N/);
});

test('measures of a Smarther are its present ones; Home + Control says why it has none', async () => {
  const measures = await fits('measures.schema.json', 'measures', 'Chalet', 'Living room');
  assert.deepEqual(
    measures.columns.map((/** @type {any} */ one) => [one.type, one.unit]),
    [
      ['temperature', '°C'],
      ['humidity', '%'],
    ],
  );
  const [degrees] = measures.rows
    .map((/** @type {any} */ row) => row.values[0])
    .filter((/** @type {any} */ value) => value !== null);
  assert.ok(degrees > 5 && degrees < 35, String(degrees));
  const past = await house.run('measures', 'Chalet', 'Living room', '--scale', '1day');
  assert.equal(past.code, 13);
  const meter = await house.run('measures', lilas, 'Mains meter');
  assert.equal(meter.code, 13);
  assert.match(meter.json.error.message, /isn't public/);
});

test('answers of operations are decoded beside the raw body', async () => {
  const plants = await house.run('call', 'smarther.plants');
  assert.equal(/** @type {any} */ (plants.json).decoded.homes[0].name, 'Chalet');
  const status = /** @type {any} */ ((await house.run('call', 'hc.status', `plant=${lilas}`)).json);
  assert.ok(status.decoded.modules.length > 30);
  assert.deepEqual(status.decoded.complaints, []);
  const scenes = /** @type {any} */ ((await house.run('call', 'hc.scenes', `plant=${lilas}`)).json);
  assert.equal(scenes.decoded.scenes.length, 4);
});

test('a subscription is made once, found there the second time, listed and ended', async () => {
  const chalet = 'plant=Chalet';
  const first = /** @type {any} */ (
    (await house.run('call', 'smarther.subscribe', chalet, 'url=https://example.com/hook')).json
  );
  assert.equal(first.status, 201, JSON.stringify(first));
  assert.ok(first.decoded.subscription);
  const second = await house.run('call', 'smarther.subscribe', chalet, 'url=https://example.com/other');
  assert.equal(second.code, 0, JSON.stringify(second.json));
  assert.equal(/** @type {any} */ (second.json).decoded.there_already, true);
  const list = /** @type {any} */ ((await house.run('call', 'smarther.subscriptions')).json);
  assert.deepEqual(
    list.decoded.subscriptions.map((/** @type {any} */ one) => [one.id, one.url]),
    [[first.decoded.subscription, 'https://example.com/hook']],
  );
  const ended = await house.run('call', 'smarther.unsubscribe', chalet, `subscription=${first.decoded.subscription}`);
  assert.equal(ended.code, 0, JSON.stringify(ended.json));
  const none = /** @type {any} */ ((await house.run('call', 'smarther.subscriptions')).json);
  assert.deepEqual(none.decoded.subscriptions, []);
});

/** @param {Record<string, string>} env @param {...string} args */
const hook = (env, ...args) => {
  const {status, stdout, stderr} = spawnSync(process.execPath, [clientFile, 'hook', ...args], {
    encoding: 'utf8',
    env: {...process.env, ...env},
  });
  return {code: status, json: JSON.parse(stdout), stderr};
};

test('hook reads what was posted, without a configuration', () => {
  const file = join(house.folder, 'posted.json');
  writeFileSync(
    file,
    JSON.stringify([
      {
        id: 'e1',
        eventType: 'Microsoft.EventGrid.SubscriptionValidationEvent',
        eventTime: '2019-03-09T15:25:52Z',
        data: {validationCode: '7d4b'},
      },
    ]),
  );
  const {code, json} = hook({}, '--verify', file);
  assert.equal(code, 0);
  assert.deepEqual(schemaMistakes('hook.schema.json', json), []);
  assert.deepEqual(json.answer, {validationResponse: '7d4b', validationCode: '7d4b'});
  assert.equal(json.signature, 'not checked');
  writeFileSync(file, 'no JSON');
  assert.equal(hook({}, '--verify', file).code, 7);
  assert.equal(hook({}, '--verify', join(house.folder, 'nowhere')).code, 2);
  assert.equal(hook({}).code, 2);
});

test('hook takes times without a zone for those of this machine', () => {
  const file = join(house.folder, 'thermostat.json');
  writeFileSync(
    file,
    JSON.stringify([
      {
        id: 'e2',
        eventType: 'DeviceToCloud',
        eventTime: '2026-01-10T17:02:12Z',
        data: {
          chronothermostats: [
            {
              mode: 'BOOST',
              activationTime: '2026-01-10T18:32:00',
              time: '2026-01-10T17:02:12+00:00',
              sender: {plant: {id: 'p', module: {id: 'm'}}},
            },
          ],
        },
      },
    ]),
  );
  const until = (/** @type {string} */ zone) => hook({TZ: zone}, '--verify', file).json.events[0].modules[0].mode_until;
  assert.equal(until('UTC'), '2026-01-10T18:32:00Z');
  const now = new Date();
  const rome =
    Number(new Intl.DateTimeFormat('en', {timeZone: 'Europe/Rome', hour: 'numeric', hourCycle: 'h23'}).format(now)) -
    now.getUTCHours();
  assert.equal(until('Europe/Rome'), `2026-01-10T${18 - ((rome + 24) % 24)}:32:00Z`);
});

test('hook checks the signature over the raw bytes, with a secret of the environment or the configuration', () => {
  const file = join(house.folder, 'signed.json');
  const body = Buffer.from(
    '{"push_type":"home_event_changed", "event_type":"therm_mode","home":{"id":"h","therm_mode":"away"},"mode":"away","name":"Été"}\n',
  );
  writeFileSync(file, body);
  const secret = 'a secret of 24 characters';
  const signature = createHmac('sha256', secret).update(body).digest('hex');
  const right = hook({FOYER_CLIENT_SECRET: secret}, '--verify', file, '--signature', signature.toUpperCase());
  assert.equal(right.code, 0, JSON.stringify(right.json));
  assert.equal(right.json.signature, 'valid');
  assert.equal(right.json.events[0].mode, 'away');

  const wrong = hook({FOYER_CLIENT_SECRET: 'another'}, '--verify', file, '--signature', signature);
  assert.equal(wrong.code, 10);
  assert.equal(wrong.json.events, undefined, 'nothing of a body with a wrong signature is believed');
  assert.equal(hook({FOYER_CLIENT_SECRET: ''}, '--verify', file, '--signature', signature).code, 3);
  assert.equal(hook({}, '--verify', file, '--signature', '').code, 2);

  const config = demoConfig(server.url);
  const file2 = join(house.folder, 'hook.json');
  writeFileSync(file2, JSON.stringify({...config, clouds: [{...config.clouds[0], client_secret: secret}]}));
  const kept = hook(
    {FOYER_CLIENT_SECRET: ''},
    '--config',
    file2,
    '--account',
    'demo',
    '--verify',
    file,
    '--signature',
    signature,
  );
  assert.equal(kept.code, 0, JSON.stringify(kept.json));
  assert.ok(!JSON.stringify([wrong, right, kept]).includes(secret));
});

const folder = join(process.env.FOYER_FIXTURES ?? join(project, '../shared/fixtures'), 'netatmo/webhook');
test(
  'every recorded webhook has the documented form',
  {skip: existsSync(folder) ? false : `missing: ${folder}`},
  () => {
    for (const name of readdirSync(folder)) {
      const {code, json} = hook({}, '--verify', join(folder, name));
      assert.equal(code, 0, name);
      assert.deepEqual(schemaMistakes('hook.schema.json', json), [], name);
      assert.equal(json.events.length, 1);
      assert.ok(readFileSync(join(folder, name), 'utf8').includes(json.events[0].home.replace('netatmo:', '')));
    }
  },
);
