// @ts-check
// Accessibility: axe-core finds nothing on any view, focus can be seen, and a keyboard alone reaches everything.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {after, afterEach, before, beforeEach, describe, it} from 'node:test';
import {eventually, goTo, room, signIn, start} from './support.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** @type {Awaited<ReturnType<typeof start>>} */
let world;
before(async () => {
  world = await start();
});
after(() => world.close());
beforeEach(() => world.control({reset: true}));
afterEach(() => world.closePages());

/** @param {import('playwright-core').Page} page @param {string} view */
async function noViolations(page, view) {
  await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const report = await /** @type {any} */ (globalThis).axe.run(document);
    return report.violations.map(
      (/** @type {any} */ v) =>
        `${v.id}: ${v.nodes
          .map((/** @type {any} */ n) => n.html)
          .slice(0, 3)
          .join(' | ')}`,
    );
  });
  assert.deepEqual(found, [], view);
}

const module = '#/home/hc:000000000000000000000000001a1a50/module/hc:00000004740000010004740000000001';
const thermostat =
  '#/home/smarther:5a000000-0000-4000-8000-0000000000c1/module/smarther:5a000000-0000-4000-8000-0000000000d1';

describe('axe-core', () => {
  it('finds nothing on the welcome view', async () => {
    const page = await world.open();
    await page.goto(world.base);
    await page.getByRole('button', {name: 'Try the demo home'}).waitFor({state: 'attached'});
    await noViolations(page, 'welcome');
  });

  for (const viewport of [
    {width: 1440, height: 900},
    {width: 390, height: 844},
  ]) {
    for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
      it(`finds nothing on the views of a home, ${viewport.width} px, ${colorScheme}`, async () => {
        const page = await world.open({viewport, colorScheme});
        await signIn(page, world.base);
        await room(page, 'Living room').waitFor({state: 'attached'});
        await noViolations(page, 'home');
        for (const route of [
          module,
          thermostat,
          '#/scenes',
          '#/energy',
          '#/topology',
          '#/homes',
          '#/problems',
          '#/help',
          '#/wall',
          '#/settings',
          '#/console',
          '#/journal',
          '#/setup',
        ]) {
          await goTo(page, route);
          await eventually(() => page.url().endsWith(route), route);
          await page.getByRole('heading', {level: 1}).first().waitFor({state: 'attached'});
          await noViolations(page, route);
        }
      });
    }
  }

  it('finds nothing where the mirror is the interface', async () => {
    const page = await world.open();
    await page.addInitScript(() => {
      HTMLCanvasElement.prototype.getContext = /** @type {any} */ (() => null);
    });
    await signIn(page, world.base);
    await room(page, 'Living room').waitFor();
    await noViolations(page, 'mirror');
  });
});

describe('keyboard', () => {
  it('Tab goes through the controls in reading order and never gets stuck', async () => {
    const page = await world.open();
    await signIn(page, world.base);
    await room(page, 'Living room').waitFor({state: 'attached'});
    /** @type {string[]} */
    const seen = [];
    for (let i = 0; i < 30; ++i) {
      await page.keyboard.press('Tab');
      seen.push(
        await page.evaluate(() => {
          const active = document.activeElement;
          return `${active?.getAttribute('role') ?? active?.tagName}:${active?.getAttribute('aria-label') ?? active?.textContent}`;
        }),
      );
    }
    assert.ok(new Set(seen).size >= 25, seen.join('\n'));
  });

  it('a slash opens the search, Escape leaves it', async () => {
    const page = await world.open();
    await signIn(page, world.base);
    await room(page, 'Living room').waitFor({state: 'attached'});
    await page.keyboard.press('/');
    await eventually(
      () => page.evaluate(() => document.activeElement?.matches('input') ?? false),
      'a text field has focus',
    );
    await page.keyboard.press('Escape');
  });
});
