// The headless client against the simulated cloud: what a script does all day, and what goes wrong.
import assert from 'node:assert/strict';
import {chmodSync, existsSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {beforeEach, test} from 'node:test';
import {Household, control, demoConfig, lilas, signIn, signedIn} from './support.mjs';

const {server, house} = await signedIn();
beforeEach(() => control(server.url, {clearFaults: true, gatewayOffline: false, quotaLeft: 500, latencyMs: 0}));

/** @typedef {import('./support.mjs').Report} Report */
/** @param {Report} plant @param {string} name @param {string} room */
function moduleOf(plant, name, room) {
  const ambient = plant.ambients.find((one) => one.name === room);
  const found = plant.modules.find((one) => one.name === name && one.ambient === ambient?.id);
  assert.ok(found, `${room}/${name}`);
  return found;
}
/** @param {import('./support.mjs').Module} module @param {string} aspect */
const reading = (module, aspect) => module.readings.find((one) => one.aspect === aspect)?.value;
/** @param {Report} report @param {string} name */
const check = (report, name) => {
  const found = report.checks.find((one) => one.name === name);
  assert.ok(found, name);
  return found;
};
/** @param {string} address @param {string} name */
const parameter = (address, name) => new URL(address).searchParams.get(name) ?? '';

test('sign-in prints the address, waits, and answers the browser', async () => {
  const own = new Household(demoConfig(server.url));
  const said = await signIn(own, 'bruno');
  assert.equal(said.code, 0, said.stderr);
  assert.equal(parameter(said.authorize, 'code_challenge_method'), 'S256');
  assert.ok(parameter(said.authorize, 'state').length >= 22 && parameter(said.authorize, 'nonce'));
  assert.match(said.page, /You are signed in/);
  assert.equal(said.json.accounts[0].subject, 'b4000000-0000-4000-8000-000000000002');
  own.remove();
});

test('the session is kept between runs, its secrets in a vault of mode 0600', async () => {
  const {code, json} = await house.run('session');
  assert.equal(code, 0);
  assert.equal(json.accounts[0].status, 'signed_in');
  assert.equal(json.accounts[0].subject, 'a11ce000-0000-4000-8000-000000000001');
  assert.equal(statSync(`${house.config}.vault`).mode & 0o777, 0o600);
});

test('no token is on standard output, standard error or in the plain records', async () => {
  const vault = readFileSync(`${house.config}.vault`, 'utf8');
  const token =
    /"access_token\\?":\\?"([^"\\]+)/.exec(vault)?.[1] ?? /([\w-]{20,}\.[\w-]*\.?[\w-]{20,})/.exec(vault)?.[1];
  assert.ok(token && token.length > 20, 'the vault holds a token');
  const {lines, stderr} = await house.run('homes');
  for (const text of [lines.join('\n'), stderr, readFileSync(`${house.config}.records`, 'utf8')]) {
    assert.ok(!text.includes(token));
  }
});

test('homes lists the homes of all providers', async () => {
  const {code, json, events} = await house.run('homes');
  assert.equal(code, 0);
  assert.deepEqual(json.homes.map((home) => home.name).sort(), ['Chalet', lilas]);
  assert.ok((json.homes.find((home) => home.name === lilas)?.modules ?? 0) >= 30);
  assert.ok(
    events.every((event) => event.event === 'call' && !event.path.includes('1a1a50')),
    'ids stay out of the journal',
  );
});

test('topology tells rooms, modules and capabilities; unknown kinds are kept', async () => {
  const {code, json} = await house.run('topology', lilas);
  assert.equal(code, 0);
  assert.equal(json.ambients.length, 10);
  const dimmer = moduleOf(json, 'Floor lamp', 'Living room');
  assert.deepEqual(dimmer.capabilities.find((one) => one.aspect === 'level')?.range, [0, 100, 1]);
  assert.equal(moduleOf(json, 'Fountain', 'Garden').kind, 'unknown');
});

test('set switches a lamp and state shows it', async () => {
  for (const word of ['on', 'off']) {
    const set = await house.run('set', lilas, 'Floor lamp', word);
    assert.equal(set.code, 0, JSON.stringify(set.json));
    assert.equal(set.json.picture, 'confirmed');
    const {json} = await house.run('state', lilas);
    assert.equal(reading(moduleOf(json, 'Floor lamp', 'Living room'), 'on_off'), word === 'on');
  }
});

