// fuzz-seeds.mjs FOLDER – what the fuzzers begin with: FOLDER/seeds, the payloads that the tests write down as raw
// strings and the recorded ones where they are present; FOLDER/words.dict, the words that core/ looks for. Prints counts.
import {createHash} from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

const largest = 512 * 1024;
const folder = process.argv[2];
const seeds = path.join(folder, 'seeds');
const recorded = process.env.FOYER_FIXTURES ?? path.join(import.meta.dirname, '../../shared/fixtures');

/** @param {string} root @param {RegExp} wanted */
function* files(root, wanted) {
  if (!fs.existsSync(root)) return;
  for (const name of fs.readdirSync(root, {recursive: true, encoding: 'utf8'}).sort())
    if (wanted.test(name)) yield path.join(root, name);
}

let count = 0;
/** @param {string | Buffer} bytes */
function keep(bytes) {
  if (bytes.length > largest) return;
  fs.writeFileSync(path.join(seeds, createHash('sha256').update(bytes).digest('hex').slice(0, 16)), bytes);
  ++count;
}

fs.rmSync(seeds, {recursive: true, force: true});
fs.mkdirSync(seeds, {recursive: true});
for (const file of files('tests', /\.(cpp|hpp)$/))
  for (const [, , text] of fs.readFileSync(file, 'utf8').matchAll(/R"(\w*)\(([^]*?)\)\1"/g))
    if (text.length > 1) keep(text);
const written = count;

/** @type {Buffer[]} */
const topologies = [];
/** @type {Buffer[]} */
const states = [];
for (const file of files(recorded, /\.(json|txt)$/)) {
  const bytes = fs.readFileSync(file);
  keep(bytes);
  if (/homesdata|topology\//.test(file)) topologies.push(bytes);
  if (/homestatus|status\//.test(file)) states.push(bytes);
}
// A zero byte parts a home from its state.
for (const home of topologies) for (const state of states) keep(Buffer.concat([home, Buffer.from([0]), state]));

const words = new Set();
for (const file of files('core', /\.cpp$/))
  for (const [, word] of fs.readFileSync(file, 'utf8').matchAll(/"([\w:.-]{2,40})"/g)) words.add(word);
fs.writeFileSync(path.join(folder, 'words.dict'), [...words].map((word) => `"\\"${word}\\""\n`).join(''));
console.log(`fuzz: ${written} seeds of the tests, ${count - written} recorded, ${words.size} words`);
