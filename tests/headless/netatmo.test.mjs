// Netatmo Connect on the command line, against the simulated cloud: homes, schedules, history, scenes, posted events.
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {beforeEach, test} from 'node:test';
import {
  Household,
  clientFile,
  control,
  demoConfig,
  netatmoConfig,
  schemaMistakes,
  signIn,
  signedIn,
} from './support.mjs';

const {server, house} = await signedIn(netatmoConfig);
const home = 'Belle-Île';
beforeEach(() =>
  control(server.url, {clearFaults: true, netatmoPer10S: 0, netatmoPerHour: 0, netatmoLagFromMs: 0, netatmoLagToMs: 0}),
);

/** Runs a command that must do its work, and compares with the schema. @param {string} schema @param {...string} args */
async function fits(schema, ...args) {
  const {code, json} = await house.run(...args);
  assert.equal(code, 0, `${args.join(' ')}: ${JSON.stringify(json).slice(0, 600)}`);
  if (schema) assert.deepEqual(schemaMistakes(schema, json), [], args.join(' '));
  return /** @type {any} */ (json);
}
const schedules = async () => (await fits('schedules.schema.json', 'schedules', home)).schedules;
/** @param {string} name */
const scheduleOf = async (name) => (await schedules()).find((/** @type {any} */ one) => one.name === name);

test('homes, topology and state have their documented forms', async () => {
  const {homes} = await fits('homes.schema.json', 'homes');
  assert.equal(homes.length, 2);
  const topology = await fits('home.schema.json', 'topology', home);
  assert.ok(topology.modules.length >= 90 && topology.ambients.length === 12);
  const state = await fits('home.schema.json', 'state', home);
  assert.ok(state.modules.filter((/** @type {any} */ one) => one.readings.length > 0).length > 60);
});

test('scenes are listed and one is run', async () => {
  const {scenes} = await fits('scenes.schema.json', 'scenes', home);
  assert.ok(scenes.length > 0);
  const run = await house.run('set', home, scenes[0].id, 'run');
  assert.equal(run.code, 0, JSON.stringify(run.json));
});

test('a schedule is read, chosen, edited, renamed, made and deleted', async () => {
  const before = await schedules();
  const therm = before.filter((/** @type {any} */ one) => one.type === 'therm');
  assert.ok(therm.length >= 2, JSON.stringify(before.map((/** @type {any} */ one) => [one.type, one.name])));
  const other = therm.find((/** @type {any} */ one) => !one.selected);
  const former = therm.find((/** @type {any} */ one) => one.selected);

  const chosen = await fits('', 'schedule', home, 'switch', other.id);
  assert.deepEqual([chosen.action, chosen.schedule], ['switch', other.id]);
  assert.equal((await scheduleOf(other.name)).selected, true);
  assert.notEqual((await scheduleOf(former.name)).selected, true);

  const zones = structuredClone(other.zones);
  const room = zones[0].rooms.find((/** @type {any} */ one) => one.temperature !== undefined);
  room.temperature = 23.5;
  const timetable = [...other.timetable.slice(0, -1)];
  await fits('', 'schedule', home, 'edit', other.id, '--body', JSON.stringify({zones, timetable}));
  const edited = await scheduleOf(other.name);
  assert.equal(edited.zones[0].rooms.find((/** @type {any} */ one) => one.ambient === room.ambient).temperature, 23.5);
  assert.deepEqual(edited.timetable, timetable);
  assert.deepEqual(edited.zones.slice(1), other.zones.slice(1), 'the rest stays');

  await fits('', 'schedule', home, 'rename', other.id, 'Été indien');
  assert.equal((await scheduleOf('Été indien')).id, other.id);

  const made = await fits(
    '',
    'schedule',
    home,
    'create',
    '--body',
    JSON.stringify({
      name: 'Copy',
      timetable: edited.timetable,
      zones: edited.zones,
      away_temperature: 14,
      frost_temperature: 7,
    }),
  );
  assert.equal((await scheduleOf('Copy')).id, made.schedule);
  await fits('', 'schedule', home, 'delete', made.schedule);
  assert.equal(await scheduleOf('Copy'), undefined);

  const used = await house.run('schedule', home, 'delete', 'Été indien');
  assert.equal(used.code, 2);
  assert.match(used.json.error.message, /in use/);
  await fits('', 'schedule', home, 'rename', other.id, other.name);
});

