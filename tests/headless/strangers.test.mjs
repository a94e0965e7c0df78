// What any page of the web can send to the port of a sign-in that waits.
import assert from 'node:assert/strict';
import {get} from 'node:http';
import {test} from 'node:test';
import {demoConfig, Household} from './support.mjs';

test('requests of strangers are answered with 400 and do not end the sign-in', async () => {
  const house = new Household(demoConfig('http://127.0.0.1:1'));
  const client = house.start('sign-in', '--redirect', 'http://127.0.0.1:0/callback', '--timeout', '60');
  const {authorize} = await client.line(0);
  const asked = new URL(authorize).searchParams;
  const {port} = new URL(asked.get('redirect_uri') ?? '');
  const ours = asked.get('state');
  for (const path of [
    '//[',
    '/callback',
    '/callback?state=',
    '/callback?state=a&state=b',
    '/callback?code=x&state=a',
    `/callback?state=${ours}&state=b`,
  ]) {
    const status = await new Promise((resolve, reject) => {
      get({host: '127.0.0.1', port, path, agent: false}, (answer) => resolve(answer.resume().statusCode)).on(
        'error',
        reject,
      );
    });
    assert.equal(status, 400, path);
  }
  assert.equal(client.child.exitCode, null, 'it still waits');
  client.child.kill();
  house.remove();
});
