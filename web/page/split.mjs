// @ts-check
/**
 * `node split.mjs --program WASM --binaryen DIR --nm TOOL --objects FILE --later FILE --first WASM --rest WASM` takes a
 * linked program (with --no-demangle and the names of its functions) apart with Binaryen's wasm-split: the functions of the
 * object files that the list --later names go into REST, which the page fetches when it needs them, all others into FIRST.
 * Both are optimised once more. --objects lists all that was linked, the later ones among it.
 *
 * With --named the two parts are written beside WASM instead, with the names of their functions, which cost 9 KB of what is sent:
 * for tools/size.mjs, which finds in split.json beside WASM how this was called last.
 *
 * Link-time optimisation goes across all files: what it has put into a caller in another file goes where that caller goes.
 * Templates and inline functions that another object has as well are everybody's and stay in FIRST. An object of which the
 * program has nothing is a mistake in the list.
 */
import {execFileSync} from 'node:child_process';
import {existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {basename, dirname, join, normalize} from 'node:path';
import {parseArgs} from 'node:util';
import {functionsOf} from './wasm.mjs';

const one = /** @type {const} */ ({type: 'string', default: ''});
const {
  values: {program, binaryen, nm, first, rest, named, ...lists},
} = parseArgs({
  options: {
    program: one,
    binaryen: one,
    nm: one,
    objects: one,
    later: one,
    first: one,
    rest: one,
    named: {type: 'boolean', default: false},
  },
});
/** @param {string} file */
const lines = (file) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((one) => normalize(one));
const later = lines(lists.later);
// What the program is compiled with (CMakeLists.txt) and what wasm-split itself needs.
const features = [
  '--enable-bulk-memory',
  '--enable-sign-ext',
  '--enable-mutable-globals',
  '--enable-nontrapping-float-to-int',
  '--enable-multivalue',
  '--enable-reference-types',
];

/** Names of the functions that a file defines, those of one file only included. @param {string[]} files */
const defined = (files) =>
  execFileSync(nm, ['--defined-only', '--format=posix', ...files], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
    .split('\n')
    .map((line) => line.split(' '))
    .filter(([, kind]) => /^[TtWw]$/.test(kind ?? ''))
    .map(([name]) => name ?? '');

/** As Binaryen writes a name: all but the text format's own characters as \xx. @param {string} name */
const escaped = (name) =>
  name.replace(/[^A-Za-z0-9!#$%&'*+\-./:<=>?@^_`|~]/g, (one) => '\\' + one.charCodeAt(0).toString(16).padStart(2, '0'));

const elsewhere = new Set(defined(lines(lists.objects).filter((file) => existsSync(file) && !later.includes(file)))); // rooms that the page has nothing of may not be built
const names = new Set(functionsOf(readFileSync(program)).map(({name}) => name));
/** @type {Set<string>} */
const chosen = new Set();
for (const object of later) {
  const own = defined([object]).filter((name) => !elsewhere.has(name));
  // Two files may have a function of the same name for themselves: Binaryen numbers them.
  const found = own
    .flatMap((name) => [name, `${name}_1`, `${name}_2`, `${name}_3`])
    .filter((name) => names.has(name) && !elsewhere.has(name));
  if (found.length === 0) throw new Error(`the page has nothing of ${object}; take its source off LATER`);
  for (const name of found) chosen.add(name);
}

const folder = mkdtempSync(join(tmpdir(), 'foyer-split-'));
const run = (/** @type {string} */ tool, /** @type {string[]} */ ...args) =>
  execFileSync(join(binaryen, 'bin', tool), [...features, ...args], {stdio: ['ignore', 'ignore', 'pipe']});
try {
  const wanted = join(folder, 'wanted');
  writeFileSync(wanted, [...chosen].map(escaped).join('\n'));
  const parts = [join(folder, 'first.wasm'), join(folder, 'rest.wasm')];
  run('wasm-split', program, ...(named ? ['-g'] : []), '--split-funcs', `@${wanted}`, '-o1', parts[0], '-o2', parts[1]);
  [first, rest].forEach((file, i) => {
    if (named) run('wasm-opt', parts[i], '-Oz', '-g', '-o', `${program.replace(/\.wasm$/, '')}.${basename(file)}`);
    else run('wasm-opt', parts[i], '-Oz', '--strip-debug', '--strip-producers', '-o', file);
  });
  if (!named) writeFileSync(join(dirname(program), 'split.json'), JSON.stringify(process.argv.slice(2)));
} finally {
  rmSync(folder, {recursive: true, force: true});
}
