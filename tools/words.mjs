// @ts-check
/**
 * `node words.mjs FOLDER` writes FOLDER/<language>.words of each shell/words/<language>.json: the language, then one line
 * per text in the order of the program's tables (core/base/words.hpp). What a translation lacks stays English there;
 * tests/tools/words.test.mjs finds it.
 */
import {readFileSync, readdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
/** @param {string} file */
const read = file => readFileSync(join(root, file), 'utf8');
const literal = String.raw`"(?:[^"\\]|\\.)*"`;
/** C++ string literals beside each other are one. @param {string} text @returns {string} */
const joined = text => (text.match(new RegExp(literal, 'g')) ?? []).map(one => JSON.parse(one)).join('');

/** The English texts in the order of the tables: [key, text] @returns {[string, string][]} */
export function english() {
  const row = new RegExp(String.raw`\{\s*(${literal}),\s*((?:${literal}\s*)+),\s*((?:${literal}\s*)+),\s*((?:${literal}\s*)+)\}`, 'g');
  const messages = [...read('core/policy/messages.cpp').matchAll(row)].flatMap(([, key, ...texts]) =>
      ['what', 'doing', 'remedy'].map((part, i) => /** @type {[string, string]} */ ([`${joined(key)}.${part}`, joined(texts[i])])));
  /** @param {string} file @param {string} macro @returns {[string, string][]} */
  const table = (file, macro) =>
      [...read(file).matchAll(new RegExp(String.raw`^${macro}\((\w+),\s*((?:${literal}\s*)+)\)`, 'gm'))].map(([, key, text]) => [`${macro.toLowerCase()}.${key}`, joined(text)]);
  return [...messages, ...table('core/app/phrases.def', 'PHRASE'), ...table('shell/words.def', 'WORD')];
}

export const languages = readdirSync(join(root, 'shell/words')).map(file => file.slice(0, 2)).sort();
/** @param {string} language @returns {Record<string, string>} */
export const translation = language => JSON.parse(read(`shell/words/${language}.json`));

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = process.argv[2];
  if (!folder) {
    console.error('usage: words.mjs FOLDER');
    process.exit(2);
  }
  for (const language of languages) {
    const words = translation(language);
    const lines = english().map(([key, text]) => words[key] ?? text);
    writeFileSync(join(folder, `${language}.words`), [language, ...lines].join('\n') + '\n');
  }
}
