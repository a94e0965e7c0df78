// Where the bytes of the page's program come from: its functions by room and library, its data by what it is. Read from
// copies of foyer.wasm and later.wasm with the names of their functions (web/page/split.mjs --named) and from the object files.
import {execFileSync} from 'node:child_process';
import {existsSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {brotliCompressSync, constants} from 'node:zlib';
import {functionsOf, sectionsOf} from '../web/page/wasm.mjs';

/** @param {Uint8Array} bytes as a good server sends them */
export const brotli = (bytes) =>
  brotliCompressSync(bytes, {
    params: {[constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length},
  }).length;

/** @param {string} object */
const owner = (object) => {
  if (object.endsWith('.a')) return 'C and C++ library';
  const target = /\/CMakeFiles\/([\w]+)\.dir\//.exec(object)?.[1] ?? 'others';
  return target.startsWith('imgui') ? 'Dear ImGui' : target.replace(/^foyer_/, '');
};

/** Without what the compiler, the linker and Binaryen add: clones, numbers, halves of coroutines. @param {string} name */
const bare = (name) =>
  name.replace(/(\.(\d+|llvm|resume|destroy|cleanup|constprop|specialized))+$/, '').replace(/_\d+$/, '');

/**
 * @param {string} build folder of the preset @param {string} site
 * @returns {{ file: string, part: string, raw: number, brotli: number }[] | null} biggest first; `brotli` is the part's share of the
 *   file as it is sent. null for a build that has no names.
 */
export function rooms(build, site) {
  const page = path.join(build, 'web/page');
  let objects, root, split;
  try {
    split = JSON.parse(readFileSync(path.join(page, 'linked/split.json'), 'utf8'));
    objects = readFileSync(path.join(page, 'objects.txt'), 'utf8')
      .split('\n')
      .filter((file) => existsSync(file));
    root = /^EMSCRIPTEN_ROOT_PATH:\w+=(.+)$/m.exec(readFileSync(path.join(build, 'CMakeCache.txt'), 'utf8'))?.[1];
  } catch {
    return null;
  }
  execFileSync(process.execPath, [new URL('../web/page/split.mjs', import.meta.url).pathname, ...split, '--named'], {
    cwd: page,
  });
  /** @type {Map<string, string>} */
  const owners = new Map();
  /** @type {Map<string, string[]>} */
  const groups = new Map();
  for (const object of objects) groups.set(owner(object), [...(groups.get(owner(object)) ?? []), object]);
  for (const [name, files] of groups) {
    const listed = execFileSync(`${root}/emnm`, ['--defined-only', '--format=posix', ...files], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    for (const line of listed.split('\n')) {
      const symbol = line.slice(0, line.indexOf(' '));
      if (symbol) owners.set(symbol, owners.has(symbol) && owners.get(symbol) !== name ? 'templates of several' : name);
    }
  }
  const fonts = fontBytes(path.join(build, 'assets/generated/fonts.inc'));
  return ['foyer.wasm', 'later.wasm'].flatMap((file) => {
    const bytes = readFileSync(path.join(page, 'linked', `foyer.${file}`));
    /** @type {Map<string, Uint8Array[]>} */
    const parts = new Map();
    const add = (/** @type {string} */ name, /** @type {Uint8Array} */ piece) =>
      parts.set(name, [...(parts.get(name) ?? []), piece]);
    for (const {name, from, to} of functionsOf(bytes))
      add(owners.get(name) ?? owners.get(bare(name)) ?? 'made by the linker', bytes.subarray(from, to));
    for (const [from, to] of sectionsOf(bytes).get(11) ?? []) {
      let rest = bytes.subarray(from, to);
      for (const piece of fonts) {
        const at = rest.indexOf(piece);
        if (at < 0) continue;
        add('data: fonts and icons', piece);
        rest = Buffer.concat([rest.subarray(0, at), rest.subarray(at + piece.length)]);
      }
      add('data: words and tables', rest);
    }
    const rows = [...parts].map(([part, pieces]) => {
      const all = Buffer.concat(pieces);
      return {file, part, raw: all.length, brotli: brotli(all)};
    });
    // Together they compress better than each alone: the shares are those of the file.
    const factor = brotli(readFileSync(path.join(site, file))) / rows.reduce((sum, row) => sum + row.brotli, 0);
    return rows.map((row) => ({...row, brotli: Math.round(row.brotli * factor)})).sort((a, b) => b.brotli - a.brotli);
  });
}

/** The arrays of the file that tools/assets/fonts.py writes, without the runs of zeros that Binaryen leaves out. @param {string} file */
function fontBytes(file) {
  return [...readFileSync(file, 'ascii').matchAll(/unsigned char k_\w+\[\d+\] = \{([\d,\s]+)\}/g)].flatMap(
    ([, numbers]) =>
      piecesOf(
        Buffer.from(
          numbers
            .split(',')
            .map((one) => one.trim())
            .filter(Boolean)
            .map(Number),
        ),
      ),
  );
}

/** @param {Buffer} bytes */
function piecesOf(bytes) {
  const text = bytes.toString('latin1');
  return text
    .split(/\0{6,}/)
    .map((piece) => Buffer.from(piece, 'latin1'))
    .filter((piece) => piece.length > 32);
}