test('actions of an event schedule keep their gateway when it is edited', async () => {
  const event = (await schedules()).find((/** @type {any} */ one) => one.type === 'event');
  assert.ok(event);
  await fits('', 'schedule', home, 'edit', event.id, '--body', JSON.stringify({name: event.name}));
  const raw = (/** @type {any} */ one) => JSON.parse(one.raw);
  const again = await scheduleOf(event.name);
  assert.deepEqual(again.zones, event.zones);
  assert.deepEqual(
    raw(again).zones.map((/** @type {any} */ zone) => zone.modules),
    raw(event).zones.map((/** @type {any} */ zone) => zone.modules),
  );
});

test('what cannot be meant of a schedule is named before anything is written', async () => {
  /** @type {Array<[string[], RegExp]>} */
  const mistakes = [
    [['switch', 'Nowhere'], /there is no schedule/],
    [['dance', 'x'], /there is no schedule|nothing to do/],
    [[], /expected: schedule HOME/],
    [['create', '--body', '{"name":"x","colour":1}'], /has no "colour"/],
    [
      ['create', '--body', '{"name":"x","timetable":[[7,0]],"zones":[]}'],
      /timetable\[0\]\.zone: there is no such zone/,
    ],
    [['create', '--body', 'x'], /no JSON object/],
  ];
  for (const [words, message] of mistakes) {
    const {code, json, events} = await house.run('schedule', home, ...words);
    assert.equal(code, 2, JSON.stringify(json));
    assert.match(json.error.message, message);
    assert.ok(events.every((event) => event.method === 'GET'));
  }
});

test('history of a meter and of a room, with units, segments and nulls', async () => {
  const state = await fits('home.schema.json', 'topology', home);
  const meter = state.modules.find((/** @type {any} */ one) => one.kind === 'plug');
  const energy = await fits('measures.schema.json', 'measures', home, meter.id, '--scale', '1hour');
  assert.equal(energy.columns.length, 3);
  assert.deepEqual(
    energy.columns.map((/** @type {any} */ one) => one.tariff),
    ['basic', 'peak', 'off_peak'],
  );
  assert.ok(energy.columns.every((/** @type {any} */ one) => one.unit === 'Wh'));
  assert.ok(energy.rows.length > 24, String(energy.rows.length));
  assert.ok(
    energy.rows.every((/** @type {any} */ row) => row.seconds === 3600 && row.from.endsWith(':00:00Z')),
    'rows begin with the hour',
  );
  assert.ok(
    energy.rows.some(
      (/** @type {any} */ row) => row.values.includes(null) && row.values.some((/** @type {any} */ one) => one > 0),
    ),
  );

  const warm = await fits(
    'measures.schema.json',
    'measures',
    home,
    'Bedroom',
    '--scale',
    '30min',
    '--from',
    new Date(Date.now() - 4 * 86400e3).toISOString().replace(/\.\d+/, ''),
  );
  assert.deepEqual(
    warm.columns.map((/** @type {any} */ one) => [one.type, one.unit]),
    [
      ['temperature', '°C'],
      ['sp_temperature', '°C'],
    ],
  );
  assert.ok(warm.segments.length > 1, 'a gap parts the segments');
  assert.ok(warm.rows[0].values[0] > 5 && warm.rows[0].values[0] < 35);

  const prices = await fits(
    'measures.schema.json',
    'measures',
    home,
    meter.id,
    '--scale',
    '1day',
    '--type',
    'sum_energy_buy_from_grid_price$1',
  );
  assert.equal(prices.columns[0].price, true);
});

test('a stretch that no answer can hold, and times that are none, are refused before a call', async () => {
  const {modules} = await fits('home.schema.json', 'topology', home);
  const meter = modules.find((/** @type {any} */ one) => one.kind === 'plug').id;
  for (const [options, message] of /** @type {Array<[string[], RegExp]>} */ ([
    [['--scale', '30min', '--from', '2020-01-01T00:00:00Z'], /at most 1024 steps/],
    [['--from', 'yesterday'], /expected a time/],
    [['--from', '1760000000', '--to', '1750000000'], /is not before/],
    [['--scale', '2min'], /expected one of 30min/],
  ])) {
    const {code, json, events} = await house.run('measures', home, meter, ...options);
    assert.equal(code, 2, JSON.stringify(json));
    assert.match(json.error.message, message);
    assert.deepEqual(events, []);
  }
});

