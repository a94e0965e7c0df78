// Navigation and locks of the headless client for web/ports/browser_host.cpp.
addToLibrary({
  foyer_navigator_open: (url) => 0,
  foyer_navigator_allows: (url) => 1,
  foyer_navigator_copy: (text) => 0,
  foyer_parts_here: () => 1,
  foyer_parts_bring__deps: ['$foyerDone'],
  foyer_parts_bring: (number) => foyerDone(number, 0),
  foyer_navigator_save: (name, text) => 0,

  // A section is a lock file that holds the number of its process, when that began, and a word of its own. One whose process
  // has ended, that holds no number, or that is older than a minute, was left behind and is taken over (T1).
  $foyerHeld: '=new Map()',
  // When a process began, in the system's own ticks: its number may be another's by now. '-' where nobody says.
  $foyerBegan: (fs, pid) => {
    try {
      return fs
        .readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ')[19];
    } catch {
      return '-';
    }
  },
  $foyerLives__deps: ['$foyerBegan'],
  $foyerLives: (fs, pid, began) => {
    try {
      process.kill(pid, 0);
    } catch (error) {
      if (error.code == 'ESRCH') return false;
    }
    const now = foyerBegan(fs, pid);
    return !began || began == '-' || now == '-' || began == now;
  },
  // The word of a lock that was left behind, else ''. (Numbers of files are given again at once, words are not.)
  $foyerLeftBehind__deps: ['$foyerLives'],
  $foyerLeftBehind: (fs, file) => {
    try {
      const {mtimeMs, ino} = fs.statSync(file);
      const age = Date.now() - mtimeMs;
      const [owner, began, word] = fs.readFileSync(file, 'utf8').split(' ');
      const left = word || `${ino}-${mtimeMs}`;
      // Where there are no hard links a file is empty for a moment before its number is in it.
      if (!(owner > 0)) return age > 1000 ? left : '';
      return age > 60000 || !foyerLives(fs, Number(owner), began) ? left : '';
    } catch {
      return '';
    }
  },
  // Creates `file` with our number in it and returns what was written; '' when there is one. It is written under a name of its own and then linked,
  // so that nobody sees it empty and a full disk leaves nothing. Throws when it cannot be written.
  $foyerLockCreate__deps: ['$foyerBegan'],
  $foyerLockCreate: (fs, file) => {
    const word = Math.random().toString(36).slice(2);
    const text = `${process.pid} ${foyerBegan(fs, process.pid)} ${word}`;
    const own = `${file}.${process.pid}.${word}`;
    try {
      fs.writeFileSync(own, text, {flag: 'wx', mode: 0o600});
      try {
        fs.linkSync(own, file);
      } catch (error) {
        if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(error.code)) throw error;
        const to = fs.openSync(file, 'wx', 0o600); // a file system without hard links
        try {
          fs.writeFileSync(to, text);
        } catch (full) {
          fs.rmSync(file, {force: true});
          throw full;
        } finally {
          fs.closeSync(to);
        }
      }
      return text;
    } catch (error) {
      if (error.code == 'EEXIST') return '';
      throw error;
    } finally {
      fs.rmSync(own, {force: true});
    }
  },
  // Takes the lock and returns {mine(), release()}; null when somebody else has it. Throws when it cannot be written.
  // One that was left behind is removed by whoever creates the file that is named after its word: of all that look at it
  // one does, and that one knows that it removes what it looked at. Who dies in between leaves a lock like any other.
  $foyerLockTake__deps: ['$foyerLeftBehind', '$foyerLockCreate'],
  $foyerLockTake: (fs, file) => {
    let text = foyerLockCreate(fs, file);
    if (!text) {
      const left = foyerLeftBehind(fs, file);
      if (!left) return null;
      const over = foyerLockTake(fs, `${file}.over.${left}`);
      if (!over) return null;
      try {
        if (foyerLeftBehind(fs, file) != left) return null; // another was faster
        const away = `${file}.${process.pid}.away`;
        fs.renameSync(file, away);
        // One that slept for more than a minute may have woken up and given it to somebody just now: that one's goes back.
        const [, , word] = fs.readFileSync(away, 'utf8').split(' ');
        if (word && word != left) fs.linkSync(away, file);
        fs.rmSync(away, {force: true});
        text = foyerLockCreate(fs, file);
        if (!text) return null;
      } catch (error) {
        if (['ENOENT', 'EEXIST'].includes(error.code)) return null;
        throw error;
      } finally {
        over.release();
      }
    }
    // After more than a minute it may be another's.
    const mine = () => {
      try {
        return fs.readFileSync(file, 'utf8') == text;
      } catch {
        return false;
      }
    };
    return {mine, release: () => void (mine() && fs.rmSync(file, {force: true}))};
  },
  foyer_lock_acquire__deps: ['$foyerOpen', '$foyerDone', '$foyerHeld', '$foyerLockTake', '$UTF8ToString'],
  foyer_lock_acquire: async (number, at) => {
    const file = `${Module['foyerFiles']['vault']}.${encodeURIComponent(UTF8ToString(at))}.lock`;
    foyerOpen.set(number, () => 0);
    const fs = await import('node:fs');
    while (foyerOpen.has(number)) {
      try {
        const lock = foyerLockTake(fs, file);
        if (lock) {
          foyerHeld.set(number, lock.release);
          return foyerDone(number, 0);
        }
      } catch (error) {
        Module['foyerEvent']?.(JSON.stringify({event: 'warning', text: `${file} can't be written: ${error.code}`}));
        return foyerDone(number, 2);
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
