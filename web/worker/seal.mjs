// @ts-check
/**
 * `node seal.mjs SITE` writes SITE/worker.js: the service worker, the simulated cloud's script and the hash of every file
 * of the site, in one file – so that a worker arrives whole or not at all, and knows what belongs to it. Any changed file is
 * a new worker with a new cache. The last step of a build of the site; again on the same files it changes nothing.
 */
import {createHash} from 'node:crypto';
import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join, relative, sep} from 'node:path';
import {fileURLToPath} from 'node:url';
import {transformSync} from 'esbuild';

const site = process.argv[2];
if (!site) {
  console.error('usage: seal.mjs SITE');
  process.exit(2);
}
// The worker itself is kept by the browser and holds sim.mjs; maps, licences and the installer's large icon are not needed
// to start.
const apart = /^worker\.m?js$|^sim\.mjs$|^icon-512\.png$|\.(map|txt|br|gz)$|(^|\/)\./;
/** What whoever runs the page writes and changes. */
const changeable = new Set(['config.json']);
/** @param {string} folder @returns {string[]} */
const walk = (folder) =>
  readdirSync(folder, {withFileTypes: true}).flatMap((entry) =>
    entry.isDirectory() ? walk(join(folder, entry.name)) : [join(folder, entry.name)],
  );
const names = walk(site)
  .map((file) => relative(site, file).split(sep).join('/'))
  .filter((file) => !apart.test(file))
  .sort();
/** @param {string | Buffer} bytes */
const hash = (bytes) => createHash('sha256').update(bytes).digest('base64');
const files = Object.fromEntries(
  names.map((file) => [file, changeable.has(file) ? '' : `sha256-${hash(readFileSync(join(site, file)))}`]),
);

/** A module's text without what ties it to others. @param {string} path */
const body = (path) =>
  transformSync(readFileSync(fileURLToPath(new URL(path, import.meta.url)), 'utf8'), {
    charset: 'utf8',
    legalComments: 'none',
  })
    .code.replace(/^import .*\n/gm, '')
    .replace(/^export (?!\{)/gm, '');
const program = `const files = ${JSON.stringify(files, null, 1)};\n${body('../sim/sim.mjs')}${body('./worker.mjs')}`;
const version = Buffer.from(hash(program), 'base64').toString('hex').slice(0, 16);
// In a block: a file that was cut anywhere is no program.
const sealed = `{\nconst version = '${version}';\n${program}}\n`;
const {code} = transformSync(sealed, {charset: 'utf8', minify: true});
// The second name is asked for by browsers that hold a version of the time when the worker was called so: they move on by it.
for (const name of ['worker.js', 'worker.mjs']) writeFileSync(join(site, name), code);
