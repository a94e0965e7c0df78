// Navigation and locks of the headless client for web/ports/host.cpp.
addToLibrary({
  foyer_navigator_open__deps: ['$UTF8ToString'],
  foyer_navigator_open: (url) => Module['foyerOpened']?.(UTF8ToString(url)),
  foyer_navigator_copy: (text) => 0,
  foyer_navigator_rest__deps: ['$foyerRun'],
  foyer_navigator_rest: (number) => foyerRun(number, 1, async () => [0]),
  foyer_navigator_save: (name, text) => 0,

  // A section is a lock file that holds the number of its process. One whose process has ended, or that is older than a
  // minute, was left behind and is taken over (T1).
  $foyerHeld: '=new Map()',
  $foyerLeftBehind: (fs, file) => {
    try {
      if (Date.now() - fs.statSync(file).mtimeMs > 60000) return true;
      process.kill(Number(fs.readFileSync(file, 'utf8')), 0);
      return false;
    } catch (error) {
      return error.code == 'ESRCH';
    }
  },
  foyer_lock_acquire__deps: ['$foyerOpen', '$foyerDone', '$foyerHeld', '$foyerLeftBehind', '$UTF8ToString'],
  foyer_lock_acquire: async (number, at) => {
    const file = `${Module['foyerFiles']['vault']}.${encodeURIComponent(UTF8ToString(at))}.lock`;
    foyerOpen.set(number, () => 0);
    const fs = await import('node:fs');
    while (foyerOpen.has(number)) {
      try {
        fs.writeFileSync(file, String(process.pid), {flag: 'wx', mode: 0o600});
        foyerHeld.set(number, () => fs.rmSync(file, {force: true}));
        return foyerDone(number, 0);
      } catch (error) {
        // A folder that cannot be written has no second process that refreshes either: go on without.
        if (error.code != 'EEXIST') return foyerDone(number, 0);
        if (foyerLeftBehind(fs, file)) fs.rmSync(file, {force: true});
        else await new Promise((resolve) => setTimeout(resolve, 25));
      }
    }
  },
  foyer_lock_release__deps: ['$foyerHeld'],
  foyer_lock_release: (number) => {
    const release = foyerHeld.get(number);
    foyerHeld.delete(number);
    if (release) release();
  },
  foyer_broadcast_tell: (topic) => 0,
  foyer_broadcast_hear__deps: ['$foyerOpen'],
  foyer_broadcast_hear: (number, topic) => void foyerOpen.set(number, () => 0),
});
