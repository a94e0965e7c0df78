// What the relay lets through without being told and what the catalogue can ask for are the same: every operation is sent
// through the relay as it is generated, to an upstream that notes what arrives.
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {after, before, describe, it} from 'node:test';
import {clientFile} from '../headless/support.mjs';
import {nginx, node, upstream} from './hosts.mjs';

/**
 * @typedef {{name: string, in: string, type: string, required: boolean, options?: string[]}} Parameter
 * @typedef {{id: string, method: string, path: string, parameters: Parameter[]}} Operation
 */

const printed = spawnSync(process.execPath, [clientFile, 'operations'], {encoding: 'utf8'});
/** @type {Array<{id: string, operations: Operation[]}>} */
const apis = JSON.parse(printed.stdout).apis;

/** Every path of an operation: its ids are opaque, and an enumeration takes each of its values. @param {Operation} operation @returns {string[]} */
const paths = ({path: pattern, parameters}) =>
  parameters
    .filter((one) => one.in === 'path')
    .reduce(
      (all, {name, options}) =>
        all.flatMap((text) => (options ?? ['0f-1%20%C3%A9._~']).map((value) => text.replace(`{${name}}`, value))),
      [pattern],
    );
const isPublic = (/** @type {Operation} */ operation) => operation.path !== '{address}';

const folder = mkdtempSync(path.join(os.tmpdir(), 'foyer-relay-catalogue-'));
/** @type {Awaited<ReturnType<typeof upstream>>} */
let cloud;
/** @type {any} */
let clouds;
before(async () => {
  cloud = await upstream();
  const base = `http://127.0.0.1:${cloud.port}`;
  const shared = {client_id: 'c', client_secret: 's', redirect_uri: 'http://127.0.0.1/', requests_per_second: 1000};
  const legrand = {
    ...shared,
    name: 'Legrand',
    providers: ['smarther', 'hc'],
    issuer: base,
    jwks_uri: `${base}/keys`,
    subscription_keys: ['11111111'],
  };
  clouds = [
    {...legrand, id: 'legrand', login: base, api: `${base}/legrand`},
    {...shared, id: 'netatmo', name: 'Netatmo', providers: ['netatmo'], login: base, api: `${base}/netatmo`},
    {...legrand, id: 'portal', login: base, api: `${base}/portal`, allow: ['/doorentry/v1.0/', '/safety/v1.0/']},
  ];
});
after(async () => {
  await cloud.close();
  rmSync(folder, {recursive: true, force: true});
});

/** @param {string} name @param {() => Promise<import('./hosts.mjs').RelayHost>} start */
function everyKind(name, start) {
  describe(name, () => {
    /** @type {import('./hosts.mjs').RelayHost} */
    let host;
    before(async () => {
      host = await start();
    });
    after(() => host.close());

    /** What the upstream got of one request, nothing when it was refused. @param {string} method @param {string} id @param {string} target */
    async function pass(method, id, target) {
      const before = cloud.seen.length;
      const answer = await fetch(`${host.origin}/relay/${id}/api${target}`, {
        method,
        headers: {'X-Foyer': '1'},
        ...(method === 'POST' ? {body: '{}'} : {}),
      });
      await answer.arrayBuffer();
      const arrived = cloud.seen.slice(before).map((one) => `${one.method} ${one.url}`);
      assert.equal(arrived.length, answer.status === 200 ? 1 : 0, `${method} ${target}: ${answer.status}`);
      return {status: answer.status, arrived: arrived.join()};
    }

    for (const api of apis.filter(({operations}) => operations.some(isPublic))) {
      const id = api.id === 'netatmo' ? 'netatmo' : 'legrand';
      it(`${api.id}: each of its ${api.operations.filter(isPublic).length} public operations reaches the cloud as it is, and not with another method`, async () => {
        for (const operation of api.operations.filter(isPublic)) {
          for (const target of paths(operation)) {
            assert.doesNotMatch(target, /[{}]/);
            const {status, arrived} = await pass(operation.method, id, target);
            assert.equal(status, 200, operation.id);
            assert.equal(
              decodeURI(arrived),
              decodeURI(`${operation.method} /${id}${target}`),
              'nginx may spell a letter otherwise',
            );
            assert.equal((await pass('PUT', id, target)).status, 405);
            const [, first] = target.split('/');
            for (const foreign of [
              target.replace(`/${first}/`, `/${first}x/`),
              target.replace(`/${first}/`, '/other/'),
              `/x${target}`,
            ]) {
              assert.equal((await pass(operation.method, id, foreign)).status, 404, foreign);
            }
            assert.equal(
              (await pass(operation.method, id === 'legrand' ? 'netatmo' : 'legrand', target)).status,
              404,
              'the other cloud',
            );
          }
        }
      });
    }

    it('what has no public address waits for relay.json, which can allow it', async () => {
      const portal = apis.flatMap(({operations}) => operations).filter((operation) => !isPublic(operation));
      assert.deepEqual(
        portal.map((one) => one.id),
        ['hc.consumptions', 'classe.call_home', 'emergency.controllers', 'emergency.decode'],
      );
      for (const {id, method} of portal.slice(1)) {
        // Home + Control's stands below its other paths
        const target = `${id === 'classe.call_home' ? '/doorentry/v1.0/plants/p/modules/m' : '/safety/v1.0/sites'}/operation?siteId=1`;
        assert.equal((await pass(method, 'legrand', target)).status, 404);
        assert.deepEqual(await pass(method, 'portal', target), {status: 200, arrived: `${method} /portal${target}`});
        assert.equal(
          (await pass(method, 'portal', '/smarther/v2.0/plants')).status,
          404,
          'a list replaces the default',
        );
      }
    });
  });
}

everyKind('nginx', () => nginx(path.join(folder, 'nginx'), {clouds}));
everyKind('function', () => node({clouds}));
