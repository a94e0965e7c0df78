// @ts-check
/**
 * The vault under a passphrase (security reference §3.2): the key of the vault is wrapped by one that PBKDF2 makes of the
 * passphrase, and lies so in IndexedDB. Fetched by whoever uses it: the page asks once per visit (`unlock`), lock.html
 * sets, changes and takes off the passphrase (`lock`, `release`).
 *
 * What is kept: keys/vault is either the key itself (not extractable) or {salt, rounds, iv, wrapped}. The passphrase, the
 * wrapping key and the opened key live in memory only; a reload asks again. A forgotten passphrase costs a new sign-in.
 *
 * @typedef {{salt: Uint8Array<ArrayBuffer>, rounds: number, iv: Uint8Array<ArrayBuffer>, wrapped: ArrayBuffer}} Sealed
 * @typedef {{iv: Uint8Array<ArrayBuffer>, data: ArrayBuffer, number: number}} Kept
 */

/** What this file and lock.html say; tests/tools/words.test.mjs compares the keys. @type {Record<string, Record<string, string>>} */
export const texts = {
  en: {
    title: 'Passphrase',
    about: 'Whoever uses this browser can use your sign-in. With a passphrase Foyer asks for it at each start. It is kept nowhere: forget it, and you sign in again.',
    present: 'Present passphrase', fresh: 'New passphrase', again: 'Once more',
    set: 'Set the passphrase', off: 'Take it off', back: 'Back to Foyer',
    locked: 'Your sign-in is locked', unlock: 'Unlock', later: 'Not now', wrong: 'That is not it.',
    differ: 'The two are not the same.', failed: 'That did not work: is the present passphrase right?',
    isLocked: 'Locked. Foyer asks for the passphrase from now on.', isOpen: 'Unlocked. Foyer asks for nothing any more.',
    nothing: 'This browser keeps nothing for this page, so there is nothing to lock.',
  },
  fr: {
    title: 'Phrase secrète',
    about: 'Quiconque utilise ce navigateur peut utiliser votre connexion. Avec une phrase secrète, Foyer la demande à chaque démarrage. Elle n’est conservée nulle part : si vous l’oubliez, vous vous connecterez à nouveau.',
    present: 'Phrase secrète actuelle', fresh: 'Nouvelle phrase secrète', again: 'Encore une fois',
    set: 'Définir la phrase secrète', off: 'La retirer', back: 'Retour à Foyer',
    locked: 'Votre connexion est verrouillée', unlock: 'Déverrouiller', later: 'Pas maintenant', wrong: 'Ce n’est pas la bonne.',
    differ: 'Les deux ne sont pas identiques.', failed: 'Cela n’a pas fonctionné : la phrase secrète actuelle est-elle juste ?',
    isLocked: 'Verrouillé. Foyer demandera désormais la phrase secrète.', isOpen: 'Déverrouillé. Foyer ne demande plus rien.',
    nothing: 'Ce navigateur ne conserve rien pour cette page, il n’y a donc rien à verrouiller.',
  },
  it: {
    title: 'Passphrase',
    about: 'Chi usa questo browser può usare il tuo accesso. Con una passphrase Foyer la chiede a ogni avvio. Non è conservata da nessuna parte: se la dimentichi, accedi di nuovo.',
    present: 'Passphrase attuale', fresh: 'Nuova passphrase', again: 'Ancora una volta',
    set: 'Imposta la passphrase', off: 'Toglila', back: 'Torna a Foyer',
    locked: 'Il tuo accesso è bloccato', unlock: 'Sblocca', later: 'Non ora', wrong: 'Non è quella giusta.',
    differ: 'Le due non sono uguali.', failed: 'Non ha funzionato: la passphrase attuale è giusta?',
    isLocked: 'Bloccato. Da ora Foyer chiede la passphrase.', isOpen: 'Sbloccato. Foyer non chiede più nulla.',
    nothing: 'Questo browser non conserva nulla per questa pagina, quindi non c’è nulla da bloccare.',
  },
};
// The language that the page has taken, else the first of the browser's that is spoken here.
const language = [document.documentElement.lang.replace('en', ''), ...navigator.languages].map(one => one.slice(0, 2)).find(one => one in texts) ?? 'en';
const text = texts[language];

const rounds = 600_000;
const place = `foyer:${new URL('.', location.href).pathname}`;
const encoder = new TextEncoder();
const purpose = encoder.encode('foyer vault key');

