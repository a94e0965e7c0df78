// pack.mjs [--out DIR] – from finished builds (build/node, build/site) to what people install: DIR/foyer-VERSION.tgz, an npm
// package with the command `foyer`, and DIR/foyer-site-VERSION.zip, the page for any static server. DIR: build/package.
import {execFileSync} from 'node:child_process';
import {cpSync, existsSync, mkdirSync, readFileSync, readdirSync, realpathSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';
import {cached, notices, noticesFile, used} from './notices.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const version = readFileSync(path.join(root, 'VERSION'), 'utf8').trim();
const {values} = parseArgs({options: {out: {type: 'string', default: path.join(root, 'build/package')}}});
const out = path.resolve(values.out);
const site = path.join(root, 'build/site');
const node = path.join(root, 'build/node');

/** @param {string} sentence @returns {never} */
function die(sentence) {
  console.error(`package: ${sentence}`);
  process.exit(1);
}
for (const [folder, how] of [
  [site, 'web'],
  [node, 'node'],
])
  if (!existsSync(path.join(folder, noticesFile)))
    die(`${path.relative(root, folder)} is not built: ./dev build ${how}`);

/** @type {any} */
const {license, engines} = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const manifest = {
  name: 'foyer',
  version,
  license,
  type: 'module',
  engines,
  description:
    'The Legrand and BTicino home in a browser tab and for scripts: page, demo cloud, relay and headless client',
  keywords: ['legrand', 'bticino', 'netatmo', 'smarther', 'home automation'],
  bin: {foyer: 'foyer.mjs'},
};

rmSync(out, {recursive: true, force: true});
const stage = path.join(out, 'npm');
mkdirSync(stage, {recursive: true});
for (const name of readdirSync(node)) cpSync(path.join(node, name), path.join(stage, name), {recursive: true});
cpSync(site, path.join(stage, 'site'), {recursive: true});
cpSync(path.join(root, 'LICENSE'), path.join(stage, 'LICENSE'));
cpSync(path.join(root, 'tools/package/README.md'), path.join(stage, 'README.md'));
// The guides, not the pictures and not what only a change of the sources needs.
cpSync(path.join(root, 'docs'), path.join(stage, 'docs'), {
  recursive: true,
  filter: (file) => !/\.(png|jpg|webp)$|\/architecture\.md$/.test(file),
});
writeFileSync(path.join(stage, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);

// One file for the whole package: client and page. build/node is a link to its build; the page has been copied from its own.
const client = path.dirname(realpathSync(node));
const page = path.join(
  root,
  'build/cmake',
  existsSync(path.join(root, 'build/cmake/web-release/extracted/foyer_page.txt')) ? 'web-release' : 'web-debug',
);
try {
  const all = [...used(page, ['foyer_page', 'foyer_sim_wasm']), ...used(client, ['foyer_client'])];
  writeFileSync(
    path.join(stage, noticesFile),
    notices(
      [...new Set(all)],
      {imgui: cached(page, 'FOYER_IMGUI_DIR'), emscripten: cached(page, 'EMSCRIPTEN_ROOT_PATH')},
      version,
    ),
  );
} catch (error) {
  die(error instanceof Error ? error.message : String(error));
}

// Pairs of a date that never changes and sorted names: the same files make the same archive.
const zip = `
import os, sys, zipfile
folder, target, name = sys.argv[1:]
files = sorted(os.path.relpath(os.path.join(at, one), folder) for at, _, ones in os.walk(folder) for one in ones)
with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
    for one in files:
        entry = zipfile.ZipInfo(f"{name}/{one}", (1985, 10, 26, 8, 15, 0))
        entry.external_attr = 0o644 << 16
        with open(os.path.join(folder, one), "rb") as file:
            archive.writestr(entry, file.read(), zipfile.ZIP_DEFLATED)
`;
try {
  execFileSync('npm', ['pack', stage, '--pack-destination', out, '--loglevel=error', '--ignore-scripts'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  execFileSync('python3', ['-c', zip, site, path.join(out, `foyer-site-${version}.zip`), `foyer-site-${version}`], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
} catch (error) {
  const {code, path: program} = /** @type {NodeJS.ErrnoException} */ (error);
  die(code === 'ENOENT' ? `${program} is missing: install it and call again` : 'its own words stand above');
}
for (const name of [`foyer-${version}.tgz`, `foyer-site-${version}.zip`])
  console.log(path.relative(process.cwd(), path.join(out, name)));
