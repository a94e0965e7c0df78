// The ports of the headless client without WebAssembly, as a program of its own: what two processes do to the same files.
// node library.mjs FOLDER lock|save|hold …
import {readFileSync} from 'node:fs';
import vm from 'node:vm';

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
    world[key.replace(/^\$/, '')] = typeof value === 'string' ? vm.runInThisContext(value.slice(1)) : value;
  }
};
for (const file of ['pending.js', 'node_host.js', 'node_storage.js']) {
  vm.runInThisContext(readFileSync(new URL(`../../web/ports/${file}`, import.meta.url), 'utf8'),
      {importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER});
}
let last = 0;
/** @type {Map<number, (status: number) => void>} */
const answers = new Map();
world.foyerDone = (/** @type {number} */ number, /** @type {number} */ status) => {
  world.foyerOpen.delete(number);
  answers.get(number)?.(status);
};
world.foyerText = (/** @type {string} */ text) => text;
/** @param {(number: number) => void} start @returns {Promise<[number, number]>} */
const ask = (start) => new Promise((resolve) => {
  const number = ++last;
  answers.set(number, (status) => resolve([number, status]));
  start(number);
});

if (what === 'lock') { // says when it is inside and when it leaves
  const [number] = await ask((one) => world.foyer_lock_acquire(one, name));
  console.log(`in ${process.hrtime.bigint()}`);
  await new Promise((resolve) => setTimeout(resolve, Number(count)));
  console.log(`out ${process.hrtime.bigint()}`);
  world.foyer_lock_release(number);
} else if (what === 'save') { // writes its own record again and again
  for (let round = 1; round <= Number(count); ++round) {
    const [, status] = await ask((one) => world.foyer_vault_save(one, name, String(round), 0, round - 1, round));
    if (status) throw new Error(`round ${round}: ${status}`);
  }
} else if (what === 'remove') {
  const [, status] = await ask((one) => world.foyer_vault_remove(one, name));
  process.exitCode = status;
}
