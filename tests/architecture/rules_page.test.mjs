// docs/rules.md says what the ids in comments, error codes and test names mean. An id that leads nowhere is a riddle,
// a rule without a test is a wish.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {existsSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';

const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '../..');
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '' && existsSync(path.join(root, file)));
const text = (/** @type {string} */ file) => readFileSync(path.join(root, file), 'utf8');

const id = /(?<![\w.\\/#"'=+-])([A-FKLNP-TX]\d{1,2})(?![\w%])/g;
const quotedCode = /"([A-FKLNP-TX]\d{1,2})(?:\.[a-z_]+)?"/g;
const testName = /\bTEST(?:_[FP])?\(\s*\w+,\s*(\w+)\)/g;
const partOfName = /(?:^|(?<=[a-z0-9]))([A-FKLNP-TX]\d{1,2})(?=[A-Z]|$)/g;

/** The words that people read in a source: comments of code, all of a page but what stands between backticks.
 * @param {string} file @param {string} source */
function prose(file, source) {
  if (file.endsWith('.md')) return source.replaceAll(/`[^`]*`/g, '');
  if (/\.(sh|cmake|py|yml)$|CMakeLists\.txt$/.test(file))
    return source
      .split('\n')
      .map((line) => /(?:^|\s)#(.*)/.exec(line)?.[1] ?? '')
      .join('\n');
  const comments = [...source.matchAll(/\/\*[\s\S]*?\*\/|(?:^|\s)\/\/[^\n]*/g)];
  return comments.map((match) => match[0]).join('\n');
}

/** @param {string} file @param {string} source @returns {string[]} the rules that a file cites */
export function cited(file, source) {
  const found = [
    ...prose(file, source)
      .replaceAll(/\bkey F\d+/g, '')
      .matchAll(id),
  ].map((match) => match[1]);
  if (file.startsWith('core/')) found.push(...[...source.matchAll(quotedCode)].map((match) => match[1]));
  for (const [, name] of source.matchAll(testName))
    found.push(...[...name.matchAll(partOfName)].map((match) => match[1]));
  return [...new Set(found)];
}

/** @param {string} page @returns {{ id: string, rule: string, source: string, tests: string[] }[]} */
export function rows(page) {
  return [...page.matchAll(/^\| ([A-Z]\d{1,2}) \| ([^|]*) \| ([^|]*) \| ([^|]*) \|$/gm)].map((match) => ({
    id: match[1],
    rule: match[2].trim(),
    source: match[3].trim(),
    tests: [...match[4].matchAll(/`([^`]+)`/g)].map((one) => one[1]),
  }));
}

const page = rows(text('docs/rules.md'));
const sources = files.filter(
  (file) =>
    /^(core|shell|web|native|tests|tools|docs|public)\/.*\.(cpp|hpp|js|mjs|mts|css|html|sh|cmake|txt|md|py)$/.test(
      file,
    ) && file !== 'docs/rules.md',
);

test('every rule that code, tests or pages cite stands in docs/rules.md', () => {
  const known = new Set(page.map((row) => row.id));
  const riddles = sources.flatMap((file) =>
    cited(file, text(file))
      .filter((one) => !known.has(one))
      .map((one) => `${file}: ${one}`),
  );
  assert.deepEqual(riddles, []);
});

test('every rule is one sentence with a source and a test that exists', () => {
  const tests = sources
    .filter((file) => file.startsWith('tests/'))
    .map(text)
    .join('\n');
  const named = new Set(
    [...tests.matchAll(/\bTEST(?:_[FP])?\(\s*(\w+),\s*(\w+)\)/g)].map((match) => `${match[1]}.${match[2]}`),
  );
  const wrong = [];
  assert.ok(page.length > 90, 'the table was not understood');
  for (const row of page) {
    if (page.filter((other) => other.id === row.id).length > 1) wrong.push(`${row.id} stands there twice`);
    if (!row.rule.endsWith('.') || row.source === '') wrong.push(`${row.id} lacks a sentence or a source`);
    if (row.tests.length === 0) wrong.push(`${row.id} has no test`);
    for (const one of row.tests)
      if (!named.has(one) && !(one.startsWith('tests/') && existsSync(path.join(root, one))))
        wrong.push(`${row.id}: there is no ${one}`);
  }
  assert.deepEqual(wrong, []);
});

