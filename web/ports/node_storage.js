// Storage of the headless client for web/ports/browser_storage.cpp: two JSON files beside the configuration, given by the program
// as Module.foyerFiles = {vault, records}. Both have mode 0600; a vault that others can read is refused, never used.
// With foyerFiles.passphrase each record is sealed by AES-GCM under a key that PBKDF2 makes of it, with a fresh IV for each
// write and bound to its name and number (S1); '#lock' holds the salt and something to try a passphrase on.
// Answers: 0 done, 1 absent, 2 denied and why, 3 not readable any more (deleted), 5 another process was faster.
addToLibrary({
  // The tab's records live as long as the program.
  $foyerTab: '=new Map()',
  // The file as a map; empty when there is none.
  $foyerReadFile: (fs, file) => {
    let text;
    try {
      // Who may change the folder may put another file in place of this one; in a folder like /tmp only its owner may,
      // and a person's own group is nobody else.
      const {mode, uid, gid} = fs.statSync(file.replace(/[^/\\]*$/, '') || '.');
      const exposed = mode & 0o002 || (mode & 0o020 && gid != uid);
      if (process.platform != 'win32' && exposed && !(mode & 0o1000)) {
        throw {
          said: 2,
          why: 'the folder of the vault can be changed by others; make it yours alone with: chmod 700 FOLDER',
        };
      }
      if (process.platform != 'win32' && fs.statSync(file).mode & 0o077) {
        throw {said: 2, why: 'the vault file can be read by others; make it yours alone with: chmod 600 FILE'};
      }
      text = fs.readFileSync(file, 'utf8');
    } catch (error) {
      if (error.code == 'ENOENT') return new Map();
      throw error.said ? error : {said: 2};
    }
    try {
      return new Map(Object.entries(JSON.parse(text)));
    } catch {
      fs.unlinkSync(file);
      throw {said: 3};
    }
  },
  // Why a file cannot be changed, for people at a terminal.
  $foyerRefusal: (file, error) => {
    const reasons = {
      ENOSPC: 'the disk is full',
      EDQUOT: 'your share of the disk is used up',
      EROFS: 'the disk can only be read',
      EACCES: 'its folder can only be read',
      EPERM: 'the system forbids it',
      EIO: 'the disk has a fault',
      ENOENT: 'its folder is gone',
    };
    return {said: 2, why: `${file} can't be written: ${reasons[error.code] || error.code || error}`};
  },
  // Writes `text` to the open file `to`, and closes it when it lies on the disk.
  $foyerFill: (fs, to, text) => {
    try {
      fs.writeFileSync(to, text);
      fs.fsyncSync(to);
    } finally {
      fs.closeSync(to);
    }
  },
  // Room for one more write of the vault: a file that is as large as it may become, kept until then (see foyer_vault_reserve).
  $foyerRoom: '={}',
  // Replaced as a whole, so that a crash leaves the old one or the new one. `mine()`: whether the lock is still ours.
  $foyerWriteFile__deps: ['$foyerFill', '$foyerRoom'],
  $foyerWriteFile: (fs, file, map, mine) => {
    const text = JSON.stringify(Object.fromEntries(map));
    let fresh = foyerRoom['of'] == file && foyerRoom['at'];
    foyerRoom['at'] = '';
    try {
      if (fresh) {
        const to = fs.openSync(fresh, 'r+');
        fs.writeFileSync(to, text);
        fs.ftruncateSync(to, Buffer.byteLength(text));
        fs.fsyncSync(to);
        fs.closeSync(to);
      } else {
        fresh = `${file}.${process.pid}.new`;
        foyerFill(fs, fs.openSync(fresh, 'w', 0o600), text);
      }
      if (!mine()) throw {said: 2, why: `another process has taken ${file}.lock over`};
      fs.renameSync(fresh, file);
    } catch (error) {
      fs.rmSync(fresh, {force: true});
      throw error;
    }
  },
  // What a process that was killed has left beside the file.
  $foyerSweep__deps: ['$foyerLives'],
  $foyerSweep: (fs, file) => {
    const [, folder, name] = /^(.*[/\\])?([^/\\]*)$/.exec(file);
    for (const one of fs.readdirSync(folder || '.')) {
      const [, pid] = (one.startsWith(`${name}.`) && /^\.(\d+)\.(?:new|room)$/.exec(one.slice(name.length))) || [];
      if (pid && !foyerLives(fs, Number(pid))) fs.rmSync(`${folder || ''}${one}`, {force: true});
    }
  },
  // The last file operation; whoever ends the program waits for it (foyer_console_end in console.js).
  $foyerTail: '=Promise.resolve()',
  // The lock of a file between processes: two that change different records at once would each write back the other's old
  // one. Waits ten seconds at most.
  $foyerFileLock__deps: ['$foyerLockTake'],
  $foyerFileLock: async (fs, file) => {
    for (const until = Date.now() + 10000; ;) {
      const lock = foyerLockTake(fs, `${file}.lock`);
      if (lock) return lock;
      if (Date.now() > until)
        throw {said: 2, why: `another process holds ${file}.lock; when none runs any more, delete it`};
      await new Promise((resolve) => setTimeout(resolve, 5 + Math.random() * 20));
    }
  },
  // Answers with what `work(map)` returns. `task`: 0 reads, 1 changes and writes back, 2 takes something out. One after the
  // other. Reading takes the lock too, because what cannot be read any more is deleted; where no lock can be written it does
  // without, and so does taking out, for which there must be a way on a full disk.
  $foyerWithFile__deps: [
    '$foyerRun',
    '$foyerReadFile',
    '$foyerWriteFile',
    '$foyerTakeOut',
    '$foyerFileLock',
    '$foyerTail',
    '$foyerRefusal',
    '$foyerSweep',
    '$foyerRoom',
  ],
  $foyerWithFile: (number, kind, task, work) =>
    foyerRun(
      number,
      2,
      () =>
        (foyerTail = foyerTail.then(async () => {
          const fs = await import('node:fs');
          const file = Module['foyerFiles'][kind];
          let lock;
          try {
            try {
              lock = await foyerFileLock(fs, file);
            } catch (error) {
              // With room for the write (foyer_vault_reserve) the lock is the only thing that finds none: what is to be written
              // can't be had twice, and it is compared with what lies there all the same.
              if (error.said || (task == 1 && !(foyerRoom['at'] && foyerRoom['of'] == file))) throw error;
              lock = {mine: () => true, release: () => 0};
            }
            const map = foyerReadFile(fs, file);
            const answer = await work(map, lock.mine);
            if (task) foyerSweep(fs, file);
            if (task == 1) foyerWriteFile(fs, file, map, lock.mine);
            if (task == 2) foyerTakeOut(fs, file, map, lock.mine);
            return answer;
          } catch (error) {
            const {said, why} = error.said ? error : foyerRefusal(file, error);
            return why ? [said, why] : [said];
          } finally {
            lock?.release();
          }
        })),
    ),
  // Writes back what is left in `map`. A disk without room for a second file has room for less than there is: the file
  // itself is overwritten, or removed when nothing is left in it.
  $foyerTakeOut__deps: ['$foyerWriteFile', '$foyerFill'],
  $foyerTakeOut: (fs, file, map, mine) => {
    const left = [...map.keys()].some((name) => !name.endsWith('#') && name != '#lock');
    if (!left && fs.existsSync(file)) {
      try {
        return fs.unlinkSync(file);
      } catch {
        // a folder that can only be read: the file itself may be writable
      }
    }
    try {
      foyerWriteFile(fs, file, map, mine);
    } catch (error) {
      if (error.said || !fs.existsSync(file)) throw error;
      const text = JSON.stringify(Object.fromEntries(map));
      const to = fs.openSync(file, 'r+');
      fs.writeFileSync(to, text);
      fs.ftruncateSync(to, Buffer.byteLength(text));
      fs.closeSync(to);
    }
  },
  // {open(name, text), seal(name, number, text)} for the records of `map`; seal() makes the lock when there is none yet.
  $foyerSealer: async (map) => {
    const {createCipheriv, createDecipheriv, pbkdf2Sync, randomBytes} = await import('node:crypto');
    const passphrase = Module['foyerFiles']['passphrase'];
    const rounds = 600000;
    const crypt = (key, name, text) => {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(name));
      return [
        'sealed',
        ...[iv, cipher.update(text), cipher.final(), cipher.getAuthTag()].map((part) => part.toString('base64url')),
      ].join('.');
    };
    const plain = (key, name, sealed) => {
      const [, iv, data, rest, tag] = sealed.split('.').map((part) => Buffer.from(part, 'base64url'));
      const decipher = createDecipheriv('aes-256-gcm', key, iv, {authTagLength: 16})
        .setAAD(Buffer.from(name))
        .setAuthTag(tag);
      return Buffer.concat([decipher.update(Buffer.concat([data, rest])), decipher.final()]).toString();
    };
    const keyOf = (salt) =>
      pbkdf2Sync(passphrase.normalize('NFKC'), Buffer.from(salt, 'base64url'), rounds, 32, 'sha256');
    const lock = map.get('#lock');
    let key;
    if (lock) {
      const [salt, trial] = lock.split(' ');
      try {
        key = keyOf(salt);
        plain(key, '#lock', trial);
      } catch {
        throw {said: 2, why: 'the vault is under a passphrase, and FOYER_PASSPHRASE is not it'};
      }
    }
    const bound = (name, number) => (number ? `${name}#${number}` : name);
    return {
      open: (name, text) => (text.startsWith('sealed.') ? plain(key, bound(name, map.get(`${name}#`)), text) : text),
      seal: (name, number, text) => {
        if (!passphrase) return text;
        if (!key) {
          const salt = randomBytes(16).toString('base64url');
          key = keyOf(salt);
          map.set('#lock', `${salt} ${crypt(key, '#lock', 'foyer')}`);
        }
        return crypt(key, bound(name, number), text);
      },
    };
  },
  $foyerLookUp: (map, name) => (map.has(name) ? [0, map.get(name)] : [1]),
  $foyerText__deps: ['$foyerBytes'],
  $foyerText: (at, size) => new TextDecoder().decode(foyerBytes(at, size)),

  foyer_vault_load__deps: ['$foyerWithFile', '$foyerWriteFile', '$foyerLookUp', '$foyerSealer', '$UTF8ToString'],
  foyer_vault_load: (number, at) => {
    const name = UTF8ToString(at);
    foyerWithFile(number, 'vault', 0, async (map, mine) => {
      if (!map.has(name)) return [1];
      const {open} = await foyerSealer(map);
      try {
        return [0, open(name, map.get(name))];
      } catch {
        // S2: exchanged, older than its number says, or broken
        map.delete(name);
        foyerWriteFile(await import('node:fs'), Module['foyerFiles']['vault'], map, mine);
        return [3];
      }
    });
  },
  foyer_vault_save__deps: ['$foyerWithFile', '$foyerText', '$foyerSealer', '$UTF8ToString'],
  // The number of a record stands beside it, under its name with '#'.
  foyer_vault_save: (number, at, value, size, expected, fresh) => {
    const name = UTF8ToString(at);
    const text = foyerText(value, size);
    foyerWithFile(number, 'vault', 1, async (map) => {
      const known = map.get(`${name}#`);
      if (expected >= 0 && known && known != expected) throw {said: 5};
      map.set(name, (await foyerSealer(map)).seal(name, fresh, text));
      if (fresh) map.set(`${name}#`, String(fresh));
      else map.delete(`${name}#`);
      return [0];
    });
  },
  foyer_vault_remove__deps: ['$foyerWithFile', '$UTF8ToString'],
  foyer_vault_remove: (number, at) => {
    const name = UTF8ToString(at);
    foyerWithFile(number, 'vault', 2, (map) => (map.delete(name), map.delete(`${name}#`), [0]));
  },
  // Room for one more write: what is about to be asked for can't be had twice, and the disk may fill up meanwhile.
  foyer_vault_reserve__deps: ['$foyerRun', '$foyerTail', '$foyerFill', '$foyerRoom', '$foyerRefusal'],
  foyer_vault_reserve: (number) =>
    foyerRun(
      number,
      2,
      () =>
        (foyerTail = foyerTail.then(async () => {
          const fs = await import('node:fs');
          const file = Module['foyerFiles']['vault'];
          const at = `${file}.${process.pid}.room`;
          try {
            const size = (fs.statSync(file, {throwIfNoEntry: false})?.size || 0) + 32768;
            foyerFill(fs, fs.openSync(at, 'w', 0o600), Buffer.alloc(size, ' '));
            if (!foyerRoom['of'])
              process.on('exit', () => foyerRoom['at'] && fs.rmSync(foyerRoom['at'], {force: true}));
            foyerRoom['of'] = file;
            foyerRoom['at'] = at;
            return [0];
          } catch (error) {
            fs.rmSync(at, {force: true});
            return [2, foyerRefusal(file, error).why];
          }
        })),
    ),

  // The records of one scope: the tab's map, or the file.
  $foyerRecords__deps: ['$foyerTab', '$foyerRun', '$foyerWithFile'],
  $foyerRecords: (number, tab, task, work) =>
    tab ? foyerRun(number, 2, async () => work(foyerTab)) : foyerWithFile(number, 'records', task, work),
  foyer_storage_load__deps: ['$foyerRecords', '$foyerLookUp', '$UTF8ToString'],
  foyer_storage_load: (number, tab, at) => {
    const name = UTF8ToString(at);
    foyerRecords(number, tab, 0, (map) => foyerLookUp(map, name));
  },
  foyer_storage_save__deps: ['$foyerRecords', '$foyerText', '$UTF8ToString'],
  foyer_storage_save: (number, tab, at, value, size) => {
    const name = UTF8ToString(at);
    const text = foyerText(value, size);
    foyerRecords(number, tab, 1, (map) => (map.set(name, text), [0]));
  },
  foyer_storage_remove__deps: ['$foyerRecords', '$UTF8ToString'],
  foyer_storage_remove: (number, tab, at) => {
    const name = UTF8ToString(at);
    foyerRecords(number, tab, 2, (map) => (map.delete(name), [0]));
  },
  foyer_storage_names__deps: ['$foyerRecords', '$UTF8ToString'],
  foyer_storage_names: (number, tab, at) => {
    const prefix = UTF8ToString(at);
    foyerRecords(number, tab, 0, (map) => [
      0,
      [...map.keys()]
        .filter((name) => name.startsWith(prefix))
        .map((name) => `${name}\n`)
        .join(''),
    ]);
  },
});
