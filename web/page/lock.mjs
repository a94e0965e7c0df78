// @ts-check
/**
 * The vault under a passphrase (S1): the key of the vault is wrapped by one that PBKDF2 makes of the
 * passphrase, and lies so in IndexedDB. Fetched by whoever uses it: the page asks once per visit (`unlock`), lock.html
 * sets, changes and takes off the passphrase (`lock`, `release`).
 *
 * What is kept: keys/vault is either the key itself (not extractable) or {salt, rounds, iv, wrapped}. The passphrase, the
 * wrapping key and the opened key live in memory only; a reload asks again. A forgotten passphrase costs a new sign-in.
 *
 * @typedef {{salt: Uint8Array<ArrayBuffer>, rounds: number, iv: Uint8Array<ArrayBuffer>, wrapped: ArrayBuffer}} Sealed
 * @typedef {{iv: Uint8Array<ArrayBuffer>, data: ArrayBuffer, number: number}} Kept
 */

// The language that the page has taken, else the first of the browser's that is spoken here.
const language =
  [document.documentElement.lang.replace('en', ''), ...navigator.languages]
    .map((one) => one.slice(0, 2))
    .find((one) => one in LOCK) ?? 'en';
const text = LOCK[language]; // of this file and of lock.html

const rounds = 600_000;
const place = `foyer:${new URL('.', location.href).pathname}`;
const encoder = new TextEncoder();
const purpose = encoder.encode('foyer vault key');

