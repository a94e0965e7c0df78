// @ts-check
/**
 * `node seal.mjs SITE` writes SITE/version.mjs: the list of the site's files and a hash over their names and bytes. The
 * service worker imports it, so that any changed file is a new worker with a new cache. The last step of a build of the
 * site; running it again on the same files changes nothing.
 */
import {createHash} from 'node:crypto';
import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join, relative, sep} from 'node:path';

const site = process.argv[2];
if (!site) {
  console.error('usage: seal.mjs SITE');
  process.exit(2);
}
// The worker's own scripts are kept by the browser; maps, licences and the installer's large icon are not needed to start.
const apart = /^(version|worker)\.mjs$|^icon-512\.png$|\.(map|txt|br|gz)$|(^|\/)\./;
/** @param {string} folder @returns {string[]} */
const walk = folder => readdirSync(folder, {withFileTypes: true}).flatMap(
    entry => entry.isDirectory() ? walk(join(folder, entry.name)) : [join(folder, entry.name)]);
const all = walk(site).map(file => relative(site, file).split(sep).join('/')).sort();
const files = all.filter(file => !apart.test(file));
const hash = createHash('sha256');
for (const file of [...files, 'worker.mjs'].filter(name => all.includes(name))) {
  hash.update(`${file}\0`).update(readFileSync(join(site, file)));
}
const version = hash.digest('hex').slice(0, 16);
writeFileSync(join(site, 'version.mjs'),
    `export const version = '${version}';\nexport const files = ${JSON.stringify(files, null, 1)};\n`);
