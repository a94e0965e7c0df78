// The ports of the headless client without WebAssembly, as a program of its own: what two processes do to the same files.
// node library.mjs FOLDER lock|save|remove|renew …
// FAULT=N,CODE: the N-th call that changes the disk fails with CODE, and from then on every one that needs space does.
import fs, {readFileSync} from 'node:fs';
import {syncBuiltinESMExports} from 'node:module';
import vm from 'node:vm';

const [at = '0', code = ''] = (process.env.FAULT ?? '').split(',');
let changes = 0;
/** @param {string} name @param {(args: any[]) => boolean} needsSpace whether this call is one that a full disk refuses */
const breakable = (name, needsSpace) => {
  const works = /** @type {any} */ (fs)[name];
  /** @type {any} */ (fs)[name] = (/** @type {any[]} */ ...args) => {
    if (name === 'openSync' && /r/.test(String(args[1] ?? 'r'))) return works(...args);
    ++changes;
    if (code && (changes === Number(at) || (changes > Number(at) && needsSpace(args)))) {
      throw Object.assign(new Error(`${code}: injected, ${name}`), {code});
    }
    return works(...args);
  };
};
// What is written to an open file was there before, or its file could be made.
for (const name of ['openSync', 'linkSync']) breakable(name, () => true);
breakable('writeFileSync', ([to]) => typeof to === 'string');
// Removing needs no space; a disk that does not even do that leaves a lock of a dead process (locks.test.mjs).
for (const name of ['renameSync', 'fsyncSync', 'ftruncateSync']) breakable(name, () => false);
syncBuiltinESMExports();

const world = /** @type {any} */ (globalThis);
const [folder, what, name = '', count = '1'] = process.argv.slice(2);
world.Module = {
  foyerFiles: {vault: `${folder}/config.vault`, records: `${folder}/config.records`, passphrase: ''},
  foyerEvent: (/** @type {string} */ json) => console.error(json),
};
world.UTF8ToString = (/** @type {string} */ text) => text;
world.addToLibrary = (/** @type {Record<string, any>} */ library) => {
  for (const [key, value] of Object.entries(library)) {
    if (key.endsWith('__deps')) continue;
    world[key.replace(/^\$/, '')] = typeof value === 'string' ? vm.runInThisContext(`(${value.slice(1)})`) : value;
  }
};
for (const file of ['pending.js', 'node_host.js', 'node_storage.js']) {
  vm.runInThisContext(readFileSync(new URL(`../../web/ports/${file}`, import.meta.url), 'utf8'), {
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
}
let last = 0;
/** @type {Map<number, (status: number, why: string) => void>} */
const answers = new Map();
world.foyerDone = (/** @type {number} */ number, /** @type {number} */ status, /** @type {any} */ bytes) => {
  world.foyerOpen.delete(number);
  answers.get(number)?.(status, typeof bytes === 'string' ? bytes : '');
};
world.foyerText = (/** @type {string} */ text) => text;
/** @param {(number: number) => void} start @returns {Promise<[number, number, string]>} */
const ask = (start) =>
  new Promise((resolve) => {
    const number = ++last;
    answers.set(number, (status, why) => resolve([number, status, why]));
    start(number);
  });

if (what === 'lock') {
  // says when it is inside and when it leaves
  const [number] = await ask((one) => world.foyer_lock_acquire(one, name));
  console.log(`in ${process.hrtime.bigint()}`);
  await new Promise((resolve) => setTimeout(resolve, Number(count)));
  console.log(`out ${process.hrtime.bigint()}`);
  world.foyer_lock_release(number);
} else if (what === 'save') {
  // writes its own record again and again
  for (let round = 1; round <= Number(count); ++round) {
    const [, status] = await ask((one) => world.foyer_vault_save(one, name, String(round), 0, round - 1, round));
    if (status) throw new Error(`round ${round}: ${status}`);
  }
} else if (what === 'remove') {
  const [, status] = await ask((one) => world.foyer_vault_remove(one, name));
  process.exitCode = status;
} else if (what === 'renew') {
  // as a renewal of tokens does: lock, journal, room, new tokens
  const [number, free] = await ask((one) => world.foyer_lock_acquire(one, name));
  const steps = [];
  if (free) steps.push('lock');
  let [, status] = free ? [0, free] : await ask((one) => world.foyer_vault_save(one, name, 'journal', 0, 1, 2));
  if (!free && status) steps.push('journal');
  if (!status) [, status] = await ask((one) => world.foyer_vault_reserve(one));
  if (!status) {
    console.log('spent');
    if (process.env.FULL_AFTER)
      for (const one of ['openSync', 'linkSync', 'writeFileSync']) {
        const works = /** @type {any} */ (fs)[one];
        /** @type {any} */ (fs)[one] = (/** @type {any[]} */ ...args) => {
          const old =
            one === 'openSync'
              ? /r/.test(String(args[1] ?? 'r'))
              : one === 'writeFileSync' && typeof args[0] !== 'string';
          if (!old) throw Object.assign(new Error('ENOSPC'), {code: 'ENOSPC'});
          return works(...args);
        };
        syncBuiltinESMExports();
      }
    const [, kept, why] = await ask((one) => world.foyer_vault_save(one, name, 'tokens', 0, 2, 3));
    if (kept) steps.push(`tokens: ${why}`);
  }
  if (!free) world.foyer_lock_release(number);
  for (const step of steps) console.error(step);
  console.log(`changes ${changes}`);
  process.exitCode = status || steps.length ? 12 : 0;
}
