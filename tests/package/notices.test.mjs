// Nothing is handed out without the name and the licence of who made it. What the notices should hold is read here from the
// linker's record and the finished files, on another way than tools/package/notices.mjs goes.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {test} from 'node:test';
import {debian, endOf, mitOf, whole} from '../../tools/package/licences.mjs';
import {extracted, needs, notices, noticesFile} from '../../tools/package/notices.mjs';
import {partOf, parts} from '../../tools/package/parts.mjs';
import {root} from '../../tools/suites/run.mjs';

const text = (/** @type {string} */ folder) => readFileSync(path.join(root, 'build', folder, noticesFile), 'utf8');
const real = (/** @type {string} */ folder) =>
  path.resolve(execFileSync('readlink', ['-f', path.join(root, 'build', folder)], {encoding: 'utf8'}).trim());
const version = readFileSync(path.join(root, 'VERSION'), 'utf8').trim();
const folders = {imgui: '', emscripten: ''};

/** Which archive belongs to whom, in this test's own words. @type {[RegExp, string][]} */
const makers = [
  [/\/libc(_\w+)?(-[\w-]+)?\.a\(/, 'musl'],
  [/\/libc\+\+(abi)?(-[\w-]+)?\.a\(/, 'libc++'],
  [/\/libcompiler_rt(-[\w-]+)?\.a\(/, 'compiler-rt'],
  [/\/libdlmalloc(-[\w-]+)?\.a\(/, 'dlmalloc'],
  [/\/lib(emmalloc|GL|html5|stubs|standalonewasm|noexit|jsmath|al)(-[\w-]+)?\.a\(/, 'Emscripten'],
];

for (const [folder, build, targets] of /** @type {[string, string, string[]][]} */ ([
  ['site', 'build/cmake/web-release', ['foyer_page', 'foyer_sim_wasm']],
  ['node', path.dirname(real('node')), ['foyer_client']],
])) {
  test(`${folder}: every library that the linker took from is named, with its licence`, () => {
    const said = text(folder);
    const taken = targets
      .flatMap((target) => extracted(readFileSync(path.resolve(root, build, 'extracted', `${target}.txt`), 'utf8')))
      .filter((one) => one.includes('/sysroot/'));
    assert.ok(taken.length > 20, `${taken.length} members`);
    for (const one of taken) {
      const maker = makers.find(([archive]) => archive.test(one))?.[1];
      assert.ok(maker, `whose is ${one}?`);
      assert.ok(said.includes(`* ${maker}`), `${maker}, for ${one}`);
    }
    assert.match(said, new RegExp(`^\ufeffFoyer ${version.replaceAll('.', '\\.')} `));
    assert.match(said, /Permission is hereby granted/);
    assert.match(said, /LLVM Exceptions/);
  });
}

test('site: fonts, icons, the drawing library and JSON are named, because the program says so itself', () => {
  const said = text('site');
  for (const words of [
    '* Inter – SIL Open Font License 1.1',
    '* Material Design Icons – Apache License 2.0',
    '* Dear ImGui – MIT',
    '* stb',
    'PREAMBLE',
    'Omar Cornut',
    'Sean Barrett',
    'TERMS AND CONDITIONS',
  ])
    assert.ok(said.includes(words), words);
  const holds = (/** @type {string} */ file, /** @type {RegExp} */ word) =>
    word.test(readFileSync(path.join(root, 'build/site', file), 'latin1'));
  assert.equal(
    holds('sim.wasm', /parse_error|type_error|invalid_iterator|nlohmann/) ? said.includes('* nlohmann_json') : true,
    true,
  );
});

test('site: every file is our own or named', () => {
  const ours = execFileSync('git', ['ls-files', 'public', 'web'], {cwd: root, encoding: 'utf8'})
    .split('\n')
    .map((file) => path.basename(file));
  const made = [
    'foyer.mjs',
    'foyer.wasm',
    'later.wasm',
    'sim.wasm',
    'de.words',
    'es.words',
    'fr.words',
    'it.words',
    'main.js',
    'lock.js',
    'worker.js',
    noticesFile,
  ]; // programs, and what is made of our texts
  const foreign = readdirSync(path.join(root, 'build/site'), {recursive: true})
    .map(String)
    .filter(
      (file) =>
        statSync(path.join(root, 'build/site', file)).isFile() && ![...ours, ...made].includes(path.basename(file)),
    );
  assert.deepEqual(foreign, [], 'whose are these? name them in tools/package/parts.mjs');
});

test('native: every dynamic library is named', () => {
  const said = text('native');
  const wanted = needs(path.join(root, 'build/native/foyer'));
  assert.ok(wanted.length >= 5, wanted.join(' '));
  for (const library of wanted) {
    const part = partOf(library);
    assert.ok(part && said.includes(`* ${part.name}`), library);
  }
  for (const name of ['libcurl', 'OpenSSL', 'GLFW', 'GNU C library', 'libsecret', 'Pango', 'Dear ImGui', 'Inter'])
    assert.ok(said.includes(`* ${name}`), name);
});

test('what nobody knows stops the build and is named', () => {
  for (const stranger of [
    '/usr/include/zlib.h',
    '/x/sysroot/lib/wasm32-emscripten/libpng.a(png.o)',
    'libz.so.1',
    '/x/Comic-Regular.otf',
    '/x/node_modules/lodash/lodash.js',
  ])
    assert.throws(
      () => notices(['/usr/include/nlohmann/json.hpp', stranger], folders, '1.0.0'),
      (/** @type {Error} */ error) => error.message.includes(stranger),
      stranger,
    );
});

test('a part whose licence text is gone stops the build', () => {
  assert.throws(
    () => notices(['/nowhere/Dear/imgui.cpp'], {imgui: '/nowhere', emscripten: ''}, '1.0.0'),
    /licence text of Dear ImGui is not where/,
  );
});

test('no path belongs to two parts by accident', () => {
  const files = [
    '/x/imgui/imstb_truetype.h',
    '/usr/include/c++/12/vector',
    '/s/sysroot/include/c++/v1/vector',
    '/s/sysroot/include/stdio.h',
    '/usr/include/stdio.h',
    '/usr/include/curl/curl.h',
    '/s/sysroot/include/GLES3/gl3.h',
  ];
  assert.deepEqual(
    files.map((file) => partOf(file)?.name.split(' ')[0]),
    ['stb', 'GNU', 'libc++', 'musl', 'GNU', 'libcurl', 'Khronos'],
  );
  assert.equal(new Set(parts.map(({name}) => name)).size, parts.length);
});

test('licences are read from the forms they come in', () => {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'foyer-licences-'));
  try {
    const file = (/** @type {string} */ name, /** @type {string} */ words) => {
      writeFileSync(path.join(dir, name), words);
      return path.join(dir, name);
    };
    const dep5 = file(
      'copyright',
      'Format: x\n\nFiles: *\nCopyright: 2020 Ada\n  2021 Bo\nLicense: Expat or Own\n\nFiles: a/*\nCopyright: 2000 Cy\nLicense: Own\n Stands here.\n .\n Whole.\n\nLicense: Expat\n Permission.\n .\n Second.\n',
    );
    assert.equal(
      debian(dep5, '*'),
      'Copyright: 2020 Ada\n 2021 Bo\n\nLicence: Expat or Own\n\nExpat\nPermission.\n\nSecond.',
    );
    assert.match(String(debian(dep5, 'a/*')), /2000 Cy[^]*Stands here\.\n\nWhole\./);
    assert.equal(debian(dep5, 'b/*'), null);
    assert.equal(whole(path.join(dir, 'none'), file('LICENSE', 'Free.\r\n')), 'Free.');
    assert.equal(
      endOf(file('x.h', 'code\n/*\n---\nThis software is free.\n*/\n'), /-+\nThis software/),
      '---\nThis software is free.',
    );
    const headers = [
      file('a.hpp', '// SPDX-FileCopyrightText: 2013 Niels\n'),
      file('b.hpp', '// SPDX-FileCopyrightText: 2008 Bjoern\n// SPDX-FileCopyrightText: 2013 Niels\n'),
    ];
    assert.equal(
      mitOf(headers, 'MIT\n\nCopyright (c) Us\n\nWords.'),
      'MIT\n\nCopyright 2008 Bjoern\nCopyright 2013 Niels\n\nWords.',
    );
    assert.equal(mitOf([path.join(dir, 'none')], 'MIT'), null);
  } finally {
    rmSync(dir, {recursive: true});
  }
});
