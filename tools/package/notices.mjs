// notices.mjs BUILD OUT TARGET… – writes OUT/THIRD_PARTY_NOTICES.txt: what the programs of a build folder are made of, read
// from the build itself – the members that the linker took out of archives (extracted/TARGET.txt, foyer_note_parts), the
// headers and sources each object was compiled from (Ninja's record), the fonts that were cut, and the dynamic libraries that
// a native program names. Something that parts.mjs does not know is an error: nothing is handed out without its licence.
import {execFileSync, spawnSync} from 'node:child_process';
import {existsSync, readFileSync, realpathSync, statSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {whole} from './licences.mjs';
import {partOf, parts} from './parts.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
export const noticesFile = 'THIRD_PARTY_NOTICES.txt';

/** @param {string} file @returns {boolean} our own, or made by the build from what is listed on its own */
const own = (file) =>
  file.startsWith(`${root}/`) &&
  !/^\/(node_modules|\.tools)\//.test(file.slice(root.length)) &&
  !file.startsWith(`${process.env.FOYER_TOOLS_DIR ?? `${root}/.tools`}/`);

/** @param {string} build @param {string} name of a variable of CMake's cache @returns {string} */
export const cached = (build, name) =>
  new RegExp(`^${name}:\\w+=(.*)$`, 'm').exec(readFileSync(path.join(build, 'CMakeCache.txt'), 'utf8'))?.[1] ?? '';

/** @param {string[]} args @returns {string[]} lines of Ninja's answer; -n, so that a Ninja that runs is not disturbed */
const ninja = (...args) => execFileSync('ninja', ['-n', ...args], {encoding: 'utf8', maxBuffer: 1 << 28}).split('\n');

/** Sources and headers of a target's objects. @param {string} build @param {string} target @returns {string[]} absolute, without links */
function compiledFrom(build, target) {
  const inputs = ninja('-C', build, '-t', 'inputs', target).map((line) => line.trim());
  const objects = inputs.filter((file) => file.endsWith('.o'));
  const headers = objects.length
    ? ninja('-C', build, '-t', 'deps', ...objects).filter((line) => line.startsWith('    '))
    : [];
  const absolute = [...inputs.filter((file) => /\.(c|cc|cpp|S)$/.test(file)), ...headers].map((line) =>
    path.resolve(build, line.trim()),
  );
  return [...new Set(absolute)].map((file) => (existsSync(file) ? realpathSync(file) : file));
}

/** `archive(member)` of everything that the linker took. @param {string} text of --why-extract @returns {string[]} */
export function extracted(text) {
  return [
    ...new Set(
      text
        .split('\n')
        .slice(1)
        .map((line) => line.split('\t')[1] ?? '')
        .filter((one) => one.endsWith(')')),
    ),
  ];
}

/** @param {string} program @returns {string[]} names of the dynamic libraries that an ELF program asks for */
export function needs(program) {
  const tools = ['llvm-readelf-19', 'llvm-readelf-20', 'llvm-readelf-21', 'llvm-readelf', 'readelf'];
  for (const tool of tools) {
    const {status, stdout} = spawnSync(tool, ['-d', program], {encoding: 'utf8'});
    if (status === 0) return [...stdout.matchAll(/\(NEEDED\).*\[(.+?)\]/g)].map(([, name]) => name);
  }
  throw new Error(
    `which libraries ${program} needs cannot be told without llvm-readelf or readelf: install llvm or binutils`,
  );
}

/** Libraries that our own sources load by name. @param {string[]} sources @returns {string[]} */
const loaded = (sources) =>
  sources
    .filter((file) => own(file) && file.endsWith('.cpp'))
    .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/dlopen\("([^"]+)"/g)].map(([, name]) => name));

/**
 * Everything foreign that a build's targets hold or name. @param {string} build @param {string[]} targets @param {string[]} programs
 * native ones @returns {string[]}
 */
