// @ts-check
// The page speaks the browser's language, or the one that was chosen, and remembers the choice.
import assert from 'node:assert/strict';
import {after, afterEach, before, beforeEach, describe, it} from 'node:test';
import {eventually, goTo, press, signIn, start} from './support.mjs';

/** @type {Awaited<ReturnType<typeof start>>} */
let world;
before(async () => {
  world = await start();
});
after(() => world.close());
beforeEach(() => world.control({reset: true}));
afterEach(() => world.closePages());

/** @param {import('playwright-core').Page} page */
const lang = (page) => page.evaluate(() => document.documentElement.lang);

describe('language', () => {
  for (const [locale, code, demo] of [
    ['fr-FR', 'fr', 'Essayer la maison de démonstration'],
    ['it-IT', 'it', 'Prova la casa dimostrativa'],
    ['de-AT', 'de', 'Demo-Zuhause ansehen'],
    ['es-MX', 'es', 'Probar la casa de demostración'],
    ['pl-PL', 'en', 'Try the demo home'],
  ]) {
    it(`a browser in ${locale} gets ${code}`, async () => {
      const page = await world.open({locale});
      /** @type {string[]} */
      const asked = [];
      page.on('request', (request) => asked.push(new URL(request.url()).pathname));
      await page.goto(world.base);
      await page.getByRole('button', {name: demo}).waitFor({state: 'attached'});
      await eventually(async () => (await lang(page)) === code, `html lang is ${code}`);
      // A visitor pays for the words of one language at most.
      assert.deepEqual(
        asked.filter((path) => path.endsWith('.words')),
        code === 'en' ? [] : [`/${code}.words`],
      );
    });
  }

  it('is changed in the settings and kept over a reload', async () => {
    const page = await world.open();
    await signIn(page, world.base);
    await goTo(page, '#/settings');
    await press(page.getByRole('radio', {name: 'Français'}), 'Space');
    await page.getByRole('heading', {level: 1, name: 'Réglages'}).waitFor({state: 'attached'});
    assert.equal(await lang(page), 'fr');
    await page.reload();
    await page.getByRole('heading', {level: 1, name: 'Réglages'}).waitFor({state: 'attached'});
    await press(page.getByRole('radio', {name: 'English'}), 'Space');
    await page.getByRole('heading', {level: 1, name: 'Settings'}).waitFor({state: 'attached'});
    assert.equal(await lang(page), 'en');
  });
});