test('answers of operations are decoded, module errors inside a 200 too', async () => {
  const plan = /** @type {any} */ (await fits('', 'call', 'netatmo.getscenarios', `home=${home}`));
  assert.ok(plan.decoded.scenes.length > 0);
  const state = /** @type {any} */ (await fits('', 'call', 'netatmo.homestatus', `home=${home}`));
  assert.ok(state.decoded.modules.length > 60);
  const lamp = /** @type {any} */ (
    await fits(
      '',
      'call',
      'netatmo.switch',
      `home=${home}`,
      'module=00:04:74:00:00:0a:11:01',
      'bridge=00:04:74:0a:11:67',
      'on=false',
    )
  );
  assert.deepEqual(lamp.decoded, {ok: true, errors: []});
  const silent = /** @type {any} */ (
    (
      await house.run(
        'call',
        'netatmo.switch',
        `home=${home}`,
        'module=00:04:74:00:00:0a:11:70',
        'bridge=00:04:74:0a:11:67',
        'on=true',
      )
    ).json
  );
  assert.equal(silent.status, 200);
  assert.deepEqual(
    silent.decoded.errors.map((/** @type {any} */ one) => one.code),
    [6],
  );
});

test('events that the cloud posts are signed with the secret of the application, and hook proves it', async () => {
  const secret = 's3cret.with+url,chars~0123456789abcdef';
  const config = netatmoConfig(server.url);
  config.clouds[0].client_id = 'foyer-secret';
  Object.assign(config.clouds[0], {client_secret: secret});
  const own = new Household(config);
  const signedIn = await signIn(own);
  if (signedIn.code !== 0) assert.fail(signedIn.stderr);
  await own.run('homes');
  assert.equal((await own.run('call', 'netatmo.addwebhook', 'url=https://example.com/hook')).code, 0);
  assert.equal((await own.run('call', 'netatmo.setthermmode', `home=${home}`, 'mode=away')).code, 0);
  const {webhooks} = await (await fetch(`${server.url}/cloud/_control/webhooks`)).json();
  const posted = webhooks.filter((/** @type {any} */ one) => one.api === 'netatmo').at(-1);
  assert.ok(posted, JSON.stringify(webhooks));
  const file = join(own.folder, 'posted.json');
  writeFileSync(file, posted.body);
  const check = (/** @type {string} */ signature) => {
    const {status, stdout} = spawnSync(
      process.execPath,
      [clientFile, '--config', own.config, 'hook', '--verify', file, '--signature', signature],
      {encoding: 'utf8'},
    );
    return {code: status, json: JSON.parse(stdout)};
  };
  const right = check(posted.headers['X-Netatmo-secret']);
  assert.equal(right.code, 0, JSON.stringify(right.json));
  assert.deepEqual(schemaMistakes('hook.schema.json', right.json), []);
  assert.equal(right.json.events[0].kind, 'home_mode');
  assert.equal(right.json.events[0].mode, 'away');
  assert.equal(check('0'.repeat(64)).code, 10);
  assert.equal((await own.run('call', 'netatmo.setthermmode', `home=${home}`, 'mode=schedule')).code, 0);
  own.remove();
});

test('two clouds in one configuration: each operation goes to its own', async () => {
  const both = new Household({
    ...demoConfig(server.url),
    clouds: [...demoConfig(server.url).clouds, ...netatmoConfig(server.url).clouds],
  });
  const legrand = await signIn(both);
  assert.equal(legrand.code, 0, legrand.stderr);
  const refused = await both.run('call', 'netatmo.homesdata');
  assert.notEqual(refused.code, 0, 'nobody signed in to Netatmo yet');
  const {code, json} = await both.run('call', 'smarther.plants');
  assert.equal(code, 0, JSON.stringify(json));
  both.remove();
});
