// @ts-check
/**
 * The simulated cloud in JavaScript: `createCloud` starts sim.wasm and answers requests as plain values. It runs alike in
 * a service worker and in Node; time, randomness and WebCrypto are lent by the caller. RS256 is signed by WebCrypto.
 *
 * @typedef {{method: string, target: string, headers?: Record<string, string>, body?: string, base: string}} CloudRequest
 *   `target` is path and query below `base` ("/cloud/…"); `base` is origin and folder without a trailing slash.
 * @typedef {{status: number, headers: [string, string][], body: Uint8Array, drop: boolean, delay: number}} CloudResponse
 *   `drop`: cut the connection instead of answering; `delay`: wait that many milliseconds first.
 * @typedef {{handle(request: CloudRequest): Promise<CloudResponse>, save(): string}} SimulatedCloud
 *
 * @typedef {object} CloudOptions
 * @property {WebAssembly.Module} module compiled sim.wasm
 * @property {() => number} [now] wall time in ms since 1970
 * @property {Crypto} [crypto] WebCrypto: randomness, SHA-256, RSA
 * @property {string | null} [savedState] what save() gave earlier; anything unreadable starts afresh
 */

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const rsa = {name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256'};

/**
 * One crypto job of the cloud: 0 hashes `data`, 1 makes a private key (JWK text), 2 signs `data` with the JWK `key`,
 * 3 makes the HMAC of `data` with `key`.
 * @param {Crypto} crypto @param {number} operation @param {string} key @param {Uint8Array} data
 * @returns {Promise<Uint8Array>}
 */
async function cryptoJob(crypto, operation, key, data) {
  if (operation === 0) return new Uint8Array(await crypto.subtle.digest('SHA-256', /** @type {BufferSource} */ (data)));
  if (operation === 1) {
    const pair = await crypto.subtle.generateKey(
      {...rsa, modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1])},
      true,
      ['sign', 'verify'],
    );
    return encoder.encode(JSON.stringify(await crypto.subtle.exportKey('jwk', pair.privateKey)));
  }
  if (operation === 3) {
    const secret = await crypto.subtle.importKey('raw', encoder.encode(key), {name: 'HMAC', hash: 'SHA-256'}, false, [
      'sign',
    ]);
    return new Uint8Array(await crypto.subtle.sign('HMAC', secret, /** @type {BufferSource} */ (data)));
  }
  const privateKey = await crypto.subtle.importKey('jwk', JSON.parse(key), rsa, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign(rsa, privateKey, /** @type {BufferSource} */ (data)));
}

/**
 * @param {CloudOptions} options
 * @returns {Promise<SimulatedCloud>}
 */
export async function createCloud({module, now = Date.now, crypto = globalThis.crypto, savedState = null}) {
  /** @type {any} */
  let wasm = null;
  /** @type {Map<number, (response: CloudResponse) => void>} */
  const waiting = new Map();
  let lastCall = 0;
  /** @type {(at: number, size: number) => Uint8Array} */
  const view = (at, size) => new Uint8Array(wasm.memory.buffer, at, size);
  /** @type {(at: number, size: number) => string} */
  const text = (at, size) => decoder.decode(view(at, size));

  /** Lends bytes to one call of the module. @template T @param {Uint8Array} bytes @param {(at: number) => T} use */
  function lend(bytes, use) {
    const at = wasm.foyer_sim_alloc(bytes.length);
    view(at, bytes.length).set(bytes);
    const result = use(at);
    wasm.foyer_sim_free(at);
    return result;
  }

  const foyer = {
    now: () => now(),
    random: (/** @type {number} */ at, /** @type {number} */ size) => {
      crypto.getRandomValues(view(at, size));
      return 1;
    },
    crypto: (
      /** @type {number} */ job,
      /** @type {number} */ operation,
      /** @type {number} */ key,
      /** @type {number} */ keySize,
      /** @type {number} */ data,
      /** @type {number} */ size,
    ) => {
      const done = (/** @type {Uint8Array} */ result) =>
        lend(result, (at) => wasm.foyer_sim_done(job, at, result.length));
      cryptoJob(crypto, operation, text(key, keySize), view(data, size).slice()).then(done, () =>
        done(new Uint8Array()),
      );
    },
    respond: (
      /** @type {number} */ call,
      /** @type {number} */ head,
      /** @type {number} */ headSize,
      /** @type {number} */ body,
      /** @type {number} */ size,
    ) => {
      const answer = {...JSON.parse(text(head, headSize)), body: view(body, size).slice()};
      waiting.get(call)?.(answer);
      waiting.delete(call);
    },
  };
  // The C library asks for a few system functions that the cloud never needs.
  /** @type {Record<string, Record<string, any>>} */
  const imports = {foyer};
  for (const {module: space, name} of WebAssembly.Module.imports(module)) {
    if (space === 'foyer') continue;
    (imports[space] ??= {})[name] = () => {
      if (name === 'proc_exit') throw new Error('the simulated cloud stopped');
      return 52;
    };
  }
  const instance = await WebAssembly.instantiate(module, imports);
  wasm = instance.exports;
  wasm._initialize?.();
  if (savedState) {
    const bytes = encoder.encode(savedState);
    lend(bytes, (at) => wasm.foyer_sim_load(at, bytes.length));
  }

  return {
    handle(request) {
      return new Promise((resolve) => {
        const call = ++lastCall;
        waiting.set(call, resolve);
        const bytes = encoder.encode(JSON.stringify(request));
        lend(bytes, (at) => wasm.foyer_sim_handle(call, at, bytes.length));
      });
    },
    save() {
      const at = wasm.foyer_sim_save();
      return text(at, wasm.foyer_sim_saved_size());
    },
  };
}
