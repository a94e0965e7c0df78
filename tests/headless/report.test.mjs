// A report is made of a simulated home, served again, and shows the same home – of nobody.
import assert from 'node:assert/strict';
import {spawn, spawnSync} from 'node:child_process';
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, test} from 'node:test';
import {Household, clientFile, control, demoConfig, netatmoConfig, signIn, signedIn} from './support.mjs';

const {server, house} = await signedIn((base) => {
  const [demo, netatmo] = [demoConfig(base), netatmoConfig(base)];
  return {...demo, clouds: [...demo.clouds, ...netatmo.clouds]};
});
{
  const {code, stderr} = await signInAt(house, 'netatmo');
  assert.equal(code, 0, stderr);
}
const file = join(house.folder, 'report.json');
/** @type {Array<import('node:child_process').ChildProcess>} */
const running = [];
after(() => running.forEach((one) => one.kill()));

/** Signs in at one of several clouds. @param {Household} who @param {string} account */
async function signInAt(who, account) {
  const run = who.start.bind(who);
  who.start = (...args) => run(...args, '--account', account);
  try {
    return await signIn(who);
  } finally {
    who.start = run;
  }
}

/** Starts a replay and waits for its first line. @param {string} name @returns {Promise<any>} */
function replayed(name) {
  const child = spawn(process.execPath, [clientFile, 'replay', name], {stdio: ['ignore', 'pipe', 'ignore']});
  running.push(child);
  return new Promise((resolve, reject) => {
    let out = '';
    child.stdout.on('data', (piece) => {
      out += piece;
      if (out.includes('\n')) resolve(JSON.parse(out));
    });
    child.on('close', () => reject(new Error(`replay ended: ${out}`)));
  });
}

/** What is seen of a home, without whose it is. @param {any} home */
const seen = (home) => ({
  rooms: home.ambients.length,
  modules: home.modules
    .map((/** @type {any} */ one) => ({
      kind: one.kind,
      device: one.device,
      room: home.ambients.findIndex((/** @type {any} */ room) => room.id === one.ambient),
      capabilities: one.capabilities.map((/** @type {any} */ {aspect}) => aspect).sort(),
      readings: one.readings.map((/** @type {any} */ {aspect}) => aspect).sort(),
    }))
    .map((/** @type {any} */ one) => JSON.stringify(one))
    .sort(),
});

test('without a yes nothing is written, and it is said what would be', async () => {
  const {code, json, stderr} = await house.run('report', '--out', file);
  assert.equal(code, 14, stderr);
  assert.match(json.error.message, /nothing was written/);
  assert.match(stderr, /GET \/api\/homesdata {2}200, \d+ bytes/);
  assert.match(stderr, /answers \(\d+ bytes\)/);
  assert.equal(existsSync(file), false);
});