test('every rule of the page is cited somewhere', () => {
  const used = new Set(sources.flatMap((file) => cited(file, text(file))));
  assert.deepEqual(
    page.map((row) => row.id).filter((one) => !used.has(one)),
    [],
  );
});

test('nothing refers to a paragraph or document that a reader does not have', () => {
  const beyond = [
    /§/,
    /\bnetatmo-api\b/,
    /\beliot-api\b/,
    /\bsecurity-and-errors\b/,
    /\bexemplars\b/,
    /\blook\/[A-Z]/,
    /\bdesign\.md\b/,
  ];
  const found = files
    .filter(
      (file) =>
        /\.(cpp|hpp|js|mjs|mts|css|html|sh|cmake|txt|md|py|def|json|ts)$|^dev$/.test(file) &&
        file !== 'tests/architecture/rules_page.test.mjs' &&
        !file.endsWith('package-lock.json'),
    )
    .flatMap((file) =>
      text(file)
        .split('\n')
        .flatMap((line, index) =>
          beyond.some((word) => word.test(line)) ? [`${file}:${index + 1}: ${line.trim()}`] : [],
        ),
    );
  assert.deepEqual(found, []);
});

test('the checker itself sees what it looks for', () => {
  assert.deepEqual(cited('core/a.cpp', 'return fail("D6.iss"); // as T5 and (Q6–Q10)\nint B1 = 0xA1;'), [
    'T5',
    'Q6',
    'Q10',
    'D6',
  ]);
  assert.deepEqual(cited('tests/a.cpp', 'TEST(SignIn, A3StateIsFresh)\nTEST(Net, OfflineE1)'), ['A3', 'E1']);
  assert.deepEqual(cited('docs/a.md', 'B3 and `C4`'), ['B3']);
  assert.deepEqual(
    rows('| A1 | A rule. | RFC 1 | `X.Y` |').map((row) => row.tests),
    [['X.Y']],
  );
});

/** The statements of a header's example, without what is said beside them. @param {string} header */
function example(header) {
  const match = /^\/\/ Example \(compiled by ([\w/]+)\):\n((?:\/\/ {3}.*\n)+)/m.exec(header);
  if (!match) return undefined;
  const lines = match[2].split('\n').map((line) =>
    line
      .replace(/^\/\/ {3}/, '')
      .replace(/\s*\/\/ .*$/, '')
      .trim(),
  );
  return {folder: match[1], lines: lines.filter((line) => line !== '' && !line.includes('…'))};
}
const bare = (/** @type {string} */ code) => code.replaceAll(/\s+/g, '');

test('the headers that others build on teach by themselves, and a test compiles their four steps', () => {
  for (const file of [
    'core/oauth/session.hpp',
    'core/cloud/gateway/gateway.hpp',
    'core/ports/http.hpp',
    'core/app/controller.hpp',
  ]) {
    const [comment] = text(file).split('#pragma once');
    for (const part of ['// Overview: ', '// States', '// Errors: ', '// 4. '])
      assert.ok(comment.includes(part), `${file}: ${part}`);
    const shown = example(comment);
    assert.ok(shown, file);
    const tests = bare(
      sources
        .filter((name) => name.startsWith(`${shown.folder}/`))
        .map(text)
        .join('\n'),
    );
    assert.deepEqual(
      shown.lines.filter((line) => !tests.includes(bare(line))),
      [],
      file,
    );
    assert.ok(shown.lines.length >= 4, file);
  }
});
