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
const read = (file) => readFileSync(join(root, file), 'utf8');
const literal = String.raw`"(?:[^"\\]|\\.)*"`;
/** C++ string literals beside each other are one. @param {string} text @returns {string} */
const joined = (text) => (text.match(new RegExp(literal, 'g')) ?? []).map((one) => JSON.parse(one)).join('');

/** The English texts in the order of the tables: [key, text] @returns {[string, string][]} */
export function english() {
  const row = new RegExp(
    String.raw`\{\s*(${literal}),\s*((?:${literal}\s*)+),\s*((?:${literal}\s*)+),\s*((?:${literal}\s*)+)\}`,
    'g',
  );
  const messages = [...read('core/policy/messages.cpp').matchAll(row)].flatMap(([, key, ...texts]) =>
    ['what', 'doing', 'remedy'].map(
      (part, i) => /** @type {[string, string]} */ ([`${joined(key)}.${part}`, joined(texts[i])]),
    ),
  );
  /** @param {string} file @param {string} macro @returns {[string, string][]} */
  const table = (file, macro) =>
    [...read(file).matchAll(new RegExp(String.raw`^${macro}\(\s*(\w+),\s*((?:${literal}\s*)+)\)`, 'gm'))].map(
      ([, key, text]) => [`${macro.toLowerCase()}.${key}`, joined(text)],
    );
  return [...messages, ...table('core/app/state/phrases.def', 'PHRASE'), ...table('shell/words.def', 'WORD')];
}

export const languages = readdirSync(join(root, 'shell/words'))
  .map((file) => file.slice(0, 2))
  .sort();
/** @param {string} language @returns {Record<string, string>} */
export const translation = (language) => JSON.parse(read(`shell/words/${language}.json`));

/** What the page says without the program, in English: keys `boot.…` and `lock.…`. @returns {Record<string, string>} */
export const pageEnglish = () => JSON.parse(read('web/page/words.json'));

/** The texts of one script of the page in every language, without their `script.`: web/page/pack.mjs puts them in.
 * @param {string} script @returns {Record<string, Record<string, string>>} */
export const pageWords = (script) =>
  Object.fromEntries(
    ['en', ...languages].map((language) => {
      const said = language === 'en' ? {} : translation(language);
      const own = Object.entries(pageEnglish()).filter(([key]) => key.startsWith(`${script}.`));
      return [
        language,
        Object.fromEntries(own.map(([key, text]) => [key.slice(script.length + 1), said[key] ?? text])),
      ];
    }),
  );

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = process.argv[2];
  if (!folder) {
    console.error('usage: words.mjs FOLDER');
    process.exit(2);
  }
  // With --english also en.words, the texts as they are compiled in.
  for (const language of process.argv[3] === '--english' ? ['en', ...languages] : languages) {
    const words = language === 'en' ? {} : translation(language);
    const lines = english().map(([key, text]) => words[key] ?? text);
    writeFileSync(join(folder, `${language}.words`), [language, ...lines].join('\n') + '\n');
  }
}
