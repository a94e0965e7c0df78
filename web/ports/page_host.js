// Navigation, clipboard and locks of the page for web/ports/browser_host.cpp.
addToLibrary({
  foyer_navigator_open__deps: ['$UTF8ToString'],
  foyer_navigator_open: (url) => location.assign(UTF8ToString(url)),
  // What the policy in index.html says of it. One that comes in a header cannot be read.
  foyer_navigator_allows__deps: ['$UTF8ToString'],
  foyer_navigator_allows: (url) => {
    const {origin} = new URL(UTF8ToString(url));
    const rules = document.querySelector('meta[http-equiv="Content-Security-Policy"]')?.content ?? '';
    const sources = /connect-src ([^;]*)/.exec(rules)?.[1].split(' ') ?? ['*'];
    const named = (source) => source == '*' || (URL.canParse(source) && new URL(source).origin == origin);
    return origin == location.origin || sources.some(named) ? 1 : 0;
  },
  foyer_navigator_copy__deps: ['$UTF8ToString'],
  foyer_navigator_copy: (text) => {
    if (!navigator.clipboard) return 0;
    navigator.clipboard.writeText(UTF8ToString(text)).catch(() => 0);
    return 1;
  },
  foyer_parts_here: () => (Module['bringRest'] ? 0 : 1),
  foyer_parts_bring__deps: ['$foyerRun'],
  foyer_parts_bring: (number) => foyerRun(number, 1, async () => (await Module['bringRest'](), [0])),

  foyer_navigator_save__deps: ['$UTF8ToString'],
  foyer_navigator_save: (name, text) => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([UTF8ToString(text)]));
    link.download = UTF8ToString(name);
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1e4);
    return 1;
  },

  // Sections that are ours: number → what gives them back.
  $foyerHeld: '=new Map()',
  foyer_lock_acquire__deps: ['$foyerOpen', '$foyerDone', '$foyerHeld', '$foyerPlace', '$UTF8ToString'],
  foyer_lock_acquire: (number, at) => {
    const name = `${foyerPlace()}:${UTF8ToString(at)}`;
    const abort = new AbortController();
    foyerOpen.set(number, () => abort.abort());
    const section = () =>
      new Promise((release) => {
        if (abort.signal.aborted) return release();
        foyerHeld.set(number, release);
        foyerDone(number, 0);
      });
    const none = () => foyerDone(number, 1); // the browser has no locks, or refuses them here
    if (navigator.locks) navigator.locks.request(name, {signal: abort.signal}, section).catch(none);
    else setTimeout(none);
  },
  foyer_lock_release__deps: ['$foyerHeld'],
  foyer_lock_release: (number) => {
    const release = foyerHeld.get(number);
    foyerHeld.delete(number);
    if (release) release();
  },

  // One channel for the page, which does not hear itself. Number of the question → its topic.
  $foyerEars: '=new Map()',
  $foyerChannel__deps: ['$foyerEars', '$foyerDone', '$foyerPlace'],
  $foyerChannel: () => {
    if (globalThis['BroadcastChannel'] && !foyerChannel['open']) {
      foyerChannel['open'] = new BroadcastChannel(foyerPlace());
      foyerChannel['open'].onmessage = ({data}) =>
        [...foyerEars].forEach(([number, topic]) => {
          if (topic != data) return;
          foyerEars.delete(number);
          foyerDone(number, 0);
        });
    }
    return foyerChannel['open'];
  },
  foyer_broadcast_tell__deps: ['$foyerChannel', '$UTF8ToString'],
  foyer_broadcast_tell: (topic) => foyerChannel()?.postMessage(UTF8ToString(topic)),
  foyer_broadcast_hear__deps: ['$foyerChannel', '$foyerOpen', '$foyerEars', '$UTF8ToString'],
  foyer_broadcast_hear: (number, topic) => {
    foyerOpen.set(number, () => foyerEars.delete(number));
    foyerEars.set(number, UTF8ToString(topic));
    foyerChannel();
  },
});
