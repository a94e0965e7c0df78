// ./dev size – what a first visit costs. Not what lies in build/site but what a browser really asks for is counted: a
// fresh Chromium opens the page from a server that notes every file, service worker and precache included, until a
// while passes without a request. Each file counts once, raw and as `brotli -q 11` (what a good server sends).
// `--site DIR` measures another folder than build/site. Then, for build/site,
// a table of the program by room and library (tools/size_rooms.mjs).
import {readFileSync, readdirSync, existsSync} from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import {parseArgs} from 'node:util';
import {openChromium} from './chromium.mjs';
import {figure, publish} from './figures.mjs';
import {brotli, rooms} from './size_rooms.mjs';
import {root} from './suites/run.mjs';

const {values} = parseArgs({options: {site: {type: 'string'}}});
const site = path.resolve(values.site ?? path.join(root, 'build/site'));
const quietMs = 2500; // no request for this long: the visit is over
/** @type {Record<string, string>} */
const types = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

if (!existsSync(path.join(site, 'index.html'))) {
  console.error(`size: ${site}/index.html is missing; run ./dev build web`);
  process.exit(2);
}

/** @type {Set<string>} */
const asked = new Set();
let lastRequest = performance.now();
const server = http.createServer((request, response) => {
  lastRequest = performance.now();
  let name = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
  if (name.endsWith('/')) name += 'index.html';
  const file = path.join(site, path.normalize(name));
  if (!file.startsWith(site) || !existsSync(file)) {
    response.writeHead(404).end();
    return;
  }
  asked.add(path.relative(site, file));
  response
    .writeHead(200, {'content-type': types[path.extname(file)] ?? 'application/octet-stream'})
    .end(readFileSync(file));
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
const {port} = /** @type {import('node:net').AddressInfo} */ (server.address());

const browser = await openChromium();
try {
  const page = await browser.newPage();
  await page.goto(`http://localhost:${port}/`, {waitUntil: 'load'});
  const deadline = performance.now() + 30_000;
  while (performance.now() - lastRequest < quietMs && performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
} finally {
  await browser.close();
  server.close();
}

// What is fetched when it is wanted, named beside the visit but not part of it: the rest of the program once somebody is
// signed in, another language, the demo's cloud.
const onDemand = readdirSync(site).filter(
  (name) => /^later\.wasm$|^sim\.wasm$|\.words$|^lock\./.test(name) && !asked.has(name),
);

const measure = (/** @type {string} */ name) => {
  const bytes = readFileSync(path.join(site, name));
  return {name, raw: bytes.length, brotli: brotli(bytes)};
};
const rows = [...asked].sort().map(measure);
const results = rows.flatMap(({name, raw, brotli}) => [
  figure({name: `${name} raw`, value: raw, unit: 'bytes'}),
  figure({name: `${name} brotli`, value: brotli, unit: 'bytes'}),
]);
for (const {name, raw, brotli} of onDemand.sort().map(measure)) {
  results.push(figure({name: `on demand: ${name} raw`, value: raw, unit: 'bytes'}));
  results.push(figure({name: `on demand: ${name} brotli`, value: brotli, unit: 'bytes'}));
}
const sum = (/** @type {'raw' | 'brotli'} */ key) => rows.reduce((total, row) => total + row[key], 0);
results.push(figure({name: 'first_visit_raw_bytes', value: sum('raw'), unit: 'bytes'}));
results.push(figure({name: 'first_visit_brotli_bytes', value: sum('brotli'), unit: 'bytes'}));
const share = (/** @type {number} */ bytes) => `${((100 * bytes) / sum('brotli')).toFixed(1)} %`;
// Of the program itself: which room or library the bytes come from.
for (const {file, part, raw, brotli: packed} of (values.site
  ? null
  : rooms(path.join(root, 'build/cmake/web-release'), site)) ?? []) {
  results.push(figure({name: `${file}: ${part} raw`, value: raw, unit: 'bytes'}));
  results.push(figure({name: `${file}: ${part} brotli`, value: packed, unit: 'bytes'}));
}
console.log(
  'biggest first:',
  rows
    .toSorted((a, b) => b.brotli - a.brotli)
    .slice(0, 5)
    .map(({name, brotli}) => `${name} ${brotli} (${share(brotli)})`)
    .join(', '),
);
process.exitCode = publish('size.json', results) ? 0 : 1;
