// @ts-check
// The home as somebody uses it: lights off and back, a search that leads everywhere, addresses and Back, the keyboard.
import assert from 'node:assert/strict';
import {after, afterEach, before, beforeEach, describe, it} from 'node:test';
import {becomes, eventually, goTo, isOn, lamp, press, room, signIn, start} from './support.mjs';

/** @type {Awaited<ReturnType<typeof start>>} */
let world;
before(async () => {
  world = await start();
});
after(() => world.close());
beforeEach(() => world.control({reset: true}));
afterEach(() => world.closePages());

/** @param {Parameters<typeof world.open>[0]} [how] */
async function home(how) {
  const page = await world.open(how);
  await signIn(page, world.base);
  await room(page, 'Living room').waitFor({state: 'attached'});
  return page;
}
/** @param {import('playwright-core').Page} page */
const focused = (page) =>
  page.evaluate(() => document.activeElement?.closest('[data-node]')?.getAttribute('data-node') ?? '');

describe('lights off', () => {
  it('leaves the television and the fridge on, and one press puts everything back', async () => {
    const page = await home();
    await press(page.getByRole('button', {name: 'Lights off in Living room'}));
    await becomes(lamp(page, 'Living room', 'Ceiling light'), false);
    assert.equal(await isOn(lamp(page, 'Living room', 'Television')), true);
    assert.equal(await isOn(lamp(page, 'Kitchen', 'Fridge')), true);
    await press(page.getByRole('button', {name: 'Undo'}));
    await becomes(lamp(page, 'Living room', 'Ceiling light'), true);
    await becomes(lamp(page, 'Living room', 'Reading lamp'), true);
  });

  it('means what a search shows', async () => {
    const page = await home();
    await page.getByRole('textbox', {name: 'Search everything'}).focus();
    await page.keyboard.type('reading');
    await eventually(async () => (await page.getByRole('switch', {name: 'Ceiling light'}).count()) === 0, 'filtered');
    await press(page.getByRole('button', {name: 'Lights off in Living room'}));
    await becomes(lamp(page, 'Living room', 'Reading lamp'), false);
    await page.keyboard.press('Escape');
    await lamp(page, 'Living room', 'Ceiling light').waitFor({state: 'attached'}); // everything is shown again
    assert.equal(await isOn(lamp(page, 'Living room', 'Ceiling light')), true);
  });
});

