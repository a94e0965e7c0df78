// Navigation and locks of the headless client for web/ports/host.cpp.
addToLibrary({
  foyer_navigator_open__deps: ['$UTF8ToString'],
  foyer_navigator_open: (url) => Module['foyerOpened']?.(UTF8ToString(url)),
  foyer_navigator_copy: (text) => 0,
  foyer_navigator_rest__deps: ['$foyerRun'],
  foyer_navigator_rest: (number) => foyerRun(number, 1, async () => [0]),
  foyer_navigator_save: (name, text) => 0,

  // A section is a lock file that holds the number of its process. One whose process has ended, that holds no number, or
  // that is older than a minute, was left behind and is taken over (T1).
  $foyerHeld: '=new Map()',
  $foyerLeftBehind: (fs, file) => {
    try {
      const age = Date.now() - fs.statSync(file).mtimeMs;
      const owner = Number(fs.readFileSync(file, 'utf8'));
      // Where there are no hard links a file is empty for a moment before its number is in it.
      if (!(owner > 0)) return age > 1000;
      if (age > 60000) return true;
      process.kill(owner, 0);
      return false;
    } catch (error) {
      return error.code == 'ESRCH';
    }
  },
  // Creates `file` with our number in it; throws EEXIST when there is one. It is written under a name of its own and then
  // linked, so that nobody sees it empty and a full disk leaves nothing.
  $foyerLockCreate: (fs, file) => {
    const own = `${file}.${process.pid}.${Math.random().toString(36).slice(2)}`;
    try {
      fs.writeFileSync(own, String(process.pid), {flag: 'wx', mode: 0o600});
      try {
        fs.linkSync(own, file);
      } catch (error) {
        if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(error.code)) throw error;
        const to = fs.openSync(file, 'wx', 0o600); // a file system without hard links
        try {
          fs.writeFileSync(to, String(process.pid));
        } catch (full) {
          fs.rmSync(file, {force: true});
          throw full;
        } finally {
          fs.closeSync(to);
        }
      }
    } finally {
      fs.rmSync(own, {force: true});
    }
  },
  // Takes the lock and returns what gives it back; null when somebody else has it. Throws when it cannot be written.
  // Only one process at a time, the one that holds `.over`, looks at a lock that was left behind and removes it: between
  // another's look and its removal the lock may have become a living one.
  $foyerLockTake__deps: ['$foyerLeftBehind', '$foyerLockCreate'],
  $foyerLockTake: (fs, file) => {
    const create = (name) => {
      try {
        foyerLockCreate(fs, name);
        return true;
      } catch (error) {
        if (error.code == 'EEXIST') return false;
        throw error;
      }
    };
    const over = `${file}.over`;
    if (!create(file)) {
      if (!foyerLeftBehind(fs, file)) return null;
      if (!create(over)) {
        if (foyerLeftBehind(fs, over)) fs.rmSync(over, {force: true});
        return null;
      }
      try {
        if (foyerLeftBehind(fs, file)) fs.rmSync(file, {force: true});
        if (!create(file)) return null;
      } finally {
        fs.rmSync(over, {force: true});
      }
    }
    const {ino} = fs.statSync(file);
    return () => {
      // After more than a minute it may be another's.
      if (fs.statSync(file, {throwIfNoEntry: false})?.ino == ino) fs.rmSync(file, {force: true});
    };
  },
  foyer_lock_acquire__deps: ['$foyerOpen', '$foyerDone', '$foyerHeld', '$foyerLockTake', '$UTF8ToString'],
  foyer_lock_acquire: async (number, at) => {
    const file = `${Module['foyerFiles']['vault']}.${encodeURIComponent(UTF8ToString(at))}.lock`;
    foyerOpen.set(number, () => 0);
    const fs = await import('node:fs');
    while (foyerOpen.has(number)) {
      try {
        const release = foyerLockTake(fs, file);
        if (release) {
          foyerHeld.set(number, release);
          return foyerDone(number, 0);
        }
      } catch (error) {
        // A folder that cannot be written has no second process that refreshes either: go on without, and say so.
        Module['foyerEvent']?.(JSON.stringify({event: 'warning', text: `${file} can't be written: ${error.code}`}));
        return foyerDone(number, 0);
      }
      await new Promise((resolve) => setTimeout(resolve, 25));
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
