// Storage of the page for web/ports/browser_storage.cpp: IndexedDB `foyer:<folder of the page>` with the stores keys (one
// non-extractable AES-GCM key), vault and records; sessionStorage for the tab. Every access can fail (rule S3).
// Answers: 0 done, 1 absent, 2 denied, 3 undecryptable, 5 another tab was faster.
addToLibrary({
  $foyerPlace: () => `foyer:${new URL('.', location.href).pathname}`,
  // Waits for `answer` 2.5 s at most, and that once: while one thing is overdue all others are refused at once, and when
  // its answer comes at last, all is as before. `late` is done when the patience is over.
  $foyerPatience: (answer, late) =>
    new Promise((resolve, reject) => {
      const refuse = () => {
        reject();
        try {
          late?.();
        } catch {
          // it was done just now
        }
      };
      const timer = setTimeout(() => {
        foyerPatience['overdue'] = answer;
        refuse();
      }, 2500);
      answer.then(resolve, reject).finally(() => {
        clearTimeout(timer);
        if (foyerPatience['overdue'] == answer) foyerPatience['overdue'] = null;
      });
      if (foyerPatience['overdue']) {
        clearTimeout(timer);
        refuse();
      }
    }),
  // The open database; asked again after it was lost, while a browser that neither opens nor refuses is asked once.
  $foyerDatabase__deps: ['$foyerPlace'],
  $foyerDatabase: () =>
    (foyerDatabase['open'] ||= new Promise((resolve, reject) => {
      const request = indexedDB.open(foyerPlace(), 1);
      request.onupgradeneeded = () => {
        for (const store of ['keys', 'vault', 'records']) request.result.createObjectStore(store);
      };
      request.onsuccess = () => {
        const lost = () => (foyerDatabase['open'] = null);
        request.result.onclose = lost;
        request.result.onversionchange = () => {
          request.result.close();
          lost();
        };
        resolve(request.result);
      };
      request.onerror = () => reject(request.error);
    }).catch((error) => {
      foyerDatabase['open'] = null;
      throw error;
    })),
  // One transaction on one store; `work(store)` returns the request whose result is wanted. Resolves when it is durable.
  // A connection that died without a word (a phone that slept) is opened anew, once: nothing has happened on the dead one.
  $foyerStore__deps: ['$foyerDatabase', '$foyerPatience'],
  $foyerStore: async (name, mode, work, again) => {
    const database = await foyerPatience(foyerDatabase());
    let dead = false;
    try {
      let transaction;
      const done = new Promise((resolve, reject) => {
        dead = true;
        transaction = database.transaction(name, mode);
        const request = work(transaction.objectStore(name));
        dead = false;
        transaction.oncomplete = () => resolve(request.result);
        transaction.onerror = transaction.onabort = () => {
          dead = ['AbortError', 'InvalidStateError', 'UnknownError'].includes(transaction.error?.name);
          reject(transaction.error);
        };
      });
      // What was given up must not be done after all.
      return await foyerPatience(done, () => transaction?.abort());
    } catch (error) {
      if (!dead || again) throw error;
      if ((await foyerDatabase['open']) == database) foyerDatabase['open'] = null;
      database.close();
      return foyerStore(name, mode, work, true);
    }
  },
  // The vault's key: made once per browser; of two tabs that make one, the first wins. A key under a passphrase is
  // opened by a module of its own (lock.mjs).
  $foyerVaultKey__deps: ['$foyerStore'],
  $foyerVaultKey: async () => {
    const known = await foyerStore('keys', 'readonly', (store) => store.get('vault'));
    if (known) return known['salt'] ? Module['unlock'](known) : known;
    const fresh = await crypto.subtle.generateKey({name: 'AES-GCM', length: 256}, false, ['encrypt', 'decrypt']);
    await foyerStore('keys', 'readwrite', (store) => {
      const request = store.get('vault');
      request.onsuccess = () => request.result || store.put(fresh, 'vault');
      return request;
    });
    return foyerStore('keys', 'readonly', (store) => store.get('vault'));
  },
  // S1: a record is sealed to its name and its number. The number stands beside it once more, under its name with '#', so
  // that an older record that comes back alone is not believed.
  $foyerSealing: (name, iv, fresh) => ({
    name: 'AES-GCM',
    iv: iv,
    additionalData: new TextEncoder().encode(fresh ? `${name}#${fresh}` : name),
  }),

  foyer_vault_load__deps: ['$foyerRun', '$foyerStore', '$foyerVaultKey', '$foyerSealing', '$UTF8ToString'],
  foyer_vault_load: (number, at) => {
    const name = UTF8ToString(at);
    foyerRun(number, 2, async () => {
      const [record, newest] = await foyerStore('vault', 'readonly', (store) =>
        store.getAll(IDBKeyRange.bound(name, `${name}#`)),
      );
      if (!record?.['iv']) return [1];
      const key = await foyerVaultKey();
      try {
        return [
          0,
          new Uint8Array(await crypto.subtle.decrypt(foyerSealing(name, record['iv'], newest), key, record['data'])),
        ];
      } catch {
        await foyerStore('vault', 'readwrite', (store) => store.delete(name));
        return [3];
      }
    });
  },
  foyer_vault_save__deps: [
    '$foyerRun',
    '$foyerBytes',
    '$foyerStore',
    '$foyerVaultKey',
    '$foyerSealing',
    '$UTF8ToString',
  ],
  foyer_vault_save: (number, at, value, size, expected, fresh) => {
    const name = UTF8ToString(at);
    const plain = foyerBytes(value, size);
    foyerRun(number, 2, async () => {
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const data = await crypto.subtle.encrypt(foyerSealing(name, iv, fresh), await foyerVaultKey(), plain);
      plain.fill(0);
      let said = 0;
      await foyerStore('vault', 'readwrite', (store) => {
        const request = store.get(name);
        request.onsuccess = () => {
          const known = request.result?.['number'];
          if (expected < 0 || !known || known == expected) {
            store.put({iv: iv, data: data, number: fresh}, name);
            store.put(fresh, `${name}#`);
          } else said = 5;
        };
        return request;
      });
      if (!foyerDatabase['asked']) {
        // S3: once per page, and nothing waits for the answer
        foyerDatabase['asked'] = true;
        navigator['storage']?.['persist']?.()['catch'](() => 0);
      }
      return [said];
    });
  },
  foyer_vault_remove__deps: ['$foyerRun', '$foyerStore', '$UTF8ToString'],
  foyer_vault_remove: (number, at) => {
    const name = UTF8ToString(at);
    foyerRun(number, 2, async () => {
      await foyerStore('vault', 'readwrite', (store) => store.delete(IDBKeyRange.bound(name, `${name}#`)));
      return [0];
    });
  },

  // A browser's quota is not to be had in advance.
  foyer_vault_reserve__deps: ['$foyerRun'],
  foyer_vault_reserve: (number) => foyerRun(number, 2, async () => [0]),

  foyer_storage_load__deps: ['$foyerRun', '$foyerStore', '$foyerPlace', '$UTF8ToString'],
  foyer_storage_load: (number, tab, at) => {
    const name = UTF8ToString(at);
    foyerRun(number, 2, async () => {
      const value = tab
        ? globalThis['sessionStorage'].getItem(`${foyerPlace()}:${name}`)
        : await foyerStore('records', 'readonly', (store) => store.get(name));
      return value == null ? [1] : [0, value];
    });
  },
  foyer_storage_save__deps: ['$foyerRun', '$foyerStore', '$foyerPlace', '$UTF8ToString', '$foyerBytes'],
  foyer_storage_save: (number, tab, at, value, size) => {
    const name = UTF8ToString(at);
    const text = new TextDecoder().decode(foyerBytes(value, size));
    foyerRun(number, 2, async () => {
      if (tab) globalThis['sessionStorage'].setItem(`${foyerPlace()}:${name}`, text);
      else await foyerStore('records', 'readwrite', (store) => store.put(text, name));
      return [0];
    });
  },
  foyer_storage_remove__deps: ['$foyerRun', '$foyerStore', '$foyerPlace', '$UTF8ToString'],
  foyer_storage_remove: (number, tab, at) => {
    const name = UTF8ToString(at);
    foyerRun(number, 2, async () => {
      if (tab) globalThis['sessionStorage'].removeItem(`${foyerPlace()}:${name}`);
      else await foyerStore('records', 'readwrite', (store) => store.delete(name));
      return [0];
    });
  },
  foyer_storage_names__deps: ['$foyerRun', '$foyerStore', '$foyerPlace', '$UTF8ToString'],
  foyer_storage_names: (number, tab, at) => {
    const prefix = UTF8ToString(at);
    foyerRun(number, 2, async () => {
      const place = `${foyerPlace()}:`;
      const all = !tab
        ? await foyerStore('records', 'readonly', (store) => store.getAllKeys())
        : Object.keys(globalThis['sessionStorage'])
            .filter((key) => key.startsWith(place))
            .map((key) => key.slice(place.length));
      return [
        0,
        all
          .filter((name) => name.startsWith(prefix))
          .map((name) => `${name}\n`)
          .join(''),
      ];
    });
  },
});
