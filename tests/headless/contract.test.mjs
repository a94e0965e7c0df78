// What scripts rely on: for each command its help, its exit codes, its answer when a part is missing, and the calls of the day that
// it spends.
import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {chmodSync, existsSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {beforeEach, describe, test} from 'node:test';
import {
  Household,
  clientFile,
  control,
  demoConfig,
  lilas,
  netatmoConfig,
  project,
  schemaMistakes,
  signIn,
  signedIn,
} from './support.mjs';

const {server, house} = await signedIn();
beforeEach(() => control(server.url, {clearFaults: true, gatewayOffline: false, quotaLeft: 500, latencyMs: 0}));

/** The client without a household. @param {...string} args @returns {Promise<{code: unknown, stdout: string, stderr: string}>} */
const plain = (...args) =>
  new Promise((resolve) =>
    execFile(process.execPath, [clientFile, ...args], (error, stdout, stderr) =>
      resolve({code: error ? error.code : 0, stdout, stderr}),
    ),
  );
/** Calls of the API among the events. @param {import('./support.mjs').Ended} ended */
const calls = (ended) => ended.events.filter((event) => event.event === 'call').length;
const any = (/** @type {unknown} */ value) => /** @type {any} */ (value);

/** Every command of the help, and what it may cost when everything is kept: [least, most]. @type {Record<string, [string[], number, number]>} */
const costs = {
  session: [['session'], 0, 0],
  homes: [['homes'], 0, 0],
  topology: [['topology', lilas], 0, 0],
  state: [['state', lilas], 1, 14],
  watch: [['watch', lilas, '--every', '1', '--for', '0.5'], 1, 14],
  set: [['set', lilas, 'Floor lamp', 'on'], 1, 3],
  schedules: [['schedules', 'Chalet'], 0, 0],
  scenes: [['scenes', lilas], 0, 0],
  measures: [['measures', 'Chalet', 'Living room'], 1, 1],
  quota: [['quota'], 0, 0],
  retry: [['retry'], 0, 0],
  doctor: [['doctor'], 0, 0],
  call: [['call', 'smarther.plants'], 1, 1],
  operations: [['operations'], 0, 0],
  'sign-in': [[], 0, 0],
  'sign-out': [[], 0, 0],
  schedule: [[], 0, 0],
  hook: [[], 0, 0],
  completion: [[], 0, 0],
  help: [[], 0, 0],
  report: [[], 0, 0],
  replay: [[], 0, 0],
};

test('each command has a help of its own that says its options and its calls', async () => {
  const {code, stdout} = await plain('help');
  assert.equal(code, 0);
  const named = [...new Set([...stdout.matchAll(/^ {2}foyer (?:--config FILE )?([a-z-]+)/gm)].map(([, name]) => name))];
  assert.deepEqual(named.filter((name) => !['serve', 'init'].includes(name)).sort(), Object.keys(costs).sort());
  await Promise.all(
    Object.keys(costs).map(async (name) => {
      const [one, other] = await Promise.all([plain('help', name), plain(name, '--help')]);
      assert.equal(one.code, 0, name);
      assert.match(one.stdout, new RegExp(`^foyer (--config FILE )?${name}\\b`));
      assert.match(one.stdout, /^Calls of the day: .+\.$/m, name);
      assert.equal(other.stdout, one.stdout, name);
    }),
  );
});

test('the help names every command of a module, and the files that are kept', async () => {
  const {stdout} = await plain('help', 'set');
  const known =
    readFileSync(join(project, 'core/model/command.cpp'), 'utf8').match(/"expected on, off.*?;/s)?.[0] ??
    assert.fail('no list');
  const words = [
    ...known.matchAll(
      /\b(on|off|stop|run|preferred|lock|unlock|level|position|setpoint|mode|program|fan_speed|pilot_wire)\b/g,
    ),
  ].map(([word]) => word);
  for (const word of new Set(words)) assert.match(stdout, new RegExp(`\\b${word}\\b`), word);
  const general = (await plain('--help')).stdout;
  for (const word of ['FILE.records', 'FILE.vault', 'FOYER_PASSPHRASE', 'FOYER_CONFIG'])
    assert.ok(general.includes(word), word);
});

test('--version says which Foyer this is', async () => {
  const {code, stdout} = await plain('--version');
  assert.equal(code, 0);
  assert.match(stdout, /^\d\S+\n$/);
});

test('a slip is named with what was probably meant, and costs nothing', async () => {
  /** @type {[string[], RegExp][]} */
  const slips = [
    [['hoems'], /"hoems" is not a command; did you mean "homes"\?/],
    [['homes', '--frehs'], /there is no option --frehs; did you mean "fresh"\?/],
    [['homes', '--body', 'x'], /homes takes no --body; see: foyer help homes/],
    [['help', 'stat'], /did you mean "state"\?/],
    [['call', 'hc.statu'], /no operation "hc\.statu"; did you mean "hc\.status"\?/],
    [['call', 'bogus'], /there is no operation "bogus"/],
    [
      ['state', 'Rue des Lila'],
      /there is no home "Rue des Lila"; did you mean "Rue des Lilas"\?; known: .*; --fresh asks the clouds/,
    ],
    [['set', lilas, 'Flor lamp', 'on'], /there is no module "Flor lamp"; did you mean "Floor lamp"\?/],
    [['set', lilas, 'Floor lamp', 'purple'], /expected on, off/],
    [['watch', '--every', '0'], /expected seconds/],
    [['completion', 'tcsh'], /expected completion bash, zsh or fish/],
    [[], /which command\?/],
  ];
  await house.run('homes');
  for (const [args, said] of slips) {
    const ended = await house.run(...args);
    assert.equal(ended.code, 2, `${args}: ${JSON.stringify(ended.json)}`);
    assert.match(ended.json.error.message, said);
    assert.equal(calls(ended), 0, String(args));
  }
});

test('what is kept is read before a cloud is asked; its age is told, --fresh asks', async () => {
  await house.run('homes', '--fresh');
  for (const [name, [args, least, most]] of Object.entries(costs)) {
    if (args.length === 0) continue;
    const ended = await house.run(...args);
    assert.equal(ended.code, 0, `${name}: ${JSON.stringify(ended.json)} ${ended.stderr}`);
    assert.ok(calls(ended) >= least && calls(ended) <= most, `${name} spent ${calls(ended)}`);
  }
  const kept = await house.run('homes');
  for (const home of any(kept.json).homes) {
    assert.ok(home.age_seconds >= 0 && home.age_seconds < 600, JSON.stringify(home));
    assert.match(home.topology_at, /^\d{4}-\d\d-\d\dT.*Z$/);
  }
  assert.deepEqual(schemaMistakes('homes.schema.json', kept.json), []);
  const fresh = await house.run('homes', '--fresh');
  assert.ok(calls(fresh) > 2);
});

test('names are found whatever their case and accents, spaces apart', async () => {
  for (const [home, module] of [
    ['rue DES lilas', 'floor LAMP'],
    ['Rue dés Lîlas', 'living room/Floor  lamp'],
  ]) {
    const {code, json} = await house.run('set', home, module, 'on');
    assert.equal(code, 0, JSON.stringify(json));
  }
});

test('times have one form, in state as elsewhere', async () => {
  const {json} = await house.run('state', lilas);
  const times = [
    ...JSON.stringify({...json, modules: json.modules.map((one) => ({...one, raw_status: ''}))}).matchAll(
      /"(?:received|measured|topology_at|status_at)":("[^"]*"|\d+)/g,
    ),
  ].map(([, value]) => value);
  assert.ok(times.length > 20);
  for (const value of times) assert.match(value, /^"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z"$/);
  assert.deepEqual(schemaMistakes('home.schema.json', json), []);
});

test('doctor spends only when it may: --spend, and of the cloud that is meant', async () => {
  const free = await house.run('doctor');
  assert.equal(calls(free), 0);
  assert.ok(free.json.checks.some((check) => check.name === 'api' && any(check).looked === false));
  const spent = await house.run('doctor', '--spend', '--account', 'demo');
  assert.equal(calls(spent), 3);
  const other = await house.run('doctor', '--account', 'nobody');
  assert.equal(other.code, 2);
});

describe('a halt', () => {
  test('can be seen, says what helps, has one exit code, and is lifted by retry', async () => {
    const own = new Household(demoConfig(server.url));
    await signIn(own);
    assert.equal((await own.run('homes')).code, 0);
    await control(server.url, {fault: {status: 469, path: '/cloud/api', count: 99}});
    const first = await own.run('state', 'Chalet');
    assert.notEqual(first.code, 0);
    assert.equal(first.json.error.status, 469, JSON.stringify(first.json));
    assert.match(any(first.json.error).remedy, /Renew it in that app, then use: foyer retry/);
    assert.equal(any(first.json.error).next, 'retry');
    await control(server.url, {clearFaults: true});
    for (const args of [
      ['set', 'Chalet', 'Living room', 'setpoint=20'],
      ['call', 'smarther.plants'],
      ['state', 'Chalet'],
      ['homes', '--fresh'],
    ]) {
      const later = await own.run(...args);
      assert.equal(later.code, 11, `${args}: ${JSON.stringify(later.json)}`);
      assert.equal(calls(later), 0);
      const error = any(later.json).error ?? any(later.json).incomplete[0].error;
      assert.equal(error.next, 'retry');
      assert.match(error.again_at, /Z$/);
      assert.doesNotMatch(JSON.stringify(later.json), /press Try again/);
    }
    const quota = any((await own.run('quota')).json).accounts[0];
    assert.equal(quota.halted, 'E17');
    assert.equal(quota.next, 'retry');
    const checks = await own.run('doctor');
    assert.ok(!JSON.stringify(checks.json).includes('a subscription key is refused'));
    const lifted = await own.run('retry');
    assert.equal(lifted.code, 0, JSON.stringify(lifted.json));
    assert.equal(calls(lifted), 1);
    assert.equal(any((await own.run('quota')).json).accounts[0].halted, null);
    assert.equal(calls(await own.run('retry')), 0, 'nothing to lift costs nothing');
    own.remove();
  });

  test("of the day's calls is told with its end, and not lifted", async () => {
    const own = new Household(demoConfig(server.url));
    await signIn(own);
    await own.run('homes');
    await control(server.url, {quotaLeft: 0});
    await own.run('state', 'Chalet');
    const {code, json} = await own.run('retry');
    assert.equal(code, 11, JSON.stringify(json));
    assert.ok(any(json).accounts[0].error.again_at);
    own.remove();
  });
});

test('a cloud that is signed out is told beside the answers of the other: exit code 9', async () => {
  const demo = demoConfig(server.url);
  const both = {...demo, clouds: [...demo.clouds, ...netatmoConfig(server.url).clouds]};
  const own = new Household(both);
  await signIn(own, 'alice');
  const {code, json, lines} = await own.run('homes');
  assert.equal(code, 9, JSON.stringify(json));
  assert.equal(lines.length, 1);
  assert.equal(json.homes.length, 2, 'the answers of the other');
  assert.deepEqual(
    any(json).incomplete.map((/** @type {any} */ one) => [one.account, one.error.kind, one.error.next]),
    [['netatmo', 'signed_out', 'sign-in']],
  );
  assert.deepEqual(schemaMistakes('homes.schema.json', json), []);
  const elsewhere = await own.run('state', 'Villa Netatmo');
  assert.equal(elsewhere.code, 9, 'it may be there');
  assert.match(elsewhere.json.error.message, /there is no home "Villa Netatmo".*Netatmo demo is signed out/);
  assert.equal((await own.run('homes', '--account', 'demo')).code, 0);
  assert.equal((await own.run('topology', lilas)).code, 0);
  own.remove();
});

test('an account without a home says the usual cause first', async () => {
  const own = new Household(demoConfig(server.url));
  await signIn(own, 'nora');
  const {code, json} = await own.run('homes');
  assert.equal(code, 0);
  assert.deepEqual(json.homes, []);
  assert.match(any(json).hints[0].text, /Account, then Third-party access/);
  assert.deepEqual(schemaMistakes('homes.schema.json', json), []);
  own.remove();
});

test('an unknown path is not called a device that is gone', async () => {
  const {code, json} = await house.run('call', 'GET', '/x/y');
  assert.equal(code, 8);
  assert.match(json.error.message, /The service knows no GET \/x\/y/);
  assert.equal(json.error.status, 404);
});

test('errors name the file that was given', async () => {
  const own = new Household('{}');
  const file = join(own.folder, 'mine.json');
  writeFileSync(file, '{"clouds":[]}');
  const {code, stdout} = await plain('--config', file, 'homes');
  assert.equal(code, 3);
  assert.match(JSON.parse(stdout).error.message, /^mine\.json: clouds: expected/);
  own.remove();
});

test('watch prints a line for each change, and nothing else', async () => {
  await house.run('set', lilas, 'Desk lamp', 'off');
  const client = house.start('watch', lilas, '--every', '1', '--for', '9');
  const first = new Promise((resolve) => client.child.stderr.once('data', resolve)); // it has looked once
  await first;
  await new Promise((resolve) => setTimeout(resolve, 1500));
  assert.equal((await house.run('set', lilas, 'Desk lamp', 'on')).code, 0);
  const {code, lines} = await client.ended;
  assert.equal(code, 0);
  const told = lines
    .map((line) => JSON.parse(line))
    .filter((line) => line.name === 'Desk lamp' && line.aspect === 'on_off');
  assert.deepEqual(
    told.map(({from, to}) => [from, to]),
    [[false, true]],
    lines.join('\n'),
  );
  for (const line of lines) assert.deepEqual(schemaMistakes('watch.schema.json', JSON.parse(line)), []);
});

test('--table is for eyes, and errors of it go to standard error', async () => {
  const {code, stdout} = await plain('--config', house.config, '--table', 'homes');
  assert.equal(code, 0);
  assert.match(stdout, /^name +id +account/m);
  assert.match(stdout, /Rue des Lilas +hc:/);
  assert.throws(() => JSON.parse(stdout));
  const wrong = await plain('--config', house.config, '--table', 'state', 'Nowhere');
  assert.equal(wrong.code, 2);
  assert.equal(wrong.stdout, '');
  assert.match(wrong.stderr, /there is no home "Nowhere"/);
});

test('sign-in opens the browser that BROWSER names, and says so when there is none', async () => {
  const own = new Household(demoConfig(server.url));
  const script = join(own.folder, 'browser');
  writeFileSync(script, `#!/bin/sh\necho "$1" > "${join(own.folder, 'opened')}"\n`);
  chmodSync(script, 0o755);
  own.env = {BROWSER: script};
  const client = own.start('sign-in', '--browser', '--redirect', 'http://127.0.0.1:0/callback', '--timeout', '4');
  const {authorize} = await client.line(0);
  const ended = await client.ended;
  assert.equal(ended.code, 6);
  assert.equal(readFileSync(join(own.folder, 'opened'), 'utf8').trim(), authorize);
  own.env = {BROWSER: '', DISPLAY: '', WAYLAND_DISPLAY: ''};
  const bare = await own.run('sign-in', '--browser', '--redirect', 'http://127.0.0.1:0/callback', '--timeout', '1');
  assert.ok(
    bare.events.some((event) => /no browser was opened/.test(any(event).text ?? '')),
    bare.stderr,
  );
  own.env = {BROWSER: script};
  writeFileSync(join(own.folder, 'opened'), '');
  await own.run('sign-in', '--redirect', 'http://127.0.0.1:0/callback', '--timeout', '1');
  assert.equal(readFileSync(join(own.folder, 'opened'), 'utf8'), '', 'a script without a terminal opens nothing');
  own.remove();
});

/** Lets the client's clock differ. @param {number} ms */
const shifted = (ms) => ({
  NODE_OPTIONS: `--import data:text/javascript,const%20now=Date.now;Date.now=()=>now()%2B${ms}`,
});

test('session warns from day 80, in the answer and beside it', async () => {
  const own = new Household(demoConfig(server.url));
  await signIn(own, 'bruno');
  const now = await own.run('session');
  assert.equal(any(now.json).accounts[0].warning, undefined);
  own.env = shifted(82 * 86_400_000);
  const late = await own.run('session');
  assert.match(any(late.json).accounts[0].warning, /ends in \d+ (h|d)/, JSON.stringify(late.json));
  assert.ok(
    late.events.some((event) => event.event === 'warning'),
    late.stderr,
  );
  own.remove();
});

test('a clock that is off is told with the way to go on, as in the page', async () => {
  const own = new Household(demoConfig(server.url));
  own.env = shifted(3_600_000);
  const refused = await signIn(own, 'bruno');
  assert.equal(refused.code, 10, JSON.stringify(refused.json));
  assert.equal(any(refused.json.error).next, 'sign-in --ignore-clock');
  await control(server.url, {autoLogin: 'bruno'});
  const client = own.start('sign-in', '--ignore-clock', '--redirect', 'http://127.0.0.1:0/callback', '--timeout', '30');
  const {authorize} = await client.line(0);
  const redirect = await fetch(authorize, {redirect: 'manual'});
  await fetch(redirect.headers.get('location') ?? '');
  await control(server.url, {autoLogin: ''});
  const {code, json} = await client.ended;
  assert.equal(code, 0, JSON.stringify(json));
  own.remove();
});

test('a port that is taken is said before anybody signs in', async () => {
  const {port} = new URL(server.url);
  const {code, json} = await house.run('sign-in', '--redirect', `http://127.0.0.1:${port}/callback`);
  assert.equal(code, 13);
  assert.match(json.error.message, /EADDRINUSE; another program has that port/);
});

describe('completion', () => {
  const {folder} = house;
  /** @param {string} program @param {...string} args @returns {Promise<{status: unknown, stdout: string, stderr: string}>} */
  const run = (program, ...args) =>
    new Promise((resolve) =>
      execFile(program, args, (error, stdout, stderr) => resolve({status: error ? error.code : 0, stdout, stderr})),
    );
  for (const shell of ['bash', 'zsh', 'fish']) {
    test(`${shell} takes what it prints`, async () => {
      const {code, stdout} = await plain('completion', shell);
      assert.equal(code, 0);
      const file = join(folder, `completion.${shell}`);
      writeFileSync(file, stdout);
      const {status, stderr} = await run(shell, '-n', file);
      assert.equal(status, 0, stderr);
      for (const name of Object.keys(costs)) assert.match(stdout, new RegExp(`\\b${name}\\b`));
    });
  }
  test('bash completes commands, options and words', async () => {
    const {stdout: printed} = await plain('completion', 'bash');
    const complete = async (/** @type {string[]} */ ...words) => {
      const script = `${printed}
COMP_WORDS=(foyer ${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length}; _foyer; printf '%s\\n' "\${COMPREPLY[@]}"`;
      return (await run('bash', '-c', script)).stdout.split('\n').filter(Boolean);
    };
    assert.deepEqual(await complete('ho'), ['homes', 'hook']);
    assert.deepEqual(await complete('--config', 'x.json', 'st'), ['state']);
    assert.deepEqual(await complete('homes', '--fr'), ['--fresh']);
    assert.deepEqual(await complete('--language', ''), ['en', 'de', 'es', 'fr', 'it']);
    assert.ok((await complete('set', 'H', 'M', 'se')).includes('setpoint='));
  });
});

test('the lines of the examples in the README are commands', async () => {
  const readme = readFileSync(join(project, 'README.md'), 'utf8');
  const lines = [...readme.matchAll(/^(?:node build\/node\/foyer\.mjs|foyer) --config \S+ ([a-z-]+)/gm)].map(
    ([, name]) => name,
  );
  assert.ok(lines.length >= 3 && lines.every((name) => name in costs), lines.join());
  assert.ok(existsSync(clientFile));
});
