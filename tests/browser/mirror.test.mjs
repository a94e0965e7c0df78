// @ts-check
// The page's mirror by itself: elements that follow a list of differences, in a browser without the program.
import assert from 'node:assert/strict';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {openChromium} from '../../tools/chromium.mjs';
import {startServer} from '../../tools/serve.mjs';
import {project} from './support.mjs';

/** @type {Awaited<ReturnType<typeof startServer>>} */
let server;
/** @type {Awaited<ReturnType<typeof openChromium>>} */
let browser;
before(async () => {
  server = await startServer({port: 0, site: join(project, 'web/page'), cloud: null});
  browser = await openChromium();
});
after(async () => {
  await browser?.close();
  await server?.close();
});

describe('a node that becomes another element', () => {
  /** What the mirror shows after `first` and then `then`, with the focus on `focus` in between.
   * @param {{set: any[], order?: string[]}} first @param {{set: any[], order?: string[]}} then @param {string} focus */
  async function after2(first, then, focus) {
    const page = await browser.newPage();
    await page.goto(`${server.url}/words.json`);
    const found = await page.evaluate(
      async ([address, one, two, id]) => {
        const {Mirror} = await import(address);
        const root = document.body.appendChild(document.createElement('div'));
        /** @type {string[]} */
        const told = [];
        const mirror = new Mirror(root, (/** @type {string} */ node, /** @type {number} */ act) =>
          told.push(`${node} ${act}`),
        );
        mirror.apply({gone: [], at: [], ...one});
        mirror.focus(id);
        mirror.apply({gone: [], at: [], ...two});
        const active = /** @type {HTMLElement | null} */ (document.activeElement?.closest('[data-node]'));
        return {
          text: root.textContent,
          told,
          focused: active?.dataset.node,
          tags: [...root.querySelectorAll('[data-node]')].map((node) => node.tagName),
        };
      },
      /** @type {const} */ ([`${server.url}/mirror.mjs`, first, then, focus]),
    );
    await page.close();
    return found;
  }

  const order = ['before', 'card', 'second', 'first', 'after'];
  const set = (/** @type {string} */ role) => [
    ['before', '', 'text', {name: 'Before'}],
    ['card', '', role, {name: 'Card'}],
    ['first', 'card', 'text', {name: 'First'}],
    ['second', 'card', 'button', {name: 'Second'}],
    ['after', '', 'link', {name: 'After', to: '/after'}],
  ];

  it('keeps its place, its children in their order, and a line for each', async () => {
    const {text, tags, focused, told} = await after2({set: set('group'), order}, {set: [set('region')[1]]}, 'second');
    assert.deepEqual(tags, ['P', 'SECTION', 'BUTTON', 'P', 'A']);
    assert.equal(text, 'Before\nSecond\nFirst\n\nAfter\n');
    assert.equal(focused, 'second');
    assert.deepEqual(told, [], 'the program hears of no move of the focus that it did not ask for');
  });

  it('keeps the focus, with its new text', async () => {
    const {text, focused, told} = await after2(
      {set: set('group'), order},
      {set: [['after', '', 'button', {name: 'Done'}]]},
      'after',
    );
    assert.equal(text, 'Before\nSecond\nFirst\n\nDone\n');
    assert.equal(focused, 'after');
    assert.deepEqual(told, []);
  });

  it('moves in the order, and its line with it', async () => {
    const {text, focused, told} = await after2(
      {set: set('group'), order},
      {set: [], order: ['after', 'before', 'card', 'first', 'second']},
      'after',
    );
    assert.equal(text, 'After\nBefore\nFirst\nSecond\n\n');
    assert.equal(focused, 'after');
    assert.deepEqual(told, []);
  });
});
