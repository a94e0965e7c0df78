// node tools/gallery.mjs – draws every view (tests/shell/preview) and writes docs/gallery: the pictures, and a page with a caption
// for each. ./dev gallery builds what it needs first; tests/native/gallery.test.mjs compares.
import {execFileSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {PNG} from 'pngjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
export const folder = path.join(root, 'docs/gallery');
const program = path.join(root, 'build/cmake/native-debug/tests/shell/shell_preview');

/** Every view, in the order of the navigation. */
export const views = [
  ...readFileSync(path.join(root, 'core/app/state/views.def'), 'utf8').matchAll(/^VIEW\((\w+),/gm),
].map(([, name]) => name);
/** What a view is for. @type {Record<string, string>} */
const captions = {
  welcome: 'The first visit: one press leads into the demo home, another to a real one.',
  home: 'The home: what needs somebody, scenes, then room by room what can be touched.',
  ambient: 'A room, and what its heating does next.',
  module: 'A device: its control, what it measures, why it is as it is.',
  plans: 'The week of the heating plan, with changes that were not sent yet.',
  energy: 'What a day used, beside the day before, with its cost where the contract tells prices.',
  scenes: 'Scenes, one press each.',
  topology: 'What hangs on which gateway, room by room, with signal, battery and reach.',
  homes: 'All homes of all clouds side by side.',
  problems: 'What needs somebody, the check of the connection, and a report for who is to help.',
  help: 'What people ask, answered, and what the vendor’s words mean.',
  settings: 'Accounts, language, look, and what is kept on this device.',
  setup: 'For a real home: what to register, what came of it, how to change keys.',
  console: 'For developers: every documented operation as a form, with the request that is sent.',
  journal: 'For developers: the calls of the day, what each cost, and what was made of its answer.',
};
export const looks = ['wide-light', 'wide-dark', 'phone-light', 'phone-dark'];

/** Rounds the many colours at the edges of letters, which nobody tells apart, so that a file is half as long; the colours that
 * fill something stay as they are. @param {PNG} picture */
function simplify({data}) {
  const colours = new Uint32Array(data.buffer, data.byteOffset, data.length / 4);
  /** @type {Map<number, number>} */
  const counts = new Map();
  for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const round = (/** @type {number} */ value) => Math.min(255, (value + 4) & ~7);
  colours.forEach((colour, at) => {
    if ((counts.get(colour) ?? 0) * 5000 > colours.length) return;
    for (let channel = 0; channel < 3; ++channel) data[4 * at + channel] = round(data[4 * at + channel]);
  });
}

/** Draws all pictures, as they are kept. @returns {Map<string, PNG>} by name without ".png" */
export function drawn() {
  const into = mkdtempSync(path.join(os.tmpdir(), 'foyer-gallery-'));
  try {
    execFileSync(program, ['--gallery', into], {stdio: ['ignore', 'inherit', 'inherit']});
    return new Map(
      readdirSync(into).map((file) => {
        const picture = PNG.sync.read(readFileSync(path.join(into, file)));
        simplify(picture);
        return [file.replace(/\.png$/, ''), picture];
      }),
    );
  } finally {
    rmSync(into, {recursive: true, force: true});
  }
}

/** @param {PNG} picture */
export const written = (picture) =>
  PNG.sync.write(picture, {deflateLevel: 9, deflateStrategy: 0, colorType: 2, filterType: 0});

/** The page. */
export function page() {
  const rows = views.map((view) => {
    const image = (/** @type {string} */ look, /** @type {number} */ width) =>
      `<img src="${view}-${look}.png" width="${width}" alt="${view}, ${look.replace('-', ', ')}">`;
    return `## ${view[0].toUpperCase()}${view.slice(1)}\n\n${captions[view] ?? ''}\n\n${image('wide-light', 560)} ${image('phone-light', 150)}\n${image('wide-dark', 560)} ${image('phone-dark', 150)}\n`;
  });
  return `# Gallery\n\nEvery view, light and dark, on a wide screen and on a phone. Drawn by \`./dev gallery\` from the homes of the tests, without a\nbrowser; a test compares.\n\n${rows.join('\n')}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const pictures = drawn();
  rmSync(folder, {recursive: true, force: true});
  mkdirSync(folder, {recursive: true});
  for (const [name, picture] of pictures) writeFileSync(path.join(folder, `${name}.png`), written(picture));
  writeFileSync(path.join(folder, 'README.md'), page());
  console.log(`${pictures.size} pictures in docs/gallery`);
}
