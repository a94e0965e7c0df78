// @ts-check
// From one version of the page to the next, on a plain static host where files are put up one after the other: whatever has
// arrived and whatever has not, a visitor sees one whole version or a sentence with a way out – and in the end the new one.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {appendFileSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:http';
import {tmpdir} from 'node:os';
import {extname, join} from 'node:path';
import {after, afterEach, before, describe, it} from 'node:test';
import {openChromium} from '../../tools/chromium.mjs';
import {eventually, goTo, press, project, reads, room, site} from './support.mjs';

/** What a first visit runs. */
const starts = ['index.html', 'boot.js', 'main.js', 'style.css', 'foyer.wasm', 'worker.js'];
const all = [...starts, 'later.wasm', 'sim.wasm', 'lock.js', 'lock.html', 'fr.words'];
/** @type {Record<string, string>} */
const types = {
  '.html': 'text/html',
  '.mjs': 'text/javascript',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
};

/** @type {string} */
let work;
/** @type {import('playwright-core').Browser} */
let browser;

/** A build whose every part says of which edition it is. @param {string} edition @param {string} [worker] what its page calls its worker */
function build(edition, worker = 'worker.js') {
  const folder = join(work, edition);
  cpSync(site, folder, {recursive: true, dereference: true});
  const config = JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8'));
  delete config.simulator;
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config));
  const hash = (/** @type {string} */ path) =>
    `sha256-${createHash('sha256').update(readFileSync(path)).digest('base64')}`;
  // main.js, which knows the others by their hashes, comes last.
  const main = join(folder, 'main.js');
  writeFileSync(main, readFileSync(main, 'utf8').replaceAll('./worker.js?', `./${worker}?`));
  for (const file of all
    .filter((name) => existsSync(join(folder, name)))
    .sort((a, b) => Number(a === 'main.js') - Number(b === 'main.js'))) {
    const path = join(folder, file);
    const before = hash(path);
    if (/js$/.test(file)) appendFileSync(path, `\n(globalThis.editions ??= {})['${file}'] = '${edition}';\n`);
    if (/css$/.test(file)) appendFileSync(path, `\n:root { --edition: ${edition}; }\n`);
    if (/html$/.test(file))
      writeFileSync(path, readFileSync(path, 'utf8').replace('<html lang', `<html data-edition="${edition}" lang`));
    // A section without meaning: its kind, its size, its name.
    if (/wasm$/.test(file)) appendFileSync(path, Buffer.from([0, 2, 1, edition.charCodeAt(0)]));
    writeFileSync(main, readFileSync(main, 'utf8').replaceAll(before, hash(path)));
  }
  execFileSync(process.execPath, [join(project, 'web/page/bake.mjs'), folder]);
  execFileSync(process.execPath, [join(project, 'web/worker/seal.mjs'), folder]);
  return folder;
}

/** A static host; `deploy` says of each file which build lies there. */
class Host {
  #server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://x').pathname.slice(1) || 'index.html';
    const file = join(work, this.edition(path), path);
    if (!existsSync(file)) return void response.writeHead(404).end();
    let bytes = readFileSync(file);
    if (this.cut.has(path)) bytes = bytes.subarray(0, bytes.length * this.share);
    response
      .writeHead(200, {'Content-Type': types[extname(path)] ?? 'text/plain', 'Cache-Control': 'no-cache'})
      .end(bytes);
  });
  /** @type {(file: string) => string} */
  edition = () => 'A';
  base = '';
  /** Files that are half there. @type {Set<string>} */
  cut = new Set();
  /** How much of them is there. */
  share = 0.5;
  async start() {
    await new Promise((resolve) => this.#server.listen(0, '127.0.0.1', () => resolve(undefined)));
    const {port} = /** @type {import('node:net').AddressInfo} */ (this.#server.address());
    this.base = `http://localhost:${port}/`;
    return this;
  }
  /** @param {(file: string) => boolean} arrived @param {string[]} [cut] @param {number} [share] */
  deploy(arrived, cut = [], share = 0.5) {
    this.share = share;
    this.edition = (file) => (arrived(file) ? 'B' : 'A');
    this.cut = new Set(cut);
  }
  close() {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

before(async () => {
  work = mkdtempSync(join(tmpdir(), 'foyer-updates-'));
  build('A');
  build('B');
  build('O', 'worker.mjs');
  browser = await openChromium();
});
after(async () => {
  await browser.close();
  rmSync(work, {recursive: true, force: true});
});
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
});

/**
 * Which editions a page is made of, '' while it does not run, 'could not' when it says so.
 * @param {import('playwright-core').Page} page @returns {Promise<string>}
 */
const editions = (page) =>
  page
    .evaluate(() => {
      const any = /** @type {any} */ (globalThis);
      if (document.title.includes('could not be loaded')) return 'could not';
      if (!any.foyer || document.body.classList.contains('starting')) return '';
      const {'boot.js': apart, ...editions} = any.editions; // speaks for any version, and is of none
      const seen = new Set(Object.values(editions));
      seen.add(document.documentElement.dataset.edition);
      seen.add(getComputedStyle(document.documentElement).getPropertyValue('--edition').trim());
      return [...seen].sort().join('');
    })
    .catch(() => ''); // between two documents

/** @param {import('playwright-core').Page} page @param {string} edition @param {number} [limit] */
const becomes = (page, edition, limit = 40_000) =>
  eventually(
    async () => {
      const now = await editions(page);
      assert.ok(now.length < 2 || now === 'could not', `editions are mixed: ${now}`);
      return now === edition;
    },
    `edition ${edition}`,
    limit,
  );

/** @param {import('playwright-core').Page} page */
const controlled = (page) => page.waitForFunction(() => navigator.serviceWorker.controller);
/** @param {import('playwright-core').Page} page */
const update = (page) =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update().catch(() => {});
    const {installing} = registration;
    if (installing) await new Promise((resolve) => installing.addEventListener('statechange', resolve, {once: true}));
    return Boolean(registration.waiting);
  });