test('set takes ids, room/name, levels and modes', async () => {
  const level = await house.run('set', 'hc:000000000000000000000000001a1a50', 'Living room/Ceiling light', 'level=40');
  assert.equal(level.code, 0, JSON.stringify(level.json));
  const {json} = await house.run('state', lilas);
  assert.equal(reading(moduleOf(json, 'Ceiling light', 'Living room'), 'level'), 40);
  const chalet = await house.run('set', 'Chalet', 'Living room', 'setpoint=20.5');
  assert.equal(chalet.code, 0, JSON.stringify(chalet.json));
});

test('what cannot be meant is refused before anything is sent', async () => {
  /** @type {Array<[string[], RegExp]>} */
  const mistakes = [
    [['set', lilas, 'Floor lamp', 'purple'], /purple|understood|expected/i],
    [['set', lilas, 'Ceiling light', 'on'], /several are called/],
    [['set', lilas, 'No such lamp', 'on'], /there is no module/],
    [['state', 'No such home'], /there is no home/],
    [['dance'], /not a command/],
    [['set', lilas], /expected: set HOME MODULE COMMAND/],
    [['call', 'GET', 'plants'], /beginning with \//],
    [['--account', 'other', 'homes'], /no cloud "other"/],
  ];
  for (const [args, expected] of mistakes) {
    const {code, json, events} = await house.run(...args);
    assert.equal(code, 2, JSON.stringify(json));
    assert.match(json.error.message, expected);
    assert.ok(events.every((event) => event.method === 'GET'));
  }
});

test('a level outside its range names the limits', async () => {
  const {code, json} = await house.run('set', lilas, 'Floor lamp', 'level=140');
  assert.equal(code, 2, JSON.stringify(json));
  assert.match(JSON.stringify(json), /0.{1,3}100/);
});

test('a busy server is tried again, and the lamp is on in the end', async () => {
  await control(server.url, {fault: {status: 503, method: 'GET', count: 1}});
  const {code, events} = await house.run('state', lilas);
  assert.equal(code, 0);
  assert.ok(
    events.some((event) => event.status === 503 && event.action === 'wait_and_retry'),
    JSON.stringify(events),
  );
});

test('a gateway that is offline is said so, with its own exit code', async () => {
  await control(server.url, {gatewayOffline: '000000000000000000000000001a1a50'});
  const {code, json} = await house.run('set', lilas, 'Floor lamp', 'on');
  assert.equal(code, 8, JSON.stringify(json));
  assert.equal(json.picture, 'failed');
  assert.match(json.text, /offline/i);
});

test('a used-up quota parks the account: nothing more is sent until it is over', async () => {
  const own = new Household(demoConfig(server.url));
  await signIn(own, 'bruno');
  await control(server.url, {quotaLeft: 0});
  const first = await own.run('call', 'GET', '/smarther/v2.0/plants');
  assert.notEqual(first.code, 0);
  assert.equal(first.json.error.condition, 'E6');
  const second = await own.run('call', 'GET', '/smarther/v2.0/plants');
  assert.equal(second.code, 11, JSON.stringify(second.json));
  assert.equal(second.events.filter((event) => event.status !== 0).length, 0, JSON.stringify(second.events));
  const quota = await own.run('quota');
  assert.ok(quota.json.accounts[0].blocked_until);
  own.remove();
});

test('answers that are cut, not JSON, HTML or huge are refused by their own kind', async () => {
  for (const body of ['truncated', 'not-json', 'html', 'huge']) {
    await control(server.url, {clearFaults: true, fault: {status: 200, body, count: 9}});
    const {code, json} = await house.run('state', lilas);
    assert.ok(code === 5 || code === 7, `${body}: ${code} ${JSON.stringify(json)}`);
  }
});

test('a command whose answer is lost is read back, not sent blindly again', async () => {
  await house.run('set', lilas, 'Desk lamp', 'off');
  await control(server.url, {fault: {method: 'POST', drop: true, after: true}});
  const {code, json, events} = await house.run('set', lilas, 'Desk lamp', 'on');
  assert.equal(code, 0, JSON.stringify(json));
  assert.equal(events.filter((event) => event.method === 'POST').length, 1);
});

test('call is the request console', async () => {
  const {code, json} = await house.run('call', 'GET', '/smarther/v2.0/plants');
  assert.equal(code, 0);
  assert.equal(json.status, 200);
  assert.equal(json.body.plants[0].name, 'Chalet');
  const missing = await house.run('call', 'GET', '/smarther/v2.0/plants/none/topology');
  assert.notEqual(missing.code, 0);
  assert.ok(missing.json.error.status >= 400);
});

test('doctor finds everything in order, and says what is not', async () => {
  const well = await house.run('doctor');
  assert.equal(well.code, 0, JSON.stringify(well.json));
  assert.ok(well.json.checks.every((one) => one.ok));
  const lost = demoConfig(server.url);
  Object.assign(lost.clouds[0], {token_endpoint: 'http://127.0.0.1:1/token', issuer: `${server.url}/cloud/other`});
  const sick = new Household(lost);
  const {code, json} = await sick.run('doctor');
  assert.notEqual(code, 0);
  assert.equal(check(json, 'token').error.kind, 'transport');
  sick.remove();
});

test('a denied consent ends the sign-in with what the service said', async () => {
  const own = new Household(demoConfig(server.url));
  const said = await signIn(own, 'alice', 'deny');
  assert.equal(said.json.error.kind, 'refused', JSON.stringify(said.json));
  assert.equal(said.code, 8);
  assert.match(said.page, /did not work/);
  own.remove();
});

test('an answer to nobody’s question is ignored and the right one still counts (B3)', async () => {
  const own = new Household(demoConfig(server.url));
  const client = own.start('sign-in', '--redirect', 'http://127.0.0.1:0/callback', '--timeout', '60');
  const {authorize} = await client.line(0);
  const back = new URL(parameter(authorize, 'redirect_uri'));
  await fetch(`${back.href}?code=forged&state=wrong`);
  assert.equal((await fetch(new URL('/elsewhere', back))).status, 404);
  await control(server.url, {autoLogin: 'alice'});
  const redirect = await fetch(authorize, {redirect: 'manual'});
  await control(server.url, {autoLogin: ''});
  await fetch(redirect.headers.get('location') ?? '');
  const {code, json} = await client.ended;
  assert.equal(code, 0, JSON.stringify(json));
  own.remove();
});

test('nobody comes: sign-in gives up after its time', async () => {
  const own = new Household(demoConfig(server.url));
  const {code, json} = await own.run('sign-in', '--redirect', 'http://127.0.0.1:0/callback', '--timeout', '0.3');
  assert.equal(code, 6, JSON.stringify(json));
  own.remove();
});

test('a vault that others can read is refused, not used', async () => {
  const own = new Household(demoConfig(server.url));
  await signIn(own, 'bruno');
  chmodSync(`${own.config}.vault`, 0o644);
  const doctor = await own.run('doctor');
  const vault = check(doctor.json, 'vault');
  assert.equal(vault.error.kind, 'storage');
  assert.match(vault.error.message, /chmod 600/);
  const homes = await own.run('homes');
  assert.equal(homes.code, 12, JSON.stringify(homes.json));
  assert.match(homes.json.error.message, /chmod 600/);
  assert.equal(statSync(`${own.config}.vault`).mode & 0o777, 0o644, 'left as it was');
  own.remove();
});

test('a vault that is no JSON any more is deleted and means signing in again (S2)', async () => {
  const own = new Household(demoConfig(server.url));
  writeFileSync(`${own.config}.vault`, 'garbage', {mode: 0o600});
  const {code, json} = await own.run('session');
  assert.deepEqual([code, json.error.code], [12, 'S2']);
  assert.ok(!existsSync(`${own.config}.vault`));
  assert.equal((await own.run('session')).code, 9);
  own.remove();
});

test('two refreshes at once: one asks, both go on (T1, T2)', async () => {
  await control(server.url, {expireTokens: true});
  const [a, b] = await Promise.all([
    house.run('call', 'GET', '/smarther/v2.0/plants'),
    house.run('call', 'GET', '/smarther/v2.0/plants'),
  ]);
  assert.deepEqual([a.code, b.code], [0, 0], JSON.stringify([a.json, b.json]));
});

test('sign-out forgets everything on this machine', async () => {
  const own = new Household(demoConfig(server.url));
  await signIn(own, 'bruno');
  await own.run('homes');
  const {code, json} = await own.run('sign-out');
  assert.equal(code, 0);
  assert.equal(json.accounts[0].status, 'signed_out');
  assert.equal((await own.run('session')).code, 9);
  assert.equal((await own.run('homes')).code, 9);
  assert.doesNotMatch(
    readFileSync(`${own.config}.vault`, 'utf8'),
    /_token\\":\\"[^\\]/,
    'no token is left in the record',
  );
  own.remove();
});
