// The native window: signs in through the loopback redirect, switches a lamp, and the headless client sees it – and the
// other way round. Everything is found by role and name in the semantic tree.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {PNG} from 'pngjs';
import {startServer} from '../../tools/serve.mjs';
import {Household, cloudDir, demoConfig, signIn, throughSimulator} from '../headless/support.mjs';
import {NativeWindow} from './window.mjs';

/** @type {Awaited<ReturnType<typeof startServer>>} */
let server;
before(async () => {
  server = await startServer({port: 0, cloud: cloudDir});
});
after(() => server?.close());

/** Signs a window in as a person would. @param {NativeWindow} window @param {'accept' | 'deny'} decision */
async function signInTo(window, decision = 'accept') {
  await window.until('button', 'Try the demo home');
  await window.say('press', 'button', 'Try the demo home');
  const {authorize} = await window.line((line) => 'authorize' in line);
  const page = await fetch(await throughSimulator(authorize, 'alice', decision));
  return {authorize, page: await page.text(), status: page.status};
}

test('sign in, switch a lamp, and the headless client sees each other’s change', {timeout: 120_000}, async (t) => {
  const house = new Household(demoConfig(server.url));
  const window = new NativeWindow(house.config);
  await t.test('the welcome page has its heading and button', async () => {
    await window.until('button', 'Try the demo home');
    assert.ok((await window.say('find', 'heading', 'Your home, in one window')).node);
  });
  await t.test('the loopback redirect is on this machine and answers the browser (RFC 8252)', async () => {
    const {authorize, page, status} = await signInTo(window);
    assert.match(new URL(authorize).searchParams.get('redirect_uri') ?? '', /^http:\/\/127\.0\.0\.1:\d+\/callback$/);
    assert.equal(status, 200);
    assert.match(page, /You can close this page/);
  });
  await t.test('the home is shown', async () => {
    assert.equal((await window.until('switch', 'Floor lamp')).checked, false);
  });
  const script = new Household(demoConfig(server.url));
  await signIn(script);
  const lampOf = (/** @type {import('../headless/support.mjs').Report} */ plant) =>
    plant.modules.find((one) => one.id.endsWith('0002'))?.readings.find((one) => one.aspect === 'on_off')?.value;
  await t.test('the window switches the lamp, the headless client reads it', async () => {
    assert.equal((await window.say('press', 'switch', 'Floor lamp')).ok, true);
    await window.until('switch', 'Floor lamp', (node) => node?.checked === true && !node.busy);
    let seen = false;
    while (!seen) seen = lampOf((await script.run('state', 'Rue des Lilas')).json);
    assert.equal(seen, true);
  });
  await t.test('the headless client switches it back, the window shows it when it looks again', async () => {
    assert.equal((await script.run('set', 'Rue des Lilas', 'Floor lamp', 'off')).code, 0);
    await window.say('refresh');
    await window.until('switch', 'Floor lamp', (node) => node?.checked === false);
  });
  await t.test('pixels are drawn', async () => {
    const file = join(house.folder, 'window.png');
    assert.equal((await window.say('screenshot', file)).ok, true);
    const {data, width, height} = PNG.sync.read(readFileSync(file));
    assert.deepEqual([width, height], [1100, 760]);
    const colours = new Set();
    for (let i = 0; i < data.length; i += 4) colours.add((data[i] << 16) | (data[i + 1] << 8) | data[i + 2]);
    assert.ok(colours.size > 100, `${colours.size} colours`);
  });
  assert.equal(await window.close(), 0);

  await t.test('the session outlives the program', async () => {
    const again = new NativeWindow(house.config);
    await again.until('switch', 'Floor lamp');
    assert.equal(await again.close(), 0);
  });
  house.remove();
  script.remove();
});

test('a refused consent is a message, and signing in again works', {timeout: 60_000}, async () => {
  const house = new Household(demoConfig(server.url));
  const window = new NativeWindow(house.config);
  await signInTo(window, 'deny');
  const told = async () =>
    (await window.say('nodes')).nodes.some((/** @type {any} */ node) =>
      /Access was not granted/.test(`${node.name} ${node.description ?? ''}`),
    );
  while (!(await told())) await new Promise((resolve) => setImmediate(resolve));
  await signInTo(window);
  await window.until('switch', 'Floor lamp');
  await window.close();
  house.remove();
});

test('a broken config.json is explained in the window', {timeout: 60_000}, async () => {
  const house = new Household('{"clouds":[{"id":"demo"}]}');
  const window = new NativeWindow(house.config);
  const told = async () =>
    (await window.say('nodes')).nodes.some((/** @type {any} */ node) => /clouds\[0\]\.name/.test(node.name));
  while (!(await told())) await new Promise((resolve) => setImmediate(resolve));
  await window.close();
  assert.equal(await window.ended, 3, 'and in the exit code');
  assert.match(window.errors, /config\.json: clouds\[0\]\.name: expected/, 'and at the terminal');
  house.remove();
});

test('the debug panels draw over the interface', {timeout: 60_000}, async () => {
  const house = new Household(demoConfig(server.url));
  const pictures = [];
  for (const args of [[], ['--debug']]) {
    const window = new NativeWindow(house.config, ...args);
    await window.until('button', 'Try the demo home');
    const file = join(house.folder, `debug${args.length}.png`);
    await window.say('screenshot', file);
    pictures.push(PNG.sync.read(readFileSync(file)).data);
    await window.close();
  }
  assert.ok(!pictures[0].equals(pictures[1]));
  house.remove();
});

test('no frame without a reason: an idle window draws nothing', {timeout: 60_000}, async () => {
  const house = new Household(demoConfig(server.url));
  const window = new NativeWindow(house.config, '--reduced-motion');
  await window.until('button', 'Try the demo home');
  let last = -1;
  for (let now = (await window.say('frames')).count; now !== last; now = (await window.say('frames')).count) {
    last = now;
    await window.say('nodes'); // one more turn of the loop
  }
  for (let turn = 0; turn < 200; ++turn) await window.say('find', 'button', 'Try the demo home');
  assert.equal((await window.say('frames')).count, last);
  await window.close();
  house.remove();
});

test('--screenshot writes a picture and ends; bad options end with their exit code', {timeout: 60_000}, async () => {
  const house = new Household(demoConfig(server.url));
  const file = join(house.folder, 'shot.png');
  const window = new NativeWindow(house.config, '--screenshot', file, '--after', '300', '--size', '800x600');
  assert.equal(await window.ended, 0, window.errors);
  assert.equal(PNG.sync.read(readFileSync(file)).width, 800);
  const wrong = new NativeWindow(house.config, '--colour', 'red');
  assert.equal(await wrong.ended, 2);
  assert.match(wrong.errors, /--colour/);
  house.remove();
});
