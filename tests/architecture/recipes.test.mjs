// docs/recipes.md names the files that a change touches. A recipe that leads nowhere, and one that has grown beyond what the
// page says of them all, is found here.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import path from 'node:path';
import {describe, test} from 'node:test';

const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '../..');
const files = execFileSync('git', ['ls-files'], {cwd: root, encoding: 'utf8'}).split('\n').filter(Boolean);
const text = (/** @type {string} */ file) => readFileSync(path.join(root, file), 'utf8');

/** @param {string} page @returns {{ name: string, steps: { file: string, place: string }[] }[]} */
function recipes(page) {
  return page
    .split(/^## /m)
    .slice(1)
    .map((part) => ({
      name: part.split('\n')[0],
      steps: [...part.matchAll(/^\| `([^`]+)` \| [^|]+ \| `([^`]+)` \|$/gm)].map(([, file, place]) => ({file, place})),
    }));
}
/** @param {string} pattern with `*` for any name @returns {string[]} */
const matching = (pattern) => {
  const form = new RegExp(
    `^${pattern
      .split('*')
      .map((one) => one.replace(/[.+]/g, '\\$&'))
      .join('[^/]*')}$`,
  );
  return files.filter((file) => form.test(file));
};

const all = recipes(text('docs/recipes.md'));

describe('recipes', () => {
  test('are there for what is added most often', () => {
    assert.deepEqual(
      all.map(({name}) => name),
      [
        'A view',
        'A language',
        'A module type',
        'An operation of the console',
        'A fault switch of the simulated clouds',
        'A setting',
        'An error row',
        'A colour of the theme',
      ],
    );
  });

  test('the longest is as long as the page says', () => {
    assert.equal(Math.max(...all.map(({steps}) => steps.length)), 7);
    assert.match(text('docs/recipes.md'), /The longest recipe has seven\./);
  });

  for (const {name, steps} of all) {
    test(`${name}: each file is there and has the place`, () => {
      assert.ok(steps.length >= 1, 'a table of files');
      for (const {file, place} of steps) {
        const found = matching(file);
        assert.ok(found.length > 0, `${file} is not there`);
        for (const one of found) assert.ok(text(one).includes(place), `${one} has no ${place}`);
      }
    });
  }

  // What a recipe promises by leaving files out.
  test('no file but its own names a language', () => {
    const codes = matching('shell/words/*.json').map((file) => path.basename(file, '.json'));
    const list = new RegExp(
      `(['"\`])(${codes.join('|')})\\1|\\b(${codes.join('|')})[:,] ?[\\[{'"]|\\ben[, ]+(${codes.join('|')})\\b`,
    );
    const sources = files.filter((file) =>
      /^(core|shell|web|native|tools|public)\/.*\.(cpp|hpp|mjs|js|html|cmake|sh|txt|in|def)$/.test(file),
    );
    assert.ok(sources.length > 200, `${sources.length} sources`);
    const code = (/** @type {string} */ file) =>
      text(file).replaceAll(/\/\*[^]*?\*\/|(^|\s)(\/\/|#(?!include|define)).*$/gm, '');
    assert.deepEqual(
      sources.filter((file) => list.test(code(file))),
      [],
    );
  });

  test('a module type is a row of one table', () => {
    const sources = files.filter((file) => /^(core\/(?!sim)|shell|web|native).*\.(cpp|hpp|def|mjs|js)$/.test(file));
    assert.deepEqual(
      sources.filter((file) => text(file).includes('"NLFE"')),
      ['core/cloud/netatmo/types.cpp'],
    );
  });
});