/** A person reloads the page – which may move to the new version by itself at that very moment. @param {import('playwright-core').Page} page */
const reload = (page) =>
  page.reload().catch((error) => {
    if (!/ERR_ABORTED|interrupted by another navigation/.test(error.message)) throw error;
  });

/** Every file that came first, every file that is still missing, and files that are half there. */
/** @type {{name: string, arrived: (file: string) => boolean, cut: string[], share?: number}[]} */
const states = [
  ...starts.map((file) => ({
    name: `${file} came first`,
    arrived: (/** @type {string} */ one) => one === file,
    cut: [],
  })),
  ...all.map((file) => ({name: `${file} is missing`, arrived: (/** @type {string} */ one) => one !== file, cut: []})),
  ...['main.js', 'foyer.wasm', 'worker.js', 'boot.js'].map((file) => ({
    name: `${file} is half there`,
    arrived: () => true,
    cut: [file],
  })),
  // A document has no hash of its own: it ends in its head, between the parts of its body, in the last of them.
  ...[0.4, 0.5, 0.7, 0.8, 0.9].map((share) => ({
    name: `index.html is there to ${share}`,
    arrived: () => true,
    cut: ['index.html'],
    share,
  })),
];

describe('a deploy that is half done', () => {
  it('leaves a visitor who was here before with the old version, whole, until the last file is there', async () => {
    const host = await new Host().start();
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(host.base);
    await becomes(page, 'A');
    await controlled(page);
    for (const {name, arrived, cut, share} of states) {
      // What only some visitors fetch is no part of a version that starts.
      if (starts.every(arrived) && cut.length === 0) continue;
      host.deploy(arrived, cut, share);
      assert.equal(await update(page), false, `${name}: nothing may be installed`);
      await page.goto(`${host.base}?code=x&state=y`); // a callback's address is no way around
      await becomes(page, 'A');
    }
    host.deploy(() => true);
    await update(page);
    await page.reload();
    await becomes(page, 'B');
    host.close();
  });

  it('tells a new visitor what is wrong, tries again by itself, and shows the new version in the end', async () => {
    const queue = [...states];
    const one = async () => {
      const host = await new Host().start();
      const context = await browser.newContext();
      const page = await context.newPage();
      for (let state = queue.shift(); state; state = queue.shift()) {
        host.deploy(state.arrived, state.cut, state.share);
        await context.clearCookies();
        await page.goto(host.base);
        // A page that comes without its first script says so in plain HTML.
        const now = await eventually(
          async () =>
            (await editions(page)) || ((await page.getByText('Load the page again').isVisible()) ? 'late' : ''),
          state.name,
          30_000,
        );
        assert.ok(['A', 'B', 'could not', 'late'].includes(now), `${state.name}: ${now}`);
        host.deploy(() => true);
        if (now === 'late') await page.getByText('Load the page again').click();
        if (now === 'A') {
          await eventually(
            async () => {
              await reload(page);
              return eventually(() => editions(page), state.name).then((one) => one === 'B');
            },
            `${state.name}: then the new one`,
            40_000,
          );
        }
        await becomes(page, 'B');
        await page.evaluate(async () => {
          for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister();
          for (const name of await caches.keys()) await caches.delete(name);
          sessionStorage.clear();
        });
        await page.goto('about:blank');
      }
      host.close();
    };
    await Promise.all([one(), one()]);
  });
});

