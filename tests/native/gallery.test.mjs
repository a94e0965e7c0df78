// @ts-check
// The gallery shows every view as it is: docs/gallery against what the program draws now.
import assert from 'node:assert/strict';
import {mkdirSync, readFileSync, readdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import pixelmatch from 'pixelmatch';
import {PNG} from 'pngjs';
import {drawn, folder, looks, page, views, written} from '../../tools/gallery.mjs';

const project = new URL('../../', import.meta.url).pathname;
const names = views.flatMap((view) => looks.map((look) => `${view}-${look}`));

test('has every view in every look, and nothing else', () => {
  assert.deepEqual(readdirSync(folder).sort(), [...names.map((name) => `${name}.png`), 'README.md'].sort());
  assert.equal(readFileSync(path.join(folder, 'README.md'), 'utf8'), page());
});

test('shows what is drawn: ./dev gallery draws it anew', () => {
  const now = drawn();
  assert.deepEqual([...now.keys()].sort(), [...names].sort());
  const different = [];
  for (const [name, picture] of now) {
    const kept = PNG.sync.read(readFileSync(path.join(folder, `${name}.png`)));
    const {width, height} = picture;
    const same = kept.width === width && kept.height === height;
    const diff = new PNG({width, height});
    // A compiler may round the edge of a letter otherwise; a line that moved is hundreds of pixels.
    const count = same ? pixelmatch(kept.data, picture.data, diff.data, width, height, {threshold: 0.05}) : Infinity;
    if (count <= 40) continue;
    mkdirSync(path.join(project, 'build/gallery'), {recursive: true});
    writeFileSync(path.join(project, 'build/gallery', `${name}.png`), written(picture));
    if (same) writeFileSync(path.join(project, 'build/gallery', `${name}-difference.png`), PNG.sync.write(diff));
    different.push(`${name}: ${count} pixels`);
  }
  assert.deepEqual(different, [], 'look at build/gallery; if that is meant, ./dev gallery keeps it');
});
