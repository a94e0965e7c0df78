// Storage of the headless client for web/ports/storage.cpp: two JSON files beside the configuration, given by the program
// as Module.foyerFiles = {vault, records}. Both have mode 0600; a vault that others can read is refused, never used.
// Answers: 0 done, 1 absent, 2 denied, 3 not readable any more (deleted), 4 readable by others,
// 5 another process was faster.
addToLibrary({
  // The tab's records live as long as the program.
  $foyerTab: '=new Map()',
  // The file as a map; empty when there is none.
  $foyerReadFile: (fs, file) => {
    let text;
    try {
      if (process.platform != 'win32' && fs.statSync(file).mode & 0o077) throw {said: 4};
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
  // Replaced as a whole, so that a crash leaves the old one or the new one.
  $foyerWriteFile: (fs, file, map) => {
    const fresh = `${file}.${process.pid}.new`;
    fs.writeFileSync(fresh, JSON.stringify(Object.fromEntries(map)), {mode: 0o600});
    fs.renameSync(fresh, file);
  },
  // The last file operation; whoever ends the program waits for it (foyer_files_settled).
  $foyerTail: '=Promise.resolve()',
  // Answers with what `work(map)` returns; the map is written back when `changes`. One after the other.
  $foyerWithFile__deps: ['$foyerRun', '$foyerReadFile', '$foyerWriteFile', '$foyerTail'],
  $foyerWithFile: (number, kind, changes, work) => foyerRun(number, 2, () => foyerTail = foyerTail.then(async () => {
    const fs = await import('node:fs');
    const file = Module['foyerFiles'][kind];
    try {
      const map = foyerReadFile(fs, file);
      const answer = work(map);
      if (changes) foyerWriteFile(fs, file, map);
      return answer;
    } catch (error) {
      return [error.said || 2];
    }
  })),
  $foyerLookUp: (map, name) => map.has(name) ? [0, map.get(name)] : [1],
  $foyerText__deps: ['$foyerBytes'],
  $foyerText: (at, size) => new TextDecoder().decode(foyerBytes(at, size)),

  foyer_vault_load__deps: ['$foyerWithFile', '$foyerLookUp', '$UTF8ToString'],
  foyer_vault_load: (number, at) => {
    const name = UTF8ToString(at);
    foyerWithFile(number, 'vault', false, (map) => foyerLookUp(map, name));
  },
  foyer_vault_save__deps: ['$foyerWithFile', '$foyerText', '$UTF8ToString'],
  // The number of a record stands beside it, under its name with '#'.
  foyer_vault_save: (number, at, value, size, expected, fresh) => {
    const name = UTF8ToString(at);
    const text = foyerText(value, size);
    foyerWithFile(number, 'vault', true, (map) => {
      const known = map.get(`${name}#`);
      if (expected >= 0 && known && known != expected) return [5];
      map.set(name, text);
      if (fresh) map.set(`${name}#`, String(fresh));
      else map.delete(`${name}#`);
      return [0];
    });
  },
  foyer_vault_remove__deps: ['$foyerWithFile', '$UTF8ToString'],
  foyer_vault_remove: (number, at) => {
    const name = UTF8ToString(at);
    foyerWithFile(number, 'vault', true, (map) => (map.delete(name), map.delete(`${name}#`), [0]));
  },

  // The records of one scope: the tab's map, or the file.
  $foyerRecords__deps: ['$foyerTab', '$foyerRun', '$foyerWithFile'],
  $foyerRecords: (number, tab, changes, work) =>
      tab ? foyerRun(number, 2, async () => work(foyerTab)) : foyerWithFile(number, 'records', changes, work),
  foyer_storage_load__deps: ['$foyerRecords', '$foyerLookUp', '$UTF8ToString'],
  foyer_storage_load: (number, tab, at) => {
    const name = UTF8ToString(at);
    foyerRecords(number, tab, false, (map) => foyerLookUp(map, name));
  },
  foyer_storage_save__deps: ['$foyerRecords', '$foyerText', '$UTF8ToString'],
  foyer_storage_save: (number, tab, at, value, size) => {
    const name = UTF8ToString(at);
    const text = foyerText(value, size);
    foyerRecords(number, tab, true, (map) => (map.set(name, text), [0]));
  },
  foyer_storage_remove__deps: ['$foyerRecords', '$UTF8ToString'],
  foyer_storage_remove: (number, tab, at) => {
    const name = UTF8ToString(at);
    foyerRecords(number, tab, true, (map) => (map.delete(name), [0]));
  },
  foyer_storage_names__deps: ['$foyerRecords', '$UTF8ToString'],
  foyer_storage_names: (number, tab, at) => {
    const prefix = UTF8ToString(at);
    foyerRecords(number, tab, false, (map) =>
        [0, [...map.keys()].filter((name) => name.startsWith(prefix)).map((name) => `${name}\n`).join('')]);
  },
});