describe('a new version that has arrived', () => {
  it('between the page and its first worker is told, too', async () => {
    const host = await new Host().start();
    const page = await (await browser.newContext()).newPage();
    let asked = 0;
    host.edition = (file) => {
      if (file === 'worker.js') ++asked;
      return asked > 0 ? 'B' : 'A';
    };
    await page.goto(host.base);
    await becomes(page, 'A');
    await reads(page, 'A new version of Foyer is ready.', 30_000);
    await press(page.getByRole('button', {name: 'Use it now, in every tab'}));
    await becomes(page, 'B');
    host.close();
  });

  it('is told in every tab, and one press moves them all', async () => {
    const host = await new Host().start();
    const context = await browser.newContext();
    const tabs = [await context.newPage(), await context.newPage(), await context.newPage()];
    for (const tab of tabs) {
      await tab.goto(host.base);
      await becomes(tab, 'A');
      await controlled(tab);
    }
    host.deploy(() => true);
    assert.equal(await update(tabs[1]), true);
    for (const tab of tabs) await reads(tab, 'A new version of Foyer is ready.');
    for (const tab of tabs) assert.equal(await editions(tab), 'A', 'nobody has agreed yet');
    await press(tabs[0].getByRole('button', {name: 'Use it now, in every tab'}));
    for (const tab of tabs) await becomes(tab, 'B');
    for (const tab of tabs) assert.equal(await tab.getByText('A new version of Foyer is ready.').isVisible(), false);
    host.close();
  });

  it('is found by a browser whose version calls its worker by the former name, and gives it the present one', async () => {
    const host = await new Host().start();
    host.edition = () => 'O';
    const page = await (await browser.newContext()).newPage();
    await page.goto(host.base);
    await becomes(page, 'O');
    await controlled(page);
    const script = () => page.evaluate(() => navigator.serviceWorker.controller?.scriptURL ?? '').catch(() => '');
    assert.match(await script(), /worker\.mjs\?/);
    host.deploy(() => true);
    assert.equal(await update(page), true);
    await press(page.getByRole('button', {name: 'Use it now, in every tab'}));
    await becomes(page, 'B');
    await eventually(async () => /worker\.js\?/.test(await script()), 'the present name');
    assert.equal(await page.getByText('A new version of Foyer is ready.').isVisible(), false);
    host.close();
  });

  it('keeps who is signed in, and where they were', async () => {
    const host = await new Host().start();
    const page = await (await browser.newContext()).newPage();
    await page.goto(host.base);
    await press(page.getByRole('button', {name: 'Try the demo home'}));
    await page.getByRole('button', {name: /^Alice/}).click();
    await page.getByRole('button', {name: 'Accept'}).click();
    await room(page, 'Kitchen').waitFor({state: 'attached'});
    await goTo(page, '#/settings');
    host.deploy(() => true);
    assert.equal(await update(page), true);
    await press(page.getByRole('button', {name: 'Use it now, in every tab'}));
    await becomes(page, 'B');
    assert.equal(new URL(page.url()).hash, '#/settings');
    await page.getByRole('navigation', {name: 'Main'}).waitFor({state: 'attached'});
    host.close();
  });

  it('begins by itself on a tablet on the wall, at a moment when nobody has touched any tab for a while', async () => {
    const host = await new Host().start();
    const context = await browser.newContext();
    const tablet = await context.newPage();
    await tablet.clock.install(); // for every tab
    await tablet.goto(host.base);
    await becomes(tablet, 'A');
    await controlled(tablet);
    const other = await context.newPage();
    await other.goto(host.base);
    await becomes(other, 'A');
    await controlled(other);
    host.deploy(() => true);
    await tablet.clock.fastForward('01:02:00');
    await eventually(
      () => tablet.evaluate(async () => Boolean((await navigator.serviceWorker.ready).waiting)),
      'it has looked by itself',
    );
    await other.keyboard.press('Shift');
    await tablet.clock.fastForward('00:02:00');
    await other.evaluate(() => new Promise((resolve) => setTimeout(resolve, 1000)));
    assert.equal(await editions(tablet), 'A', 'somebody uses the other tab');
    await other.close();
    await tablet.clock.fastForward('00:02:00');
    await becomes(tablet, 'B');
    host.close();
  });
});

describe('files that this browser keeps and that do not fit', () => {
  for (const file of ['main.js', 'style.css', 'foyer.wasm'])
    it(`are forgotten at the second try: ${file}`, async () => {
      const host = await new Host().start();
      const page = await (await browser.newContext()).newPage();
      await page.goto(host.base);
      await becomes(page, 'A');
      await controlled(page);
      await page.evaluate(async (file) => {
        const [name] = await caches.keys();
        const cache = await caches.open(name);
        const kept = await cache.match(new URL(file, location.href).href);
        if (!kept) throw new Error(`${file} is not kept`);
        const bytes = await kept.arrayBuffer();
        await cache.put(kept.url, new Response(bytes.slice(0, bytes.byteLength / 2), {headers: kept.headers}));
      }, file);
      await page.reload();
      await eventually(async () => (await editions(page)) === 'could not', 'it says so');
      await becomes(page, 'A');
      host.close();
    });
});
