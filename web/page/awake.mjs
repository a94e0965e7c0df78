// @ts-check
/** Keeps the screen on while the wall display (`#/wall`, `#/home/…/wall`) is on show; a hidden page lets go of it. */

/** @type {WakeLockSentinel | null} */
let held = null;

const wanted = () => /^#(\/home\/[^/]+)?\/wall$/.test(location.hash) && !document.hidden;

/** To be called when the link has changed. */
export async function keepAwake() {
  if (!wanted()) {
    held?.release();
    held = null;
  } else if (!held) {
    // An empty battery, or a browser without it: the screen goes off as it always does.
    const lock = await navigator.wakeLock?.request('screen').catch(() => null);
    if (!lock) return;
    held = lock;
    lock.onrelease = () => (held = null);
    if (!wanted()) keepAwake();
  }
}

document.addEventListener('visibilitychange', keepAwake);
