// @ts-check
/**
 * `node bake.mjs SITE`: writes the hashes of scripts and styles into the pages (rule P6), so that altered bytes do not run,
 * and the version into the head. boot.js has no hash: it speaks when the others do not fit together.
 * To be run after all files are in SITE and again after any of them changed.
 */
import {createHash} from 'node:crypto';
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';

const site = process.argv[2];
if (!site) {
  console.error('usage: bake.mjs SITE');
  process.exit(2);
}
/** @param {string} file */
const hash = (file) =>
  `sha256-${createHash('sha256')
    .update(readFileSync(join(site, file)))
    .digest('base64')}`;
/** @param {string} file @param {(text: string) => string} change */
const edit = (file, change) => writeFileSync(join(site, file), change(readFileSync(join(site, file), 'utf8')));

const version = readFileSync(new URL('../../VERSION', import.meta.url), 'utf8').trim();
edit('index.html', (text) => text.replace(/(name="generator" content="Foyer)[^"]*/, `$1 ${version}`));
for (const page of ['index.html', 'lock.html'])
  edit(page, (text) =>
    text.replace(
      /((?:src|href)="\.\/((?!boot\.)[\w.-]+\.(?:js|css))")(?: integrity="[^"]*")?/g,
      (_, name, file) => `${name} integrity="${hash(file)}"`,
    ),
  );
