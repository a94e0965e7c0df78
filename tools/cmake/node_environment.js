// Linked in front of every test and benchmark program: C++ getenv() sees the variables of the Node process, so that
// natively and in Node the same variable moves the same thing.
Module['preRun'] = Module['preRun'] || [];
Module['preRun'].push(() => {
  if (typeof ENV === 'undefined') return; // nothing in this program reads its environment
  for (const name of Object.keys(process.env)) {
    if (name.startsWith('FOYER_') || name.startsWith('GTEST_')) ENV[name] = process.env[name];
  }
});