export function used(build, targets, programs = []) {
  const archives = targets
    .flatMap((target) => extracted(readFileSync(path.join(build, 'extracted', `${target}.txt`), 'utf8')))
    .map((one) => path.resolve(build, one.slice(0, one.indexOf('('))) + one.slice(one.indexOf('(')))
    .filter((one) => !one.startsWith(`${path.resolve(build)}/`)); // those of the build are made of the sources below
  const sources = [...new Set(targets.flatMap((target) => compiledFrom(build, target)))];
  const fonts = sources.some((file) => file.endsWith('/fonts.inc'))
    ? readFileSync(path.join(build, 'extracted/fonts.txt'), 'utf8').split('\n').filter(Boolean)
    : [];
  const all = [
    ...archives,
    ...sources.filter((file) => !own(file)),
    ...fonts,
    ...programs.flatMap(needs),
    ...(programs.length ? loaded(sources) : []),
  ];
  return [...new Set(all)].sort();
}

/**
 * @param {string[]} all from `used` @param {{ imgui: string, emscripten: string }} folders @param {string} version
 * @returns {string} the text @throws {Error} naming what no part claims, or a licence text that is not there
 */
export function notices(all, folders, version) {
  const unknown = all.filter((one) => partOf(one) === undefined);
  if (unknown.length)
    throw new Error(
      `no row of tools/package/parts.mjs knows where this comes from:\n  ${unknown.slice(0, 20).join('\n  ')}`,
    );
  // emcc writes JavaScript of its own around every program of its linker.
  const emscripten = all.some((one) => /\.a\(/.test(one) && one.includes('wasm32'))
    ? ['Emscripten (its JavaScript and libraries, emmalloc)']
    : [];
  const rows = parts.filter((part) => emscripten.includes(part.name) || all.some((one) => partOf(one) === part));
  const sections = rows.map((part) => {
    const text = part.text({root, ...folders, used: all.filter((one) => partOf(one) === part)});
    if (!text) throw new Error(`the licence text of ${part.name} is not where parts.mjs looks for it`);
    return {part, text};
  });
  const apache = sections.some(
    ({part, text}) => /Apache/.test(part.licence) && !part.apart && !/TERMS AND CONDITIONS/.test(text),
  )
    ? whole('/usr/share/common-licenses/Apache-2.0', path.join(root, 'node_modules/typescript/LICENSE.txt'))
    : '';
  if (apache === null)
    throw new Error(
      'the text of the Apache License 2.0 is neither in /usr/share/common-licenses nor in node_modules/typescript',
    );
  const line = '='.repeat(78);
  const block = (/** @type {string} */ head, /** @type {string} */ text) => `${line}\n${head}\n${line}\n\n${text}\n`;
  const list = (/** @type {boolean} */ apart) =>
    sections
      .filter(({part}) => Boolean(part.apart) === apart)
      .map(({part}) => `* ${part.name} – ${part.licence} – ${part.site}`)
      .join('\n');
  return `\ufeff${[
    `Foyer ${version} – third-party notices\n`,
    'Foyer itself is under the MIT licence (LICENSE). This build holds parts of others; written by the build from what it used.\n',
    `Contained:\n${list(false)}\n`,
    ...(list(true) === ''
      ? []
      : [
          `Found on the machine it runs on, by their interfaces (declarations and templates of them are compiled in):\n${list(true)}\n`,
        ]),
    ...sections.map(({part, text}) => block(`${part.name} – ${part.licence}\n${part.site}`, text)),
    ...(apache === '' ? [] : [block('Apache License 2.0, for the parts above that name it', apache)]),
  ].join('\n')}`;
}

/** The notices of a build folder. @param {string} build @param {string[]} targets @returns {string} */
export function noticesOf(build, targets) {
  const native = targets
    .map((target) => path.join(build, 'native', target))
    .filter((file) => existsSync(file) && statSync(file).isFile());
  const version = readFileSync(path.join(root, 'VERSION'), 'utf8').trim();
  return notices(
    used(build, targets, native),
    {imgui: cached(build, 'FOYER_IMGUI_DIR'), emscripten: cached(build, 'EMSCRIPTEN_ROOT_PATH')},
    version,
  );
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [build, out, ...targets] = process.argv.slice(2);
  if (build === undefined || out === undefined || targets.length === 0) {
    console.error('usage: notices.mjs BUILD OUT TARGET…');
    process.exit(2);
  }
  try {
    writeFileSync(path.join(out, noticesFile), noticesOf(path.resolve(build), targets));
  } catch (error) {
    console.error(`notices: ${error instanceof Error ? error.message : error}`);
    process.exit(1);
  }
}
