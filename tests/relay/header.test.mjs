// The page's HTTP port marks what it sends to its own origin, and only that: the relay asks for the mark.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import vm from 'node:vm';

/** @param {string} url @param {object} host what the port finds around it @returns {Promise<string[][]>} header fields sent */
function fieldsSent(url, host) {
  return new Promise((resolve) => {
    /** @type {any} */
    const library = {};
    const world = {
      ...host,
      URL,
      AbortController,
      TextEncoder,
      setTimeout,
      clearTimeout,
      addToLibrary: (/** @type {object} */ members) => Object.assign(library, members),
      UTF8ToString: (/** @type {string} */ text) => text,
      foyerRun: (/** @type {number} */ _, /** @type {number} */ __, /** @type {() => Promise<unknown>} */ work) =>
        work(),
      fetch: async (/** @type {string} */ _, /** @type {{ headers: string[][] }} */ options) => {
        resolve(JSON.parse(JSON.stringify(options.headers)));
        throw new Error('no network here');
      },
    };
    vm.runInNewContext(readFileSync(new URL('../../web/ports/http.js', import.meta.url), 'utf8'), world);
    library.foyer_http_send(1, 'GET', url, 'Accept\napplication/json\n', 0, 0, 1000, 1000);
  });
}

test('the page marks requests to its own origin, and no other', async () => {
  const page = {location: {origin: 'https://home.example'}};
  const plain = ['Accept', 'application/json'];
  assert.deepEqual(await fieldsSent('https://home.example/relay/token', page), [plain, ['X-Foyer', '1']]);
  assert.deepEqual(await fieldsSent('https://api.developer.legrand.com/smarther/v2.0/plants', page), [plain]);
  assert.deepEqual(await fieldsSent('https://home.example/relay/token', {}), [plain], 'a program has no origin');
});