/** @returns {Promise<IDBDatabase>} */
const database = () =>
  new Promise((resolve, reject) => {
    const request = indexedDB.open(place, 1);
    request.onupgradeneeded = () =>
      ['keys', 'vault', 'records'].forEach((name) => request.result.createObjectStore(name));
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
const answer = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** @param {string} passphrase @param {Uint8Array<ArrayBuffer>} salt @param {number} times */
async function wrappingKey(passphrase, salt, times) {
  const from = await crypto.subtle.importKey('raw', encoder.encode(passphrase.normalize('NFKC')), 'PBKDF2', false, [
    'deriveKey',
  ]);
  return crypto.subtle.deriveKey(
    {name: 'PBKDF2', hash: 'SHA-256', salt, iterations: times},
    from,
    {name: 'AES-GCM', length: 256},
    false,
    ['wrapKey', 'unwrapKey'],
  );
}

/** Rejects when the passphrase is not the one. @param {Sealed} sealed @param {string} passphrase @returns {Promise<CryptoKey>} not extractable */
export async function open(sealed, passphrase) {
  const wrapping = await wrappingKey(passphrase, sealed.salt, Math.max(sealed.rounds, rounds));
  return crypto.subtle.unwrapKey(
    'raw',
    sealed.wrapped,
    wrapping,
    {name: 'AES-GCM', iv: sealed.iv, additionalData: purpose},
    'AES-GCM',
    false,
    ['encrypt', 'decrypt'],
  );
}

/** @param {string} passphrase @returns {Promise<{sealed: Sealed, key: CryptoKey}>} */
async function newSealed(passphrase) {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const open_ = await crypto.subtle.generateKey({name: 'AES-GCM', length: 256}, true, ['encrypt', 'decrypt']);
  const wrapped = await crypto.subtle.wrapKey('raw', open_, await wrappingKey(passphrase, salt, rounds), {
    name: 'AES-GCM',
    iv,
    additionalData: purpose,
  });
  const sealed = {salt, rounds, iv, wrapped};
  return {sealed, key: await open(sealed, passphrase)};
}

/** S1, as page_storage.js seals it. @param {string} name @param {Uint8Array<ArrayBuffer>} iv @param {number} number */
const sealing = (name, iv, number) => ({
  name: 'AES-GCM',
  iv,
  additionalData: encoder.encode(number ? `${name}#${number}` : name),
});

/**
 * Every record from the old key to the new one, and the new one in place of the old, in one transaction; nothing is changed
 * when somebody has written meanwhile. @param {IDBDatabase} db @param {CryptoKey} old @param {CryptoKey} fresh @param {CryptoKey | Sealed} kept
 * @returns {Promise<boolean>}
 */
async function changeKey(db, old, fresh, kept) {
  const before = db.transaction('vault').objectStore('vault');
  const [names, values] = await Promise.all([answer(before.getAllKeys()), answer(before.getAll())]);
  const records = names
    .map((name, i) => ({name: String(name), value: /** @type {Kept} */ (values[i])}))
    .filter(({value}) => value.iv);
  const resealed = await Promise.all(
    records.map(async ({name, value}) => {
      const plain = await crypto.subtle
        .decrypt(sealing(name, value.iv, value.number), old, value.data)
        .catch(() => null);
      if (!plain) return {name, value, next: null}; // S2: unreadable before, so it goes
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const data = await crypto.subtle.encrypt(sealing(name, iv, value.number), fresh, plain);
      new Uint8Array(plain).fill(0);
      return {name, value, next: {iv, data, number: value.number}};
    }),
  );
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
const isSealed = (kept) => kept !== undefined && 'salt' in kept;

export const isLocked = async () => isSealed(await keptKey());

/** @param {string} current passphrase, '' when there is none @param {() => Promise<{kept: CryptoKey | Sealed, key: CryptoKey}>} make */
async function replaceKey(current, make) {
  const kept = await keptKey();
  const {kept: next, key} = await make();
  const old = isSealed(kept) ? await open(kept, current) : (kept ?? key);
  const db = await database();
  try {
    const names = await answer(db.transaction('vault').objectStore('vault').getAllKeys());
    // No tab may be about to write what it has sealed with the old key (T3): their sections are held.
    const sections = names
      .map(String)
      .filter((name) => /^session\/[^#]+$/.test(name))
      .map((name) => `${place}:refresh:${name.slice('session/'.length)}`);
    const work = async () => {
      for (let tries = 0; tries < 5; ++tries) if (await changeKey(db, old, key, next)) return;
      throw new Error('the vault is busy');
    };
    /** @param {number} from @returns {Promise<void>} */
    const held = async (from) => {
      if (from === sections.length || !navigator.locks) return work();
      await navigator.locks.request(sections[from], () => held(from + 1));
    };
    await held(0);
  } finally {
    db.close();
  }
}

/** Sets the passphrase, or another one. Rejects when `current` is wrong. @param {string} passphrase @param {string} [current] */
export const lock = (passphrase, current = '') =>
  replaceKey(current, async () => {
    const {sealed, key} = await newSealed(passphrase);
    return {kept: sealed, key};
  });

/** Takes the passphrase off. @param {string} current */
export const release = (current) =>
  replaceKey(current, async () => {
    const key = await crypto.subtle.generateKey({name: 'AES-GCM', length: 256}, false, ['encrypt', 'decrypt']);
    return {kept: key, key};
  });

/** @param {string} tag @param {object} members @returns {any} */
const element = (tag, members) => Object.assign(document.createElement(tag), members);

/** @param {Sealed} sealed @returns {Promise<CryptoKey>} */
function ask(sealed) {
  return new Promise((resolve, reject) => {
    const input = element('input', {
      type: 'password',
      name: 'passphrase',
      autocomplete: 'current-password',
      required: true,
    });
    const label = element('label', {textContent: `${text.title} `});
    label.append(input);
    const wrong = element('p', {textContent: ''});
    wrong.setAttribute('role', 'alert');
    const form = element('form', {});
    const no = element('button', {type: 'button', textContent: text.later});
    form.append(
      element('h1', {textContent: text.locked}),
      label,
      wrong,
      element('button', {type: 'submit', className: 'primary', textContent: text.unlock}),
      no,
    );
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
      open(sealed, input.value).then(
        (key) => {
          resolve(key);
          dialog.close();
        },
        () => {
          wrong.textContent = text.wrong;
          input.select();
        },
      );
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
  return (asked ??= ask(sealed));
}

// ---- lock.html ----

/** @param {HTMLFormElement} form @param {HTMLElement} said */
async function setUp(form, said) {
  const locked = await isLocked();
  const [current, fresh, again] = ['current', 'fresh', 'again'].map(
    (name) => /** @type {HTMLInputElement} */ (form.elements.namedItem(name)),
  );
  const off = /** @type {HTMLButtonElement} */ (form.elements.namedItem('off'));
  for (const one of [/** @type {HTMLElement} */ (current.parentElement), off]) one.hidden = !locked;
  current.required = locked;
  /** @param {Promise<void>} work @param {string} done */
  const report = (work, done) =>
    work.then(
      () => {
        said.textContent = done;
        form.reset();
        return setUp(form, said);
      },
      () => {
        said.textContent = text.failed;
      },
    );
  form.onsubmit = (event) => {
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
  for (const one of document.querySelectorAll('[data-text]'))
    one.textContent = text[one.getAttribute('data-text') ?? ''];
  setUp(form, said).catch(() => (said.textContent = text.nothing));
}
