// @ts-check
// Names in every script are drawn as their people write them: the canvas shows what this browser itself draws for the
// text, no boxes; foreign tricks of text do no harm; and a home without such names asks the browser for nothing.
import assert from 'node:assert/strict';
import {after, afterEach, before, beforeEach, describe, it} from 'node:test';
import {eventually, signIn, start} from './support.mjs';

/** @type {Awaited<ReturnType<typeof start>>} */
let world;
before(async () => {
  world = await start();
});
after(() => world.close());
beforeEach(() => world.control({reset: true}));
afterEach(() => world.closePages());

/** A name, and the part of it that the interface's own font has not. @type {Record<string, [string, string]>} */
const scripts = {
  Cyrillic: ['Кухня 2', 'Кухня'],
  Greek: ['Σαλόνι', 'Σαλόνι'],
  Arabic: ['مطبخ', 'مطبخ'],
  Hebrew: ['מטבח', 'מטבח'],
  Armenian: ['Խոհանոց', 'Խոհանոց'],
  Georgian: ['სამზარეულო', 'სამზარეულო'],
  Han: ['客厅', '客厅'],
  Kana: ['リビング', 'リビング'],
  Hangul: ['거실', '거실'],
  Emoji: ['Cuisine 🍳', '🍳'],
  Family: ['👨‍👩‍👧‍👦', '👨‍👩‍👧‍👦'],
};

/**
 * The home at Home + Control with other names: the plant's, and those of its modules one after the other.
 * @param {string[]} names @param {string} plant @param {import('playwright-core').BrowserContextOptions} [options]
 */
async function homeOf(names, plant, options = {}) {
  const page = await world.open({serviceWorkers: 'block', ...options});
  await page.addInitScript(() => {
    Object.assign(globalThis, {pens: 0});
    const get = HTMLCanvasElement.prototype.getContext;
    HTMLCanvasElement.prototype.getContext = /** @type {any} */ (
      function (/** @type {any[]} */ ...all) {
        if (all[0] === '2d') ++/** @type {any} */ (globalThis).pens;
        return get.apply(/** @type {any} */ (this), /** @type {any} */ (all));
      }
    );
  });
  await page.route(/\/cloud\/api\/hc\/.*(plants|topology)$/, async (route) => {
    const answer = await route.fetch();
    if (!answer.ok()) return route.fulfill({response: answer});
    const json = await answer.json();
    for (const one of json.plants ?? []) one.name = plant;
    const modules = (json.plant?.ambients ?? []).flatMap((/** @type {any} */ one) => one.modules);
    names.forEach((name, i) => {
      if (modules[i]) modules[i].name = name;
    });
    await route.fulfill({response: answer, json});
  });
  await signIn(page, world.base);
  return page;
}

/** @param {import('playwright-core').Page} page @param {string} name */
const tile = (page, name) => page.getByRole('link').filter({hasText: name}).or(page.getByRole('link', {name})).first();

/**
 * How well the best place of a picture agrees with the run as this browser writes it, −1 … 1; and how well that writing
 * agrees with as many letters that no font has. @param {import('playwright-core').Page} page @param {Buffer} png @param {string} run
 * @param {number} ratio @returns {Promise<{seen: number, boxes: number}>}
 */
