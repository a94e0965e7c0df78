// Reading licence texts where the sources of a part have them: a file of their own, a Debian copyright file, the end of a
// source. Every reader answers null when the text is not there, so that the next place is looked at.
import {existsSync, readFileSync} from 'node:fs';

/** @param {...string} files @returns {string | null} the first that exists, whole */
export function whole(...files) {
  const found = files.find((file) => existsSync(file));
  return found === undefined ? null : readFileSync(found, 'utf8').replaceAll('\r', '').trim();
}

/** A field of a Debian copyright file, in its own lines. @param {string} stanza @param {string} name */
const field = (stanza, name) => new RegExp(`^${name}:[ \\t]*(.*(?:\\n[ \\t].*)*)`, 'm').exec(stanza)?.[1] ?? '';
/** @param {string} text lines of a field, without their indent; a lone dot is an empty line */
const plain = (text) =>
  text
    .split('\n')
    .map((line) => line.replace(/^ /, '').replace(/^\.$/, ''))
    .join('\n')
    .trim();

/**
 * What a Debian copyright file (DEP-5) says of some files: holders, licence, and the text of every licence that is named.
 * @param {string} file @param {string} pattern as it stands under "Files:" @returns {string | null}
 */
export function debian(file, pattern) {
  if (!existsSync(file)) return null;
  const stanzas = readFileSync(file, 'utf8').split(/\n\s*\n/);
  const about = stanzas.find((one) => field(one, 'Files').split(/\s+/).includes(pattern));
  if (about === undefined) return null;
  const licence = plain(field(about, 'License'));
  const [names] = licence.split('\n');
  const texts = names.split(/ (?:or|and) /).flatMap((name) => {
    const stanza = stanzas.find(
      (one) => !/^Files:/m.test(one) && field(one, 'License').split('\n')[0].trim() === name.trim(),
    );
    return stanza === undefined ? [] : [plain(field(stanza, 'License'))];
  });
  return [`Copyright: ${plain(field(about, 'Copyright'))}`, `Licence: ${licence}`, ...texts].join('\n\n');
}

/** What stands in a source from a line on, without the signs of a comment. @param {string} file @param {RegExp} from @returns {string | null} */
export function endOf(file, from) {
  const text = existsSync(file) ? readFileSync(file, 'utf8').replaceAll('\r', '') : '';
  const at = text.search(from);
  return at < 0
    ? null
    : text
        .slice(at)
        .replace(/\*\/\s*$/, '')
        .trim();
}

/** The holders whom sources name (SPDX) above the words of the MIT licence, which are the same for everybody. @param {string[]} files @param {string} mit */
export function mitOf(files, mit) {
  const named = files
    .filter((file) => existsSync(file))
    .flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/SPDX-FileCopyrightText: (.*)/g)].map(([, holder]) => holder.trim()),
    );
  if (named.length === 0) return null;
  return mit.replace(
    /^Copyright .*$/m,
    [...new Set(named)]
      .sort()
      .map((holder) => `Copyright ${holder}`)
      .join('\n'),
  );
}
