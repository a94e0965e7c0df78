// @ts-check
// Set-up with one's own registration: the exact address, the steps, the doctor beside them.
import {after, afterEach, before, beforeEach, describe, it} from 'node:test';
import {goTo, press, reads, shot, signIn, start} from './support.mjs';

/** @type {Awaited<ReturnType<typeof start>>} */
let world;
before(async () => {
  world = await start();
});
after(() => world.close());
beforeEach(() => world.control({reset: true}));
afterEach(() => world.closePages());

describe('set-up', () => {
  it('shows the exact redirect address with a button to copy it, and compares it with config.json', async () => {
    const page = await world.open({viewport: {width: 390, height: 844}});
    await signIn(page, world.base);
    await goTo(page, '#/setup');
    await page.getByRole('heading', {level: 1, name: 'Set-up'}).waitFor({state: 'attached'});
    await page.getByRole('radiogroup', {name: 'Which products do you have?'}).waitFor({state: 'attached'});
    await press(page.getByRole('radio', {name: 'Netatmo Connect'}), 'Space');
    await reads(page, 'Sign in at dev.netatmo.com');
    await press(page.getByRole('radio', {name: 'Legrand', exact: true}), 'Space');
    await reads(page, 'developer.legrand.com');
    await page.getByRole('button', {name: `Copy ${world.base}`}).waitFor({state: 'attached'});
    await reads(page, 'config.json says the same.');
    await reads(page, 'C300X13E');
    await shot(page, 'setup-phone');
  });
});
