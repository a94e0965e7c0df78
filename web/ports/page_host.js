// Navigation, clipboard and locks of the page for web/ports/host.cpp.
addToLibrary({
  foyer_navigator_open__deps: ['$UTF8ToString'],
  foyer_navigator_open: (url) => location.assign(UTF8ToString(url)),
  foyer_navigator_copy__deps: ['$UTF8ToString'],
  foyer_navigator_copy: (text) => {
    if (!navigator.clipboard) return 0;
    navigator.clipboard.writeText(UTF8ToString(text)).catch(() => 0);
    return 1;
  },

  // Sections that are ours: number → what gives them back.
  $foyerHeld: '=new Map()',
  // Without Web Locks: the last holder or waiter of each name inside this tab.
  $foyerQueues: '=new Map()',
  $foyerQueue__deps: ['$foyerQueues'],
  $foyerQueue: (name, section) => {
    const turn = (foyerQueues.get(name) || Promise.resolve()).then(section);
    foyerQueues.set(name, turn);
  },
  foyer_lock_acquire__deps: ['$foyerOpen', '$foyerDone', '$foyerHeld', '$foyerQueue', '$foyerPlace', '$UTF8ToString'],
  foyer_lock_acquire: (number, at) => {
    const name = `${foyerPlace()}:${UTF8ToString(at)}`;
    const abort = new AbortController();
    foyerOpen.set(number, () => abort.abort());
    const section = () => new Promise((release) => {
      if (abort.signal.aborted) return release();
      foyerHeld.set(number, release);
      foyerDone(number, 0);
    });
    if (!navigator.locks) return foyerQueue(name, section);
    navigator.locks.request(name, {'signal': abort.signal}, section).catch(() => {
      if (foyerOpen.has(number)) foyerQueue(name, section); // the browser refuses locks here
    });
  },
  foyer_lock_release__deps: ['$foyerHeld'],
  foyer_lock_release: (number) => {
    const release = foyerHeld.get(number);
    foyerHeld.delete(number);
    if (release) release();
  },
});
