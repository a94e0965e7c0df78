// One lamp, three hosts: the page in Chromium, the native window and the headless client, all signed in to the same
// simulated cloud on localhost. Each switches it, the other two see it.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {becomes, eventually, lamp, press, signIn as signInPage, start} from '../browser/support.mjs';
import {Household, demoConfig, signIn, throughSimulator} from '../headless/support.mjs';
import {NativeWindow} from './window.mjs';

/** @type {Awaited<ReturnType<typeof start>>} */
let world;
before(async () => {
  world = await start();
});
after(() => world?.close());

test(
  'page, window and headless client switch the same lamp and see each other’s change',
  {timeout: 180_000},
  async (t) => {
    await world.control({stateDelayMs: 0}); // what is switched is told at once, so one look is enough
    const url = world.base.replace(/\/$/, '');
    const page = await world.open();
    await signInPage(page, world.base);
    const tile = lamp(page, 'Living room', 'Floor lamp');

    const desk = new Household(demoConfig(url));
    const window = new NativeWindow(desk.config);
    await window.until('button', 'Try the demo home');
    await window.say('press', 'button', 'Try the demo home');
    const {authorize} = await window.line((line) => 'authorize' in line);
    await fetch(await throughSimulator(authorize, 'alice'));

    const script = new Household(demoConfig(url));
    assert.equal((await signIn(script)).code, 0);

    const inPage = async (/** @type {boolean} */ on) => {
      await press(page.getByRole('button', {name: 'Refresh'}));
      await becomes(tile, on);
    };
    const inWindow = async (/** @type {boolean} */ on) => {
      await window.say('refresh');
      await window.until('switch', 'Floor lamp', (node) => node?.checked === on);
    };
    const inScript = async (/** @type {boolean} */ on) => {
      const {json} = await script.run('state', 'Rue des Lilas');
      const module = json.modules.find((one) => one.id.endsWith('0002'));
      assert.equal(module?.readings.find((one) => one.aspect === 'on_off')?.value, on);
    };

    await t.test('the page switches it on', async () => {
      await becomes(tile, false);
      await press(tile, 'Space');
      await becomes(tile, true);
      await eventually(async () => (await tile.getAttribute('aria-busy')) !== 'true', 'confirmed');
      await inWindow(true);
      await inScript(true);
    });
    await t.test('the window switches it off', async () => {
      assert.equal((await window.say('press', 'switch', 'Floor lamp')).ok, true);
      await window.until('switch', 'Floor lamp', (node) => node?.checked === false && !node.busy);
      await inPage(false);
      await inScript(false);
    });
    await t.test('the headless client switches it on', async () => {
      assert.equal((await script.run('set', 'Rue des Lilas', 'Floor lamp', 'on')).code, 0);
      await inPage(true);
      await inWindow(true);
    });
    assert.equal(await window.close(), 0);
    desk.remove();
    script.remove();
  },
);
