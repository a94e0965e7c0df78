// @ts-check
// The canvas as a good citizen: it really draws, it rests when nothing happens, and it survives losing its context.
import assert from 'node:assert/strict';
import {after, afterEach, before, beforeEach, describe, it} from 'node:test';
import {becomes, coloursOnCanvas, debug, eventually, isOn, lamp, press, room, shot, signIn, start} from './support.mjs';

/** @type {Awaited<ReturnType<typeof start>>} */
let world;
before(async () => {
  world = await start();
});
after(() => world.close());
beforeEach(() => world.control({reset: true}));
afterEach(() => world.closePages());

const noWebGL = () => {
  const inner = HTMLCanvasElement.prototype.getContext;
  HTMLCanvasElement.prototype.getContext = /** @type {any} */ (
    function (/** @type {any} */ kind, /** @type {any} */ more) {
      return String(kind).startsWith('webgl') ? null : inner.call(this, kind, more);
    }
  );
};

describe('with WebGL', () => {
  it('pixels are drawn: icons, text and tiles give many colours, in light and dark, wide and narrow', async () => {
    for (const [name, colorScheme, viewport] of /** @type {const} */ ([
      ['wide-light', 'light', {width: 1440, height: 900}],
      ['wide-dark', 'dark', {width: 1440, height: 900}],
      ['phone-light', 'light', {width: 390, height: 844}],
      ['phone-dark', 'dark', {width: 390, height: 844}],
    ])) {
      const page = await world.open({colorScheme, viewport});
      await signIn(page, world.base);
      await room(page, 'Living room').waitFor({state: 'attached'});
      await eventually(async () => (await coloursOnCanvas(page)) > 60, `${name}: more than a flat canvas`);
      assert.equal((await debug(page)).webgl, true);
      await shot(page, name);
      await page.context().close();
    }
  });

  it('ten seconds without a cause: no frame, no draw', async () => {
    const page = await world.open();
    await signIn(page, world.base);
    await room(page, 'Living room').waitFor({state: 'attached'});
    // Settled: the command of arriving is over, and the next poll is minutes away.
    let last = await debug(page);
    await eventually(
      async () => {
        await new Promise((resolve) => setTimeout(resolve, 1500));
        const now = await debug(page);
        const rested = now.frames === last.frames;
        last = now;
        return rested;
      },
      'comes to rest',
      30_000,
    );
    // The minute that passes changes "2 min ago": that one frame is a reason, so begin right after a full minute.
    const second = await page.evaluate('new Date().getSeconds()');
    if (second > 45)
      await eventually(async () => Number(await page.evaluate('new Date().getSeconds()')) < 40, 'a new minute', 20_000);
    const before = await debug(page);
    await new Promise((resolve) => setTimeout(resolve, 10_000));
    const later = await debug(page);
    assert.deepEqual(
      {frames: later.frames - before.frames, draws: later.draws - before.draws},
      {frames: 0, draws: 0},
      later.reasons,
    );
  });

  it('a lost context turns the mirror into the interface, a restored one brings the canvas back, nothing is lost', async () => {
    const page = await world.open();
    await signIn(page, world.base);
    await lamp(page, 'Kitchen', 'Worktop light').waitFor({state: 'attached'});
    await page.evaluate(() => {
      const canvas = /** @type {HTMLCanvasElement} */ (document.querySelector('canvas'));
      const extension = canvas.getContext('webgl2')?.getExtension('WEBGL_lose_context');
      Object.assign(globalThis, {loser: extension});
      extension?.loseContext();
    });
    await eventually(
      async () => (await page.locator('html').getAttribute('data-canvas')) === 'lost',
      'the page noticed',
    );
    const worktop = lamp(page, 'Kitchen', 'Worktop light');
    await worktop.click();
    await becomes(worktop, true);
    await page.evaluate('globalThis.loser.restoreContext()');
    await eventually(
      async () => (await page.locator('html').getAttribute('data-canvas')) === 'live',
      'the canvas is back',
    );
    assert.equal(await isOn(worktop), true);
    await eventually(async () => (await coloursOnCanvas(page)) > 60, 'drawn again');
  });
});

describe('without WebGL', () => {
  it('the mirror alone is the interface: sign in, look, switch, by mouse', async () => {
    const page = await world.open();
    await page.addInitScript(noWebGL);
    await signIn(page, world.base);
    assert.equal(await page.locator('html').getAttribute('data-canvas'), 'none');
    const worktop = lamp(page, 'Kitchen', 'Worktop light');
    await worktop.waitFor({state: 'visible'});
    await worktop.click();
    await becomes(worktop, true);
    await page.getByRole('navigation', {name: 'Main'}).getByRole('link', {name: 'Scenes'}).click();
    await page.getByRole('button', {name: 'Run Evening'}).click();
    await shot(page, 'without-webgl');
  });

  it('a switch works by keyboard as well', async () => {
    const page = await world.open();
    await page.addInitScript(noWebGL);
    await signIn(page, world.base);
    const worktop = lamp(page, 'Kitchen', 'Worktop light');
    await press(worktop, 'Space');
    await becomes(worktop, true);
  });
});
