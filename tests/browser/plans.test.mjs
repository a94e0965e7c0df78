// @ts-check
// Plans and energy in the page, as somebody at home uses them: by role, name and keyboard.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {after, afterEach, before, beforeEach, describe, it} from 'node:test';
import {complaintsOf, debug, eventually, netatmoHome, press, reads, start} from './support.mjs';

/** @type {Awaited<ReturnType<typeof start>>} */
let world;
/** @type {import('playwright-core').Page} */
let page;
before(async () => {
  world = await start();
});
after(() => world.close());
beforeEach(async () => {
  page = await netatmoHome(world);
});
afterEach(() => world.closePages());

/** @param {string | RegExp} name */
const button = (name) => page.getByRole('button', {name});
/** @param {string} name */
const open = async (name) => {
  await press(page.getByRole('navigation', {name: 'Main'}).getByRole('link', {name, exact: true}));
  await page.getByRole('heading', {name, level: 1}).waitFor({state: 'attached'});
};
const sent = async () => (await world.calls()).filter((call) => call.path.endsWith('/synchomeschedule')).length;

describe('Plans', () => {
  it('are edited, saved once, read back and taken back, by keyboard', async () => {
    await open('Plans');
    await press(button('Monday'));
    await press(button(/^06:30–09:00 /));
    await press(button('15 minutes later'));
    await button(/^06:45–09:00 /).waitFor({state: 'attached'});
    await reads(page, /Monday 06:30–06:45: .+ instead of /);
    assert.equal(await sent(), 0, 'nothing is sent before it is saved');
    await press(button('Save plan'));
    await button('Take back what was saved').waitFor({state: 'attached'});
    assert.equal(await sent(), 1);
    await page.reload();
    await press(button('Monday'));
    await button(/^06:45–09:00 /).waitFor({state: 'attached'});

    await press(button(/^06:45–09:00 /));
    await press(button('15 minutes sooner'));
    await press(button('Save plan'));
    await button('Take back what was saved').waitFor({state: 'attached'});
    await press(button('Take back what was saved'));
    await button(/^06:45–09:00 /).waitFor({state: 'attached'});
    await eventually(async () => (await sent()) === 3, 'three saves');
    assert.deepEqual(complaintsOf(page), []);
  });

  it('undo leaves the plan as it was and sends nothing', async () => {
    await open('Plans');
    await press(button('Tuesday'));
    await press(button(/^06:30–09:00 /));
    await press(button('Remove').first());
    await press(button('Undo all'));
    await button(/^06:30–09:00 /).waitFor({state: 'attached'});
    assert.equal(await sent(), 0);
  });

  it('are copied under another name and deleted after a question, by keyboard', async () => {
    await open('Plans');
    const plans = page.getByRole('radiogroup', {name: 'Heating', exact: true}).getByRole('radio');
    const before = await plans.count();
    await press(button('Name, copy, delete'));
    await page.getByRole('textbox', {name: 'Name', exact: true}).fill('Guests');
    await press(button('Copy as “Guests”'));
    await eventually(async () => (await plans.count()) === before + 1, 'the copy is there');
    await press(page.getByRole('radio', {name: 'Guests', exact: true}), 'Space');
    const remove = button('Delete Guests');
    await press(remove);
    await reads(page, /Delete “Guests” for good\?/);
    await press(button('Cancel'));
    assert.equal(await plans.count(), before + 1, 'no answer is no');
    await press(remove);
    await press(page.getByRole('button', {name: 'Delete', exact: true}));
    await eventually(async () => (await plans.count()) === before, 'it is gone');
  });

  it('the whole house goes away until a day', async () => {
    await open('Plans');
    await press(button('Away until…'));
    await press(button('A day later'));
    await press(button(/^Away until .+\d/));
    await reads(page, /Away until /);
    await eventually(async () => (await world.calls()).some((call) => call.path.endsWith('/setthermmode')), 'sent');
  });
});

describe('Energy', () => {
  it('goes from a plot to its table and its file, and draws nothing while it stands', async () => {
    await open('Energy');
    const plot = page.getByRole('img', {name: /^Total, /});
    await plot.waitFor({state: 'attached'});
    await press(button('Earlier'));
    await eventually(async () => (await page.getByRole('listitem').count()) === 0, 'no table before it is asked for');
    await press(button('Table'));
    const rows = page.getByRole('list', {name: /^Table, /}).getByRole('listitem');
    await eventually(async () => (await rows.count()) >= 23, 'a row for each hour');
    const [download] = await Promise.all([page.waitForEvent('download'), press(button('Save the numbers as CSV'))]);
    const lines = readFileSync(await download.path(), 'utf8')
      .trim()
      .split('\r\n');
    assert.match(lines[0], /^from,to,value \(Wh\),cost$/);
    assert.equal(lines.length - 1, await rows.count());
    const values = lines.slice(1).map((line) => line.split(',')[2]);
    for (const [at, value] of values.entries()) {
      const text = (await rows.nth(at).getAttribute('aria-label')) ?? '';
      if (value === '') assert.match(text, /not known/);
      else
        assert.ok(
          text.includes(Number(value) >= 1000 ? `${Number((Number(value) / 1000).toFixed(2))} kWh` : `${value} Wh`),
          `${text} ${value}`,
        );
    }
    const before = (await debug(page)).frames;
    await new Promise((resolve) => setTimeout(resolve, 3000));
    assert.ok((await debug(page)).frames - before <= 1, 'a plot on screen needs no frames');
  });
});
