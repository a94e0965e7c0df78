// @ts-check
/**
 * `node pack.mjs FOLDER GLUE` makes of the page's modules what a browser fetches: main.js with all that it imports, the
 * glue of the program (GLUE, em++'s foyer.mjs) among it, boot.js, and lock.js, which comes when it is wanted. `node pack.mjs FOLDER
 * --each FILE…` shortens modules one by one. FOLDER holds the finished programs: main.js gets their hashes (rule P6) and what
 * the welcome says in each language, so that it is there before the program.
 *
 * What a browser fetches is named .js: many servers have no type for .mjs, and a module without one is not run.
 */
import {createHash} from 'node:crypto';
import {existsSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import {english, languages, pageWords, translation} from '../../tools/words.mjs';

const [folder, glue, ...files] = process.argv.slice(2);
if (!glue) {
  console.error('usage: pack.mjs FOLDER GLUE | pack.mjs FOLDER --each FILE…');
  process.exit(2);
}
const here = fileURLToPath(new URL('.', import.meta.url));
/** @type {import('esbuild').BuildOptions} */
const small = {
  outdir: folder,
  entryNames: '[name]',
  format: 'esm',
  target: 'es2022',
  charset: 'utf8',
  minify: true,
  legalComments: 'none',
  logLevel: 'warning',
};
/** @param {string} file */
const hash = (file) =>
  `sha256-${createHash('sha256')
    .update(readFileSync(join(folder, file)))
    .digest('base64')}`;

if (glue === '--each') {
  await build({...small, outExtension: {'.js': '.mjs'}, entryPoints: files});
} else {
  // What an earlier build of another form has left would be kept by every visitor's worker.
  const ours = ['worker.mjs', 'sim.mjs'];
  for (const file of readdirSync(folder)) if (file.endsWith('.mjs') && !ours.includes(file)) rmSync(join(folder, file));
  await build({...small, entryPoints: [join(here, 'lock.mjs')], define: {LOCK: JSON.stringify(pageWords('lock'))}});
  await build({...small, entryPoints: [join(here, 'boot.js')], define: {BOOT: JSON.stringify(pageWords('boot'))}});
  const later = ['foyer.wasm', 'later.wasm', 'lock.js'].filter((file) => existsSync(join(folder, file)));
  const source = new Map(english());
  const welcome = Object.fromEntries(
    ['en', ...languages].map((language) => [
      language,
      ['word.welcome_title', 'word.welcome_text', 'word.welcome_starting'].map(
        (key) => (language === 'en' ? undefined : translation(language)[key]) ?? source.get(key),
      ),
    ]),
  );
  await build({
    ...small,
    bundle: true,
    entryPoints: [join(here, 'main.mjs')],
    define: {
      INTEGRITY: JSON.stringify(Object.fromEntries(later.map((file) => [file, hash(file)]))),
      WELCOME: JSON.stringify(welcome),
    },
    plugins: [
      {
        name: 'glue and lock',
        setup: (one) => {
          one.onResolve({filter: /\/foyer\.mjs$/}, () => ({path: glue}));
          one.onResolve({filter: /^\.\/lock\.mjs$/}, () => ({path: './lock.js', external: true}));
        },
      },
    ],
  });
}
