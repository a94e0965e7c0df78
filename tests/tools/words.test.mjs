// @ts-check
// Every text exists in every language, with the same places for values, and nothing is left over.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {describe, it} from 'node:test';
import {runInNewContext} from 'node:vm';
import {english, languages, translation} from '../../tools/words.mjs';

/** Names of the places, and how many parts may be left out. @param {string} text */
const places = text => [...text.matchAll(/\{(\w+)(?:\|[^}]*)?\}/g)].map(found => found[1]).sort().join(' ') + ` [${text.split('[').length - 1}]`;

describe('the passphrase page', () => {
  it('says everything in every language', () => {
    const source = readFileSync(new URL('../../web/page/lock.mjs', import.meta.url), 'utf8');
    const literal = /export const texts = (\{[^]*?\n\});/.exec(source)?.[1] ?? '';
    /** @type {Record<string, Record<string, string>>} */
    const texts = runInNewContext(`(${literal})`);
    assert.deepEqual(Object.keys(texts), ['en', ...languages]);
    const keys = Object.keys(texts.en);
    for (const language of languages) {
      assert.deepEqual(Object.keys(texts[language]), keys, language);
      for (const text of Object.values(texts[language])) assert.ok(!/[!']/.test(text), text);
    }
    const page = readFileSync(new URL('../../public/lock.html', import.meta.url), 'utf8');
    for (const [, key] of page.matchAll(/data-text="(\w+)"/g)) assert.ok(keys.includes(key), key);
  });
});

describe('translations', () => {
  const table = english();

  it('are found for French and Italian, beside tables of several hundred texts', () => {
    assert.deepEqual(languages, ['fr', 'it']);
    assert.ok(table.length > 400, `${table.length} texts`);
    assert.equal(new Set(table.map(([key]) => key)).size, table.length, 'keys are unique');
  });

  for (const language of languages) {
    it(`${language} has exactly the keys and the places of English`, () => {
      const words = translation(language);
      const wanted = table.filter(([, text]) => text !== '');
      assert.deepEqual(wanted.map(([key]) => key).filter(key => !(key in words)), [], `shell/words/${language}.json lacks`);
      const known = new Set(wanted.map(([key]) => key));
      assert.deepEqual(Object.keys(words).filter(key => !known.has(key)), [], `shell/words/${language}.json has too much`);
      for (const [key, text] of wanted) assert.equal(places(words[key]), places(text), `${language} ${key}`);
    });

    it(`${language} keeps the tone: no exclamation marks, one line each, typographic apostrophes`, () => {
      for (const [key, text] of Object.entries(translation(language))) assert.ok(!/[!\n']/.test(text), `${key}: ${text}`);
    });
  }
});