/** @returns {Promise<IDBDatabase>} */
const database = () => new Promise((resolve, reject) => {
  const request = indexedDB.open(place, 1);
  request.onupgradeneeded = () => ['keys', 'vault', 'records'].forEach(name => request.result.createObjectStore(name));
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
const answer = request => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

/** @param {string} passphrase @param {Uint8Array<ArrayBuffer>} salt @param {number} times */
async function wrappingKey(passphrase, salt, times) {
  const from = await crypto.subtle.importKey('raw', encoder.encode(passphrase.normalize('NFKC')), 'PBKDF2', false, ['deriveKey']);
  return crypto.subtle.deriveKey({name: 'PBKDF2', hash: 'SHA-256', salt, iterations: times}, from, {name: 'AES-GCM', length: 256}, false,
      ['wrapKey', 'unwrapKey']);
}

/** Rejects when the passphrase is not the one. @param {Sealed} sealed @param {string} passphrase @returns {Promise<CryptoKey>} not extractable */
export async function open(sealed, passphrase) {
  const wrapping = await wrappingKey(passphrase, sealed.salt, Math.max(sealed.rounds, rounds));
  return crypto.subtle.unwrapKey('raw', sealed.wrapped, wrapping, {name: 'AES-GCM', iv: sealed.iv, additionalData: purpose}, 'AES-GCM', false,
      ['encrypt', 'decrypt']);
}

/** @param {string} passphrase @returns {Promise<{sealed: Sealed, key: CryptoKey}>} */
async function newSealed(passphrase) {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const open_ = await crypto.subtle.generateKey({name: 'AES-GCM', length: 256}, true, ['encrypt', 'decrypt']);
  const wrapped = await crypto.subtle.wrapKey('raw', open_, await wrappingKey(passphrase, salt, rounds), {name: 'AES-GCM', iv, additionalData: purpose});
  const sealed = {salt, rounds, iv, wrapped};
  return {sealed, key: await open(sealed, passphrase)};
}

/** S1, as page_storage.js seals it. @param {string} name @param {Uint8Array<ArrayBuffer>} iv @param {number} number */
const sealing = (name, iv, number) => ({name: 'AES-GCM', iv, additionalData: encoder.encode(number ? `${name}#${number}` : name)});

/**
 * Every record from the old key to the new one, and the new one in place of the old, in one transaction; nothing is changed
 * when somebody has written meanwhile. @param {IDBDatabase} db @param {CryptoKey} old @param {CryptoKey} fresh @param {CryptoKey | Sealed} kept
 * @returns {Promise<boolean>}
 */
async function changeKey(db, old, fresh, kept) {
  const before = db.transaction('vault').objectStore('vault');
  const [names, values] = await Promise.all([answer(before.getAllKeys()), answer(before.getAll())]);
  const records = names.map((name, i) => ({name: String(name), value: /** @type {Kept} */ (values[i])})).filter(({value}) => value.iv);
  const resealed = await Promise.all(records.map(async ({name, value}) => {
    const plain = await crypto.subtle.decrypt(sealing(name, value.iv, value.number), old, value.data).catch(() => null);
    if (!plain) return {name, value, next: null}; // S2: unreadable before, so it goes
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const data = await crypto.subtle.encrypt(sealing(name, iv, value.number), fresh, plain);
    new Uint8Array(plain).fill(0);
    return {name, value, next: {iv, data, number: value.number}};
  }));
  return new Promise((resolve, reject) => {
    const transaction = db.transaction(['keys', 'vault'], 'readwrite');
    const vault = transaction.objectStore('vault');
    let same = true;
    const stop = () => {
      if (same) transaction.abort();
      same = false;
    };
    transaction.oncomplete = () => resolve(true);
    transaction.onabort = () => (same ? reject(transaction.error) : resolve(false));
    const now = vault.getAllKeys();
    now.onsuccess = () => {
      if (now.result.length !== names.length) return stop();
      for (const {name, value, next} of resealed) {
        const one = vault.get(name);
        one.onsuccess = () => {
          if (one.result?.iv?.join() !== value.iv.join()) return stop();
          if (next) vault.put(next, name);
          else vault.delete(name);
        };
      }
      transaction.objectStore('keys').put(kept, 'vault');
    };
  });
}

/** @returns {Promise<CryptoKey | Sealed | undefined>} */
async function keptKey() {
  const db = await database();
  try {
    return await answer(db.transaction('keys').objectStore('keys').get('vault'));
  } finally {
    db.close();
  }
}

/** @param {CryptoKey | Sealed | undefined} kept @returns {kept is Sealed} */
const isSealed = kept => kept !== undefined && 'salt' in kept;

export const isLocked = async () => isSealed(await keptKey());

/** @param {string} current passphrase, '' when there is none @param {() => Promise<{kept: CryptoKey | Sealed, key: CryptoKey}>} make */
async function replaceKey(current, make) {
  const kept = await keptKey();
  const {kept: next, key} = await make();
  const old = isSealed(kept) ? await open(kept, current) : kept ?? key;
  const db = await database();
  try {
    const names = await answer(db.transaction('vault').objectStore('vault').getAllKeys());
    // No tab may be about to write what it has sealed with the old key (T3): their sections are held.
    const sections = names.map(String).filter(name => /^session\/[^#]+$/.test(name)).map(name => `${place}:refresh:${name.slice('session/'.length)}`);
    const work = async () => {
      for (let tries = 0; tries < 5; ++tries) if (await changeKey(db, old, key, next)) return;
      throw new Error('the vault is busy');
    };
    /** @param {number} from @returns {Promise<void>} */
    const held = async from => {
      if (from === sections.length || !navigator.locks) return work();
      await navigator.locks.request(sections[from], () => held(from + 1));
    };
    await held(0);
  } finally {
    db.close();
  }
}

/** Sets the passphrase, or another one. Rejects when `current` is wrong. @param {string} passphrase @param {string} [current] */
export const lock = (passphrase, current = '') => replaceKey(current, async () => {
  const {sealed, key} = await newSealed(passphrase);
  return {kept: sealed, key};
});

/** Takes the passphrase off. @param {string} current */
export const release = current => replaceKey(current, async () => {
  const key = await crypto.subtle.generateKey({name: 'AES-GCM', length: 256}, false, ['encrypt', 'decrypt']);
  return {kept: key, key};
});

/** @param {string} tag @param {object} members @returns {any} */
const element = (tag, members) => Object.assign(document.createElement(tag), members);

/** @param {Sealed} sealed @returns {Promise<CryptoKey>} */
function ask(sealed) {
  return new Promise((resolve, reject) => {
    const input = element('input', {type: 'password', name: 'passphrase', autocomplete: 'current-password', required: true});
    const label = element('label', {textContent: `${text.title} `});
    label.append(input);
    const wrong = element('p', {textContent: ''});
    wrong.setAttribute('role', 'alert');
    const form = element('form', {});
    const no = element('button', {type: 'button', textContent: text.later});
    form.append(element('h1', {textContent: text.locked}), label, wrong,
        element('button', {type: 'submit', className: 'primary', textContent: text.unlock}), no);
    const dialog = element('dialog', {});
    dialog.append(form);
    document.body.append(dialog);
    dialog.addEventListener('keydown', (/** @type {Event} */ event) => event.stopPropagation()); // the page's own keys rest
    no.addEventListener('click', () => dialog.close());
    dialog.addEventListener('close', () => {
      dialog.remove();
      reject(new Error('locked'));
    });
    form.addEventListener('submit', (/** @type {Event} */ event) => {
      event.preventDefault();
      open(sealed, input.value).then(key => {
        resolve(key);
        dialog.close();
      }, () => {
        wrong.textContent = text.wrong;
        input.select();
      });
    });
    dialog.showModal();
  });
}

/** @type {Promise<CryptoKey> | undefined} */
let asked;
let askedFor = '';
/** Asks the person, once per visit and lock: whoever declines is not asked again before a reload. @param {Sealed} sealed */
export function unlock(sealed) {
  if (askedFor !== sealed.salt.join()) asked = undefined;
  askedFor = sealed.salt.join();
  return asked ??= ask(sealed);
}

// ---- lock.html ----

/** @param {HTMLFormElement} form @param {HTMLElement} said */
async function setUp(form, said) {
  const locked = await isLocked();
  const [current, fresh, again] = ['current', 'fresh', 'again'].map(name => /** @type {HTMLInputElement} */ (form.elements.namedItem(name)));
  const off = /** @type {HTMLButtonElement} */ (form.elements.namedItem('off'));
  for (const one of [/** @type {HTMLElement} */ (current.parentElement), off]) one.hidden = !locked;
  current.required = locked;
  /** @param {Promise<void>} work @param {string} done */
  const report = (work, done) => work.then(() => {
    said.textContent = done;
    form.reset();
    return setUp(form, said);
  }, () => {
    said.textContent = text.failed;
  });
  form.onsubmit = event => {
    event.preventDefault();
    if (fresh.value !== again.value) said.textContent = text.differ;
    else void report(lock(fresh.value, current.value), text.isLocked);
  };
  off.onclick = () => void report(release(current.value), text.isOpen);
}

const form = document.getElementById('lock');
const said = document.getElementById('said');
if (self === top && form instanceof HTMLFormElement && said) {
  document.documentElement.lang = language;
  document.title = `${text.title} – Foyer`;
  for (const one of document.querySelectorAll('[data-text]')) one.textContent = text[one.getAttribute('data-text') ?? ''];
  setUp(form, said).catch(() => said.textContent = text.nothing);
}
