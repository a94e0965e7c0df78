// @ts-check
// A slow phone: Chromium with a sixth of this machine's speed, 390 × 844 at ratio 3, touch. The page on a static host with the
// demo in its worker, as most people first meet it. Prints one JSON line per figure.
import {createServer} from 'node:http';
import {readFileSync} from 'node:fs';
import {extname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {openChromium} from '../../tools/chromium.mjs';

const project = fileURLToPath(new URL('../..', import.meta.url));
const site = join(process.env.FOYER_BUILD ?? join(project, 'build'), 'site');
const rounds = 5,
  slower = 6;
/** @type {Record<string, string>} */
const types = {
  '.html': 'text/html',
  '.mjs': 'text/javascript',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
  '.png': 'image/png',
};
const server = createServer((request, response) => {
  const name = new URL(request.url ?? '/', 'http://localhost').pathname.slice(1) || 'index.html';
  try {
    const body = readFileSync(join(site, name));
    response.writeHead(200, {'Content-Type': types[extname(name)] ?? 'application/octet-stream'}).end(body);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((done) => server.listen(0, '127.0.0.1', () => done(undefined)));
const base = `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}/`;
const browser = await openChromium();

/** What the page's own clock saw: frames that drew something, and tasks that held the main thread. */
const watch = () => {
  const seen = {draws: /** @type {number[]} */ ([]), tasks: /** @type {number[]} */ ([])};
  Object.assign(globalThis, {seen});
  const draw = WebGL2RenderingContext.prototype.drawElements;
  WebGL2RenderingContext.prototype.drawElements = function (/** @type {[number, number, number, number]} */ ...all) {
    draw.apply(this, all);
    const now = performance.now();
    if (now - (seen.draws.at(-1) ?? -1) > 1) seen.draws.push(now);
  };
  new PerformanceObserver((list) => seen.tasks.push(...list.getEntries().map((one) => one.duration))).observe({
    type: 'longtask',
    buffered: true,
  });
};

/** One visit: start, sign-in, a lamp. */
async function visit() {
  const context = await browser.newContext({
    viewport: {width: 390, height: 844},
    deviceScaleFactor: 3,
    isMobile: true,
    hasTouch: true,
  });
  const page = await context.newPage();
  await (await context.newCDPSession(page)).send('Emulation.setCPUThrottlingRate', {rate: slower});
  await page.addInitScript(watch);
  const seen = () =>
    page.evaluate(() => /** @type {{draws: number[], tasks: number[]}} */ (/** @type {any} */ (globalThis).seen));
  await page.goto(base);
  await page.waitForFunction(() => /** @type {any} */ (globalThis).seen.draws.length > 0);
  const first = (await seen()).draws[0];

  const demo = page.getByRole('button', {name: 'Try the demo home'});
  await demo.waitFor({state: 'attached'});
  await demo.press('Enter');
  await page.getByRole('button', {name: /^Alice/}).click();
  await page.getByRole('heading', {name: 'Allow access?'}).waitFor();
  await page.getByRole('button', {name: 'Accept'}).click();
  const main = page.getByRole('navigation', {name: 'Main'});
  await main.waitFor({state: 'attached'});
  const lamp = page.getByRole('switch').first();
  await lamp.waitFor({state: 'attached'});
  // From the page that the consent leads to, on its own clock: the redirects before it are the simulated cloud's.
  const home = await page.evaluate(() => performance.now());

  await page.waitForTimeout(3000); // everything has settled
  const box = await lamp.boundingBox();
  if (!box) throw new Error('the lamp is not on the screen');
  const before = await page.evaluate(() => {
    const at = {down: 0};
    Object.assign(globalThis, {at});
    addEventListener('pointerdown', (event) => (at.down = event.timeStamp), {capture: true, once: true});
    return /** @type {any} */ (globalThis).seen.draws.length;
  });
  await page.touchscreen.tap(box.x + box.width / 2, box.y + box.height / 2);
  await page.waitForFunction((count) => /** @type {any} */ (globalThis).seen.draws.length >= count + 2, before);
  const press = await page.evaluate(
    (count) => /** @type {any} */ (globalThis).seen.draws[count + 1] - /** @type {any} */ (globalThis).at.down,
    before,
  );
  const task = Math.max(0, ...(await seen()).tasks);
  await context.close();
  return {first, home, press, task};
}

/** @param {number[]} values */
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
/** @type {Awaited<ReturnType<typeof visit>>[]} */
const visits = [];
for (let i = 0; i < rounds; ++i) visits.push(await visit());
for (const [name, key] of /** @type {const} */ ([
  ['phone_first_picture_ms', 'first'],
  ['phone_home_after_consent_ms', 'home'],
  ['phone_press_second_frame_ms', 'press'],
  ['phone_longest_task_ms', 'task'],
]))
  console.log(JSON.stringify({name, value: Number(median(visits.map((one) => one[key])).toFixed(1)), unit: 'ms'}));
await browser.close();
server.close();
server.closeAllConnections();
