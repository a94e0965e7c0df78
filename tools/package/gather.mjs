// gather.mjs OUT FILE… – copies modules of this project and everything of it that they import into OUT, in the same folders
// as here, so that their imports hold: a program that is installed elsewhere runs the very files that are tested here.
import {cpSync, mkdirSync, readFileSync, rmSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Files of the project that these need, themselves included. @param {string[]} files relative to the root @returns {string[]} sorted */
export function needed(files) {
  /** @type {Set<string>} */
  const all = new Set();
  const visit = (/** @type {string} */ file) => {
    if (all.has(file)) return;
    all.add(file);
    const text = readFileSync(path.join(root, file), 'utf8');
    for (const [, from] of text.matchAll(/^\s*(?:import|export)\b[^'"`;]*?['"](\.[^'"]+)['"];$/gm))
      visit(path.relative(root, fileURLToPath(new URL(from, pathToFileURL(path.join(root, file))))));
  };
  files.forEach(visit);
  return [...all].sort();
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [out, ...files] = process.argv.slice(2);
  if (out === undefined || files.length === 0) {
    console.error('usage: gather.mjs OUT FILE…');
    process.exit(2);
  }
  rmSync(out, {recursive: true, force: true});
  for (const file of needed(files)) {
    const target = path.join(out, file);
    mkdirSync(path.dirname(target), {recursive: true});
    cpSync(path.join(root, file), target);
  }
}
