// @ts-check
// A person's way through the demo home: in, around, every kind of control, and back – found by role and name only.
import assert from 'node:assert/strict';
import {after, afterEach, before, beforeEach, describe, it} from 'node:test';
import {
  becomes,
  complaintsOf,
  confirmed,
  eventually,
  isOn,
  lamp,
  press,
  reads,
  room,
  signIn,
  start,
} from './support.mjs';

/** @type {Awaited<ReturnType<typeof start>>} */
let world;
before(async () => {
  world = await start();
});
after(() => world.close());
beforeEach(() => world.control({reset: true}));
afterEach(() => world.closePages());

describe('signing in to the demo home', () => {
  it('leads through login and consent to the rooms, and leaves no code in the address or the history', async () => {
    const page = await world.open();
    await signIn(page, world.base);
    await room(page, 'Living room').waitFor({state: 'attached'});
    assert.doesNotMatch(page.url(), /code=|state=/);
    assert.match(page.url(), /#\/home/);
    assert.deepEqual(complaintsOf(page), []);
  });

  it('refused consent is explained in words and offers another try', async () => {
    const page = await world.open();
    await page.goto(world.base);
    await press(page.getByRole('button', {name: 'Try the demo home'}));
    await page.getByRole('button', {name: /^Alice/}).click();
    await page.getByRole('button', {name: 'Deny'}).click();
    await reads(page, /declined|Access was not granted/);
    assert.doesNotMatch(page.url(), /error=|state=/);
    await page
      .getByRole('button', {name: /Try the demo home|Sign in again/})
      .first()
      .waitFor({state: 'attached'});
  });

  it('a person without a home reads what to do', async () => {
    const page = await world.open();
    await signIn(page, world.base, 'Nora');
    await reads(page, /no home here yet.*Third-party access/s);
  });

  it('a reload keeps the session', async () => {
    const page = await world.open();
    await signIn(page, world.base);
    await room(page, 'Kitchen').waitFor({state: 'attached'});
    await page.reload();
    await room(page, 'Kitchen').waitFor({state: 'attached'});
  });

  it('signing out returns to the welcome and stays out after a reload', async () => {
    const page = await world.open();
    await signIn(page, world.base);
    await press(page.getByRole('navigation', {name: 'Main'}).getByRole('link', {name: 'Settings'}));
    await press(page.getByRole('button', {name: /^Sign out/}));
    await page.getByRole('button', {name: 'Try the demo home'}).waitFor({state: 'attached'});
    await page.reload();
    await page.getByRole('button', {name: 'Try the demo home'}).waitFor({state: 'attached'});
  });

  it('a callback that is opened twice makes one token request and keeps the session', async () => {
    const page = await world.open();
    let callback = '';
    page.on('request', (request) => {
      if (request.isNavigationRequest() && /[?&]code=/.test(request.url())) callback = request.url();
    });
    await signIn(page, world.base);
    await room(page, 'Kitchen').waitFor({state: 'attached'});
    assert.match(callback, /state=/);
    await world.control({clearLog: true});
    await page.goto(callback);
    await room(page, 'Kitchen').waitFor({state: 'attached'});
    assert.deepEqual(
      (await world.calls()).filter((call) => call.path.includes('/token')),
      [],
    );
  });

  it('a foreign state is dropped without a token request and offers to sign in', async () => {
    const page = await world.open();
    await world.control({clearLog: true});
    await page.goto(`${world.base}?code=stolen&state=foreign`);
    await page
      .getByRole('button', {name: /Try the demo home|Sign in again/})
      .first()
      .waitFor({state: 'attached'});
    assert.doesNotMatch(page.url(), /code=/);
    assert.deepEqual(
      (await world.calls()).filter((call) => call.path.includes('/token')),
      [],
    );
  });

  it('Back after signing in never shows the callback again', async () => {
    const page = await world.open();
    await signIn(page, world.base);
    await room(page, 'Kitchen').waitFor({state: 'attached'});
    await page.goBack();
    assert.doesNotMatch(page.url(), /[?&]code=/);
    await page.goto(world.base);
    await room(page, 'Kitchen').waitFor({state: 'attached'});
  });
});

describe('in the home', () => {
  /** @type {import('playwright-core').Page} */
  let page;
  beforeEach(async () => {
    page = await world.open();
    await signIn(page, world.base);
    await room(page, 'Kitchen').waitFor({state: 'attached'});
  });

  it('a lamp switches by keyboard, and the cloud knows', async () => {
    const worktop = lamp(page, 'Kitchen', 'Worktop light');
    assert.equal(await isOn(worktop), false);
    await press(worktop, 'Space');
    await becomes(worktop, true);
    await eventually(
      async () =>
        (await world.calls()).some(
          (call) => call.method === 'POST' && call.path.includes('light/lighting') && call.status === 200,
        ),
      'the command arrived',
    );
    await confirmed(worktop);
    assert.equal(await isOn(worktop), true);
  });

  it('a lamp switches by a click on the canvas', async () => {
    const worktop = lamp(page, 'Kitchen', 'Worktop light');
    await worktop.focus(); // scrolls it into view
    // The first readings may still move the tiles: the place counts once it stays.
    let last = '';
    const place = await eventually(async () => {
      const box = await worktop.boundingBox();
      const here = JSON.stringify(box),
        stays = here === last;
      last = here;
      return stays && (await worktop.getAttribute('aria-checked')) === 'false' ? box : null;
    }, 'has a place');
    await page.mouse.click(place.x + place.width / 2, place.y + place.height / 2);
    await becomes(worktop, true);
  });

  it('what somebody switches at the wall shows after a refresh by the next look', async () => {
    await world.control({set: {'00000004740000010004740000000011': {status: 'on'}}});
    await page.reload();
    await becomes(lamp(page, 'Kitchen', 'Worktop light'), true);
  });

  it('a dimmer moves by arrow keys and tells its value in words', async () => {
    const brightness = room(page, 'Living room').getByRole('slider', {name: 'Ceiling light brightness'});
    const earlier = Number(await brightness.inputValue());
    await press(brightness, 'ArrowRight');
    await eventually(async () => Number(await brightness.inputValue()) > earlier, 'brighter');
    assert.match((await brightness.getAttribute('aria-valuetext')) ?? '', /%/);
    await eventually(
      async () => (await world.calls()).some((call) => call.method === 'POST' && call.status === 200),
      'sent',
    );
  });

  it('a shutter closes, stops and opens', async () => {
    const living = room(page, 'Living room');
    await press(living.getByRole('button', {name: 'Close Left shutter'}));
    await eventually(
      async () => (await world.calls()).some((call) => call.method === 'POST' && call.path.includes('automation')),
      'close was sent',
    );
    await press(living.getByRole('button', {name: 'Stop Left shutter'}));
    await eventually(
      async () =>
        (await world.calls()).filter((call) => call.method === 'POST' && call.path.includes('automation')).length === 2,
      'stop was sent',
    );
  });

  it('a thermostat takes a set point', async () => {
    await page.goto(
      `${world.base}#/home/smarther:5a000000-0000-4000-8000-0000000000c1/module/smarther:5a000000-0000-4000-8000-0000000000d1`,
    );
    const setpoint = page.getByRole('slider', {name: /temperature$/}).first();
    await setpoint.waitFor({state: 'attached'});
    const earlier = Number(await setpoint.inputValue());
    await press(setpoint, 'ArrowUp');
    await eventually(async () => Number(await setpoint.inputValue()) > earlier, 'warmer');
    await eventually(
      async () =>
        (await world.calls()).some(
          (call) => call.method === 'POST' && call.path.includes('chronothermostat') && call.status === 200,
        ),
      'the set point arrived',
    );
  });

  it('a scene runs once', async () => {
    await press(page.getByRole('navigation', {name: 'Main'}).getByRole('link', {name: 'Scenes'}));
    await press(page.getByRole('button', {name: 'Run Evening'}));
    await eventually(
      async () =>
        (await world.calls()).some(
          (call) => call.method === 'POST' && call.path.includes('scene/comfort') && call.status === 200,
        ),
      'the scene ran',
    );
    assert.equal(
      (await world.calls()).filter((call) => call.method === 'POST' && call.path.includes('scene')).length,
      1,
    );
  });

  it('All off switches off what is on in that room only', async () => {
    await press(page.getByRole('button', {name: 'Lights off in Living room'}));
    await becomes(lamp(page, 'Living room', 'Ceiling light'), false);
    assert.equal(await isOn(lamp(page, 'Kitchen', 'Ceiling light')), true);
  });

  it('a module that is offline says so and has no switch', async () => {
    const garden = room(page, 'Garden');
    await garden.getByRole('link', {name: 'Garden light'}).waitFor({state: 'attached'});
    await eventually(async () => /Offline/.test((await garden.textContent()) ?? ''), 'says so');
    assert.equal(await garden.getByRole('switch', {name: 'Garden light'}).count(), 0);
  });

  it('an unknown kind is shown with everything the cloud said', async () => {
    await press(room(page, 'Garden').getByRole('link', {name: 'Fountain'}));
    await page.getByRole('heading', {name: 'Fountain'}).first().waitFor({state: 'attached'});
    await press(page.getByRole('button', {name: 'For developers'}));
    await press(page.getByRole('button', {name: /Raw topology/}));
    await reads(page, /irrigation/);
  });

  it('deep links open a room, Back and Forward work', async () => {
    const link = page.getByRole('link', {name: 'Kitchen', exact: true});
    await press(link);
    await eventually(() => /\/room\//.test(page.url()), 'the address names the room');
    const deep = page.url();
    await page.goBack();
    await room(page, 'Living room').waitFor({state: 'attached'});
    await page.goForward();
    await eventually(() => page.url() === deep, 'forward again');
    await page.reload();
    await lamp(page, 'Kitchen', 'Worktop light')
      .or(page.getByRole('switch', {name: 'Worktop light'}))
      .first()
      .waitFor({state: 'attached'});
  });

  it('the search finds a device by part of its name', async () => {
    const search = page.getByRole('textbox', {name: 'Search everything'});
    await search.focus();
    await page.keyboard.type('wash');
    await page.getByRole('link', {name: 'Washing machine'}).waitFor({state: 'attached'});
    await eventually(async () => (await page.getByRole('link', {name: 'Fridge'}).count()) === 0, 'the others are gone');
  });

  it('going offline refuses commands and never replays them', async () => {
    await page.context().setOffline(true);
    await reads(page, /offline/i);
    const worktop = lamp(page, 'Kitchen', 'Worktop light');
    await world.control({clearLog: true});
    await press(worktop, 'Space');
    await page.context().setOffline(false);
    await eventually(
      async () => !/You are offline\. This/.test((await page.locator('body').textContent()) ?? ''),
      'online again',
    );
    assert.deepEqual(
      (await world.calls()).filter((call) => call.method === 'POST'),
      [],
    );
  });
});
