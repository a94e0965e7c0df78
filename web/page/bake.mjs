// @ts-check
/**
 * `node bake.mjs SITE`: writes the hashes of foyer.wasm, later.wasm and lock.mjs into main.mjs and the hashes of the modules into index.html (rule
 * P6), so that altered bytes do not run. Modules that main.mjs imports are checked by their modulepreload links. To be
 * run after all files are in SITE and again after any of them changed.
 */
import {createHash} from 'node:crypto';
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';

const site = process.argv[2];
if (!site) {
  console.error('usage: bake.mjs SITE');
  process.exit(2);
}
/** @param {string} file */
const hash = file => `sha256-${createHash('sha256').update(readFileSync(join(site, file))).digest('base64')}`;
/** @param {string} file @param {(text: string) => string} change */
const edit = (file, change) => writeFileSync(join(site, file), change(readFileSync(join(site, file), 'utf8')));

const programs = ['foyer.wasm', 'later.wasm', 'lock.mjs'].filter(file => existsSync(join(site, file)));
const integrity = Object.fromEntries(programs.map(file => [file, hash(file)]));
edit('main.mjs', text => text.replace(/const integrity = \{.*?\};/s, `const integrity = ${JSON.stringify(integrity)};`));
for (const page of ['index.html', 'lock.html']) edit(page, text => text.replace(/((?:src|href)="\.\/([\w.-]+\.(?:mjs|css))")(?: integrity="[^"]*")?/g,
    (_, name, file) => `${name} integrity="${hash(file)}"`));
