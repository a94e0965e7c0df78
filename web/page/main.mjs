// @ts-check
/**
 * Start of the page: frame guard, one look at the address (B1), config.json, foyer.wasm, service worker – in parallel
 * where they can be – and a plain message when one of them is not to be had.
 */
import createFoyer from './foyer.mjs';
import {startWorker} from './register.mjs';
import {Screen, wordsOf} from './screen.mjs';
import {notice, stop} from './trouble.mjs';

/** Written by bake.mjs (P6). @type {Record<string, string>} */
const integrity = {};

// B1: read once, clean the address bar, only then wait for anything.
const opened = location.href;
if (location.search) history.replaceState(null, '', location.pathname + location.hash);

// P3: one policy, a fixed list.
const scripts = ['./worker.mjs?sim=worker', './worker.mjs?sim=server'];
/** @type {{createScriptURL(url: string): any}} */
const policy = /** @type {any} */ (globalThis).trustedTypes?.createPolicy('app', {
  createScriptURL(/** @type {string} */ url) {
    if (!scripts.includes(url)) throw new TypeError('not one of our scripts');
    return url;
  },
}) ?? {createScriptURL: (/** @type {string} */ url) => url};

/** A message instead of the program. */
class Trouble extends Error {
  /** @param {string} title @param {string[]} lines @param {string} [details] */
  constructor(title, lines, details = '') {
    super(title);
    this.lines = lines;
    this.details = details;
  }
}

/** @returns {Promise<string>} */
async function readConfig() {
  const where = 'Whoever runs this page: put a config.json beside index.html; docs/config.md describes it.';
  let answer;
  try {
    answer = await fetch('./config.json', {cache: 'no-cache', credentials: 'same-origin'});
  } catch {
    throw new Trouble('This page cannot be reached', ['Check your network, then try again.'], 'config.json');
  }
  if (!answer.ok) throw new Trouble('The configuration is missing', [where], `config.json: ${answer.status}`);
  return answer.text();
}

/**
 * Compiles while it loads. @param {string} file @param {WebAssembly.Imports} imports @returns {Promise<WebAssembly.Instance>}
 */
async function load(file, imports) {
  const answer = await fetch(`./${file}`, {integrity: integrity[file] ?? '', credentials: 'same-origin'});
  if (!answer.ok) throw new Error(`${file}: ${answer.status}`);
  if (answer.headers.get('content-type') === 'application/wasm') {
    return (await WebAssembly.instantiateStreaming(answer, imports)).instance;
  }
  return (await WebAssembly.instantiate(await answer.arrayBuffer(), imports)).instance;
}

/** P6: a module that is fetched later is checked as those of index.html are, before it is imported. @param {string} file */
const checked = file => new Promise((done, failed) => {
  const link = Object.assign(document.createElement('link'), {rel: 'modulepreload', href: `./${file}`, onload: done, onerror: failed});
  if (integrity[file]) link.integrity = integrity[file];
  document.head.append(link);
});

/** @type {WebAssembly.Exports} */
let primary;
/** Until the rest is there, calling into it is a mistake of ours. */
const placeholder = new Proxy({}, {get: () => () => { throw new Error('not loaded yet'); }});

/**
 * The functions that not every visit needs (split.mjs): once there, they are in the program's table.
 * @type {Promise<unknown> | undefined}
 */
let rest;
const bringRest = () => rest ??= !integrity['later.wasm'] ? Promise.resolve() : load('later.wasm', {primary}).catch(error => {
  rest = undefined;
  throw error;
});

/** @param {(what: number, text: string, value: number) => void} tell */
function createProgram(tell) {
  if (typeof WebAssembly !== 'object') {
    throw new Trouble('This browser cannot run Foyer',
        ['Foyer needs WebAssembly. Use a current browser, or allow WebAssembly in its settings.']);
  }
  return new Promise((done, failed) => {
    createFoyer({
      tell,
      bringRest,
      unlock: async sealed => {
        await checked('lock.mjs');
        return (await import('./lock.mjs')).unlock(sealed);
      },
      instantiateWasm(imports, use) {
        load('foyer.wasm', {...imports, placeholder}).then(instance => {
          primary = instance.exports;
          use(instance);
        }, failed);
        return {};
      },
    }).then(done, failed);
  }).catch(error => {
    throw new Trouble('Foyer could not be loaded',
        ['The program did not arrive whole. Try again; if it stays so, tell whoever runs this page.'], String(error));
  });
}

/** @returns {Promise<boolean>} whether this browser lets us keep anything */
function storageWorks() {
  return new Promise(done => {
    try {
      const open = indexedDB.open('foyer:probe');
      open.onsuccess = () => {
        open.result.close();
        indexedDB.deleteDatabase('foyer:probe');
        done(true);
      };
      open.onerror = open.onblocked = () => done(false);
    } catch {
      done(false);
    }
  });
}

async function start() {
  const screen = new Screen();
  const [config, program] = await Promise.all([readConfig(), createProgram(screen.tell), wordsOf('')]);
  const foyer = screen.attach(program);
  const wrong = foyer.configure(config, new URL('./', location.href).href);
  if (wrong) {
    const [field, expectation] = wrong.split('\n');
    throw new Trouble('The configuration is not right',
        [expectation, 'Whoever runs this page: correct config.json; docs/config.md describes each field.'],
        field ? `config.json: ${field}` : 'config.json');
  }
  screen.show();
  const simulator = /"simulator"\s*:\s*"server"/.test(config) ? 'server' : 'worker';
  const worker = startWorker({simulator, scriptUrl: url => policy.createScriptURL(url)});
  // The demo's cloud is the worker: nothing may be asked before it listens. All else does not wait for it.
  const demo = /"simulated"\s*:\s*true/.test(config) && simulator === 'worker';
  if (demo && !navigator.serviceWorker?.controller) {
    const report = await worker;
    if (report.state !== 'ready') {
      if (program._foyer_simulated_only()) {
        screen.call('_foyer_give_up', report.message);
        return;
      }
      notice(report.message);
    }
  }
  screen.call('_foyer_start', opened, location.hash.slice(1));
  if (!(await storageWorks())) {
    notice('This browser keeps nothing for this page: after a reload you have to sign in again. Allow storage for it, or leave private browsing.');
  }
}

if (self !== top) {
  // P2: rendered by someone else's page we show nothing and touch nothing.
  stop('Foyer does not run inside another page', ['Open it in a tab of its own.'], location.origin + location.pathname);
} else {
  start().catch(error => {
    if (error instanceof Trouble) return stop(error.message, error.lines, error.details);
    stop('Foyer could not start', ['Try again; if it stays so, tell whoever runs this page.'], String(error));
  });
}
