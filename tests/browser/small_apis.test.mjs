// @ts-check
// The smaller APIs have their place in the console: read, command, read back, refuse, as a person would.
import {after, afterEach, before, beforeEach, describe, it} from 'node:test';
import {eventually, goTo, lamp, press, reads, signIn, start} from './support.mjs';

/** @type {Awaited<ReturnType<typeof start>>} */
let world;
before(async () => {
  world = await start();
});
after(() => world.close());
beforeEach(() => world.control({reset: true}));
afterEach(() => world.closePages());

/** @param {import('playwright-core').Page} page @param {RegExp} api @param {string} operation */
async function form(page, api, operation) {
  await goTo(page, '#/home');
  await goTo(page, '#/console');
  const list = page.getByRole('button', {name: 'All requests'});
  await page.getByRole('heading', {level: 1, name: 'Console'}).waitFor({state: 'attached'});
  if ((await list.count()) > 0) await press(list);
  await press(page.getByRole('radio', {name: api}), 'Space');
  await press(page.locator(`[data-node="console/o/${operation}"]`).first());
  await page.locator('[data-node="console/send"]').waitFor({state: 'attached'});
}

/** @param {import('playwright-core').Page} page @param {string} strip */
async function named(page, strip) {
  await press(page.getByRole('radio', {name: 'name', exact: true}), 'Space');
  await page.getByRole('textbox', {name: 'value'}).fill(strip);
}

// Waits until the page reads so, without the spaces of pretty JSON; gives the first group.
/** @param {import('playwright-core').Page} page @param {RegExp} wanted */
async function answers(page, wanted) {
  const [, group = ''] = await eventually(async () => {
    const texts = await page.locator('[data-node^="console/"]').allTextContents();
    return wanted.exec(texts.join('\n').replace(/(?<=[[\]{},:"])\s+|\s+(?=[[\]{}])/g, ''));
  }, `the answer reads ${wanted}`);
  return group;
}

describe('the smaller APIs in the console', () => {
  it('read, command, read back and refuse', async () => {
    const page = await world.open();
    await signIn(page, world.base);
    await lamp(page, 'Kitchen', 'Worktop light').waitFor({state: 'attached'});
    const send = async () => {
      const button = page.locator('[data-node="console/send"]:not([aria-disabled="true"])');
      await button.waitFor({state: 'attached'}); // what was typed has been read
      await press(button);
    };

    await form(page, /Multisocket/, 'multisocket.set');
    await named(page, 'Desk strip');
    await page.getByRole('textbox', {name: 'status'}).fill('[false, true, true, false]');
    await send();
    await reads(page, /20\d · \d+ ms · A good answer\./);
    await form(page, /Multisocket/, 'multisocket.status');
    await named(page, 'Desk strip');
    await send();
    await answers(page, /"Desk strip","status":\[false,true,true,false\]/);
    await page.getByRole('textbox', {name: 'value'}).fill('No such strip');
    await send();
    await reads(page, /404 · \d+ ms/);

    await form(page, /MyHOME_Up/, 'myhome.plants');
    await send();
    const building = await answers(page, /"id":"(5c[\w-]+)"/);
    await form(page, /MyHOME_Up/, 'myhome.topology');
    await page.getByRole('textbox', {name: 'plant'}).fill(building);
    await send();
    await answers(page, /"floor/);
  });
});