test('a report is written, holds nothing of the home or of a renewed sign-in, and is not written over', async () => {
  await control(server.url, {expireTokens: true});
  const {code, json, stderr} = await house.run('report', '--out', file, '--yes');
  assert.equal(code, 0, stderr);
  const summary = /** @type {any} */ (json);
  assert.equal(summary.file, file);
  assert.ok(summary.answers >= 5 && summary.replaced > 100, JSON.stringify(summary));
  const text = readFileSync(file, 'utf8');
  const {homes} = /** @type {any} */ ((await house.run('homes')).json);
  assert.ok(homes.length >= 3);
  let compared = 0;
  for (const {id} of homes) {
    const home = /** @type {any} */ ((await house.run('topology', id)).json);
    const ids = [
      id,
      ...home.ambients.map((/** @type {any} */ one) => one.id),
      ...home.modules.map((/** @type {any} */ one) => one.id),
    ];
    const names = [
      home.name,
      ...home.ambients.map((/** @type {any} */ one) => one.name),
      ...home.modules.map((/** @type {any} */ one) => one.name),
    ];
    for (const one of ids
      .map((full) => full.slice(full.indexOf(':') + 1).replace(/#.*/, ''))
      .filter((short) => short.length > 6)) {
      assert.ok(!text.toLowerCase().includes(one.toLowerCase()), `the id ${one} is left`);
      compared++;
    }
    for (const one of names.filter((/** @type {string} */ name) => name && name.length > 5)) {
      assert.ok(!text.includes(`\\"${JSON.stringify(one).slice(1, -1)}\\"`), `the name ${one} is left`);
      compared++;
    }
  }
  assert.ok(compared > 150, String(compared));
  for (const secret of ['access_token', 'Bearer', '1111111111', 'foyer-demo', server.url])
    assert.ok(!text.includes(secret), secret);
  for (const {answers} of JSON.parse(text).clouds)
    assert.deepEqual(
      answers.filter((/** @type {any} */ {method}) => method !== 'GET'),
      [],
    );
  const used = async () => (await house.run('quota')).json.accounts.map((/** @type {any} */ {used}) => used);
  const before = await used();
  for (const [place, says] of /** @type {Array<[string, RegExp]>} */ ([
    [file, /is there already/],
    [join(house.folder, 'no', 'report.json'), /can't be written: ENOENT/],
  ])) {
    const again = await house.run('report', '--out', place, '--yes');
    assert.equal(again.code, 12);
    assert.match(again.json.error.message, says);
  }
  assert.deepEqual(await used(), before, 'no call is spent on a report that would have no place');
});

test('accounts of one service have each its own answers', async () => {
  const [cloud] = netatmoConfig(server.url).clouds;
  const two = new Household({...netatmoConfig(server.url), clouds: [cloud, {...cloud, id: 'other', name: 'Another'}]});
  after(() => two.remove());
  for (const id of ['netatmo', 'other']) {
    const {code, stderr} = await signInAt(two, id);
    assert.equal(code, 0, stderr);
  }
  const both = join(two.folder, 'both.json');
  const {code, stderr} = await two.run('report', '--out', both, '--yes');
  assert.equal(code, 0, stderr);
  const {clouds} = JSON.parse(readFileSync(both, 'utf8'));
  const asked = clouds.map((/** @type {any} */ {answers}) =>
    answers.map((/** @type {any} */ {target}) => target).sort(),
  );
  assert.equal(asked.length, 2);
  assert.ok(asked[0].includes('/api/homesdata'), asked[0].join(' '));
  assert.ok(
    asked[0].some((/** @type {string} */ one) => one.startsWith('/api/homestatus')),
    asked[0].join(' '),
  );
  // Homes that both see are read by the first of them.
  assert.deepEqual(asked[1], ['/api/homesdata'], 'its own list');
});

test('a replay shows the same home, signs in by itself and takes no command', async () => {
  const {config} = await replayed(file);
  const other = new Household(config);
  after(() => other.remove());
  for (const {id} of config.clouds) {
    const {code, stderr} = await signInAt(other, id);
    assert.equal(code, 0, stderr);
  }
  // In what order homes are kept says nothing.
  const [there, here] = await Promise.all(
    [house, other].map(async (one) =>
      /** @type {any} */ ((await one.run('homes', '--fresh')).json).homes.sort(
        (/** @type {any} */ a, /** @type {any} */ b) => a.modules - b.modules,
      ),
    ),
  );
  const counts = (/** @type {any[]} */ homes) => homes.map((one) => [one.modules, one.ambients]);
  assert.deepEqual(counts(here), counts(there));
  for (const [i, {id}] of there.entries()) {
    const [a, b] = [await house.run('topology', id), await other.run('topology', here[i].id)];
    assert.equal(b.code, 0, JSON.stringify(b.json));
    if (a.json.modules.length > 0) assert.notEqual(b.json.modules[0].id, a.json.modules[0].id);
    assert.deepEqual(seen(b.json), seen(a.json));
  }
  const first = here.at(-1);
  const home = /** @type {any} */ ((await other.run('topology', first.id)).json);
  const lamp = home.modules.find((/** @type {any} */ one) =>
    one.capabilities.some((/** @type {any} */ {aspect}) => aspect === 'on_off'),
  );
  const refused = await other.run('set', first.id, lamp.id, 'on');
  assert.notEqual(refused.code, 0);
  assert.match(JSON.stringify(refused.json), /takes no commands/);
});

test('what a stranger wrote into a report steers no terminal, and runs nothing in a browser', async () => {
  const report = JSON.parse(readFileSync(file, 'utf8'));
  report.journal.push({at: report.at, kind: 'call', text: 'GET \u001b[31m/a\u001b[0m\nlast\u202e line'});
  report.clouds[0].answers.push({method: 'GET', target: '/page', status: 500, body: '<script>alert(1)</script>'});
  const words = {'na\u001bme': 'a\u001b[2Jb\u009bc\u2066d', list: [{text: 'e\nf'}]};
  report.clouds[0].answers.push({method: 'GET', target: '/strange', status: 200, body: JSON.stringify(words)});
  const hostile = join(house.folder, 'hostile.json');
  writeFileSync(hostile, JSON.stringify(report));
  const child = spawn(process.execPath, [clientFile, 'replay', hostile], {stdio: ['ignore', 'pipe', 'pipe']});
  running.push(child);
  let said = '';
  child.stderr.on('data', (piece) => (said += piece));
  const {config} = await new Promise((resolve) => child.stdout.once('data', (piece) => resolve(JSON.parse(piece))));
  assert.match(said, /call GET \S*/);
  assert.match(said, /\[0m last line\n/);
  assert.doesNotMatch(said, /[\u0000-\u0009\u000b-\u001f\u202e]/);
  const page = await fetch(new URL(`${config.clouds[0].api_base}/page`, config.base));
  assert.equal(page.status, 500);
  assert.equal(page.headers.get('content-security-policy'), "default-src 'none'; sandbox");
  assert.equal(page.headers.get('x-content-type-options'), 'nosniff');
  assert.equal(page.headers.get('cache-control'), 'no-store');

  const other = new Household({...config, clouds: config.clouds.slice(0, 1)});
  after(() => other.remove());
  assert.equal((await signIn(other)).code, 0);
  const {status, stdout, stderr} = spawnSync(
    process.execPath,
    [clientFile, '--config', other.config, 'call', 'GET', '/strange', '--table'],
    {encoding: 'utf8'},
  );
  assert.equal(status, 0, stderr);
  assert.match(stdout, /na me a \[2Jb cd/);
  assert.doesNotMatch(stdout, /[\u0000-\u0009\u000b-\u001f\u0080-\u009f\u2066]/);
});

test('what is no report, or a broken one, is refused in one sentence', async () => {
  const run = (/** @type {string[]} */ ...args) => new Household('{}').run('replay', ...args);
  for (const [text, says] of /** @type {Array<[string, RegExp]>} */ ([
    ['{}', /no report of Foyer/],
    ['nonsense', /this is no report/],
    [readFileSync(file, 'utf8').replace('"status":200', '"status":7'), /clouds\[0\]\.answers\[\d+\]\.status: expected/],
    [readFileSync(file, 'utf8').replace('"foyer_report":1', '"foyer_report":9'), /reads form 1/],
  ])) {
    const bad = join(house.folder, 'bad.json');
    writeFileSync(bad, text);
    const {code, json} = await run(bad);
    assert.equal(code, 7, text.slice(0, 40));
    assert.match(json.error.message, says);
    assert.ok(!json.error.message.includes('\n'));
  }
  const lost = await run(join(house.folder, 'nowhere.json'));
  assert.equal(lost.code, 2);
  assert.match(lost.json.error.message, /can't be read: ENOENT/);
  assert.equal((await run()).code, 2);
  const port = await run(file, '--port', 'x');
  assert.equal(port.code, 2);
});

test('nobody who is signed in is nothing to report of', async () => {
  const empty = new Household(demoConfig(server.url));
  after(() => empty.remove());
  const {code, json} = await empty.run('report', '--yes');
  assert.equal(code, 9);
  assert.match(json.error.message, /nothing to report/);
  await control(server.url, {clearFaults: true});
});

test('the sign-in of a replay leads to this machine only', async () => {
  const {
    config: {
      base,
      clouds: [cloud],
    },
  } = await replayed(file);
  const ask = (/** @type {string} */ back) =>
    fetch(new URL(`${cloud.authorize_endpoint}?state=s&redirect_uri=${encodeURIComponent(back)}`, base), {
      redirect: 'manual',
    });
  assert.equal((await ask('https://elsewhere.example/')).status, 400);
  assert.equal((await ask('not an address')).status, 400);
  assert.match(
    (await ask('http://127.0.0.1:9/callback')).headers.get('location') ?? '',
    /^http:\/\/127\.0\.0\.1:9\/callback\?code=[^&]+&state=s$/,
  );
});
