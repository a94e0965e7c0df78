// node tests/fresh/lamp.mjs URL – signs in at the simulated cloud that `./dev run` serves there, switches a lamp with the
// headless client and reads it back. Says what it saw, or fails.
import assert from 'node:assert/strict';
import {Household, demoConfig, signIn} from '../headless/support.mjs';

const house = new Household(demoConfig(process.argv[2]));
const home = 'Rue des Lilas';
try {
  const session = await signIn(house);
  assert.equal(session.code, 0, session.stderr);
  const read = async () => {
    const {code, json, stderr} = await house.run('state', home);
    assert.equal(code, 0, stderr);
    const lamp = json.modules.find((module) => module.name === 'Floor lamp');
    assert.ok(lamp, 'the demo home has a lamp called Floor lamp');
    return {id: lamp.id, on: lamp.readings.find((reading) => reading.aspect === 'on_off')?.value};
  };
  const before = await read();
  assert.equal(typeof before.on, 'boolean');
  const set = await house.run('set', home, before.id, before.on ? 'off' : 'on');
  assert.equal(set.code, 0, set.stderr);
  const after = await read();
  assert.equal(after.on, !before.on);
  console.log(`lamp: ${before.on} before, ${after.on} read back`);
} finally {
  house.remove();
}
