// @ts-check
// The request console and the journal: from the list of operations to the answer and the file.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {after, afterEach, before, beforeEach, describe, it} from 'node:test';
import {goTo, lamp, press, reads, shot, signIn, start} from './support.mjs';

/** @type {Awaited<ReturnType<typeof start>>} */
let world;
before(async () => {
  world = await start();
});
after(() => world.close());
beforeEach(() => world.control({reset: true}));
afterEach(() => world.closePages());

describe('console', () => {
  it('sends an operation and shows status, headers and JSON; nothing secret is on the page', async () => {
    const page = await world.open();
    await signIn(page, world.base);
    await lamp(page, 'Kitchen', 'Worktop light').waitFor({state: 'attached'});
    await goTo(page, '#/console');
    await press(page.getByRole('radio', {name: /Smarther/}), 'Space');
    await page.getByRole('heading', {level: 1, name: 'Console'}).waitFor({state: 'attached'});
    await press(
      page.locator('[data-node="console/o/smarther.plants"] , [data-node="console/o/smarther.plants"] button').first(),
    );
    await reads(page, 'Bearer •••');
    await press(page.getByRole('button', {name: 'Send'}));
    await reads(page, /200 · \d+ ms · A good answer\./);
    await reads(page, '"plants": [');
    const html = await page.content();
    assert.ok(!html.includes('11111111111111111111111111111111'), 'no subscription key');
    assert.ok(!/Bearer [A-Za-z0-9]/.test(html), 'no token');
    await shot(page, 'console-wide');
  });

  it('says what is wrong with a value before anything is sent', async () => {
    const page = await world.open();
    await signIn(page, world.base);
    await lamp(page, 'Kitchen', 'Worktop light').waitFor({state: 'attached'});
    await goTo(page, '#/console');
    await press(page.getByRole('radio', {name: /Home \+ Control/}), 'Space');
    await press(page.locator('[data-node="console/o/hc.light.level"]').first());
    const level = page.getByRole('textbox', {name: 'level'});
    await level.waitFor({state: 'attached'});
    await level.fill('400');
    await reads(page, /level: /);
    assert.equal(await page.getByRole('button', {name: 'Send'}).getAttribute('aria-disabled'), 'true');
    await shot(page, 'console-form-wide');
  });
});

describe('journal', () => {
  it('lists the calls and gives a HAR file without secrets', async () => {
    const page = await world.open();
    await signIn(page, world.base);
    await lamp(page, 'Kitchen', 'Worktop light').waitFor({state: 'attached'});
    await goTo(page, '#/journal');
    await page
      .getByRole('list', {name: /^Calls of/})
      .first()
      .waitFor({state: 'attached'});
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      press(page.getByRole('button', {name: 'Save as HAR'}).first()),
    ]);
    const har = JSON.parse(readFileSync(await download.path(), 'utf8'));
    assert.equal(har.log.version, '1.2');
    assert.ok(har.log.entries.length > 0);
    assert.ok(!JSON.stringify(har).includes('Bearer'));
    await shot(page, 'journal-wide');
  });
});
