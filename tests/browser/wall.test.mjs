// @ts-check
// The wall display in a browser: the screen stays on as long as it is on show.
import assert from 'node:assert/strict';
import {after, afterEach, before, describe, it} from 'node:test';
import {becomes, eventually, goTo, press, room, signIn, start} from './support.mjs';

/** @type {Awaited<ReturnType<typeof start>>} */
let world;
before(async () => {
  world = await start();
});
after(() => world.close());
afterEach(() => world.closePages());

describe('the wall display', () => {
  it('keeps the screen on until it is left, works by hand, and Back leads home', async () => {
    const page = await world.open();
    // No screen goes off here: what is asked for is counted.
    await page.addInitScript(() => {
      const counted = {locks: 0};
      Object.assign(globalThis, {counted});
      const request = async () => {
        counted.locks += 1;
        const lock = {
          onrelease: () => {},
          release: async () => {
            counted.locks -= 1;
            await new Promise((done) => setTimeout(done, 50)); // the browser tells it later
            lock.onrelease();
          },
        };
        await new Promise((done) => setTimeout(done, 50));
        return lock;
      };
      Object.defineProperty(navigator, 'wakeLock', {value: {request}});
    });
    const locks = () => page.evaluate('globalThis.counted.locks');
    await signIn(page, world.base);
    await room(page, 'Kitchen').waitFor({state: 'attached'});
    assert.equal(await locks(), 0);

    await goTo(page, '#/wall');
    const list = page.getByRole('list', {name: 'Wall display'});
    await list.waitFor({state: 'attached'});
    await eventually(async () => (await locks()) === 1, 'the screen is kept on');
    assert.match((await page.getByRole('heading', {level: 1}).textContent()) ?? '', /^\d\d:\d\d$/);
    assert.equal(await page.getByRole('navigation').count(), 0);
    assert.match(await page.title(), /^(\(\d+\) )?Wall display – Foyer$/);

    // Begun there, and left and come back to in one go: still one lock, and none is left over.
    await page.reload();
    await list.waitFor({state: 'attached'});
    await page.evaluate(() => {
      for (const to of ['#/settings', '#/wall', '#/settings', '#/wall']) location.hash = to;
    });
    await list.waitFor({state: 'attached'});
    await page.waitForTimeout(300);
    assert.equal(await locks(), 1);

    const lamp = list.getByRole('switch').first();
    await becomes(lamp, true); // its state was read
    await press(lamp);
    await becomes(lamp, false);

    await press(page.getByRole('button', {name: 'Leave the wall display'}));
    await room(page, 'Kitchen').waitFor({state: 'attached'});
    await eventually(async () => (await locks()) === 0, 'the screen may go off');
  });
});