/** Is an arrangement with a favourite in the browser's storage? */
async function isKept() {
  const text = [];
  for (const {name} of await indexedDB.databases()) {
    const db = await new Promise((done) => {
      indexedDB.open(name ?? '').onsuccess = (event) => done(/** @type {any} */ (event.target).result);
    });
    for (const store of db.objectStoreNames) {
      text.push(
        ...(await new Promise((done) => {
          db.transaction(store).objectStore(store).getAll().onsuccess = (/** @type {any} */ event) =>
            done(event.target.result);
        })),
      );
    }
    db.close();
  }
  return text.some((one) => /"favourites":\["/.test(String(one?.value ?? one)));
}

describe('the home on this device', () => {
  it('keeps favourites over a reload', async () => {
    const page = await home();
    await press(room(page, 'Living room').getByRole('link', {name: 'Floor lamp'}));
    await press(page.getByRole('switch', {name: 'Favourite'}), 'Space');
    await becomes(page.getByRole('switch', {name: 'Favourite'}), true);
    await room(page, 'Favourites').getByRole('link', {name: 'Floor lamp'}).waitFor({state: 'attached'});
    await eventually(() => page.evaluate(isKept), 'stored'); // other tabs are asked first, so it takes a moment
    await page.reload();
    await room(page, 'Favourites').getByRole('link', {name: 'Floor lamp'}).waitFor({state: 'attached'});
  });

  it('says in the title, the favicon and the badge of the icon how much needs somebody', async () => {
    const page = await world.open();
    await page.addInitScript(() => {
      Object.assign(globalThis, {badges: []});
      Navigator.prototype.setAppBadge = async (/** @type {number | undefined} */ count) =>
        void (/** @type {any} */ (globalThis).badges.push(count));
    });
    await signIn(page, world.base);
    await eventually(async () => /^\(\d+\) Rue des Lilas – Foyer$/.test(await page.title()), 'title');
    const count = Number(/\d+/.exec(await page.title())?.[0]);
    await eventually(
      () => page.evaluate((wanted) => /** @type {any} */ (globalThis).badges.at(-1) === wanted, count),
      'badge',
    );
    await eventually(
      async () => (await page.locator('link[rel=icon]').getAttribute('href'))?.includes('icon-open') ?? false,
      'icon',
    );
  });
});

describe('search', () => {
  it('opens from every view with Ctrl+K, finds a scene and a page of Foyer, and Enter goes there', async () => {
    const page = await home();
    await goTo(page, '#/settings');
    await page.getByRole('heading', {level: 1, name: 'Settings'}).waitFor({state: 'attached'});
    await page.keyboard.press('Control+k');
    await eventually(async () => (await focused(page)) === 'search', 'the search has the focus');
    await page.keyboard.type('evening');
    await page.getByRole('button', {name: 'Run Evening'}).first().waitFor({state: 'attached'});
    await page.keyboard.press('Control+a');
    await page.keyboard.type('journal');
    await page
      .getByRole('list', {name: 'Also found'})
      .getByRole('link', {name: 'Journal'})
      .waitFor({state: 'attached'});
    await page.keyboard.press('Enter');
    await page.getByRole('heading', {level: 1, name: 'Journal'}).waitFor({state: 'attached'});
  });
});

describe('links and Back', () => {
  it('a link is an address', async () => {
    const page = await home();
    const address = await room(page, 'Living room').getByRole('link', {name: 'Ceiling light'}).getAttribute('href');
    assert.match(address ?? '', /^#\/home\/.+\/module\//);
    const popup = page.context().waitForEvent('page');
    await room(page, 'Living room')
      .getByRole('link', {name: 'Ceiling light'})
      .evaluate((link) =>
        link.dispatchEvent(new MouseEvent('click', {ctrlKey: true, bubbles: true, cancelable: true})),
      );
    assert.match((await popup).url(), /\/module\//);
  });

  it('Back in the page goes where one came from', async () => {
    const page = await home({viewport: {width: 800, height: 900}});
    await goTo(page, '#/topology');
    await press(page.getByRole('navigation', {name: 'Main'}).getByRole('link', {name: 'Problems'}));
    await page.getByRole('heading', {level: 1, name: 'Problems'}).waitFor({state: 'attached'});
    await press(page.getByRole('link', {name: 'Settings'}).first());
    await press(page.getByRole('button', {name: 'Journal'}));
    await page.getByRole('heading', {level: 1, name: 'Journal'}).waitFor({state: 'attached'});
    await page.keyboard.press('Escape');
    await page.getByRole('heading', {level: 1, name: 'Settings'}).waitFor({state: 'attached'});
  });
});

describe('the keyboard', () => {
  it('a menu takes the focus, arrows move in it and among tiles, Escape gives it back', async () => {
    const page = await home();
    const chooser = page.getByRole('button', {name: /choose another home/});
    await chooser.focus();
    await page.keyboard.press('Enter');
    await eventually(async () => (await focused(page)).startsWith('menu/'), 'focus in the menu');
    const first = await focused(page);
    await page.keyboard.press('ArrowDown');
    await eventually(async () => (await focused(page)) !== first, 'the next entry');
    await page.keyboard.press('Escape');
    await eventually(async () => (await focused(page)) === 'plants', 'focus back');

    await room(page, 'Living room').getByRole('link', {name: 'Ceiling light'}).focus();
    const tile = await focused(page);
    await page.keyboard.press('ArrowRight');
    await eventually(async () => (await focused(page)) !== tile, 'the next tile');
    await page.keyboard.press('ArrowLeft');
    await eventually(async () => (await focused(page)) === tile, 'and back');
  });
});
