// The house keeps its shape: who may include whom, no platform in core, files that fit in a head, clean words.
// These are the rules marked "must" in docs/architecture.md; the build enforces the first by include folders, this test
// says it in words and covers headers that nothing compiles yet.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {existsSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {arrows, includesOf, platformSwitches, roomOf, violations} from './rules.mjs';

const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '../..');
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '' && existsSync(path.join(root, file)));
const text = (/** @type {string} */ file) => readFileSync(path.join(root, file), 'utf8');
const cpp = files.filter((file) => /\.(cpp|hpp|h)$/.test(file));
const code = files.filter((file) => /\.(cpp|hpp|h|js|mjs|css|html)$/.test(file));
const written = files.filter((file) =>
  /\.(cpp|hpp|h|js|mjs|css|html|cmake|txt|md|json|sh|yml|conf|ts)$|^dev$|^\.ci\/run$/.test(file),
);

test('every include follows an arrow of the plan', () => {
  assert.deepEqual(
    cpp.flatMap((file) => violations(file, text(file))),
    [],
  );
});

test('each room declares to CMake no more than the plan allows', () => {
  const wrong = [];
  for (const room of Object.keys(arrows)) {
    const file = `${room}/CMakeLists.txt`;
    if (!existsSync(path.join(root, file))) continue;
    for (const [, name, body] of text(file).matchAll(/foyer_room\(\s*(\w+)([^)]*)\)/g)) {
      const depends = /DEPENDS((?:\s+[a-z_]+)+)/.exec(body)?.[1].trim().split(/\s+/) ?? [];
      for (const dependency of depends) {
        const target = Object.keys(arrows).find((known) => known === dependency || known === `core/${dependency}`);
        if (target !== undefined && !arrows[room].includes(target))
          wrong.push(`${file}: ${name} depends on ${dependency}`);
      }
    }
  }
  assert.deepEqual(wrong, []);
});

test('core knows no platform: no conditional on one, no header of one', () => {
  const core = cpp.filter((file) => file.startsWith('core/'));
  assert.deepEqual(
    core.flatMap((file) => platformSwitches(file, text(file))),
    [],
  );
});

test('no file of code is longer than 450 lines', () => {
  const long = code.filter((file) => text(file).split('\n').length > 451);
  assert.deepEqual(long, []);
});

test('no path of a build machine and no left-over stands in the project', () => {
  const banned = [/\/(?:work|Users)\//, /\bregistry\.[a-z]+\.[a-z]+\b/, /\b(?:[T]ODO|[F]IXME|[X]{3}|[H]ACK)\b/];
  const found = written.flatMap((file) =>
    text(file)
      .split('\n')
      .flatMap((line, index) =>
        line.includes(root) || banned.some((word) => word.test(line)) ? [`${file}:${index + 1}: ${line.trim()}`] : [],
      ),
  );
  assert.deepEqual(found, []);
});

test('the checker itself sees what it forbids', () => {
  assert.equal(roomOf('core/base/url.hpp'), 'core/base');
  assert.equal(roomOf('web/sim/main.cpp'), 'web');
  assert.deepEqual(includesOf('#include "core/base/url.hpp"\n  #  include <imgui.h>\n// #include "x.hpp"\n'), [
    'core/base/url.hpp',
    'imgui.h',
  ]);
  assert.equal(violations('core/sim/a.cpp', '#include "core/model/home.hpp"\n').length, 1);
  assert.equal(violations('core/app/a.cpp', '#include "shell/x.hpp"\n').length, 1);
  assert.equal(violations('core/base/a.cpp', '#include <curl/curl.h>\n').length, 1);
  assert.equal(violations('shell/a.cpp', '#include <emscripten.h>\n').length, 1);
  assert.equal(violations('core/cloud/a.cpp', '#include <nlohmann/json.hpp>\n').length, 1);
  assert.deepEqual(violations('core/cloud/a.cpp', '#include "core/policy/x.hpp"\n#include <string>\n'), []);
  assert.equal(platformSwitches('core/base/a.cpp', '#ifdef __EMSCRIPTEN__\n#endif\n').length, 1);
  assert.deepEqual(platformSwitches('core/base/a.cpp', '#ifndef FOYER_X\n#endif\n'), []);
});
