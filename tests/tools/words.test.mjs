// @ts-check
// Every text exists in every language, with the same places for values, and nothing is left over.
import assert from 'node:assert/strict';
import {readFileSync, readdirSync} from 'node:fs';
import {describe, it} from 'node:test';
import {english, languages, pageEnglish, pageWords, translation} from '../../tools/words.mjs';

/** Names of the places, and how many parts may be left out. @param {string} text */
const places = (text) =>
  [...text.matchAll(/\{(\w+)(?:\|[^}]*)?\}/g)]
    .map((found) => found[1])
    .sort()
    .join(' ') + ` [${text.split('[').length - 1}]`;

describe('the passphrase page', () => {
  it('finds every text that it shows', () => {
    const texts = pageWords('lock');
    assert.deepEqual(Object.keys(texts), ['en', ...languages]);
    const page = readFileSync(new URL('../../public/lock.html', import.meta.url), 'utf8');
    const script = readFileSync(new URL('../../web/page/lock.mjs', import.meta.url), 'utf8');
    const used = [...page.matchAll(/data-text="(\w+)"/g), ...script.matchAll(/\btext\.(\w+)/g)].map(([, key]) => key);
    assert.deepEqual([...new Set(used)].sort(), Object.keys(texts.en).sort(), 'none missing, none left over');
  });
});

/** Text of the sources below a folder of the project. @param {string} folder @returns {string} */
const sources = (folder) =>
  readdirSync(new URL(`../../${folder}/`, import.meta.url), {recursive: true, encoding: 'utf8'})
    .filter((name) => /\.(cpp|hpp)$/.test(name) || name.endsWith('views.def'))
    .map((name) => readFileSync(new URL(`../../${folder}/${name}`, import.meta.url), 'utf8'))
    .join('\n');

describe('every text', () => {
  const program = ['core', 'shell', 'web', 'native'].map(sources).join('\n');
  const rows = [...program.matchAll(/^VIEW\((?:[^,]*,){5}\s*(\w+),/gm)].map(([, word]) => word);
  /** How a program names the texts of a table, beside those that it reaches by counting on from the first. */
  const tables = [
    {table: 'word', name: 'W', besides: rows, from: {aspect: 'aspect_on_off', kind: 'kind_light'}},
    {table: 'phrase', name: 'Phrase', besides: [], from: {}},
  ];
  for (const {table, name, besides, from} of tables) {
    it(`of the table ${table} is said by somebody`, () => {
      const used = new Set(
        [...program.matchAll(new RegExp(`\\b${name}::(\\w+)`, 'g'))].map(([, key]) => key).concat(besides),
      );
      const counted = Object.entries(from)
        .filter(([, first]) => new RegExp(`static_cast<int>\\(${name}::${first}\\)`).test(program))
        .map(([family]) => `${family}_`);
      const keys = english()
        .map(([key]) => key.split('.'))
        .filter(([of]) => of === table)
        .map(([, key]) => key);
      assert.ok(keys.length > 100, `${keys.length} texts`);
      assert.deepEqual(
        keys.filter((key) => !used.has(key) && !counted.some((family) => key.startsWith(family))),
        [],
      );
    });
  }

  it('before the program is said by its script', () => {
    const script = readFileSync(new URL('../../web/page/boot.js', import.meta.url), 'utf8');
    const taken = /const \{([\w, ]+)\} =\s+BOOT/.exec(script)?.[1].split(', ') ?? [];
    assert.deepEqual(
      Object.keys(pageWords('boot').en).sort(),
      taken.filter((key) => script.split(new RegExp(`\\b${key}\\b`)).length > 2).sort(),
    );
  });
});

describe('translations', () => {
  const table = [...english(), ...Object.entries(pageEnglish())];

  it('are found, beside tables of several hundred texts', () => {
    assert.ok(languages.includes('fr') && languages.includes('it'), languages.join(' '));
    assert.ok(table.length > 400, `${table.length} texts`);
    assert.equal(new Set(table.map(([key]) => key)).size, table.length, 'keys are unique');
  });

  for (const language of languages) {
    it(`${language} has exactly the keys and the places of English`, () => {
      const words = translation(language);
      const wanted = table.filter(([, text]) => text !== '');
      assert.deepEqual(
        wanted.map(([key]) => key).filter((key) => !(key in words)),
        [],
        `shell/words/${language}.json lacks`,
      );
      const known = new Set(['language', ...wanted.map(([key]) => key)]);
      assert.ok(words.language, 'its name in itself');
      assert.deepEqual(
        Object.keys(words).filter((key) => !known.has(key)),
        [],
        `shell/words/${language}.json has too much`,
      );
      for (const [key, text] of wanted) assert.equal(places(words[key]), places(text), `${language} ${key}`);
    });

    it(`${language} keeps the tone: no exclamation marks, one line each, typographic apostrophes`, () => {
      for (const [key, text] of Object.entries(translation(language)))
        assert.ok(!/[!\n']/.test(text), `${key}: ${text}`);
    });
  }
});
