// @ts-check
/**
 * The first script of the page, and the only one that is no module and carries no hash: it has to speak when the others do
 * not fit together, because a new version is just being put up or a cache on the way has an old file. It looks whether the
 * page starts, says so when it does not, and tries again – from the second time on without what this browser has kept of
 * the page's files. What a person has signed in to is left alone.
 */
(() => {
  if (self !== top) return; // P2: there is nothing to start in somebody else's page
  const settled = 30_000; // ms after which a page that runs has got over it
  const pauses = [2, 5, 15, 30, 60]; // seconds before the next try
  const place = new URL('.', location.href).pathname;
  const key = `foyer:${place}:boot`;
  const {title, reason, later, again} =
    BOOT[navigator.languages.map((one) => one.slice(0, 2)).find((one) => one in BOOT) ?? 'en'];

  /** How often it was tried. A tab that keeps nothing counts from the start each time. @param {number} [set] */
  const tries = (set) => {
    try {
      if (set !== undefined) sessionStorage.setItem(key, String(set));
      return Number(sessionStorage.getItem(key)) || 0;
    } catch {
      return 0;
    }
  };
  /** Whatever this browser keeps of our files, and who hands it out. */
  const forgetFiles = async () => {
    for (const one of (await navigator.serviceWorker?.getRegistrations()) ?? []) {
      if (new URL(one.scope).pathname === place) await one.unregister();
    }
    for (const name of (await globalThis.caches?.keys()) ?? [])
      if (name.startsWith(`foyer:${place}:`)) await caches.delete(name);
  };
  const reload = async () => {
    const now = tries() + 1;
    tries(now);
    await (now > 1 ? forgetFiles() : Promise.resolve()).catch(() => {});
    location.reload();
  };
  const starting = () => document.body?.classList.contains('starting') ?? true;

  /** @param {string} tag @param {string} text */
  const element = (tag, text) => Object.assign(document.createElement(tag), {textContent: text});
  const button = () => {
    const made = Object.assign(element('button', again), {type: 'button', className: 'primary'});
    made.addEventListener('click', reload);
    return made;
  };

  let failed = false;
  /** The files do not fit together: says so and tries again. @param {string} which */
  const renew = (which) => {
    if (failed) return;
    failed = true;
    const show = () => {
      const boot =
        document.getElementById('boot') ??
        document.body.appendChild(Object.assign(element('div', ''), {id: 'boot', role: 'main'}));
      const seconds = pauses[Math.min(tries(), pauses.length - 1)];
      boot.replaceChildren(
        element('h1', title),
        element('p', reason),
        element('p', later.replace('{}', String(seconds))),
        element('code', which),
        button(),
      );
      boot.hidden = false;
      document.body.className = 'stopped';
      document.title = `${title} – Foyer`;
      setTimeout(reload, seconds * 1000);
    };
    if (document.body) show();
    else document.addEventListener('DOMContentLoaded', show);
  };
  Object.assign(globalThis, {foyerRenew: renew});

  // A module whose own import failed tells nobody but this; one that is not what its importer knows is a SyntaxError.
  addEventListener(
    'error',
    (event) => {
      if (!starting()) return;
      const {target} = event;
      const file =
        target instanceof HTMLScriptElement
          ? target.src
          : target instanceof HTMLLinkElement && /modulepreload|stylesheet/.test(target.rel)
            ? target.href
            : event.error instanceof SyntaxError
              ? event.filename
              : '';
      if (file) renew(file.replace(/^.*\//, ''));
    },
    true,
  );
  // Before any module runs: without its last part this is half a document, and no module can make a page of it.
  document.addEventListener('readystatechange', () => document.getElementById('boot') || renew('index.html'), {
    once: true,
  });
  // The address may hold a sign-in's answer until main.js has read it (B1): nothing else happens before.
  addEventListener('DOMContentLoaded', () => setTimeout(() => starting() || failed || !tries() || tries(0), settled));
})();
