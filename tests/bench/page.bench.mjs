// @ts-check
// Figures that only a browser can show: start against a blank WebGL 2 page, rest, and the cost of the mirror.
// Prints one JSON line per figure.
import {createServer} from 'node:http';
import {readFileSync} from 'node:fs';
import {extname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {openChromium} from '../../tools/chromium.mjs';

const project = fileURLToPath(new URL('../..', import.meta.url));
const site = join(process.env.FOYER_BUILD ?? join(project, 'build'), 'site');
const rounds = 7;
/** @type {Record<string, string>} */
const types = {
  '.html': 'text/html',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
  '.png': 'image/png',
};
const blank = `<!doctype html><html lang="en"><title>Blank</title><body><canvas id="canvas"></canvas>
<script type="module" src="blank.mjs"></script></body></html>`;
const blankScript = `const gl = document.getElementById('canvas').getContext('webgl2', {alpha: false, antialias: false});
gl.clearColor(1, 1, 1, 1); gl.clear(gl.COLOR_BUFFER_BIT); gl.finish(); performance.mark('drawn');`;

const server = createServer((request, response) => {
  const name = new URL(request.url ?? '/', 'http://localhost').pathname.slice(1) || 'index.html';
  const own = {'blank.html': blank, 'blank.mjs': blankScript}[name];
  const folder = /^(mirror|elements)\.mjs$/.test(name) ? join(project, 'web/page') : site; // by themselves, not as part of the page
  try {
    const body = own ?? readFileSync(join(folder, name));
    response.writeHead(200, {'Content-Type': types[extname(name)] ?? 'application/octet-stream'}).end(body);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((done) => server.listen(0, '127.0.0.1', () => done(undefined)));
const base = `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}/`;
const browser = await openChromium();

/** @param {string} name @param {number} value @param {string} unit */
const figure = (name, value, unit) => console.log(JSON.stringify({name, value: Number(value.toFixed(3)), unit}));
/** @param {number[]} values */
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

/** Navigation to the first picture that is on the canvas, in a fresh profile. @param {string} path */
async function startOf(path) {
  const context = await browser.newContext({viewport: {width: 1440, height: 900}});
  const page = await context.newPage();
  await page.addInitScript(() => {
    const draw = WebGL2RenderingContext.prototype.drawElements;
    WebGL2RenderingContext.prototype.drawElements = function (/** @type {[number, number, number, number]} */ ...all) {
      draw.apply(this, all);
      if (performance.getEntriesByName('drawn').length) return;
      this.finish();
      performance.mark('drawn');
    };
  });
  await page.goto(base + path);
  await page.waitForFunction(() => performance.getEntriesByName('drawn').length > 0);
  const at = await page.evaluate(() => performance.getEntriesByName('drawn')[0].startTime);
  await context.close();
  return at;
}

/** @type {number[]} */
const ours = [],
  blanks = [];
for (let i = 0; i < rounds; ++i) {
  blanks.push(await startOf('blank.html'));
  ours.push(await startOf(''));
}
console.log(`start: page ${median(ours).toFixed(0)} ms, blank ${median(blanks).toFixed(0)} ms`);
figure('start_over_blank', median(ours) / median(blanks), 'ratio');

// At rest: counted by the browser's own functions, not by the page's account.
{
  const page = await (await browser.newContext()).newPage();
  await page.addInitScript(() => {
    const count = {frames: 0, draws: 0};
    const ask = globalThis.requestAnimationFrame;
    globalThis.requestAnimationFrame = (use) => ask((time) => (++count.frames, use(time)));
    const draw = WebGL2RenderingContext.prototype.drawElements;
    WebGL2RenderingContext.prototype.drawElements = function (/** @type {[number, number, number, number]} */ ...all) {
      ++count.draws;
      draw.apply(this, all);
    };
    Object.assign(globalThis, {count});
  });
  const counted = () => page.evaluate(() => ({.../** @type {any} */ (globalThis).count}));
  await page.goto(base);
  await page.getByRole('button', {name: 'Try the demo home'}).waitFor({state: 'attached'});
  for (let last = -1, now = await counted(); now.frames !== last; now = await counted()) {
    last = now.frames;
    await page.waitForTimeout(2000);
  }
  const before = await counted();
  await page.waitForTimeout(10_000);
  const after = await counted();
  figure('idle_frames_10s', after.frames - before.frames, 'frames');
  figure('idle_draws_10s', after.draws - before.draws, 'draws');

  // The page's own mirror with a hundred tiles, each a link, a switch, a slider and a line of text.
  const {build, update} = await page.evaluate(async (address) => {
    const {Mirror} = await import(address);
    /** @param {number} level */
    const tile = (/** @type {number} */ i, level) => [
      [`tile/${i}`, 'list', 'listitem', {}],
      [`m/${i}`, `tile/${i}`, 'link', {name: `Lamp ${i}`}],
      [`m/${i}/on`, `tile/${i}`, 'switch', {name: `Lamp ${i}`, checked: level > 0}],
      [
        `m/${i}/level`,
        `tile/${i}`,
        'slider',
        {name: `Lamp ${i} brightness`, value: level, least: 0, most: 100, step: 1, text: `${level} %`},
      ],
      [`m/${i}/state`, `tile/${i}`, 'text', {name: `${level} % · 7 W`}],
    ];
    const set = [['list', '', 'list', {name: 'Room'}], ...Array.from({length: 100}, (_, i) => tile(i, 40)).flat()];
    const at = set.map(([id], i) => [id, 10, i * 10, 180, 40]),
      order = set.map(([id]) => id);
    const changes = Array.from({length: 10}, (_, i) =>
      tile(i * 9, 70).filter(([, , role]) => role !== 'listitem'),
    ).flat();
    /** @type {number[]} */
    const builds = [],
      updates = [];
    for (let i = 0; i < 15; ++i) {
      const root = document.body.appendChild(document.createElement('div'));
      const mirror = new Mirror(root, () => true);
      let from = performance.now();
      mirror.apply({gone: [], set, at, order});
      void root.offsetHeight;
      builds.push(performance.now() - from);
      from = performance.now();
      mirror.apply({gone: [], set: changes, at: []});
      void root.offsetHeight;
      updates.push(performance.now() - from);
      root.remove();
    }
    const middle = (/** @type {number[]} */ values) => values.toSorted((a, b) => a - b)[values.length >> 1];
    return {build: middle(builds), update: middle(updates)};
  }, `${base}mirror.mjs`);
  figure('mirror_build_100_ms', build, 'ms');
  figure('mirror_update_10_ms', update, 'ms');
}
await browser.close();
server.close();
server.closeAllConnections();
