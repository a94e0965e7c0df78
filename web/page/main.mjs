// @ts-check
/**
 * Start of the page: frame guard, one look at the address (B1), foyer.wasm and config.json asked for at once, the welcome and
 * the canvas' context while they come, service worker – and a plain message when one of them is not to be had.
 */
import createFoyer from './foyer.mjs';
import {startWorker} from '../worker/register.mjs';
import {languageOf, Screen, wordsOf} from './screen.mjs';
import {notice, say, stop} from './trouble.mjs';
import {followUpdates} from './updates.mjs';

const integrity = INTEGRITY; // P6

// B1: read once, clean the address bar, only then wait for anything.
const opened = location.href;
if (location.search) history.replaceState(null, '', location.pathname + location.hash);

// P3: one policy, a fixed list.
const scripts = ['worker', 'server', 'none'].map((one) => `./worker.js?sim=${one}`);
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

/** @param {string} details */
const unreachable = (details) =>
  new Trouble('This page cannot be reached', ['Check your network, then try again.'], details);

/** @returns {Promise<string>} */
async function readConfig() {
  const where = 'Whoever runs this page: put a config.json beside index.html; docs/config.md describes it.';
  let answer;
  try {
    answer = await fetch('./config.json', {cache: 'no-cache', credentials: 'same-origin'});
  } catch {
    throw unreachable('config.json');
  }
  if (!answer.ok) throw new Trouble('The configuration is missing', [where], `config.json: ${answer.status}`);
  return answer.text();
}

/** Compiles while it loads. @param {string} file @returns {Promise<WebAssembly.Module>} */
async function compile(file) {
  const answer = await fetch(`./${file}`, {integrity: integrity[file] ?? '', credentials: 'same-origin'});
  if (!answer.ok) throw new Error(`${file}: ${answer.status}`);
  if (answer.headers.get('content-type') === 'application/wasm') return WebAssembly.compileStreaming(answer);
  return WebAssembly.compile(await answer.arrayBuffer());
}

/** P6: a module that is fetched later is checked as those of index.html are, before it is imported. @param {string} file */
const checked = (file) =>
  new Promise((done, failed) => {
    const link = Object.assign(document.createElement('link'), {
      rel: 'modulepreload',
      href: `./${file}`,
      onload: done,
      onerror: failed,
    });
    if (integrity[file]) link.integrity = integrity[file];
    document.head.append(link);
  });

/** @type {WebAssembly.Exports} */
let primary;
/** Until the rest is there, calling into it is a mistake of ours. */
const placeholder = new Proxy(
  {},
  {
    get: () => () => {
      throw new Error('not loaded yet');
    },
  },
);

/**
 * The functions that not every visit needs (split.mjs). Who comes back from the sign-in, follows a link or was here before
 * will want them: then they are compiled beside the program.
 * @type {Promise<WebAssembly.Module> | undefined}
 */
let rest;
const fetchRest = () =>
  (rest ??= compile('later.wasm').catch((error) => {
    rest = undefined;
    throw error;
  }));
/** Once there, they are in the program's table. @type {Promise<unknown> | undefined} */
let joined;
const bringRest = () =>
  (joined ??= fetchRest()
    .then((module) => WebAssembly.instantiate(module, {primary}))
    .catch((error) => {
      joined = undefined;
      throw error;
    }));

/** @param {Promise<WebAssembly.Module>} module @param {(what: number, text: string, value: number) => void} tell */
function createProgram(module, tell) {
  return new Promise((done, failed) => {
    createFoyer({
      tell,
      ...(integrity['later.wasm'] && {bringRest}),
      unlock: async (sealed) => {
        await checked('lock.js');
        return (await import('./lock.mjs')).unlock(sealed);
      },
      instantiateWasm(imports, use) {
        module
          .then((compiled) => WebAssembly.instantiate(compiled, {...imports, placeholder}))
          .then((instance) => {
            primary = instance.exports;
            use(instance);
          }, failed);
        return {};
      },
    }).then(done, failed);
  }).catch((error) => {
    if (!navigator.onLine) throw unreachable(String(error));
    /** @type {any} */ (globalThis).foyerRenew(String(error)); // boot.js
    return new Promise(() => {}); // nothing more happens here
  });
}

/** @returns {Promise<boolean>} whether this browser lets us keep anything; one that does not answer does not */
function storageWorks() {
  return new Promise((done) => {
    setTimeout(done, 3000, false);
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

/** What a first visitor reads while the program comes. */
function welcome() {
  const [title, ...lines] = WELCOME[languageOf('')];
  say(title, lines);
}

async function start() {
  if (!isSecureContext) {
    throw new Trouble(
      'This page has to be opened over https',
      [
        'Browsers lend what a sign-in needs to https addresses and to localhost only; this one is plain http.',
        'Whoever runs this page: give its server a certificate, or open it as http://localhost on that machine itself.',
      ],
      location.origin,
    );
  }
  if (typeof WebAssembly !== 'object') {
    throw new Trouble('This browser cannot run Foyer', [
      'Foyer needs WebAssembly. Use a current browser, or allow WebAssembly in its settings.',
    ]);
  }
  const asked = /** @type {const} */ ([compile('foyer.wasm'), readConfig(), wordsOf('')]);
  const first = opened === location.origin + location.pathname && !navigator.serviceWorker?.controller;
  if (first) welcome();
  else if (integrity['later.wasm']) fetchRest().catch(() => 0); // it is asked for again when it is wanted
  const screen = new Screen();
  const [program, config] = await Promise.all([createProgram(asked[0], screen.tell), asked[1], asked[2]]);
  const foyer = screen.attach(program);
  const wrong = foyer.configure(config, new URL('./', location.href).href);
  if (wrong) {
    const [field, expectation] = wrong.split('\n');
    throw new Trouble(
      'The configuration is not right',
      [expectation, 'Whoever runs this page: correct config.json; docs/config.md describes each field.'],
      field ? `config.json: ${field}` : 'config.json',
    );
  }
  screen.show();
  // Without a simulated cloud in the configuration there is none.
  const simulator = /"simulator"\s*:\s*"server"/.test(config)
    ? 'server'
    : program._foyer_simulates()
      ? 'worker'
      : 'none';
  const worker = startWorker({simulator, scriptUrl: (url) => policy.createScriptURL(url)});
  // The demo's cloud is the worker: nothing may be asked before it listens. All else does not wait for it.
  if (simulator === 'worker' && !navigator.serviceWorker?.controller) {
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
  const keeps = await storageWorks();
  followUpdates((begin) => {
    const [text, label, close] = program.UTF8ToString(program._foyer_update_words()).split('\n');
    notice(text, {label, close, work: begin});
  }, keeps);
  if (!keeps) {
    notice(
      'This browser keeps nothing for this page: after a reload you have to sign in again. Allow storage for it, or leave private browsing.',
    );
  }
}

if (self !== top) {
  // P2: rendered by someone else's page we show nothing and touch nothing.
  stop('Foyer does not run inside another page', ['Open it in a tab of its own.'], location.origin + location.pathname);
} else if (!document.body.classList.contains('stopped')) {
  start().catch((error) => {
    if (error instanceof Trouble) return stop(error.message, error.lines, error.details);
    stop('Foyer could not start', ['Try again; if it stays so, tell whoever runs this page.'], String(error));
  });
}
