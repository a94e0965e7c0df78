// The whole life of a sign-in against a real provider, in several households at once: every step is one test, and every
// test is done FOYER_REPEAT times (3 in the test run). Time passes by libfaketime (Debian package faketime), which
// the client's process alone sees: an hour later its access token is about to end.
import assert from 'node:assert/strict';
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {test} from 'node:test';
import {freePort} from '../../relay/hosts.mjs';
import {Household} from '../support.mjs';

/** @typedef {import('./front.mjs').Partner} Partner */

export const repeat = Number(process.env.FOYER_REPEAT ?? 3);
const at_once = 3; // client programs

const libfaketime = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib64', '/usr/lib']
  .map((folder) => `${folder}/faketime/libfaketime.so.1`)
  .find((file) => existsSync(file));

/** The environment of a program whose clock is off by that many hours. @param {number} hours @returns {Record<string, string>} */
export function clockOff(hours) {
  assert.ok(libfaketime, 'libfaketime is missing: apt-get install faketime');
  return {
    LD_PRELOAD: libfaketime,
    FAKETIME: `${hours < 0 ? '' : '+'}${hours}h`,
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
    NO_FAKE_STAT: '1',
  };
}

/** A household of one round. */
class Round {
  redirect = '';
  bearer = ''; // of its last call
  /** @type {Household} */
  house;

  /** @param {Partner} partner */
  constructor(partner) {
    this.partner = partner;
    this.house = new Household('{}');
  }

  async settle() {
    this.redirect = `http://127.0.0.1:${await freePort()}/callback`;
    await /** @type {any} */ (this.partner).register?.(this.redirect);
    writeFileSync(this.house.config, JSON.stringify(this.partner.config(this.redirect)));
  }

  vaultText() {
    return existsSync(`${this.house.config}.vault`) ? readFileSync(`${this.house.config}.vault`, 'utf8') : '';
  }
  /** What the client keeps of its session. @returns {{refresh_token: string, access_token: string}} */
  record() {
    return JSON.parse(JSON.parse(this.vaultText())['session/partner']);
  }

  /** @param {'accept' | 'deny'} [decision] */
  async signIn(decision = 'accept') {
    const client = this.house.start('sign-in', '--redirect', this.redirect, '--timeout', '60');
    const {authorize} = await client.line(0);
    await fetch(await this.partner.through(authorize, decision));
    return client.ended;
  }

  /** A read of the API by a client whose clock is off. @param {number} hours */
  async read(hours) {
    this.house.env = clockOff(hours);
    const before = this.partner.front.bearers.length;
    const ended = await this.house.run('call', 'GET', '/smarther/v2.0/plants');
    this.house.env = {};
    return {...ended, called: this.partner.front.bearers.length > before};
  }

  /** Reads, and must have fetched new tokens first. @param {number} hours */
  async refreshes(hours) {
    const {front} = this.partner;
    const old = this.record();
    const {code, json} = await this.read(hours);
    assert.equal(code, 0, JSON.stringify(json));
    const now = this.record();
    assert.equal(front.grants('refresh_token', old.refresh_token), 1, 'one refresh with the token that was kept');
    assert.notEqual(now.access_token, old.access_token);
    assert.notEqual(now.refresh_token, old.refresh_token);
    assert.ok(!this.vaultText().includes(old.refresh_token), 'R2: the old refresh token is gone');
    assert.ok(front.bearers.includes(`Bearer ${now.access_token}`), 'the API got the new one');
    return {old, now};
  }

  async signedIn() {
    const {code, json} = await this.house.run('session');
    return code === 0 && json.accounts[0].status === 'signed_in';
  }
}

/** @param {Round[]} rounds @param {(round: Round) => Promise<void>} step */
async function everywhere(rounds, step) {
  const queue = rounds.map((round, number) => ({round, number}));
  await Promise.all(
    Array.from({length: at_once}, async () => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        const {round, number} = next;
        await step(round).catch((error) => {
          error.message = `round ${number + 1} of ${rounds.length}: ${error.message}`;
          throw error;
        });
      }
    }),
  );
}

/** @param {Round} round */
async function signsInAgain(round) {
  const {code, json} = await round.signIn();
  assert.equal(code, 0, JSON.stringify(json));
  assert.ok(await round.signedIn());
}

