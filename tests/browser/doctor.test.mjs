// @ts-check
// The connection doctor in the page: what it finds, what it says to do, and what it costs.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {after, afterEach, before, beforeEach, describe, it} from 'node:test';
import {eventually, goTo, lamp, press, reads, shot, signIn, start} from './support.mjs';

/** @type {Awaited<ReturnType<typeof start>>} */
let world;
before(async () => {
  world = await start();
});
after(() => world.close());
beforeEach(() => world.control({reset: true}));
afterEach(() => world.closePages());

const api = (/** @type {{path: string}[]} */ calls) => calls.filter((one) => one.path.includes('/api/')).length;

describe('doctor', () => {
  it('finds everything in order and costs no call until its button says so', async () => {
    const page = await world.open();
    await signIn(page, world.base);
    await lamp(page, 'Kitchen', 'Worktop light').waitFor({state: 'attached'});
    await goTo(page, '#/problems');
    await page.getByRole('button', {name: 'Check the connection'}).waitFor({state: 'attached'});
    let before = -1; // once the home has been read
    await eventually(async () => {
      const made = api(await world.calls()),
        quiet = made > 0 && made === before;
      before = made;
      if (!quiet) await new Promise((resolve) => setTimeout(resolve, 700));
      return quiet;
    }, 'the home is read');
    await press(page.getByRole('button', {name: 'Check the connection'}));
    await reads(page, 'The connection is in order.');
    assert.equal(api(await world.calls()), before);
    await press(page.getByRole('button', {name: /^Check everything/}));
    await page.getByRole('listitem', {name: 'Subscription keys: in order'}).waitFor({state: 'attached'});
    await page.getByRole('listitem', {name: 'Service of the homes: in order'}).waitFor({state: 'attached'});
    await shot(page, 'doctor-wide');
  });

  it('makes a report that shows what is in it, holds nobody, and is saved as a file', async () => {
    const page = await world.open();
    await signIn(page, world.base);
    await lamp(page, 'Kitchen', 'Worktop light').waitFor({state: 'attached'});
    await goTo(page, '#/problems');
    await press(page.getByRole('button', {name: /^Make a report \(up to \d+ of today’s calls\)$/}));
    await page
      .getByRole('listitem', {name: /topology · 200/})
      .first()
      .waitFor({state: 'attached'});
    await shot(page, 'report-wide');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      press(page.getByRole('button', {name: 'Save the report'})),
    ]);
    const text = readFileSync(await download.path(), 'utf8');
    const report = JSON.parse(text);
    assert.equal(report.foyer_report, 1);
    assert.ok(report.clouds[0].answers.some((/** @type {{target: string}} */ one) => one.target.includes('topology')));
    for (const name of ['Worktop light', 'Kitchen', 'access_token":"', '11111111111111111111111111111111'])
      assert.ok(!text.includes(name), name);
    await press(page.getByRole('button', {name: 'Discard it'}));
    await page.getByRole('button', {name: /^Make a report/}).waitFor({state: 'attached'});
  });

  it('names an outage of the vendor', async () => {
    const page = await world.open();
    await signIn(page, world.base);
    await lamp(page, 'Kitchen', 'Worktop light').waitFor({state: 'attached'});
    await goTo(page, '#/problems');
    await page.route('**/cloud/oauth/token', (route) => route.fulfill({status: 503, body: ''}));
    await press(page.getByRole('button', {name: 'Check the connection'}));
    await reads(page, 'The vendor’s service does not answer (status 503).');
    await reads(page, 'Nothing here is wrong. Wait a few minutes.');
  });

  it('lets a person continue although the clock is off (K3), over the redirect', async () => {
    const page = await world.open();
    await page.addInitScript(() => {
      const now = Date.now;
      Date.now = () => now() + 2 * 3600_000;
    });
    const consent = async () => {
      await page.getByRole('heading', {name: 'Sign in'}).waitFor();
      await page.getByRole('button', {name: /^Alice/}).click();
      await page.getByRole('heading', {name: 'Allow access?'}).waitFor();
      await page.getByRole('button', {name: 'Accept'}).click();
    };
    await page.goto(world.base);
    await press(page.getByRole('button', {name: 'Try the demo home'}));
    await consent();
    await reads(page, 'clock is about 2 h ahead');
    await press(page.getByRole('button', {name: 'Continue anyway'}));
    await consent();
    await page.getByRole('navigation', {name: 'Main'}).waitFor({state: 'attached'});
  });
});