const likeness = (page, png, run, ratio) =>
  page.evaluate(
    async ({data, text, size}) => {
      /** @param {string} words */
      const written = (words) => {
        const pen = /** @type {OffscreenCanvasRenderingContext2D} */ (
          new OffscreenCanvas(600, Math.ceil(size * 2)).getContext('2d')
        );
        pen.font = `600 ${size}px system-ui, sans-serif`;
        const width = Math.ceil(pen.measureText(words).width);
        pen.fillStyle = '#fff';
        pen.fillRect(0, 0, 600, size * 2);
        pen.fillStyle = '#1d1c1a';
        pen.fillText(words, 0, Math.round(size * 1.25));
        return grey(pen.getImageData(0, 0, Math.max(4, width), Math.ceil(size * 1.6)));
      };
      /** @param {ImageData} image */
      const grey = ({data: pixels, width, height}) => ({
        width,
        height,
        at: Float32Array.from(
          {length: width * height},
          (_, i) => 0.3 * pixels[i * 4] + 0.6 * pixels[i * 4 + 1] + 0.1 * pixels[i * 4 + 2],
        ),
      });
      /** @typedef {ReturnType<typeof grey>} Grey @param {Grey} whole @param {Grey} part @param {number} x @param {number} y */
      const agree = (whole, part, x, y) => {
        let n = 0,
          a = 0,
          b = 0,
          aa = 0,
          bb = 0,
          ab = 0;
        for (let j = 0; j < part.height; ++j)
          for (let i = 0; i < part.width; ++i) {
            const p = whole.at[(y + j) * whole.width + x + i],
              q = part.at[j * part.width + i];
            ++n;
            a += p;
            b += q;
            aa += p * p;
            bb += q * q;
            ab += p * q;
          }
        return (n * ab - a * b) / Math.sqrt(Math.max(1, (n * aa - a * a) * (n * bb - b * b)));
      };
      /** @param {Grey} whole @param {Grey} part */
      const best = (whole, part) => {
        let most = -1;
        for (let y = 0; y + part.height <= whole.height; ++y)
          for (let x = 0; x + part.width <= whole.width; ++x) most = Math.max(most, agree(whole, part, x, y));
        return most;
      };
      const bitmap = await createImageBitmap(
        new Blob([Uint8Array.from(atob(data), (c) => c.charCodeAt(0))], {type: 'image/png'}),
      );
      const pen = /** @type {OffscreenCanvasRenderingContext2D} */ (
        new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')
      );
      pen.drawImage(bitmap, 0, 0);
      const wanted = written(text),
        nobody = written('\u0378'.repeat([...text].length));
      const both = {...wanted, width: Math.min(wanted.width, nobody.width)};
      const cut = (/** @type {Grey} */ one) => ({
        ...both,
        at: Float32Array.from(
          {length: both.width * both.height},
          (_, i) => one.at[Math.floor(i / both.width) * one.width + (i % both.width)],
        ),
      });
      return {
        seen: best(grey(pen.getImageData(0, 0, bitmap.width, bitmap.height)), wanted),
        boxes: agree(cut(wanted), cut(nobody), 0, 0),
      };
    },
    {data: png.toString('base64'), text: run, size: 15 * ratio},
  );

/** @param {import('playwright-core').Page} page @param {string} name */
async function picture(page, name) {
  const link = tile(page, name);
  await link.waitFor({state: 'attached'});
  await eventually(async () => (await link.boundingBox())?.height, `the tile of ${name}`);
  const box = /** @type {{x: number, y: number, width: number, height: number}} */ (await link.boundingBox());
  return page.screenshot({clip: box});
}

describe('names', () => {
  for (const ratio of [1, 2]) {
    it(`of ${Object.keys(scripts).length} scripts look as this browser writes them, at ratio ${ratio}`, async () => {
      const names = Object.values(scripts).map(([name]) => name);
      const page = await homeOf(names, 'Дом', {
        deviceScaleFactor: ratio,
        colorScheme: 'light',
        viewport: {width: 1440, height: 2000},
      });
      await tile(page, names[0]).waitFor({state: 'attached'});
      let looked = 0;
      for (const [script, [name, run]] of Object.entries(scripts)) {
        if (!(await tile(page, name).count())) continue; // the home has fewer modules than there are scripts
        const {seen, boxes} = await likeness(page, await picture(page, name), run, ratio);
        assert.ok(boxes < 0.9, `${script}: this browser has no font for it (${boxes.toFixed(2)})`);
        assert.ok(seen > 0.85, `${script}: drawn otherwise (${seen.toFixed(2)})`);
        ++looked;
      }
      assert.ok(looked >= 8, `${looked} names are on show`);
      assert.match(await page.title(), /^(\(\d+\) )?Дом /);
      if (process.env.FOYER_PICTURES) await page.screenshot({path: `${process.env.FOYER_PICTURES}/names-${ratio}.png`});
    });
  }

  it('without such letters ask the browser for nothing', async () => {
    const page = await homeOf([], 'Villa Łódź – Été');
    await eventually(async () => /Łódź/.test(await page.title()), 'the home is shown');
    assert.equal(await page.evaluate('globalThis.pens'), 0);
  });

  it('that turn, break or hide text are one harmless line in tile, mirror and title', async () => {
    const page = await homeOf(['Kitchen\nlamp \u202Egpj.exe\u202C', 'Tab\there\u0007\u200B'], 'Home\u2028\u202Eemoh');
    await tile(page, 'Kitchen lamp gpj.exe').waitFor({state: 'attached'});
    await tile(page, 'Tab here').waitFor({state: 'attached'});
    assert.match(await page.title(), /^(\(\d+\) )?Home emoh /);
    assert.doesNotMatch(await page.locator('body').innerHTML(), /[\u202A-\u202E\u2066-\u2069\u200B\u0007]/);
  });
});
