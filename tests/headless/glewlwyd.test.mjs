// A second, unrelated partner: Debian's glewlwyd.
import {after, before} from 'node:test';
import {glewlwyd} from './partners/glewlwyd.mjs';
import {journeys} from './partners/journeys.mjs';

/** @type {Awaited<ReturnType<typeof glewlwyd>>} */
let partner;
before(async () => {
  partner = await glewlwyd();
});
after(() => partner.close());

journeys(() => partner);
