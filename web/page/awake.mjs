// @ts-check
/** Keeps the screen on while the wall display (`#/wall`, `#/home/…/wall`) is on show; a hidden page lets go of it. */

/** @type {WakeLockSentinel | null} */
let held = null;
let asking = false; // one lock is asked for at a time: a second one would have nobody to release it

const wanted = () => /^#(\/home\/[^/]+)?\/wall$/.test(location.hash) && !document.hidden;

/** To be called when the link has changed. */
export async function keepAwake() {
  if (!wanted()) {
    held?.release();
    held = null;
    return;
  }
  if (held || asking) return;
  asking = true;
  // An empty battery, or a browser without it: the screen goes off as it always does.
  const lock = await navigator.wakeLock?.request('screen').catch(() => null);
  asking = false;
  if (!lock) return;
  held = lock;
  lock.onrelease = () => {
    if (held === lock) held = null;
  };
  if (!wanted()) keepAwake();
}

document.addEventListener('visibilitychange', keepAwake);
