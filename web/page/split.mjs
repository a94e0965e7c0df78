// @ts-check
/**
 * `node split.mjs PROGRAM BINARYEN PATTERNS PRIMARY LATER` takes a linked program (a .wasm that still has the names of its
 * functions) apart with Binaryen's wasm-split: functions whose name matches one of PATTERNS (a file, one regular expression
 * a line) go into LATER, which the page fetches when it needs them; all others into PRIMARY. Both are optimised once more
 * and lose their names. A pattern that matches nothing is an error: it would be a mistake in writing.
 */
import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

const [program, binaryen, patternFile, primary, later] = process.argv.slice(2);
if (!later) {
  console.error('usage: split.mjs PROGRAM BINARYEN PATTERNS PRIMARY LATER');
  process.exit(2);
}
// What the program is compiled with (tools/cmake/platform.cmake) and what wasm-split itself needs.
const features = ['--enable-bulk-memory', '--enable-sign-ext', '--enable-mutable-globals',
  '--enable-nontrapping-float-to-int', '--enable-multivalue', '--enable-reference-types'];

/** The names of a program's functions: its custom section "name", subsection 1. @param {Uint8Array<ArrayBuffer>} bytes */
function functionNames(bytes) {
  const [names] = WebAssembly.Module.customSections(new WebAssembly.Module(bytes), 'name');
  if (!names) throw new Error(`${program} has no names of functions; link it with --profiling-funcs`);
  const data = new Uint8Array(names);
  let at = 0;
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = data[at++];
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  };
  /** @type {string[]} */
  const found = [];
  while (at < data.length) {
    const kind = data[at++];
    const size = number();
    const end = at + size;
    if (kind === 1) {
      for (let left = number(); left > 0; --left) {
        number();
        const length = number();
        found.push(new TextDecoder().decode(data.subarray(at, at + length)));
        at += length;
      }
    }
    at = end;
  }
  return found;
}

/** As Binaryen writes a name: all but the text format's own characters as \xx. @param {string} name */
const escaped = name => name.replace(/[^A-Za-z0-9!#$%&'*+\-./:<=>?@^_`|~]/g,
    one => '\\' + one.charCodeAt(0).toString(16).padStart(2, '0'));

const names = functionNames(readFileSync(program));
/** @type {Set<string>} */
const chosen = new Set();
for (const line of readFileSync(patternFile, 'utf8').split('\n')) {
  if (!line || line.startsWith('#')) continue;
  const pattern = new RegExp(line);
  const matching = names.filter(name => pattern.test(name));
  if (matching.length === 0) throw new Error(`${patternFile}: no function matches ${line}`);
  for (const name of matching) chosen.add(name);
}

const folder = mkdtempSync(join(tmpdir(), 'foyer-split-'));
const run = (/** @type {string} */ tool, /** @type {string[]} */ ...args) =>
  execFileSync(join(binaryen, 'bin', tool), [...features, ...args], {stdio: ['ignore', 'ignore', 'pipe']});
try {
  const list = join(folder, 'list');
  writeFileSync(list, [...chosen].map(escaped).join('\n'));
  const parts = [join(folder, 'primary.wasm'), join(folder, 'later.wasm')];
  run('wasm-split', program, '--split-funcs', `@${list}`, '-o1', parts[0], '-o2', parts[1]);
  [primary, later].forEach((file, i) => run('wasm-opt', parts[i], '-Oz', '--strip-debug', '--strip-producers', '-o', file));
} finally {
  rmSync(folder, {recursive: true, force: true});
}
