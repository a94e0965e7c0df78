// @ts-check
/**
 * From one version of the page to the next. The service worker holds a whole version (worker.mjs); this module looks for
 * newer ones, offers one that has arrived, and loads the page anew when the new worker takes over – in every tab, at the
 * press of a button in one of them. A page that nobody touches, such as a tablet on a wall, moves on by itself.
 */

const minute = 60_000; // ms
const look = 60 * minute; // how often a page that nobody reloads asks for a newer version
const soon = 5 * minute; // coming back to a page asks too, but not more often than that
const untouched = 10 * minute; // so long nobody has touched any tab: the new version may begin
const firstRetry = minute / 2; // after files that did not fit together: a version that is still being put up
const settling = 20_000; // longest wait for a renewal of the sign-in that is under way

/** Waits while a tab of ours renews a sign-in: whoever is cut off there may lose it. */
async function settled() {
  const ours = `foyer:${new URL('.', location.href).pathname}:refresh:`;
  for (const end = performance.now() + settling; performance.now() < end;) {
    const locks = await navigator.locks?.query().catch(() => null);
    if (!locks?.held?.some(({name}) => name?.startsWith(ours))) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

/** Whether the worker has the files that this page was made of. @param {ServiceWorker | null} worker */
async function fits(worker) {
  if (!worker) return true;
  /** @type {Record<string, string>} */
  const files = await new Promise((resolve) => {
    const {port1, port2} = new MessageChannel();
    port1.onmessage = ({data}) => resolve(data);
    worker.postMessage('files', [port2]);
    setTimeout(resolve, settling, {});
  });
  return [
    .../** @type {NodeListOf<HTMLScriptElement & HTMLLinkElement>} */ (document.querySelectorAll('[integrity]')),
  ].every((one) => {
    const known = files[(one.src || one.href).replace(/^.*\//, '')];
    return !known || known === one.integrity;
  });
}

/**
 * Call once, when the page runs. @param {(begin: () => void) => void} offer called with what begins the new version when one
 * waits; may be called again for the next
 * @param {boolean} alone whether the page may be loaded anew without being asked: what it knows is kept in the browser
 */
export async function followUpdates(offer, alone) {
  const container = navigator.serviceWorker;
  if (!container) return;
  let touched = performance.now();
  for (const kind of ['pointerdown', 'keydown', 'wheel', 'input']) {
    addEventListener(kind, () => (touched = performance.now()), {capture: true, passive: true});
  }
  container.addEventListener('message', ({data, ports}) => {
    if (data === 'touched') ports[0].postMessage(alone ? performance.now() - touched : 0);
  });
  const anew = async () => {
    await settled();
    location.reload();
  };
  // A page that began while files were being put up may have got a worker of the version after it.
  let behind = false;
  const compare = async () => {
    if (behind || (await fits(container.controller))) return;
    behind = true;
    offer(anew);
  };
  let {controller} = container;
  container.addEventListener('controllerchange', async () => {
    const before = controller;
    ({controller} = container);
    // The first worker, and one with another task, come with the page's own files, as a rule.
    if (before?.scriptURL === controller?.scriptURL) return anew();
    compare();
  });

  const registration = await container.ready;
  let looked = performance.now();
  let retry = firstRetry;
  const ask = () => {
    looked = performance.now();
    registration.update().catch(() => {}); // no network: another time
  };
  const arrived = () => {
    if (registration.waiting && container.controller) offer(() => registration.waiting?.postMessage('take over'));
  };
  registration.addEventListener('updatefound', () => {
    const coming = registration.installing;
    coming?.addEventListener('statechange', () => {
      if (coming.state === 'installed') {
        retry = firstRetry;
        arrived();
      }
      if (coming.state !== 'redundant' || registration.waiting) return;
      setTimeout(ask, retry);
      retry = Math.min(2 * retry, look);
    });
  });
  arrived();
  compare();
  setInterval(() => {
    if (performance.now() - looked >= look) ask();
    if (!alone || performance.now() - touched < untouched) return;
    if (behind) anew();
    registration.waiting?.postMessage({quiet: untouched});
  }, minute);
  const back = () => {
    if (!document.hidden && performance.now() - looked >= soon) ask();
  };
  document.addEventListener('visibilitychange', back);
  addEventListener('online', back);
}