/** Declares the tests. @param {() => Partner} partnerOf known once the tests run */
export function journeys(partnerOf) {
  /** @type {Round[]} */
  let rounds = [];
  const step = (/** @type {string} */ name, /** @type {(round: Round, partner: Partner) => Promise<void>} */ work) =>
    test(name, async () => {
      if (rounds.length === 0) {
        rounds = Array.from({length: repeat}, () => new Round(partnerOf()));
        for (const round of rounds) await round.settle();
      }
      await everywhere(rounds, (round) => work(round, partnerOf()));
    });

  step('a refused sign-in is told, and no code is exchanged', async (round, {front, denial}) => {
    const {code, json} = await round.signIn('deny');
    assert.equal(code, 8, JSON.stringify(json));
    assert.deepEqual([json.error.kind, json.error.code], ['refused', denial]);
    assert.equal(front.grants('authorization_code'), 0);
    assert.ok(!(await round.signedIn()));
  });

  for (const hours of [-2, 2]) {
    step(
      `a clock that is ${Math.abs(hours)} h ${hours < 0 ? 'behind' : 'ahead'} is said at the sign-in, and nothing is kept (K3, D12)`,
      async (round) => {
        round.house.env = clockOff(hours);
        const {code, json} = await round.signIn();
        round.house.env = {};
        assert.equal(code, 10, JSON.stringify(json));
        assert.match(json.error.code, /^K3\.(ahead|behind)$/);
        assert.match(json.error.message, hours < 0 ? /behind/ : /ahead/);
        assert.ok(!/access_token":"[^"]/.test(round.vaultText().replaceAll('\\"', '"')));
      },
    );
  }

  step('sign-in with PKCE: code, id_token and issuer pass every check', async (round, {front}) => {
    const {code, json} = await round.signIn();
    assert.equal(code, 0, JSON.stringify(json));
    assert.equal(json.accounts[0].status, 'signed_in');
    assert.ok(json.accounts[0].subject.length > 0);
    const form = front.forms.find(
      (one) => one.get('redirect_uri') === round.redirect && one.get('grant_type') === 'authorization_code',
    );
    assert.match(form?.get('code_verifier') ?? '', /^[\w.~-]{43,128}$/);
  });

  step('an hour later the tokens are renewed before the call', async (round) => {
    await round.refreshes(1);
  });

  step('and the renewed ones an hour after that: each refresh token is used once (R2)', async (round) => {
    const first = await round.refreshes(2);
    const second = await round.refreshes(3);
    assert.notEqual(first.old.refresh_token, second.old.refresh_token);
  });

  step('while a token is good it is used, and nothing is asked for (T4)', async (round, {front}) => {
    const {refresh_token} = round.record();
    assert.equal((await round.read(3)).code, 0);
    assert.equal(front.grants('refresh_token', refresh_token), 0);
  });

  test('the provider signs with a new key: who is signed in stays so', async () => {
    await partnerOf().rollKeys();
    await everywhere(rounds, async (round) => {
      await round.refreshes(4);
      assert.ok(await round.signedIn());
    });
  });

  step('a clock that is 2 h behind, then 2 h ahead, costs refreshes but no session (K1)', async (round) => {
    await round.refreshes(-2);
    await round.refreshes(2);
    assert.ok(await round.signedIn());
  });

  step(
    'the reply to a refresh is lost: asked once more with the same token (T6); a provider that took it for theft has ended the session, and the client says so',
    async (round, {front}) => {
      const {refresh_token} = round.record();
      front.loseReplyTo.add(refresh_token);
      const lost = round.read(5);
      let over = false;
      const end = () => {
        over = true;
      };
      lost.then(end, end);
      // The first reply is dropped; the second is the provider's word on a token that it has already replaced.
      while (!over && front.grants('refresh_token', refresh_token) === 0)
        await new Promise((resolve) => setTimeout(resolve, 10));
      front.loseReplyTo.delete(refresh_token);
      const {code, json} = await lost;
      assert.equal(code, 9, JSON.stringify(json));
      assert.ok(front.grants('refresh_token', refresh_token) >= 2);
      assert.ok(!(await round.signedIn()));
      await signsInAgain(round); // with the provider's new key
    },
  );

  step(
    'an old refresh token that comes back from a backup ends the session, and no token of it stays',
    async (round) => {
      const backup = round.vaultText();
      const {now} = await round.refreshes(1);
      writeFileSync(`${round.house.config}.vault`, backup, {mode: 0o600});
      const {code, json} = await round.read(2);
      assert.equal(code, 9, JSON.stringify(json));
      assert.ok(!round.vaultText().includes(now.refresh_token));
      assert.ok(!(await round.signedIn()));
      await signsInAgain(round);
    },
  );

  step('sign-out forgets both tokens and tells nobody (F7)', async (round, {front}) => {
    const {access_token, refresh_token} = round.record();
    const before = front.forms.filter((form) => form.get('refresh_token') === refresh_token).length;
    assert.equal((await round.house.run('sign-out')).code, 0);
    assert.ok(!round.vaultText().includes(access_token) && !round.vaultText().includes(refresh_token));
    assert.equal((await round.house.run('session')).code, 9);
    assert.equal(front.forms.filter((form) => form.get('refresh_token') === refresh_token).length, before);
    round.house.remove();
  });
}
